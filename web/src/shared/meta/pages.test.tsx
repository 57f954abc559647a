import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { fakeServer, leaseMeta, leaseRow, Refusal, show } from '@/test-kit';
import { setPhone } from '@/test-setup';
import { EntityDetail } from './EntityDetail';
import EntityFormDrawer from './EntityForm';
import { EntityList } from './EntityList';

beforeEach(() => setPhone(false));
afterEach(() => vi.unstubAllGlobals());

const page = { items: [leaseRow, { ...leaseRow, id: '8', no: 'HT-0008' }], total: 2 };
const counts = { counts: { effective: 2 }, total: 2 };

describe('list', () => {
  test('shows rows, counts by state and the totals of the page', async () => {
    fakeServer({ 'GET /api/lease': page, 'GET /api/lease/counts': counts });
    show(<EntityList meta={leaseMeta} />);
    expect(await screen.findByRole('link', { name: 'HT-0007' })).toHaveAttribute(
      'href',
      '/e/lease/7',
    );
    expect(screen.getByText('共 2 条', { selector: '.count' })).toBeInTheDocument();
    expect(screen.getByRole('button', { name: /履约中/ })).toHaveTextContent('2');
    expect(screen.getByText('¥24,691.20')).toBeInTheDocument();
  });

  test('a segment goes into the address and into the request', async () => {
    const calls = fakeServer({ 'GET /api/lease': page, 'GET /api/lease/counts': counts });
    const { router } = show(<EntityList meta={leaseMeta} />, '/?page=3');
    await userEvent.click(await screen.findByRole('button', { name: /履约中/ }));
    await waitFor(() => expect(router.state.location.search).toBe('?state=effective'));
    await waitFor(() =>
      expect(calls.some((call) => call.url.startsWith('/api/lease?state=effective'))).toBe(true),
    );
  });

  test('no match offers to clear the filters', async () => {
    fakeServer({});
    const { router } = show(<EntityList meta={leaseMeta} />, '/?q=zzz');
    await userEvent.click(
      within(
        await screen.findByText('没有符合条件的租赁合同').then((el) => el.parentElement!),
      ).getByRole('button', { name: '清除筛选' }),
    );
    await waitFor(() => expect(router.state.location.search).toBe(''));
  });

  test('an error tells the request number and tries again', async () => {
    let n = 0;
    fakeServer({
      'GET /api/lease': () => {
        n += 1;
        return n === 1
          ? new Refusal(500, { code: 'internal', message: '内部错误', request_id: 'r42' })
          : page;
      },
    });
    show(<EntityList meta={leaseMeta} />);
    expect(await screen.findByText('请求编号 r42')).toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: '重试' }));
    expect(await screen.findByRole('link', { name: 'HT-0007' })).toBeInTheDocument();
  });

  test('without the right to see it, it says so', async () => {
    fakeServer({
      'GET /api/lease': new Refusal(403, { code: 'lease.forbidden', message: '无权限' }),
    });
    show(<EntityList meta={leaseMeta} />);
    expect(await screen.findByText('没有查看权限')).toBeInTheDocument();
  });

  test('on a phone rows are cards and paging is by keyset', async () => {
    setPhone(true);
    const calls = fakeServer({ 'GET /api/lease': { items: page.items, next: 'abc' } });
    show(<EntityList meta={leaseMeta} />);
    expect(await screen.findByRole('link', { name: /HT-0007.*青禾里餐饮/ })).toBeInTheDocument();
    expect(document.querySelector('table')).toBeNull();
    await userEvent.click(screen.getByRole('button', { name: '加载更多' }));
    await waitFor(() => expect(calls.some((call) => call.url.includes('after=abc'))).toBe(true));
  });
});

describe('form', () => {
  test('a missing entry is named under its field and nothing is sent', async () => {
    const calls = fakeServer({});
    show(<EntityFormDrawer meta={leaseMeta} onClose={() => undefined} onSaved={() => undefined} />);
    const dialog = await screen.findByRole('dialog');
    await userEvent.click(within(dialog).getByRole('button', { name: /保存/ }));
    expect(await within(dialog).findByText('请填写月租金')).toBeInTheDocument();
    expect(calls.filter((call) => call.method === 'POST')).toHaveLength(0);
  });

  test('a complaint of the server lands on its field', async () => {
    fakeServer({
      'PATCH /api/lease/7': new Refusal(422, {
        code: 'input.invalid',
        message: '有误',
        fields: [{ field: 'area', code: 'range', message: '面积超过铺位面积' }],
      }),
    });
    show(
      <EntityFormDrawer
        meta={leaseMeta}
        row={leaseRow}
        onClose={() => undefined}
        onSaved={() => undefined}
      />,
    );
    const area = await screen.findByLabelText('面积');
    await userEvent.clear(area);
    await userEvent.type(area, '999');
    await userEvent.click(screen.getByRole('button', { name: /保存/ }));
    expect(await screen.findByText('面积超过铺位面积')).toBeInTheDocument();
    expect(area).toHaveFocus();
  });

  test('a record changed by somebody else is compared, then saved on the new version', async () => {
    const saved = vi.fn();
    const calls = fakeServer({
      'PATCH /api/lease/7': (call: { body: Record<string, unknown> }) =>
        call.body.version === 3
          ? new Refusal(409, { code: 'record.stale', message: '' })
          : { ...leaseRow, version: 5 },
      'GET /api/lease/7': { ...leaseRow, version: 4, note: '他人写的' },
    });
    show(
      <EntityFormDrawer
        meta={leaseMeta}
        row={leaseRow}
        onClose={() => undefined}
        onSaved={saved}
      />,
    );
    const area = await screen.findByLabelText('面积');
    await userEvent.clear(area);
    await userEvent.type(area, '90');
    await userEvent.click(screen.getByRole('button', { name: /保存/ }));
    expect(await screen.findByText('他人写的')).toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: '以我的修改保存' }));
    await waitFor(() => expect(saved).toHaveBeenCalled());
    const last = calls.filter((call) => call.method === 'PATCH').at(-1);
    expect(last?.body).toEqual({ version: 4, area: '90' });
  });
});

describe('detail', () => {
  test('shows groups, reveals a masked value on demand, and takes an action with its version', async () => {
    const calls = fakeServer({
      'GET /api/lease/7': leaseRow,
      'POST /api/lease/7/reveal': { value: '13812345678' },
      'POST /api/lease/7/terminate': leaseRow,
    });
    show(<EntityDetail meta={leaseMeta} id="7" />);
    expect(await screen.findByRole('heading', { name: 'HT-0007' })).toBeInTheDocument();
    expect(screen.getByText('¥12,345.60')).toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: '显示' }));
    expect(await screen.findByText('13812345678')).toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: '提前终止' }));
    const dialog = await screen.findByRole('dialog');
    await userEvent.type(await within(dialog).findByLabelText('原因'), '欠租');
    await userEvent.click(within(dialog).getByRole('button', { name: '提前终止' }));
    await waitFor(() =>
      expect(calls.find((call) => call.url === '/api/lease/7/terminate')?.body).toEqual({
        version: 3,
        reason: '欠租',
      }),
    );
  });

  test('a record that is not there says so', async () => {
    fakeServer({ 'GET /api/lease/9': new Refusal(404, { code: 'lease.not_found', message: '' }) });
    show(<EntityDetail meta={leaseMeta} id="9" />);
    expect(await screen.findByText('没有找到这条记录')).toBeInTheDocument();
  });
});
