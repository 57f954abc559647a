/* The countersign review: what the program found, what people checked, what each department said. */
import { CheckOutlined, CloseOutlined, MessageOutlined } from '@ant-design/icons';
import { useQueryClient } from '@tanstack/react-query';
import { App, Button, Input } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { api } from '@/shared/api/client';
import { formatInstant, formatMoney, formatPrice } from '@/shared/format';
import { useT } from '@/shared/i18n';
import { useMay, useMe } from '@/shared/session';
import { EmptyState, ErrorState, errorText, Skeleton, StatusTag } from '@/shared/ui';
import { ApprovalState, ApprovalTrail } from '@/shared/ui/Approvals';
import { useApprovals, useReview } from './leasing.api';
import { useText } from './text';
import type { Lease, Review, ReviewFinding } from './types';

const TONES = { block: 'red', warn: 'amber', info: 'blue' } as const;
const ORDER = ['block', 'warn', 'info'] as const;

export function Findings({ findings }: { findings: ReviewFinding[] }) {
  const t = useText();
  return (
    <ul className="findings">
      {ORDER.flatMap((severity) =>
        findings
          .filter((one) => one.severity === severity)
          .map((one, i) => (
            <li key={`${severity}${i}`}>
              <StatusTag tone={TONES[severity]}>{t(`severity.${severity}`)}</StatusTag>
              <span>{one.text}</span>
            </li>
          )),
      )}
    </ul>
  );
}

export function ReviewTab({ lease }: { lease: Lease }) {
  const t = useText();
  const review = useReview(lease.id);
  if (review.error && !review.data) {
    return <ErrorState error={review.error} onRetry={() => review.refetch()} />;
  }
  if (!review.data) return <Skeleton rows={8} />;
  const { findings, checklist, figures } = review.data;
  const done = checklist.filter((one) => one.check?.ok).length;
  return (
    <div className="review">
      <section>
        <header className="review-head">
          <h2>{t('checklist')}</h2>
          <span className="dim">{t('checkedN', { done, all: checklist.length })}</span>
          {figures.round > 0 && <span className="dim">{t('round', { n: figures.round })}</span>}
        </header>
        <Checklist lease={lease} review={review.data} />
      </section>
      <section>
        <header className="review-head">
          <h2>{t('findings')}</h2>
        </header>
        {findings.length ? (
          <Findings findings={findings} />
        ) : (
          <p className="ink-green">{t('findingsNone')}</p>
        )}
        <dl className="review-figures">
          <div>
            <dt>{t('total')}</dt>
            <dd className="num">{formatMoney(figures.total)}</dd>
          </div>
          <div>
            <dt>{t('monthlyRent')}</dt>
            <dd className="num">{formatMoney(figures.monthly_rent)}</dd>
          </div>
          <div>
            <dt>{t('lowest')}</dt>
            <dd className="num">
              {formatPrice(figures.lowest_price)}
              <span className="unit">{t('perM2Month')}</span>{' '}
              {figures.is_below_floor && <StatusTag tone="red">{t('belowFloor')}</StatusTag>}
            </dd>
          </div>
        </dl>
      </section>
      <section className="review-trail">
        <header className="review-head">
          <h2>{t('trail')}</h2>
        </header>
        <Trails entity="lease" id={lease.id} empty={t('trailNone')} />
      </section>
    </div>
  );
}

/* Every approval of a record: state, who has it now, what was said; with the way to one's own task. */
export function Trails(props: { entity: string; id: string; empty: string }) {
  const t = useText();
  const list = useApprovals(props.entity, props.id);
  if (list.error && !list.data) {
    return <ErrorState error={list.error} onRetry={() => list.refetch()} />;
  }
  if (!list.data) return <Skeleton rows={4} />;
  if (!list.data.items.length) return <EmptyState small title={props.empty} />;
  return list.data.items.map((one) => (
    <section key={one.id} className="trail-one keep">
      <header className="review-head">
        <Link to={`/approval/${one.id}`}>{one.title}</Link>
        <ApprovalState state={one.state} />
        {one.step && <span className="dim">{one.step}</span>}
        {one.my_task && (
          <Link className="trail-act" to={`/approval/${one.id}`}>
            {t('toApproval')}
          </Link>
        )}
      </header>
      <ApprovalTrail trail={one.trail ?? []} />
    </section>
  ));
}

