/* The state of a list lives in the address: the same names as the API, so that a view can be bookmarked, shared and
 * reached from a tile of the home page. Pure functions. */
import { type EntityMeta, fieldOf } from './types';

export const PAGE_SIZES = [20, 50, 100, 200] as const;
export const DEFAULT_SIZE = 50;
const OPERATORS = new Set(['gte', 'lte', 'lt', 'gt', 'null']);
const OWN = new Set(['q', 'sort', 'page', 'size', 'form']);

export interface ListState {
  q: string;
  sort: string;
  page: number;
  size: number;
  /* "state": "effective,expiring", "to_on.lte": "2027-02-21" */
  filters: Record<string, string>;
}

export function isFilterKey(meta: EntityMeta, key: string): boolean {
  if (OWN.has(key)) return false;
  if (key === 'id') return true;
  const [name = '', operator, more] = key.split('.');
  if (more !== undefined || (operator !== undefined && !OPERATORS.has(operator))) return false;
  return fieldOf(meta, name) !== undefined;
}

function positive(text: string | null, fallback: number): number {
  const n = Number(text);
  return Number.isInteger(n) && n > 0 ? n : fallback;
}

export function parseState(meta: EntityMeta, params: URLSearchParams): ListState {
  const filters: Record<string, string> = {};
  for (const [key, value] of params) if (value && isFilterKey(meta, key)) filters[key] = value;
  return {
    q: params.get('q') ?? '',
    sort: params.get('sort') ?? meta.list.sort ?? '',
    page: positive(params.get('page'), 1),
    size: Math.min(positive(params.get('size'), DEFAULT_SIZE), 200),
    filters,
  };
}

/* What goes into the address bar: only what differs from the default. */
export function stateParams(meta: EntityMeta, state: ListState): URLSearchParams {
  const params = new URLSearchParams();
  if (state.q) params.set('q', state.q);
  for (const [key, value] of Object.entries(state.filters)) if (value) params.set(key, value);
  if (state.sort && state.sort !== (meta.list.sort ?? '')) params.set('sort', state.sort);
  if (state.page > 1) params.set('page', String(state.page));
  if (state.size !== DEFAULT_SIZE) params.set('size', String(state.size));
  return params;
}

/* What every request of this list carries: search and filters. */
export function filterParams(state: ListState): URLSearchParams {
  const params = new URLSearchParams(state.filters);
  if (state.q) params.set('q', state.q);
  return params;
}

export function pageParams(state: ListState): URLSearchParams {
  const params = filterParams(state);
  if (state.sort) params.set('sort', state.sort);
  params.set('page', String(state.page));
  params.set('size', String(state.size));
  return params;
}

export function countParams(state: ListState, segment: string): URLSearchParams {
  const params = filterParams(state);
  params.delete(segment);
  params.set('field', segment);
  return params;
}

/* A change of search or filters starts again on page 1; an empty value takes the filter away. */
export function withFilters(
  state: ListState,
  change: Record<string, string | undefined>,
): ListState {
  const filters = { ...state.filters };
  for (const [key, value] of Object.entries(change)) {
    if (value) filters[key] = value;
    else delete filters[key];
  }
  return { ...state, filters, page: 1 };
}

/* How many filters the person has set; the segment shows itself and does not count. */
export function filterCount(meta: EntityMeta, state: ListState): number {
  const names = new Set(Object.keys(state.filters).map((key) => key.split('.')[0]));
  if (meta.list.segment) names.delete(meta.list.segment);
  return names.size;
}

/* The next step of a click on a column head: up, down, default. */
export function nextSort(current: string, field: string): string {
  if (current === field) return `-${field}`;
  return current === `-${field}` ? '' : field;
}
