import { describe, expect, test } from 'vitest';
import { placeOf, safeBack } from '@/features/auth/safeBack';
import { pagePath, recordPath } from '@/shared/paths';
import { mayOf } from '@/shared/session';
import { activeEntry, MENU, menuFor } from './menu';
import css from './styles/tokens.css?raw';
import { palette } from './theme';

describe('after a login', () => {
  test('a merchant gets to its own pages and nowhere else', () => {
    const merchant = { merchant: { id: '1', name: '甲' } };
    expect(placeOf(merchant, '/')).toBe('/portal');
    expect(placeOf(merchant, '/e/lease')).toBe('/portal');
    expect(placeOf(merchant, '/portal/bill/7?a=1')).toBe('/portal/bill/7?a=1');
    expect(placeOf(merchant, '/portalx')).toBe('/portal');
  });
  test('people of the house do not end on the pages of merchants', () => {
    expect(placeOf({}, '/portal')).toBe('/');
    expect(placeOf({}, '/e/lease')).toBe('/e/lease');
  });
});

describe('theme', () => {
  test('antd gets the values of tokens.css, light and dark', () => {
    const [light = '', dark = ''] = css.split('[data-theme="dark"]');
    for (const [mode, block] of [
      ['light', light],
      ['dark', dark],
    ] as const) {
      for (const [name, value] of Object.entries(palette[mode])) {
        expect(block, `${mode} ${name}`).toContain(`--${name}: ${value};`);
      }
    }
  });
});

describe('menu', () => {
  const entities = new Map([
    ['lead', { label: { zh: '招商客户', en: 'Leads' } }],
    ['lease', { label: { zh: '租赁合同', en: 'Leases' } }],
  ]);
  test('an entity that the server does not name is not offered', () => {
    const paths = menuFor({ permissions: [] }, entities).map((one) => one.path);
    expect(paths).toContain('/e/lead');
    expect(paths).not.toContain('/e/payment_order');
  });
  test('the longest matching entry is the active one', () => {
    const shown = menuFor({ permissions: [] }, entities);
    expect(activeEntry(shown, '/e/lease/12/edit')?.path).toBe('/e/lease');
    expect(activeEntry(shown, '/')?.path).toBe('/');
    expect(activeEntry(shown, '/e/leaser')).toBeUndefined();
  });
  test('no two entries share a path or a go-to letter', () => {
    const letters = MENU.flatMap((one) => one.go ?? []);
    expect(new Set(letters).size).toBe(letters.length);
    expect(new Set(MENU.map((one) => one.path)).size).toBe(MENU.length);
  });
});

describe('rights and addresses', () => {
  test('rights by name, by entity and all', () => {
    expect(mayOf({ permissions: ['lead.create'] }, 'lead.create')).toBe(true);
    expect(mayOf({ permissions: ['lead.create'] }, 'lead.update')).toBe(false);
    expect(mayOf({ permissions: ['lead.create'] }, 'lead.*')).toBe(true);
    expect(mayOf({ permissions: ['leader.create'] }, 'lead.*')).toBe(false);
    expect(mayOf({ permissions: ['*'] }, 'lease.update')).toBe(true);
  });
  test('after a login only pages of our own follow', () => {
    expect(safeBack('/e/lease?q=1')).toBe('/e/lease?q=1');
    for (const bad of [
      null,
      '//evil.example',
      'https://evil.example',
      '/\\evil.example',
      '/login',
    ]) {
      expect(safeBack(bad)).toBe('/');
    }
  });
  test('links of the server become pages', () => {
    expect(pagePath('/api/lease?state=effective')).toBe('/e/lease?state=effective');
    expect(pagePath('/api/report/rent_roll?on=2026-11-23')).toBe('/report/rent_roll?on=2026-11-23');
    expect(pagePath('/e/unit')).toBe('/e/unit');
    expect(pagePath('lease/12')).toBe('/e/lease/12');
    expect(recordPath('approval', '5')).toBe('/approval/5');
    expect(recordPath('lead', '5')).toBe('/e/lead/5');
  });
});
