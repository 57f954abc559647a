/* Text in two languages. zh.ts is the source; en.ts is typed by it, so a missing English text or a wrong key is a
 * compile error. English is loaded on first use. "{{n}}" is filled in; "one|other" picks by the number n. */
import { useSyncExternalStore } from 'react';
import { getPrefs, type Lang, subscribePrefs } from '@/shared/prefs';
import { zh } from './zh';

type Params = Record<string, string | number>;
type Tree = { readonly [key: string]: string | Tree };
export type Widen<T> = { readonly [K in keyof T]: T[K] extends string ? string : Widen<T[K]> };
export type Path<T> = {
  [K in keyof T & string]: T[K] extends string ? K : `${K}.${Path<T[K]>}`;
}[keyof T & string];
export type Messages = Widen<typeof zh>;
export type T<M = typeof zh> = (key: Path<M>, params?: Params) => string;

const plural = new Intl.PluralRules('en');

export function translate(tree: Tree, key: string, params: Params = {}): string {
  let node: string | Tree | undefined = tree;
  for (const part of key.split('.')) node = typeof node === 'object' ? node[part] : undefined;
  let text = typeof node === 'string' ? node : key;
  if (text.includes('|') && typeof params.n === 'number') {
    const [one = '', other = one] = text.split('|');
    text = plural.select(params.n) === 'one' ? one : other;
  }
  return text.replace(/\{\{(\w+)\}\}/g, (_, name: string) => String(params[name] ?? ''));
}

const trees: { zh: Tree; en: Tree | undefined } = { zh, en: undefined };

/* Makes a language ready before it is switched to. */
export async function loadLang(lang: Lang): Promise<void> {
  if (lang === 'en' && !trees.en) trees.en = (await import('./en')).en;
}

export const getLang = (): Lang => getPrefs().lang;

export const t: T = (key, params) => translate(trees[getLang()] ?? trees.zh, key, params);

const perLang: Record<Lang, T> = { zh: (k, p) => t(k, p), en: (k, p) => t(k, p) };

export function useLang(): Lang {
  return useSyncExternalStore(subscribePrefs, getLang);
}

/* t() that draws the component anew when the language changes. */
export function useT(): T {
  return perLang[useLang()];
}

/* A feature's own words, both languages in the feature's chunk: const useText = defineText({…zh}, {…en}). */
export function defineText<M extends Tree>(source: M, english: Widen<M>): () => T<M> {
  const own: Record<Lang, T<M>> = {
    zh: (key, params) => translate(source, key, params),
    en: (key, params) => translate(english as Tree, key, params),
  };
  return () => own[useLang()];
}

export type Label = string | { zh: string; en: string } | null | undefined;

/* A label from the server, which comes in both languages or already in the caller's. */
export function labelIn(label: Label, lang: Lang): string {
  if (!label) return '';
  return typeof label === 'string' ? label : label[lang] || label.zh;
}

/* Explanations come in English only, unless the server says otherwise: none is better than the wrong language. */
export function docIn(doc: Label, lang: Lang): string {
  const text = labelIn(doc, lang);
  return lang === 'zh' && !/[\u3400-\u9fff]/.test(text) ? '' : text;
}

export function useLabel(): (label: Label) => string {
  const lang = useLang();
  return (label) => labelIn(label, lang);
}
