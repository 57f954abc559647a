/* The one way to the server. Adds the CSRF token, the language and an idempotency key; turns problem documents into
 * ApiError; tells the shell when the session has ended. */
import { getLang } from '@/shared/i18n';

export interface FieldError {
  field: string;
  code: string;
  message: string;
}

export class ApiError extends Error {
  readonly status: number;
  readonly code: string;
  readonly fields: FieldError[];
  readonly requestId: string | undefined;
  readonly body: Record<string, unknown>;

  constructor(status: number, body: Record<string, unknown>) {
    super(typeof body.message === 'string' && body.message ? body.message : `HTTP ${status}`);
    this.name = 'ApiError';
    this.status = status;
    this.code = typeof body.code === 'string' ? body.code : `http.${status}`;
    this.fields = Array.isArray(body.fields) ? (body.fields as FieldError[]) : [];
    this.requestId = typeof body.request_id === 'string' ? body.request_id : undefined;
    this.body = body;
  }

  get stale(): boolean {
    return this.status === 409 && this.code === 'record.stale';
  }
}

export type QueryValue = string | number | boolean | null | undefined;
export type Query = Record<string, QueryValue> | URLSearchParams;

export interface Options {
  query?: Query | undefined;
  body?: unknown;
  raw?: Blob | undefined;
  key?: string | undefined;
  signal?: AbortSignal | undefined;
}

let csrf = '';
export function setCsrf(token: string): void {
  csrf = token;
}

type Listener = () => void;
const ended = new Set<Listener>();

/* Called when the server says that nobody is logged in. */
export function onSessionEnd(listener: Listener): Listener {
  ended.add(listener);
  return () => ended.delete(listener);
}

/* crypto.randomUUID is missing on plain-HTTP intranets, getRandomValues is not. */
export function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

export function urlOf(path: string, query?: Query): string {
  if (!query) return path;
  const params = query instanceof URLSearchParams ? query : new URLSearchParams();
  if (!(query instanceof URLSearchParams)) {
    for (const [name, value] of Object.entries(query)) {
      if (value !== undefined && value !== null && value !== '') params.set(name, String(value));
    }
  }
  const text = params.toString();
  return text ? `${path}?${text}` : path;
}

async function problemOf(response: Response): Promise<ApiError> {
  const body = (await response.json().catch(() => ({}))) as Record<string, unknown>;
  return new ApiError(response.status, body);
}

const MAX_TRIES = 3;
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/* Sends again what may safely be sent again: reads, and POSTs thanks to their idempotency key. */
async function send(url: string, init: RequestInit, repeatable: boolean): Promise<Response> {
  for (let attempt = 1; ; attempt += 1) {
    const last = attempt === MAX_TRIES || !repeatable;
    try {
      const response = await fetch(url, init);
      if (response.status !== 503 || last) return response;
      await pause(Math.min(Number(response.headers.get('Retry-After')) || 1, 3) * 1000);
    } catch (error) {
      if (last || init.signal?.aborted) throw networkError(error);
      await pause(300 * attempt);
    }
  }
}

function networkError(error: unknown): Error {
  if (error instanceof DOMException && error.name === 'AbortError') return error;
  return new ApiError(0, { code: 'network' });
}

async function request(method: string, path: string, options: Options = {}): Promise<Response> {
  const headers: Record<string, string> = { 'Accept-Language': getLang() };
  const write = method !== 'GET';
  if (write && csrf) headers['X-CSRF-Token'] = csrf;
  if (method === 'POST') headers['Idempotency-Key'] = options.key ?? newKey();
  if (write)
    headers['Content-Type'] = options.raw ? 'application/octet-stream' : 'application/json';
  const init: RequestInit = { method, headers, credentials: 'same-origin' };
  if (options.signal) init.signal = options.signal;
  if (write) init.body = options.raw ?? JSON.stringify(options.body ?? {});
  const response = await send(urlOf(path, options.query), init, method !== 'PATCH');
  if (response.ok) return response;
  const problem = await problemOf(response);
  if (problem.status === 401 && !path.startsWith('/api/session')) {
    for (const listener of ended) listener();
  }
  throw problem;
}

async function json<R>(method: string, path: string, options?: Options): Promise<R> {
  const response = await request(method, path, options);
  if (response.status === 204) return undefined as R;
  return (await response.json().catch(() => undefined)) as R;
}

export const api = {
  get: <R>(path: string, query?: Query, signal?: AbortSignal) =>
    json<R>('GET', path, { query, signal }),
  post: <R>(path: string, body?: unknown, options?: Options) =>
    json<R>('POST', path, { ...options, body }),
  patch: <R>(path: string, body: unknown) => json<R>('PATCH', path, { body }),
  delete: <R>(path: string) => json<R>('DELETE', path),
  upload: <R>(path: string, query: Query, raw: Blob) => json<R>('POST', path, { query, raw }),
  /* Fetches a file and hands it to the browser's download, so that a refusal is shown as an error, not as a page. */
  download: async (path: string, query?: Query, fallback = 'download') => {
    const response = await request('GET', path, { query });
    const name = fileName(response.headers.get('Content-Disposition')) ?? fallback;
    const link = document.createElement('a');
    link.href = URL.createObjectURL(await response.blob());
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  },
};

function fileName(disposition: string | null): string | null {
  if (!disposition) return null;
  const extended = /filename\*=UTF-8''([^;]+)/i.exec(disposition)?.[1];
  if (extended) return decodeURIComponent(extended);
  return /filename="?([^";]+)"?/i.exec(disposition)?.[1] ?? null;
}
