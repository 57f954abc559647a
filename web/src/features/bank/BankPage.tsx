/* Lines of bank statements that wait: whose money each may be and why, matched one by one or several at once. */
import { CloudUploadOutlined } from '@ant-design/icons';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, Checkbox } from 'antd';
import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { Link } from 'react-router';
import { api, newKey } from '@/shared/api/client';
import { refreshAll, useList } from '@/shared/api/hooks';
import { useT } from '@/shared/i18n';
import { RefSelect } from '@/shared/meta/RefSelect';
import type { Ref } from '@/shared/meta/types';
import { useMay, useMe } from '@/shared/session';
import {
  EmptyState,
  ErrorState,
  errorText,
  ForbiddenState,
  Money,
  PageHead,
  Skeleton,
  StatusTag,
} from '@/shared/ui';
import { useText } from './text';
import type { BankLine, Guess, ImportResult } from './types';
import '@/shared/meta/list.css';
import './bank.css';

const ActionDialog = lazy(() =>
  import('@/shared/meta/ActionDialog').then((module) => ({ default: module.ActionDialog })),
);

const QUERY = new URLSearchParams({ state: 'open', sort: '-happened_on', page: '1', size: '100' });
const SURE = 60;

export default function BankPage() {
  const t = useText();
  const base = useT();
  const may = useMay();
  useEffect(() => {
    document.title = `${t('title')} · ${base('app.name')}`;
  }, [t, base]);
  return (
    <>
      <PageHead title={t('title')} />
      {may('bank_line.match') ? (
        <Lines />
      ) : (
        <div className="card">
          <ForbiddenState />
        </div>
      )}
    </>
  );
}

const targetOf = (guess: Guess) =>
  guess.receipt_id
    ? { receipt_id: guess.receipt_id }
    : guess.order_id
      ? { order_id: guess.order_id }
      : { merchant_id: guess.merchant_id };

function Lines() {
  const t = useText();
  const base = useT();
  const me = useMe();
  const client = useQueryClient();
  const { message } = App.useApp();
  const list = useList('bank_line', QUERY);
  const guesses = useQuery({
    queryKey: ['list', 'bank_line', 'suggestions'],
    queryFn: ({ signal }) =>
      api.get<{ lines: Record<string, Guess[]> }>('/api/bank_line/suggestions', undefined, signal),
  });
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set());
  const [busy, setBusy] = useState(false);
  const [ignored, setIgnored] = useState<BankLine>();
  const rows = (list.data?.items ?? []) as BankLine[];
  const best = (line: BankLine) => guesses.data?.lines[line.id]?.[0];
  const chosen = rows.filter((line) => ticked.has(line.id) && best(line));

  const match = async (pairs: { line: BankLine; guess: Guess }[]) => {
    setBusy(true);
    try {
      await api.post(
        '/api/bank_line/match',
        { lines: pairs.map(({ line, guess }) => ({ id: line.id, ...targetOf(guess) })) },
        { key: newKey() },
      );
      message.success(t('matched', { n: pairs.length }));
      setTicked(new Set());
    } catch (error) {
      message.error(errorText(error, base('state.network')), 6);
    } finally {
      setBusy(false);
      await refreshAll(client);
    }
  };
  const tick = (id: string, on: boolean) =>
    setTicked((before) => {
      const next = new Set(before);
      on ? next.add(id) : next.delete(id);
      return next;
    });
  return (
    <>
      <Upload />
      <section className="card" aria-label={t('title')}>
        <header className="card-head">
          <span className="grow dim">{t('lead')}</span>
          <Link to="/e/bank_line">{t('all')}</Link>
          {chosen.length > 0 && (
            <Button
              type="primary"
              loading={busy}
              onClick={() => match(chosen.map((line) => ({ line, guess: best(line) as Guess })))}
            >
              {t('matchAll', { n: chosen.length })}
            </Button>
          )}
        </header>
        {list.error && !list.data && (
          <ErrorState error={list.error} onRetry={() => list.refetch()} />
        )}
        {!list.data && !list.error && <Skeleton rows={6} />}
        {list.data && rows.length === 0 && <EmptyState title={t('none')} text={t('noneText')} />}
        <ul className="bank-lines">
          {rows.map((line) => (
            <Line
              key={line.id}
              line={line}
              guesses={guesses.data?.lines[line.id] ?? []}
              ready={guesses.data !== undefined}
              own={line.imported_by?.id === me.id}
              ticked={ticked.has(line.id)}
              busy={busy}
              onTick={(on) => tick(line.id, on)}
              onMatch={(guess) => match([{ line, guess }])}
              onIgnore={() => setIgnored(line)}
            />
          ))}
        </ul>
      </section>
      <Suspense fallback={null}>
        {ignored && (
          <ActionDialog
            key={ignored.id}
            action={{
              name: 'ignore',
              label: t('ignore'),
              tone: 'default',
              fields: [
                { name: 'reason', type: 'text', label: t('reason'), required: true, max: 200 },
              ],
            }}
            title={t('ignoreTitle')}
            onRun={async (values, key) => {
              await api.post(`/api/bank_line/${ignored.id}/ignore`, values, { key });
              message.success(t('ignored'));
              setIgnored(undefined);
              await refreshAll(client);
            }}
            onClose={() => setIgnored(undefined)}
          />
        )}
      </Suspense>
    </>
  );
}

