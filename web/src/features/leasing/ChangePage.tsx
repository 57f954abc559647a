/* A new change of a lease: what kind, from when, why, what is new; beside it old and new terms and the difference in money. */
import { PlusOutlined } from '@ant-design/icons';
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, App, Button, Input, Segmented } from 'antd';
import { useEffect, useMemo, useState } from 'react';
import { useNavigate, useParams } from 'react-router';
import { ApiError, api } from '@/shared/api/client';
import { refreshAll, useOne } from '@/shared/api/hooks';
import { useT } from '@/shared/i18n';
import type { Ref, Row } from '@/shared/meta/types';
import { useMay, useMe } from '@/shared/session';
import { ErrorState, errorText, ForbiddenState, PageHead, PageSkeleton } from '@/shared/ui';
import { type ChangeDiff, ChangePreview } from './ChangePreview';
import { mayChange } from './ChangesTab';
import { useText } from './changeText';
import { addDays, addMonths } from './days';
import { Control, Errors, Field } from './form';
import { useChargeItems } from './leasing.api';
import { TermCard } from './TermCard';
import { newKey, newTerm, type TermDraft, termDraft, termJson } from './termDraft';
import type { ChargeItem, Lease } from './types';
import '@/shared/meta/form.css';
import './leasing.css';
import './change.css';

const KINDS = ['amendment', 'area', 'renewal', 'transfer', 'termination'] as const;
type Kind = (typeof KINDS)[number];

interface Draft {
  kind: Kind;
  on: string | null;
  until: string | null;
  merchant: Ref | null;
  reason: string;
  terms: TermDraft[];
  areas: Record<string, string>;
}

/* The terms of the lease that hold on its last day, to begin from. */
function termsOf(lease: Lease, from: string | null, to: string | null): TermDraft[] {
  const days = { from_on: from, to_on: to, rent_from_on: null };
  return lease.terms
    .filter((one) => String(one.clause.to) >= lease.to_on)
    .map((one) => ({
      ...termDraft({ ...one.clause, item: one.item }, days),
      key: newKey(),
      from: null,
      to: null,
      freeUntilRent: false,
    }));
}

function startOf(kind: Kind, lease: Lease, today: string): Draft {
  const next = addDays(lease.to_on, 1);
  const on = kind === 'renewal' ? next : null;
  const first = today < lease.from_on ? lease.from_on : today;
  const until = kind === 'renewal' ? addDays(addMonths(next, 12), -1) : null;
  return {
    kind,
    on: on ?? first,
    until,
    merchant: null,
    reason: '',
    terms:
      kind === 'renewal' || kind === 'amendment'
        ? termsOf(lease, on ?? first, until ?? lease.to_on)
        : [],
    areas: Object.fromEntries(lease.units.map((one) => [one.unit_id.id, one.area])),
  };
}

function bodyOf(draft: Draft, lease: Lease) {
  const days = {
    from_on: draft.on,
    to_on: draft.kind === 'renewal' ? draft.until : lease.to_on,
    rent_from_on: null,
  };
  const proposal =
    draft.kind === 'area'
      ? { units: Object.entries(draft.areas).map(([unit_id, area]) => ({ unit_id, area })) }
      : draft.terms.length
        ? { terms: draft.terms.map((term) => termJson(term, days)) }
        : null;
  return {
    lease_id: lease.id,
    kind: draft.kind,
    effective_on: draft.on,
    reason: draft.reason,
    ...(draft.kind === 'renewal' ? { to_on: draft.until } : {}),
    ...(draft.kind === 'transfer' ? { merchant_id: draft.merchant?.id ?? null } : {}),
    ...(proposal ? { proposal } : {}),
  };
}

const WAIT_MS = 450;

function useDiff(body: ReturnType<typeof bodyOf>) {
  const text = JSON.stringify({ ...body, reason: '-' });
  const [asked, setAsked] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setAsked(text), WAIT_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return useQuery({
    queryKey: ['lease-change-preview', asked],
    queryFn: ({ signal }) =>
      api.post<ChangeDiff>('/api/lease_change/preview', JSON.parse(asked), { signal }),
    placeholderData: keepPreviousData,
    retry: false,
  });
}

export default function ChangePage() {
  const t = useText();
  const base = useT();
  const may = useMay();
  const { id = '' } = useParams();
  const record = useOne('lease', id);
  const items = useChargeItems();
  const lease = record.data as Lease | undefined;
  useEffect(() => {
    document.title = `${t('title')} · ${base('app.name')}`;
  }, [t, base]);
  if (!may('lease_change.create')) return <ForbiddenState />;
  if (record.error && !lease) {
    return (
      <div className="card">
        <ErrorState error={record.error} onRetry={() => record.refetch()} />
      </div>
    );
  }
  if (!lease || !items.data) return <PageSkeleton />;
  return <Editor lease={lease} items={items.data} />;
}

