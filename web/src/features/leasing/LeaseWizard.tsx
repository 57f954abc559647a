/* A lease from nothing to the review: parties, units, days, charges, deposits, text – and beside them what the engine
 * makes of it. Every amount on this page comes from the server. */
import { PlusOutlined } from '@ant-design/icons';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, App, Button } from 'antd';
import { type ReactNode, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useLocation, useNavigate, useParams, useSearchParams } from 'react-router';
import { ApiError, api, newKey as newRequestKey } from '@/shared/api/client';
import { refreshAll } from '@/shared/api/hooks';
import { formatInstant } from '@/shared/format';
import { MOD, useHotkeys } from '@/shared/hotkeys';
import { useT } from '@/shared/i18n';
import { personName } from '@/shared/meta/cells';
import type { Row } from '@/shared/meta/types';
import { grandTotal } from '@/shared/schedule';
import { useMay, useMe } from '@/shared/session';
import {
  EmptyState,
  ErrorState,
  errorText,
  ForbiddenState,
  Kbd,
  PageHead,
  PageSkeleton,
} from '@/shared/ui';
import { Dialog } from '@/shared/ui/Dialog';
import { Errors } from './form';
import {
  bodyOf,
  copiedFrom,
  draftOf,
  errorsOf,
  givenOfLead,
  type LeaseDraft,
  missingOf,
  monthlyRentFen,
  newDraft,
  withAutoAmounts,
  withGiven,
} from './leaseDraft';
import { type Preview, useChargeItems, usePreview, useUnitFacts } from './leasing.api';
import { PreviewBar, PreviewPanel } from './PreviewPanel';
import { SalesComparison } from './SalesPlan';
import { NO_PLAN, plannedSales } from './salesPlan';
import { TermCard } from './TermCard';
import { isReady, isTurnover, newKey, newTerm, type TermDraft } from './termDraft';
import { useText } from './text';
import type { ChargeItem, Lease, Review } from './types';
import { useLeaveGuard } from './useLeaveGuard';
import { Deposits, Parties, TermDays, TextPart, Units } from './WizardParts';
import '@/shared/meta/form.css';
import './leasing.css';

/* What the address or the page before says about the new lease. */
function useGiven(isNew: boolean) {
  const location = useLocation();
  const [params] = useSearchParams();
  const given = (location.state as { given?: Record<string, unknown> } | null)?.given;
  const leadId = params.get('lead_id') ?? (given?.lead_id as { id?: string } | undefined)?.id;
  const intentId = params.get('intent_id');
  const needs = isNew && Boolean(intentId || (leadId && !given?.merchant_id));
  const query = useQuery({
    queryKey: ['lease-given', leadId, intentId],
    queryFn: async () => {
      if (intentId) {
        const intent = await api.get<Row>(`/api/intent/${intentId}`);
        return { ...intent, intent_id: { id: intent.id, label: String(intent.no ?? '') } };
      }
      return givenOfLead(await api.get<Row>(`/api/lead/${leadId}`));
    },
    enabled: needs,
    staleTime: 60_000,
  });
  return {
    ready: !needs || query.isFetched,
    given: { ...(query.data ?? {}), ...(given ?? {}) } as Record<string, unknown>,
  };
}

export default function LeaseWizard() {
  const t = useText();
  const me = useMe();
  const may = useMay();
  const { id } = useParams();
  const items = useChargeItems();
  const lease = useQuery({
    queryKey: ['one', 'lease', id],
    queryFn: ({ signal }) => api.get<Lease>(`/api/lease/${id}`, undefined, signal),
    enabled: id !== undefined,
  });
  const { ready, given } = useGiven(id === undefined);
  if (!may(id ? 'lease.update' : 'lease.create')) {
    return (
      <div className="card">
        <ForbiddenState />
      </div>
    );
  }
  const failed =
    lease.error && !lease.data ? lease : items.error && !items.data ? items : undefined;
  if (failed) {
    return (
      <div className="card">
        <ErrorState error={failed.error} onRetry={() => failed.refetch()} />
      </div>
    );
  }
  if (!items.data || !ready || (id && !lease.data)) return <PageSkeleton />;
  const charges = items.data;
  const draft = lease.data
    ? draftOf(lease.data)
    : withGiven(newDraft(me.today, charges, t('refundDefault')), given);
  return <Editor key={id ?? 'new'} lease={lease.data} first={draft} items={charges} />;
}

