/* Reading and writing records. Keys: ['list', entity, query], ['one', entity, id], ['counts', entity, query]. */
import {
  keepPreviousData,
  type QueryClient,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import { api, newKey } from '@/shared/api/client';
import type { Counts, Page, Row } from '@/shared/meta/types';

/* One program, one database: after any write everything but session and meta may have changed. */
export function refreshAll(client: QueryClient): Promise<void> {
  return client.invalidateQueries({
    predicate: (query) => query.queryKey[0] !== 'session' && query.queryKey[0] !== 'meta',
  });
}

export function useList(entity: string, query: URLSearchParams, enabled = true) {
  const text = query.toString();
  return useQuery({
    queryKey: ['list', entity, text],
    queryFn: ({ signal }) => api.get<Page>(`/api/${entity}`, new URLSearchParams(text), signal),
    placeholderData: keepPreviousData,
    enabled,
  });
}

export function useCounts(entity: string, query: URLSearchParams, enabled: boolean) {
  const text = query.toString();
  return useQuery({
    queryKey: ['counts', entity, text],
    queryFn: ({ signal }) =>
      api.get<Counts>(`/api/${entity}/counts`, new URLSearchParams(text), signal),
    placeholderData: keepPreviousData,
    enabled,
  });
}

export function useOne(entity: string, id: string | undefined) {
  return useQuery({
    queryKey: ['one', entity, id],
    queryFn: ({ signal }) => api.get<Row>(`/api/${entity}/${id}`, undefined, signal),
    enabled: id !== undefined,
  });
}

export interface ActionInput {
  action: string;
  body?: Record<string, unknown>;
  /* The same key for the same press of a button, so that a repeated send does nothing twice. */
  key?: string;
}

export function useAction<R = Row>(entity: string, id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ action, body, key }: ActionInput) =>
      api.post<R>(`/api/${entity}/${id}/${action}`, body, { key: key ?? newKey() }),
    onSuccess: () => refreshAll(client),
  });
}
