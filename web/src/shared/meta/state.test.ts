import { describe, expect, test } from 'vitest';
import { leaseMeta, leaseRow } from '@/test-kit';
import { cellText } from './cells';
import { columnChoices, shownColumns } from './columns';
import { formGroups, isLongForm } from './formFields';
import { changesOf, complaintOf, createBody, initialValues, presetOf, toApi } from './formState';
import {
  countParams,
  filterCount,
  nextSort,
  pageParams,
  parseState,
  stateParams,
  withFilters,
} from './listState';
import { conflicts, differences } from './StaleDialog';
import { type FieldMeta, fieldOf, titleOf } from './types';

const state = (query: string) => parseState(leaseMeta, new URLSearchParams(query));
const field = (type: FieldMeta['type'], more: Partial<FieldMeta> = {}): FieldMeta => ({
  name: 'f',
  type,
  label: 'f',
  ...more,
});

describe('list state', () => {
  test('the address survives a round trip', () => {
    const query =
      'q=%E9%9D%92&state=effective%2Cdraft&to_on.lte=2027-01-01&sort=to_on&page=3&size=20';
    expect(stateParams(leaseMeta, state(query)).toString()).toBe(query);
  });
  test('defaults stay out of the address', () => {
    expect(stateParams(leaseMeta, state('sort=-no&page=1&size=50')).toString()).toBe('');
  });
  test('foreign parameters and operators are ignored', () => {
    expect(state('tab=files&evil=1&to_on.drop=1&to_on.gte.x=1').filters).toEqual({});
  });
  test('bad pages and sizes fall back', () => {
    expect(state('page=-2&size=abc')).toMatchObject({ page: 1, size: 50 });
    expect(state('size=5000').size).toBe(200);
  });
  test('a filter starts again on the first page, an empty one goes', () => {
    const next = withFilters(state('page=4&state=draft'), {
      state: undefined,
      'to_on.gte': '2026-01-01',
    });
    expect(next).toMatchObject({ page: 1, filters: { 'to_on.gte': '2026-01-01' } });
  });
  test('requests carry the order and the counts leave their own field out', () => {
    expect(pageParams(state('state=draft')).toString()).toBe('state=draft&sort=-no&page=1&size=50');
    expect(countParams(state('state=draft&q=x'), 'state').toString()).toBe('q=x&field=state');
  });
  test('the segment does not count as a filter, a range counts once', () => {
    expect(filterCount(leaseMeta, state('state=draft&to_on.gte=1&to_on.lte=2'))).toBe(1);
  });
  test('a column head sorts up, down, not', () => {
    expect(nextSort('', 'no')).toBe('no');
    expect(nextSort('no', 'no')).toBe('-no');
    expect(nextSort('-no', 'no')).toBe('');
  });
  test('the first column always stays and json is not offered', () => {
    expect(shownColumns(leaseMeta, ['area']).map((one) => one.name)).toEqual(['no', 'area']);
    const meta = { ...leaseMeta, fields: [...leaseMeta.fields, field('json')] };
    expect(columnChoices(meta).some((one) => one.type === 'json')).toBe(false);
  });
});