function Line(props: {
  line: BankLine;
  guesses: Guess[];
  ready: boolean;
  own: boolean;
  ticked: boolean;
  busy: boolean;
  onTick: (on: boolean) => void;
  onMatch: (guess: Guess) => void;
  onIgnore: () => void;
}) {
  const t = useText();
  const { line, guesses } = props;
  const name = line.counterpart ?? t('unknown');
  return (
    <li>
      <Checkbox
        aria-label={t('tick', { name })}
        disabled={props.own || guesses.length === 0}
        checked={props.ticked}
        onChange={(event) => props.onTick(event.target.checked)}
      />
      <div className="bank-said">
        <span className="row">
          <Link to={`/e/bank_line/${line.id}`} className="grow cut">
            {name}
          </Link>
          <b>
            <Money value={line.amount} />
          </b>
        </span>
        <small className="dim">
          {[line.happened_on, line.summary, line.memo, line.serial].filter(Boolean).join(' · ')}
        </small>
      </div>
      <div className="bank-guesses">
        {props.ready && !props.own && guesses.length === 0 && (
          <small className="dim">{t('noGuess')}</small>
        )}
        {guesses.slice(0, 2).map((guess, n) => (
          <div
            key={`${guess.merchant_id}/${guess.order_id}/${guess.receipt_id}`}
            className="bank-guess"
          >
            <span className="grow">
              <span className="row wrap">
                <span>{guess.merchant}</span>
                {(guess.order_id || guess.receipt_id) && (
                  <small className="dim">
                    {t(guess.receipt_id ? 'receipt' : 'order')} {guess.no}
                  </small>
                )}
                <StatusTag tone={guess.score >= SURE ? 'green' : 'amber'}>
                  {t('score', { n: guess.score })}
                </StatusTag>
              </span>
              <small className="dim">{guess.reasons.join(' · ')}</small>
            </span>
            {!props.own && (
              <Button
                size="small"
                type={n === 0 && guess.score >= SURE ? 'primary' : 'default'}
                disabled={props.busy}
                onClick={() => props.onMatch(guess)}
              >
                {t('match')}
              </Button>
            )}
          </div>
        ))}
        {props.own && <small className="ink-amber">{t('own')}</small>}
      </div>
      <Button size="small" type="text" onClick={props.onIgnore}>
        {t('ignore')}
      </Button>
    </li>
  );
}

/* A statement that reads without a fault is taken at once; else the import page shows what is wrong. */
function Upload() {
  const t = useText();
  const base = useT();
  const may = useMay();
  const client = useQueryClient();
  const { message } = App.useApp();
  const file = useRef<HTMLInputElement>(null);
  const [account, setAccount] = useState<Ref | null>(null);
  const [busy, setBusy] = useState(false);
  if (!may('bank_line.import')) return null;
  const send = async (chosen: File | undefined) => {
    if (!chosen) return;
    if (!/\.(xlsx|csv)$/i.test(chosen.name)) return void message.error(t('badFile'));
    setBusy(true);
    try {
      const job = await api.upload<ImportResult>(
        '/api/import',
        { kind: 'bank_statement', into: account?.id, name: chosen.name },
        chosen,
      );
      if (job.totals.error > 0) message.error(t('errors', { n: job.totals.error }), 8);
      else {
        if (job.totals.create)
          await api.post(`/api/import/${job.id}/commit`, {}, { key: newKey() });
        message.success(
          t('imported', { n: job.totals.create }) +
            (job.totals.skip ? t('skipped', { n: job.totals.skip }) : ''),
        );
      }
    } catch (error) {
      message.error(errorText(error, base('state.network')), 6);
    } finally {
      setBusy(false);
      if (file.current) file.current.value = '';
      await refreshAll(client);
    }
  };
  return (
    <section className="card card-body bank-upload" aria-label={t('upload')}>
      <RefSelect
        entity="money_account"
        value={account}
        onChange={setAccount}
        placeholder={t('account')}
        aria-label={t('account')}
      />
      <input
        ref={file}
        className="sr"
        type="file"
        accept=".xlsx,.csv"
        tabIndex={-1}
        aria-hidden="true"
        onChange={(event) => send(event.target.files?.[0])}
      />
      <Button
        icon={<CloudUploadOutlined />}
        loading={busy}
        onClick={() => (account ? file.current?.click() : message.info(t('chooseAccount')))}
      >
        {t('upload')}
      </Button>
    </section>
  );
}
