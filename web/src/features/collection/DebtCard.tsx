/* One merchant with one lease: how much and how late, what was done, what can be done now; its charges on request. */
import { DownOutlined, RightOutlined } from '@ant-design/icons';
import { useQueryClient } from '@tanstack/react-query';
import { App, Button, Tooltip } from 'antd';
import { lazy, type ReactNode, Suspense, useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { api, newKey } from '@/shared/api/client';
import { refreshAll } from '@/shared/api/hooks';
import { formatAgo, formatMoney } from '@/shared/format';
import { useLang, useT } from '@/shared/i18n';
import type { Row } from '@/shared/meta/types';
import { recordPath } from '@/shared/paths';
import { usePhone } from '@/shared/prefs';
import { useEntity, useMay } from '@/shared/session';
import { errorText, Money, StatusTag } from '@/shared/ui';
import { DueLines } from './DueLines';
import { useText } from './text';
import type { Debt } from './types';

const EntityFormDrawer = lazy(() => import('@/shared/meta/EntityForm'));
const MessageDialog = lazy(() => import('./MessageDialog'));
const EventsDialog = lazy(() => import('./EventsDialog'));

type Layer = 'collection_note' | 'promise' | 'message' | 'events';

const isNothing = (amount: string) => !/[1-9]/.test(amount);

export function DebtCard({ debt }: { debt: Debt }) {
  const t = useText();
  const phone = usePhone();
  const [shown, setShown] = useState(false);
  const [layer, setLayer] = useState<Layer>();
  return (
    <li className="debt">
      <div className="debt-head">
        <div className="debt-who">
          <Link to={recordPath('merchant', debt.merchant.id)}>
            <b>{debt.merchant.label}</b>
          </Link>
          <small className="dim">
            {debt.unit?.label}
            {debt.lease && (
              <>
                {' · '}
                <Link to={recordPath('lease', debt.lease.id)}>{debt.lease.label}</Link>
              </>
            )}
            {debt.collector && ` · ${debt.collector.label}`}
          </small>
        </div>
        <div className="debt-sum">
          <b>
            <Money value={debt.open} />
          </b>
          <small className={debt.days > 0 ? 'ink-red' : 'dim'}>
            {debt.days > 0 ? t('days', { n: debt.days }) : t('dueSoon')}
          </small>
          {!isNothing(debt.late_fee_unbilled) && (
            <small className="dim">
              {t('fee', { amount: formatMoney(debt.late_fee_unbilled) })}
            </small>
          )}
        </div>
      </div>
      <Done debt={debt} />
      <div className="debt-foot">
        <button
          type="button"
          className="line-toggle"
          aria-expanded={shown}
          onClick={() => setShown(!shown)}
        >
          {shown ? <DownOutlined /> : <RightOutlined />}
          <span>{shown ? t('hide') : t('lines', { n: debt.lines.length })}</span>
        </button>
        <Steps debt={debt} small={phone} onOpen={setLayer} />
      </div>
      {shown && <DueLines lines={debt.lines} />}
      <Suspense fallback={null}>
        {(layer === 'collection_note' || layer === 'promise') && (
          <Editor entity={layer} debt={debt} onClose={() => setLayer(undefined)} />
        )}
        {layer === 'message' && debt.lease && (
          <MessageDialog lease={debt.lease} onClose={() => setLayer(undefined)} />
        )}
        {layer === 'events' && debt.lease && (
          <EventsDialog
            lease={debt.lease}
            merchant={debt.merchant}
            onClose={() => setLayer(undefined)}
          />
        )}
      </Suspense>
    </li>
  );
}

const TONES = { open: 'blue', kept: 'green', part: 'amber', broken: 'red' } as const;

function PromiseTag({ promise }: { promise: NonNullable<Debt['promise']> }) {
  const t = useText();
  const state = promise.state as keyof typeof TONES;
  return (
    <Link to={recordPath('promise', promise.id)} className="debt-fact">
      <StatusTag tone={TONES[state]}>
        {t(`promise_${state}`, { paid: formatMoney(promise.paid) })}
      </StatusTag>
      <small>
        {t('promise', { on: promise.promised_on, amount: formatMoney(promise.amount) })}
      </small>
    </Link>
  );
}

/* What happened last: the letter, the promise, the word with them. */
function Done({ debt }: { debt: Debt }) {
  const t = useText();
  const lang = useLang();
  const facts: ReactNode[] = [];
  if (debt.letter) {
    const { letter } = debt;
    facts.push(
      <Link key="letter" to={recordPath('dunning_notice', letter.id)} className="debt-fact">
        <LetterTag letter={letter} />
        <small>
          {letter.state === 'draft'
            ? t('letterDraft', { no: letter.no })
            : t('letter', { no: letter.no, on: letter.deadline_on ?? '' })}
        </small>
      </Link>,
    );
  }
  if (debt.promise) facts.push(<PromiseTag key="promise" promise={debt.promise} />);
  if (debt.last_contact) {
    const { at, by, content, next_on } = debt.last_contact;
    facts.push(
      <small key="contact" className="debt-contact">
        {t('contact', { when: formatAgo(at, lang), by: by ?? '', text: content })}
        {next_on && <span className="dim"> · {t('nextContact', { on: next_on })}</span>}
      </small>,
    );
  }
  return facts.length > 0 ? <div className="debt-done">{facts}</div> : null;
}

function LetterTag({ letter }: { letter: NonNullable<Debt['letter']> }) {
  const lang = useLang();
  const meta = useEntity('dunning_notice');
  const kind = meta?.fields
    .find((one) => one.name === 'kind')
    ?.options?.find((one) => one.value === letter.kind);
  const label = kind?.label;
  const text = typeof label === 'string' ? label : label?.[lang];
  return <StatusTag tone={kind?.tone}>{text ?? letter.kind}</StatusTag>;
}

/* What can be done now. The next letter says why it cannot go out yet. */
function Steps(props: { debt: Debt; small: boolean; onOpen: (layer: Layer) => void }) {
  const t = useText();
  const base = useT();
  const may = useMay();
  const client = useQueryClient();
  const navigate = useNavigate();
  const { message } = App.useApp();
  const [busy, setBusy] = useState(false);
  const { debt } = props;
  const draft = async () => {
    setBusy(true);
    try {
      const made = await api.post<Row>(
        '/api/dunning_notice',
        debt.lease ? { lease_id: debt.lease.id } : { merchant_id: debt.merchant.id },
        { key: newKey() },
      );
      message.success(t('drafted', { no: String(made.no) }));
      await refreshAll(client);
      navigate(recordPath('dunning_notice', made.id));
    } catch (error) {
      message.error(errorText(error, base('state.network')), 6);
    } finally {
      setBusy(false);
    }
  };
  return (
    <div className="debt-steps">
      {debt.lease && (
        <>
          <Button size="small" type="text" onClick={() => props.onOpen('events')}>
            {t('timeline')}
          </Button>
          <Button size="small" type="text" onClick={() => props.onOpen('message')}>
            {t('message')}
          </Button>
        </>
      )}
      {may('collection_note.create') && (
        <Button size="small" onClick={() => props.onOpen('collection_note')}>
          {t('note')}
        </Button>
      )}
      {may('promise.create') && (
        <Button size="small" onClick={() => props.onOpen('promise')}>
          {t('addPromise')}
        </Button>
      )}
      {debt.next && may('dunning_notice.create') && (
        <Tooltip title={debt.next.why ?? undefined}>
          <span>
            <Button
              size="small"
              type="primary"
              ghost
              loading={busy}
              disabled={!debt.next.allowed}
              onClick={draft}
            >
              {t('draft', { what: debt.next.label })}
            </Button>
          </span>
        </Tooltip>
      )}
    </div>
  );
}

function Editor(props: { entity: 'collection_note' | 'promise'; debt: Debt; onClose: () => void }) {
  const meta = useEntity(props.entity);
  const { debt } = props;
  if (!meta) return null;
  const given = {
    lease_id: debt.lease ?? undefined,
    merchant_id: debt.merchant,
    ...(props.entity === 'promise' && !isNothing(debt.overdue) ? { amount: debt.overdue } : {}),
  };
  return (
    <EntityFormDrawer meta={meta} given={given} onSaved={props.onClose} onClose={props.onClose} />
  );
}