const SECTIONS = ['parties', 'units', 'dates', 'terms', 'deposits', 'text'] as const;
type Section = (typeof SECTIONS)[number];

const DATE_FIELDS = ['from_on', 'to_on', 'handover_on', 'rent_from_on', 'open_on', 'sign_on'];
const TEXT_FIELDS = ['clauses', 'special', 'template_id', 'agreed_total'];

function sectionOf(path: string): Section {
  if (path.startsWith('units')) return 'units';
  if (path.startsWith('terms')) return 'terms';
  if (path.startsWith('deposits')) return 'deposits';
  if (DATE_FIELDS.includes(path) || path === 'from' || path === 'to') return 'dates';
  return TEXT_FIELDS.includes(path) ? 'text' : 'parties';
}

function isDone(section: Section, draft: LeaseDraft): boolean {
  switch (section) {
    case 'parties':
      return draft.merchant_id !== null;
    case 'units':
      return draft.units.length > 0 && draft.units.every((one) => one.area !== '');
    case 'dates':
      return Boolean(draft.from_on && draft.to_on && draft.from_on <= draft.to_on);
    case 'terms':
      return draft.terms.length > 0 && draft.terms.every((term) => isReady(term, true));
    case 'deposits':
      return draft.deposits.length > 0 && draft.deposits.every((one) => one.amount !== '');
    case 'text':
      return draft.clauses.length > 0;
  }
}

/* Saving a draft, with everything that can come of it. */
function useSaving(first: Lease | undefined, draft: LeaseDraft) {
  const t = useText();
  const base = useT();
  const client = useQueryClient();
  const { message } = App.useApp();
  const [lease, setLease] = useState(first);
  const [saved, setSaved] = useState(draft);
  const [errors, setErrors] = useState<ReadonlyMap<string, string>>(new Map());
  const [general, setGeneral] = useState<string>();
  const [busy, setBusy] = useState(false);
  const [stale, setStale] = useState<Row>();
  const [review, setReview] = useState<Review>();
  const key = useRef(newRequestKey());

  const refuse = async (error: unknown) => {
    key.current = newRequestKey();
    if (error instanceof ApiError && error.stale && lease) {
      setStale(await api.get<Row>(`/api/lease/${lease.id}`));
      return;
    }
    const fields = error instanceof ApiError ? error.fields : [];
    setErrors(errorsOf(fields));
    setGeneral(
      fields.length ? t('fixFirst', { n: fields.length }) : errorText(error, base('state.network')),
    );
  };

  /* The stored lease, or nothing if it was refused; the complaints are then on the page. */
  const save = async (version = lease?.version): Promise<Lease | undefined> => {
    setGeneral(undefined);
    const missing = missingOf(draft, base('form.required', { what: '' }).trim());
    if (missing.size) {
      setErrors(missing);
      setGeneral(t('fixFirst', { n: missing.size }));
      return undefined;
    }
    setBusy(true);
    try {
      const body = bodyOf(draft, !lease);
      let next = lease
        ? await api.patch<Lease>(`/api/lease/${lease.id}`, { version, ...body })
        : await api.post<Lease>('/api/lease', body, { key: key.current });
      if (!lease) {
        // The page stays as it is; only its address becomes that of the stored draft.
        window.history.replaceState(window.history.state, '', `/e/lease/${next.id}/edit`);
      }
      setErrors(new Map());
      setStale(undefined);
      // Judged at once, so that the drafter sees what reviewers would ask; that is a new version of the record.
      try {
        setReview(await api.post<Review>(`/api/lease/${next.id}/judge`));
        next = await api.get<Lease>(`/api/lease/${next.id}`);
      } catch {
        setReview(undefined);
      }
      setLease(next);
      setSaved(draft);
      client.setQueryData(['one', 'lease', next.id], next);
      message.success(t('saved', { no: next.no }));
      return next;
    } catch (error) {
      await refuse(error);
      return undefined;
    } finally {
      setBusy(false);
    }
  };
  const submit = async (): Promise<Lease | undefined> => {
    const stored = draft === saved && lease ? lease : await save();
    if (!stored) return undefined;
    setBusy(true);
    try {
      const next = await api.post<Lease>(`/api/lease/${stored.id}/submit`, {
        version: stored.version,
      });
      message.success(t('submitted', { no: stored.no }));
      await refreshAll(client);
      return next;
    } catch (error) {
      await refuse(error);
      return undefined;
    } finally {
      setBusy(false);
    }
  };
  const forget = useCallback((paths: string[]) => {
    setErrors((now) => {
      const next = [...now].filter(([at]) => !paths.some((path) => at.startsWith(path)));
      return next.length === now.size ? now : new Map(next);
    });
  }, []);
  return {
    lease,
    saved,
    setSaved,
    errors,
    general,
    busy,
    stale,
    setStale,
    review,
    save,
    submit,
    forget,
  };
}

