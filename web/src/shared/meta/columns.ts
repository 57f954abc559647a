/* Which columns of a list one person shows on this device. */
import { useSyncExternalStore } from 'react';
import { type EntityMeta, type FieldMeta, fieldOf } from './types';

const listeners = new Set<() => void>();
const cache = new Map<string, string[] | null>();

const keyOf = (entity: string) => `lanting.columns.${entity}`;

function read(entity: string): string[] | null {
  if (!cache.has(entity)) {
    let names: string[] | null = null;
    try {
      const saved: unknown = JSON.parse(localStorage.getItem(keyOf(entity)) ?? 'null');
      if (Array.isArray(saved)) names = saved.filter((name) => typeof name === 'string');
    } catch {
      names = null;
    }
    cache.set(entity, names);
  }
  return cache.get(entity) ?? null;
}

export function setColumns(entity: string, names: string[] | null): void {
  cache.set(entity, names);
  try {
    if (names) localStorage.setItem(keyOf(entity), JSON.stringify(names));
    else localStorage.removeItem(keyOf(entity));
  } catch {
    /* lasts until the page is closed */
  }
  for (const listener of listeners) listener();
}

export function columnChoices(meta: EntityMeta): FieldMeta[] {
  const listed = meta.list.columns.flatMap((name) => fieldOf(meta, name) ?? []);
  const rest = meta.fields.filter((field) => field.type !== 'json' && !listed.includes(field));
  return [...listed, ...rest];
}

/* The first column names the record and always stays. */
export function shownColumns(meta: EntityMeta, chosen: string[] | null): FieldMeta[] {
  const names = chosen ?? meta.list.columns;
  const first = meta.list.columns[0] ?? meta.title;
  return columnChoices(meta).filter(({ name }) => name === first || names.includes(name));
}

export function useColumns(entity: string): string[] | null {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => read(entity),
  );
}
