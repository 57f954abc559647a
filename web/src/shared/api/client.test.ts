import { afterEach, describe, expect, test, vi } from 'vitest';
import { fakeServer, Refusal } from '@/test-kit';
import { ApiError, api, onSessionEnd, setCsrf } from './client';

afterEach(() => vi.unstubAllGlobals());

describe('client', () => {
  test('a write carries token, language and idempotency key; a read does not', async () => {
    setCsrf('token');
    const calls = fakeServer({});
    await api.get('/api/lease', { q: 'x', none: undefined });
    await api.post('/api/lease', { a: 1 });
    await api.patch('/api/lease/1', { version: 1 });
    expect(calls[0]).toMatchObject({ url: '/api/lease?q=x', method: 'GET' });
    expect(calls[0]?.headers['X-CSRF-Token']).toBeUndefined();
    expect(calls[1]?.headers).toMatchObject({ 'X-CSRF-Token': 'token', 'Accept-Language': 'zh' });
    expect(calls[1]?.headers['Idempotency-Key']).toMatch(/^[0-9a-f]{32}$/);
    expect(calls[2]?.headers['Idempotency-Key']).toBeUndefined();
  });
  test('a problem document becomes an error with its fields', async () => {
    const fields = [{ field: 'mobile', code: 'required', message: '请填写手机' }];
    fakeServer({
      'POST /api/lead': new Refusal(422, {
        code: 'input.invalid',
        message: '有误',
        fields,
        request_id: 'r1',
      }),
    });
    const error = (await api.post('/api/lead').catch((e) => e)) as ApiError;
    expect(error).toBeInstanceOf(ApiError);
    expect(error).toMatchObject({ status: 422, code: 'input.invalid', fields, requestId: 'r1' });
    expect(error.stale).toBe(false);
  });
  test('a stale record is recognised', async () => {
    fakeServer({ 'PATCH /api/lead/1': new Refusal(409, { code: 'record.stale', message: '' }) });
    expect(((await api.patch('/api/lead/1', {}).catch((e) => e)) as ApiError).stale).toBe(true);
  });
  test('the end of the session is told once per answer, but not by the login itself', async () => {
    const listener = vi.fn();
    const stop = onSessionEnd(listener);
    fakeServer({
      'GET /api/lead': new Refusal(401, { code: 'session.none' }),
      'POST /api/session': new Refusal(401, { code: 'session.refused' }),
    });
    await api.get('/api/lead').catch(() => undefined);
    await api.post('/api/session').catch(() => undefined);
    stop();
    expect(listener).toHaveBeenCalledTimes(1);
  });
  test('a busy server is asked again with the same key', async () => {
    let n = 0;
    const calls = fakeServer({
      'POST /api/lead': () => {
        n += 1;
        return n === 1 ? new Refusal(503, { code: 'busy' }) : { id: '1' };
      },
    });
    expect(await api.post('/api/lead')).toEqual({ id: '1' });
    expect(calls[0]?.headers['Idempotency-Key']).toBe(calls[1]?.headers['Idempotency-Key']);
  });
  test('no network is an error of its own', async () => {
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('failed')));
    const error = (await api.patch('/api/lead/1', {}).catch((e) => e)) as ApiError;
    expect(error).toMatchObject({ status: 0, code: 'network' });
  });
});
