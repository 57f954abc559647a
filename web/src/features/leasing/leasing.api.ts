/* Reading and writing that only leasing does. */
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useRef, useState } from 'react';
import { ApiError, api } from '@/shared/api/client';
import type { Approval } from '@/shared/approval';
import { useLang } from '@/shared/i18n';
import type { Schedule } from '@/shared/schedule';
import { errorsOf, type LeaseDraft, previewOf } from './leaseDraft';
import type { MonthSales } from './salesPlan';
import type { ChargeItem, Comparison, Review, UnitRow } from './types';

export function useChargeItems() {
  const lang = useLang();
  return useQuery({
    queryKey: ['list', 'charge_item', 'all'],
    queryFn: async ({ signal }) => {
      const page = await api.get<{ items: ChargeItem[] }>(
        '/api/charge_item',
        { size: 200, sort: 'id' },
        signal,
      );
      return page.items;
    },
    select: (items) =>
      lang === 'en' ? items.map((one) => ({ ...one, name: one.name_en || one.name })) : items,
    staleTime: 10 * 60_000,
  });
}

const TYPING_MS = 450;

function useSettled<V>(value: V, ms: number): V {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), ms);
    return () => clearTimeout(timer);
  }, [value, ms]);
  return settled;
}

export interface Preview {
  schedule: Schedule | undefined;
  /* Which terms of the draft the schedule's terms are. */
  terms: number[];
  errors: ReadonlyMap<string, string>;
  problem: unknown;
  busy: boolean;
  waiting: boolean;
}

const NONE: ReadonlyMap<string, string> = new Map();

/* What the engine says about the draft, a moment after the last key. A wrong entry keeps the last good answer. */
export function usePreview(draft: LeaseDraft): Preview {
  const text = useMemo(() => JSON.stringify(previewOf(draft)), [draft]);
  const asked = useSettled(text, TYPING_MS);
  const good = useRef<{ schedule: Schedule; terms: number[] }>(undefined);
  const question = useMemo(() => JSON.parse(asked) as ReturnType<typeof previewOf>, [asked]);
  const query = useQuery({
    queryKey: ['lease-preview', asked],
    queryFn: ({ signal }) => api.post<Schedule>('/api/lease/preview', question?.body, { signal }),
    enabled: question !== null,
    placeholderData: keepPreviousData,
    staleTime: 60_000,
    retry: false,
  });
  if (query.data && question && !query.isPlaceholderData) {
    good.current = { schedule: query.data, terms: question.terms };
  }
  const refused = query.error instanceof ApiError && query.error.status === 422;
  const errors = useMemo(
    () => (refused && question ? errorsOf((query.error as ApiError).fields, question.terms) : NONE),
    [refused, query.error, question],
  );
  return {
    schedule: question ? good.current?.schedule : undefined,
    terms: good.current?.terms ?? [],
    errors,
    problem: query.error && !refused ? query.error : undefined,
    busy: query.isFetching || text !== asked,
    waiting: question === null,
  };
}

/* Every clause on sales under the other models and settlement periods, on the same assumed sales. */
export function useComparison(draft: LeaseDraft, sales: readonly MonthSales[]) {
  const text = useMemo(
    () => JSON.stringify(sales.length ? previewOf(draft, sales) : null),
    [draft, sales],
  );
  const asked = useSettled(text, TYPING_MS);
  const question = useMemo(() => JSON.parse(asked) as ReturnType<typeof previewOf>, [asked]);
  const query = useQuery({
    queryKey: ['lease-compare', asked],
    queryFn: ({ signal }) =>
      api.post<{ comparisons: Comparison[] }>('/api/lease/compare', question?.body, { signal }),
    enabled: question !== null,
    placeholderData: keepPreviousData,
    staleTime: 60_000,
    retry: false,
  });
  return { ...query, terms: question?.terms ?? [], busy: query.isFetching || text !== asked };
}

export function useReview(id: string) {
  return useQuery({
    queryKey: ['lease-review', id],
    queryFn: ({ signal }) => api.get<Review>(`/api/lease/${id}/review`, undefined, signal),
  });
}

export function useApprovals(entity: string, id: string) {
  return useQuery({
    queryKey: ['approval', 'of', entity, id, 'all'],
    queryFn: ({ signal }) =>
      api.get<{ items: Approval[] }>(`/api/${entity}/${id}/approvals`, undefined, signal),
  });
}

export function useSchedule(id: string, enabled = true) {
  return useQuery({
    queryKey: ['lease-schedule', id],
    queryFn: ({ signal }) => api.get<Schedule>(`/api/lease/${id}/schedule`, undefined, signal),
    enabled,
    retry: false,
  });
}

export function useFloors() {
  return useQuery({
    queryKey: ['options', 'floor', 'all'],
    queryFn: ({ signal }) =>
      api.get<{ items: { id: string; name: string }[] }>('/api/floor', { size: 200 }, signal),
    staleTime: 10 * 60_000,
  });
}

export function useUnits(query: Record<string, string>, enabled = true) {
  return useQuery({
    queryKey: ['list', 'unit', 'pick', query],
    queryFn: ({ signal }) =>
      api.get<{ items: UnitRow[]; total?: number }>(
        '/api/unit',
        { size: 200, sort: 'no', ...query },
        signal,
      ),
    enabled,
    placeholderData: keepPreviousData,
  });
}

/* Floor and target prices of the chosen units, for hints. */
export function useUnitFacts(ids: string[]) {
  return useQuery({
    queryKey: ['list', 'unit', 'facts', ids],
    queryFn: async () => {
      const rows = await Promise.all(ids.map((id) => api.get<UnitRow>(`/api/unit/${id}`)));
      return new Map(rows.map((row) => [row.id, row]));
    },
    enabled: ids.length > 0,
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  });
}