describe('form state', () => {
  test('readonly fields are no entries', () => {
    expect(formGroups(leaseMeta)[0]?.fields.map((one) => one.name)).toEqual([
      'month_rent',
      'area',
      'mobile',
      'note',
    ]);
    expect(isLongForm(leaseMeta)).toBe(false);
  });
  test('entries become the API’s forms', () => {
    expect(toApi(field('money'), ' 1,234.50 ')).toBe('1234.50');
    expect(toApi(field('int'), '１２')).toBe(12);
    expect(toApi(field('ref'), { id: '9', label: 'x' })).toBe('9');
    expect(toApi(field('json'), '{"a":1}')).toEqual({ a: 1 });
    expect(toApi(field('text'), '  ')).toBeNull();
    expect(toApi(field('bool'), undefined)).toBe(false);
  });
  test('presets are read by type', () => {
    expect(presetOf(field('bool', { preset: 'true' }))).toBe(true);
    expect(presetOf(field('enum', { preset: 'shop' }))).toBe('shop');
    expect(presetOf(field('text'))).toBeNull();
  });
  test('complaints name the fault', () => {
    expect(complaintOf(field('text'), '', true)).toEqual({ key: 'required' });
    expect(complaintOf(field('text', { max: 3 }), '四个汉字', false)).toEqual({
      key: 'tooLong',
      n: 3,
    });
    expect(complaintOf(field('money'), '1.234', false)).toEqual({ key: 'decimals', n: 2 });
    expect(complaintOf(field('area'), '约八十', false)).toEqual({ key: 'notNumber' });
    expect(complaintOf(field('int'), '1.5', false)).toEqual({ key: 'notNumber' });
    expect(complaintOf(field('int', { min: '1', max: '12' }), '13', false)).toEqual({
      key: 'tooLarge',
      n: 12,
    });
    expect(complaintOf(field('percent', { min: '0', max: '100' }), '-1', false)).toEqual({
      key: 'tooSmall',
      n: 0,
    });
    expect(complaintOf(field('json'), '{', false)).toEqual({ key: 'notJson' });
    expect(complaintOf(field('bool'), false, true)).toBeNull();
    expect(complaintOf(field('money'), '12,000', true)).toBeNull();
  });
  test('a patch holds only what changed, and an untouched masked field is not sent', () => {
    const fields = formGroups(leaseMeta).flatMap((group) => group.fields);
    const values = initialValues(fields, leaseRow);
    expect(values.mobile).toBeNull();
    expect(changesOf(fields, leaseRow, values)).toEqual({});
    expect(
      changesOf(fields, leaseRow, { ...values, month_rent: '13,000', mobile: '13900000000' }),
    ).toEqual({
      month_rent: '13000',
      mobile: '13900000000',
    });
    expect(changesOf(fields, leaseRow, { ...values, area: '' })).toEqual({ area: null });
  });
  test('a new record sends what was filled in', () => {
    const fields = formGroups(leaseMeta).flatMap((group) => group.fields);
    expect(createBody(fields, { month_rent: '5', note: '' })).toEqual({ month_rent: '5' });
  });
});

describe('two people change one record', () => {
  const fresh = { ...leaseRow, version: 4, area: '95.00' };
  test('different fields do not conflict', () => {
    expect(conflicts(leaseMeta, leaseRow, fresh, { note: 'x' })).toBe(false);
    expect(differences(leaseMeta, leaseRow, fresh, { note: 'x' })).toEqual(['area', 'note']);
  });
  test('the same field with another value conflicts', () => {
    expect(conflicts(leaseMeta, leaseRow, fresh, { area: '90.00' })).toBe(true);
    expect(conflicts(leaseMeta, leaseRow, fresh, { area: '95.00' })).toBe(false);
  });
});

describe('cells', () => {
  test('each kind of value reads as people write it', () => {
    const text = (name: string, value: unknown) => cellText(fieldOf(leaseMeta, name)!, value, 'zh');
    expect(text('month_rent', '12345.6')).toBe('¥12,345.60');
    expect(text('area', '91.46')).toBe('91.46 ㎡');
    expect(text('state', 'effective')).toBe('履约中');
    expect(text('state', 'unheard_of')).toBe('unheard_of');
    expect(text('merchant_id', { id: '9', label: '青禾里' })).toBe('青禾里');
    expect(text('note', null)).toBe('—');
    expect(cellText(field('bool'), false, 'en')).toBe('No');
    expect(cellText(field('percent'), '5', 'zh')).toBe('5%');
  });
  test('a record is named by its title field, else by its label', () => {
    expect(titleOf(leaseMeta, leaseRow)).toBe('HT-0007');
    expect(titleOf({ ...leaseMeta, title: 'merchant_id' }, leaseRow)).toBe('青禾里餐饮');
    expect(titleOf({ ...leaseMeta, title: 'none' }, leaseRow)).toBe('HT-0007');
  });
});