function Editor({ lease, items }: { lease: Lease; items: ChargeItem[] }) {
  const t = useText();
  const base = useT();
  const navigate = useNavigate();
  const client = useQueryClient();
  const { message } = App.useApp();
  const { today } = useMe();
  const [draft, setDraft] = useState(() => startOf('amendment', lease, today));
  const [failure, setFailure] = useState<unknown>();
  const [busy, setBusy] = useState(false);
  const body = bodyOf(draft, lease);
  const diff = useDiff(body);
  const problem = failure ?? diff.error;
  const errors = useMemo(() => {
    const fields = problem instanceof ApiError ? problem.fields : [];
    return new Map(fields.map((one) => [one.field.replace(/^proposal\./, ''), one.message]));
  }, [problem]);
  const set = (patch: Partial<Draft>) => {
    setFailure(undefined);
    setDraft((before) => ({ ...before, ...patch }));
  };
  const save = async (submit: boolean) => {
    setBusy(true);
    try {
      const saved = await api.post<Row>('/api/lease_change', body);
      if (submit) await api.post(`/api/lease_change/${saved.id}/submit`, {});
      message.success(t(submit ? 'submitted' : 'saved', { no: String(saved.no) }));
      await refreshAll(client);
      navigate(`/e/lease_change/${saved.id}`);
    } catch (error) {
      setFailure(error);
      setBusy(false);
    }
  };
  const days = {
    from_on: draft.on,
    to_on: draft.kind === 'renewal' ? draft.until : lease.to_on,
    rent_from_on: null,
  };
  return (
    <Errors value={errors}>
      <PageHead
        title={t('title')}
        crumb={[{ to: `/e/lease/${lease.id}?tab=changes`, label: lease.no }]}
      >
        <div className="right">
          <Button disabled={busy} onClick={() => save(false)}>
            {t('save')}
          </Button>
          <Button type="primary" loading={busy} onClick={() => save(true)}>
            {t('submit')}
          </Button>
        </div>
      </PageHead>
      {!mayChange(lease.state) && <Alert type="warning" showIcon title={t('notNow')} />}
      {failure !== undefined && (
        <Alert
          type="error"
          showIcon
          title={errorText(failure, base('state.network'))}
          role="alert"
        />
      )}
      <div className="change-grid">
        <section className="card change-form" aria-label={t('title')}>
          <Segmented
            block
            aria-label={t('kind')}
            value={draft.kind}
            onChange={(kind) => setDraft(startOf(kind as Kind, lease, today))}
            options={KINDS.map((value) => ({ value, label: t(`kinds.${value}`) }))}
          />
          <p className="dim">{t(`hints.${draft.kind}`)}</p>
          <div className="change-fields">
            <Field
              label={t(draft.kind === 'termination' ? 'lastDay' : 'effectiveOn')}
              path="effective_on"
              required
            >
              <Control
                type="day"
                value={draft.on}
                disabled={draft.kind === 'renewal'}
                onChange={(on) => set({ on: on as string | null })}
              />
            </Field>
            {draft.kind === 'renewal' && (
              <Field label={t('toOn')} path="to_on" required>
                <Control
                  type="day"
                  value={draft.until}
                  onChange={(until) => set({ until: until as string | null })}
                />
              </Field>
            )}
            {draft.kind === 'transfer' && (
              <Field label={t('merchant')} path="merchant_id" required>
                <Control
                  type="ref"
                  entity="merchant"
                  value={draft.merchant}
                  onChange={(merchant) => set({ merchant: merchant as Ref | null })}
                />
              </Field>
            )}
          </div>
          <Field label={t('reason')} path="reason" required>
            <Input.TextArea
              rows={2}
              maxLength={400}
              value={draft.reason}
              onChange={(event) => set({ reason: event.target.value })}
            />
          </Field>
          {draft.kind === 'area' && (
            <section>
              <h3>{t('areas')}</h3>
              <div className="change-fields">
                {lease.units.map((one, i) => (
                  <Field
                    key={one.unit_id.id}
                    label={`${one.unit_id.label} · ${t('area')}`}
                    path={`units[${i}].area`}
                  >
                    <Input
                      inputMode="decimal"
                      value={draft.areas[one.unit_id.id] ?? ''}
                      onChange={(event) =>
                        set({ areas: { ...draft.areas, [one.unit_id.id]: event.target.value } })
                      }
                    />
                  </Field>
                ))}
              </div>
            </section>
          )}
          {(draft.kind === 'amendment' || draft.kind === 'renewal') && (
            <section>
              <h3>{t('newTerms')}</h3>
              <ul className="terms">
                {draft.terms.map((term, i) => (
                  <TermCard
                    key={term.key}
                    index={i}
                    term={term}
                    days={days}
                    items={items}
                    unitNos={lease.units.map((one) => one.unit_id.label)}
                    facts={[]}
                    onChange={(patch) => set({ terms: draft.terms.with(i, { ...term, ...patch }) })}
                    onCopy={() =>
                      set({ terms: draft.terms.toSpliced(i + 1, 0, { ...term, key: newKey() }) })
                    }
                    onRemove={() => set({ terms: draft.terms.toSpliced(i, 1) })}
                  />
                ))}
              </ul>
              <Button
                icon={<PlusOutlined />}
                onClick={() => {
                  const used = new Set(draft.terms.map((term) => term.item));
                  const item = items.find((one) => one.active && !used.has(one.code));
                  set({ terms: [...draft.terms, newTerm(item)] });
                }}
              >
                {t('addTerm')}
              </Button>
            </section>
          )}
        </section>
        <section className="card change-card" aria-label={t('preview')} aria-busy={diff.isFetching}>
          <h2>{t('preview')}</h2>
          {diff.data ? (
            <ChangePreview diff={diff.data} />
          ) : (
            <p className="dim">{diff.error ? errorText(diff.error, '') : t('previewWait')}</p>
          )}
        </section>
      </div>
    </Errors>
  );
}
