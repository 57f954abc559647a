import { describe, expect, test } from 'vitest';
import { en } from './en';
import { docIn, labelIn, translate } from './index';
import { zh } from './zh';

function leaves(tree: object, path = ''): [string, string][] {
  return Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'string'
      ? [[`${path}${key}`, value] as [string, string]]
      : leaves(value, `${path}${key}.`),
  );
}

describe('texts', () => {
  test('both languages have the same keys and ask for the same values', () => {
    const english = new Map(leaves(en));
    for (const [key, text] of leaves(zh)) {
      const names = (value: string) => [...new Set(value.match(/\{\{\w+\}\}/g) ?? [])].sort();
      expect(names(english.get(key) ?? ''), key).toEqual(names(text));
    }
    expect(leaves(en).length).toBe(leaves(zh).length);
  });
  test('values are filled in and missing ones leave no braces', () => {
    expect(translate(zh, 'list.total', { n: 5 })).toBe('共 5 条');
    expect(translate(zh, 'list.total')).not.toContain('{{');
  });
  test('English chooses one or other by the number', () => {
    expect(translate(en, 'list.total', { n: 1 })).toBe('1 record');
    expect(translate(en, 'list.total', { n: 0 })).toBe('0 records');
  });
  test('an unknown key shows itself', () => expect(translate(zh, 'no.such')).toBe('no.such'));
  test('labels come in both languages or in one', () => {
    expect(labelIn({ zh: '铺位', en: 'Unit' }, 'en')).toBe('Unit');
    expect(labelIn({ zh: '铺位', en: '' }, 'en')).toBe('铺位');
    expect(labelIn('铺位', 'en')).toBe('铺位');
    expect(labelIn(null, 'zh')).toBe('');
  });
  test('an English explanation is not shown to Chinese readers', () => {
    expect(docIn('Short name.', 'zh')).toBe('');
    expect(docIn('简称', 'zh')).toBe('简称');
    expect(docIn('Short name.', 'en')).toBe('Short name.');
  });
});
