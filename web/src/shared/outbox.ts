/* Entries that could not be sent wait on this device and go out when the network is back. Each has its idempotency key
 * from the first try on, so that an entry whose answer got lost is not registered twice. */
import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import { ApiError, api } from '@/shared/api/client';
import { refreshAll } from '@/shared/api/hooks';

export interface Waiting {
  key: string;
  body: Record<string, unknown>;
  /* The server's refusal, if it has answered. */
  refused?: string;
}

const AGAIN_MS = 30_000;

function read<T>(name: string, fallback: T): T {
  try {
    return JSON.parse(localStorage.getItem(name) ?? 'null') ?? fallback;
  } catch {
    return fallback;
  }
}

function write(name: string, value: unknown): void {
  try {
    if (value === null) localStorage.removeItem(name);
    else localStorage.setItem(name, JSON.stringify(value));
  } catch {
    /* private mode or full: the entry lives as long as the page */
  }
}

/* What is being typed survives a closed tab. Kept apart by person, since desks share machines. */
export const draftOf = {
  read: <T>(who: string, fallback: T) => read<T>(`lanting.register.${who}`, fallback),
  write: (who: string, value: unknown) => write(`lanting.register.${who}`, value),
};

/* @who keeps people and purposes apart on one device; @path is where the entries are posted. */
export function useOutbox(who: string, path: string) {
  const name = `lanting.outbox.${who}`;
  const client = useQueryClient();
  const [items, setItems] = useState<Waiting[]>(() => read(name, []));
  const latest = useRef(items);
  const busy = useRef(false);
  const put = useCallback(
    (next: Waiting[]) => {
      latest.current = next;
      setItems(next);
      write(name, next.length ? next : null);
    },
    [name],
  );
  const add = useCallback((item: Waiting) => put([...latest.current, item]), [put]);
  const drop = useCallback(
    (key: string) => put(latest.current.filter((one) => one.key !== key)),
    [put],
  );

  const flush = useCallback(async () => {
    if (busy.current) return;
    busy.current = true;
    let sent = 0;
    try {
      for (const item of latest.current.filter((one) => !one.refused)) {
        try {
          await api.post(path, item.body, { key: item.key });
          drop(item.key);
          sent += 1;
        } catch (error) {
          if (!(error instanceof ApiError) || error.status === 0 || error.status === 401) break;
          if (error.status >= 500) break;
          const why = error.fields.map((one) => one.message).join('；') || error.message;
          put(latest.current.map((one) => (one.key === item.key ? { ...one, refused: why } : one)));
        }
      }
    } finally {
      busy.current = false;
      if (sent) refreshAll(client);
    }
  }, [client, drop, put, path]);

  const some = items.some((one) => !one.refused);
  useEffect(() => {
    if (!some) return;
    const go = () => {
      if (document.visibilityState === 'visible') flush();
    };
    go();
    window.addEventListener('online', go);
    document.addEventListener('visibilitychange', go);
    const timer = setInterval(go, AGAIN_MS);
    return () => {
      window.removeEventListener('online', go);
      document.removeEventListener('visibilitychange', go);
      clearInterval(timer);
    };
  }, [some, flush]);

  return { items, add, drop, flush };
}