function Editor(props: { lease: Lease | undefined; first: LeaseDraft; items: ChargeItem[] }) {
  const t = useText();
  const base = useT();
  const me = useMe();
  const navigate = useNavigate();
  const { items } = props;
  // The lease as it was opened: a refresh in the background must not move the ground under the person.
  const [first] = useState(props.first);
  const [draft, setDraft] = useState(first);
  const saving = useSaving(useState(props.lease)[0], draft);
  const preview = usePreview(draft);
  const [plan, setPlan] = useState(NO_PLAN);
  const sales = useMemo(
    () => plannedSales(plan, draft.from_on, draft.to_on),
    [plan, draft.from_on, draft.to_on],
  );
  const hasTurnover = draft.terms.some((term) => isTurnover(term.model));
  const { lease, errors: refused, forget } = saving;
  const dirty = draft !== saving.saved;
  const guard = useLeaveGuard(dirty);
  const frozen = lease !== undefined && lease.state !== 'draft';

  const update = useCallback(
    (patch: Partial<LeaseDraft>, ...paths: string[]) => {
      setDraft((now) => ({ ...now, ...patch }));
      forget(paths);
    },
    [forget],
  );
  const facts = useUnitFacts(draft.units.map((one) => one.unit.id));
  const units = useMemo(
    () =>
      draft.units.map((one) => {
        const info = one.info ?? facts.data?.get(one.unit.id);
        return { ...one, info, area: one.area, floor: one.floor || (info?.floor_id?.label ?? '') };
      }),
    [draft.units, facts.data],
  );
  // A unit that came from a lead or the plan has no area yet.
  useEffect(() => {
    if (!draft.units.some((one) => !one.area && facts.data?.get(one.unit.id)?.area_leasable))
      return;
    const fill = (now: LeaseDraft) => ({
      ...now,
      units: now.units.map((one) =>
        one.area ? one : { ...one, area: facts.data?.get(one.unit.id)?.area_leasable ?? '' },
      ),
    });
    setDraft(fill);
  }, [facts.data, draft.units]);

  const errors = useMemo(() => new Map([...preview.errors, ...refused]), [preview.errors, refused]);
  const names = useMemo(() => new Map(items.map((item) => [item.code, item.name])), [items]);
  const schedule = preview.schedule;
  const total = schedule ? grandTotal(schedule.totals) : undefined;
  const monthly = monthlyRentFen(draft, items);
  useEffect(() => {
    setDraft((now) => {
      const deposits = withAutoAmounts(now.deposits, monthly);
      return deposits === now.deposits ? now : { ...now, deposits };
    });
  }, [monthly]);
  const title = lease ? t('editTitle') : t('newTitle');
  useEffect(() => {
    document.title = `${title} · ${base('app.name')}`;
  }, [title, base]);

  /* Who saves a lease without an owner owns it; the page then says so. */
  const adopt = (stored: Lease) => {
    if (draft.owner_id || !stored.owner_id) return;
    const owned = { ...draft, owner_id: stored.owner_id };
    setDraft((now) => (now === draft ? owned : { ...now, owner_id: stored.owner_id }));
    saving.setSaved(owned);
  };
  const save = async () => {
    if (saving.busy || frozen) return;
    const stored = await saving.save();
    if (stored) adopt(stored);
    else showFirstError();
  };
  const submit = async () => {
    if (saving.busy || frozen) return;
    const sent = await saving.submit();
    if (!sent) return showFirstError();
    guard.free();
    navigate(`/e/lease/${sent.id}?tab=review`);
  };
  useHotkeys({ 'mod+s': save }, { inLayer: true });

  if (frozen && lease) {
    return (
      <div className="card">
        <EmptyState title={t('frozen')} text={t('frozenText')}>
          <Button type="primary" onClick={() => navigate(`/e/lease/${lease.id}`)}>
            {t('openLease')}
          </Button>
        </EmptyState>
      </div>
    );
  }
  const shown = { ...draft, units };
  const setTerm = (i: number, patch: Partial<TermDraft>) =>
    update(
      { terms: draft.terms.map((one, j) => (j === i ? { ...one, ...patch } : one)) },
      `terms[${i}]`,
    );
  return (
    <Errors value={errors}>
      <PageHead
        title={title}
        count={lease?.no}
        crumb={[
          { to: '/e/lease', label: { zh: '租赁合同', en: 'Leases' } },
          ...(lease ? [{ to: `/e/lease/${lease.id}`, label: lease.no }] : []),
        ]}
        here={title}
      />
      <SectionNav draft={draft} errors={errors} />
      <div className="wizard">
        <div className="wizard-form">
          {saving.general && (
            <Alert
              type="error"
              showIcon
              title={saving.general}
              className="form-alert"
              role="alert"
            />
          )}
          <Part section="parties">
            <Parties
              draft={shown}
              update={update}
              isNew={!lease}
              onCopy={(source) => {
                setDraft(copiedFrom(draft, source));
                forget(['terms', 'deposits', 'clauses']);
              }}
            />
          </Part>
          <Part section="units">
            <Units draft={shown} update={update} />
          </Part>
          <Part section="dates">
            <TermDays draft={shown} update={update} />
          </Part>
          <Part section="terms">
            <ul className="terms">
              {draft.terms.map((term, i) => (
                <TermCard
                  key={term.key}
                  index={i}
                  term={term}
                  days={draft}
                  items={items}
                  unitNos={units.map((one) => one.unit.label)}
                  facts={units.flatMap((one) => one.info ?? [])}
                  onChange={(patch) => setTerm(i, patch)}
                  onCopy={() =>
                    update(
                      { terms: draft.terms.toSpliced(i + 1, 0, { ...term, key: newKey() }) },
                      'terms',
                    )
                  }
                  onRemove={() => update({ terms: draft.terms.toSpliced(i, 1) }, 'terms')}
                />
              ))}
            </ul>
            <Button
              icon={<PlusOutlined />}
              onClick={() => {
                const used = new Set(draft.terms.map((term) => term.item));
                const item = items.find((one) => one.active && !used.has(one.code));
                update({ terms: [...draft.terms, newTerm(item)] });
              }}
            >
              {t('addTerm')}
            </Button>
          </Part>
          {hasTurnover && (
            <section className="card wizard-part" aria-labelledby="part-plan-head">
              <h2 id="part-plan-head">{t('plan.title')}</h2>
              <SalesComparison
                draft={draft}
                plan={plan}
                sales={sales}
                names={names}
                onChange={setPlan}
              />
            </section>
          )}
          <Part section="deposits">
            <Deposits draft={shown} update={update} monthlyFen={monthly} today={me.today} />
          </Part>
          <Part section="text">
            <TextPart draft={shown} update={update} total={total} />
          </Part>
        </div>
        <PreviewPanel
          preview={preview}
          schedule={schedule}
          names={names}
          units={termUnits(draft, preview, t)}
          review={saving.review}
        />
      </div>
      <div className="wizard-foot">
        <PreviewBar
          preview={preview}
          schedule={schedule}
          names={names}
          units={termUnits(draft, preview, t)}
        />
        <span className="grow" />
        <Button className="wizard-cancel" onClick={() => navigate(-1)}>
          {base('form.cancel')}
        </Button>
        <Button loading={saving.busy} onClick={save}>
          {t('saveDraft')}
          <Kbd>{MOD}S</Kbd>
        </Button>
        <Button type="primary" disabled={saving.busy} onClick={submit}>
          {t('submit')}
        </Button>
      </div>
      {saving.stale && lease && (
        <Dialog
          title={t('staleTitle')}
          onClose={() => saving.setStale(undefined)}
          footer={
            <>
              <Button onClick={() => window.location.reload()}>{t('staleReload')}</Button>
              <Button
                type="primary"
                loading={saving.busy}
                onClick={() => saving.save(saving.stale?.version)}
              >
                {t('staleKeep')}
              </Button>
            </>
          }
        >
          <div className="dialog-body">
            {t('staleText', {
              who: personName(saving.stale.updated_by) || base('form.someone'),
              at: formatInstant(saving.stale.updated_at ?? ''),
            })}
          </div>
        </Dialog>
      )}
    </Errors>
  );
}