function Checklist({ lease, review }: { lease: Lease; review: Review }) {
  const t = useText();
  const me = useMe();
  const may = useMay();
  const own = lease.owner_id?.id === me.id;
  const reviewing = lease.state === 'countersigning';
  const mayCheck = may('lease.check') && reviewing && !own;
  return (
    <>
      {!reviewing && review.checklist.every((one) => !one.check) && (
        <p className="dim review-note">{t('notReviewing')}</p>
      )}
      {reviewing && may('lease.check') && own && <p className="dim review-note">{t('ownLease')}</p>}
      <ol className="checklist">
        {review.checklist.map((point) => (
          <CheckPoint key={point.code} lease={lease} point={point} mayCheck={mayCheck} />
        ))}
      </ol>
    </>
  );
}

function CheckPoint(props: {
  lease: Lease;
  point: Review['checklist'][number];
  mayCheck: boolean;
}) {
  const t = useText();
  const base = useT();
  const client = useQueryClient();
  const { message } = App.useApp();
  const { lease, point, mayCheck } = props;
  const { check } = point;
  const [writing, setWriting] = useState(false);
  const [remarks, setRemarks] = useState(check?.remarks ?? '');
  const [busy, setBusy] = useState(false);
  const [wrong, setWrong] = useState('');
  const send = async (ok: boolean, text: string) => {
    if (!ok && !text.trim()) {
      setWriting(true);
      setWrong(t('opinionNeeded'));
      return;
    }
    setBusy(true);
    try {
      const review = await api.post<Review>(`/api/lease/${lease.id}/check`, {
        code: point.code,
        ok,
        remarks: text.trim() || null,
      });
      client.setQueryData(['lease-review', lease.id], review);
      setWriting(false);
      setWrong('');
    } catch (error) {
      message.error(errorText(error, base('state.network')));
    } finally {
      setBusy(false);
    }
  };
  const state = check ? (check.ok ? 'ok' : 'bad') : 'open';
  return (
    <li className={`check check-${state}`}>
      <span className="check-mark" aria-hidden="true">
        {state === 'ok' ? <CheckOutlined /> : state === 'bad' ? <CloseOutlined /> : null}
      </span>
      <div className="grow">
        <p className="check-label">
          {point.label}
          <span className="sr">
            {t(state === 'ok' ? 'checkedOk' : state === 'bad' ? 'checkedBad' : 'notChecked')}
          </span>
        </p>
        {check && (
          <small className="dim">
            {check.checked_by} {formatInstant(check.checked_at)}
          </small>
        )}
        {check?.remarks && !writing && <p className="check-remarks">{check.remarks}</p>}
        {writing && (
          <div className="check-form">
            <Input
              autoFocus
              aria-label={`${t('opinion')} ${point.label}`}
              placeholder={t('opinion')}
              maxLength={400}
              value={remarks}
              status={wrong ? 'error' : ''}
              onChange={(event) => {
                setRemarks(event.target.value);
                setWrong('');
              }}
              onPressEnter={() => send(false, remarks)}
            />
            <Button size="small" loading={busy} onClick={() => send(true, remarks)}>
              {t('markOk')}
            </Button>
            <Button size="small" danger loading={busy} onClick={() => send(false, remarks)}>
              {t('markBad')}
            </Button>
            {wrong && <div className="lf-error">{wrong}</div>}
          </div>
        )}
      </div>
      {mayCheck && !writing && (
        <div className="check-acts no-print">
          <Button
            size="small"
            disabled={busy}
            aria-label={`${t('markOk')} ${point.label}`}
            onClick={() => send(true, remarks)}
          >
            {t('markOk')}
          </Button>
          <Button
            size="small"
            disabled={busy}
            aria-label={`${t('markBad')} ${point.label}`}
            onClick={() => setWriting(true)}
          >
            {t('markBad')}
          </Button>
          <button
            type="button"
            className="icon-btn check-say"
            disabled={busy}
            aria-label={`${t('opinion')} ${point.label}`}
            title={t('opinion')}
            onClick={() => setWriting(true)}
          >
            <MessageOutlined />
          </button>
        </div>
      )}
    </li>
  );
}