/* The unit of each priced term, to be read beside its price: "元/㎡/月". */
function termUnits(draft: LeaseDraft, preview: Preview, t: ReturnType<typeof useText>): string[] {
  return preview.terms.map((i) => {
    const term = draft.terms[i];
    return term ? t(`bases.${term.basis}`) : '';
  });
}

function showFirstError(): void {
  // After React has drawn the complaints.
  setTimeout(() => {
    const field = document.querySelector<HTMLElement>('.wizard [data-wrong]');
    (field ?? document.querySelector('.wizard .form-alert'))?.scrollIntoView({
      block: 'center',
      behavior: 'smooth',
    });
    field?.querySelector<HTMLElement>('input, textarea, button')?.focus({ preventScroll: true });
  }, 60);
}

function Part(props: { section: Section; children: ReactNode }) {
  const t = useText();
  const id = `part-${props.section}`;
  return (
    <section className="card wizard-part" id={id} aria-labelledby={`${id}-head`}>
      <h2 id={`${id}-head`}>{t(`section.${props.section}`)}</h2>
      {props.children}
    </section>
  );
}

/* Where one is, what is done, what is wrong. */
function SectionNav(props: { draft: LeaseDraft; errors: ReadonlyMap<string, string> }) {
  const t = useText();
  const [at, setAt] = useState<Section>('parties');
  useEffect(() => {
    const look = () => {
      const line = 220;
      let now: Section = 'parties';
      for (const one of SECTIONS) {
        const top = document.getElementById(`part-${one}`)?.getBoundingClientRect().top;
        if (top !== undefined && top < line) now = one;
      }
      const end = window.innerHeight + window.scrollY >= document.documentElement.scrollHeight - 2;
      setAt(end && window.scrollY > 0 ? 'text' : now);
    };
    look();
    window.addEventListener('scroll', look, { passive: true });
    return () => window.removeEventListener('scroll', look);
  }, []);
  const wrong = new Map<Section, number>();
  for (const path of props.errors.keys()) {
    const section = sectionOf(path);
    wrong.set(section, (wrong.get(section) ?? 0) + 1);
  }
  return (
    <nav className="wizard-nav" aria-label={t('sections')}>
      {SECTIONS.map((one, i) => {
        const n = wrong.get(one) ?? 0;
        const done = isDone(one, props.draft);
        return (
          <button
            key={one}
            type="button"
            aria-current={one === at ? 'step' : undefined}
            aria-label={n ? t('sectionErrors', { what: t(`section.${one}`), n }) : undefined}
            className={n ? 'wrong' : done ? 'done' : undefined}
            onClick={() =>
              document
                .getElementById(`part-${one}`)
                ?.scrollIntoView({ block: 'start', behavior: 'smooth' })
            }
          >
            <em aria-hidden="true">{n ? '!' : done ? '✓' : i + 1}</em>
            {t(`section.${one}`)}
          </button>
        );
      })}
    </nav>
  );
}
