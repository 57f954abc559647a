/* What one person likes on this device: language, theme, density. Remembered in localStorage; the language also on
 * the server. A tiny store, so that nothing outside React needs a provider. */
import { useSyncExternalStore } from 'react';

export type Lang = 'zh' | 'en';
export type Theme = 'light' | 'dark';
export type Density = 'compact' | 'comfortable';
export interface Prefs {
  lang: Lang;
  theme: Theme;
  density: Density;
}

const KEY = 'lanting.prefs';
const listeners = new Set<() => void>();

function systemTheme(): Theme {
  return typeof matchMedia === 'function' && matchMedia('(prefers-color-scheme: dark)').matches
    ? 'dark'
    : 'light';
}

function read(): Prefs {
  let saved: Partial<Prefs> = {};
  try {
    saved = JSON.parse(localStorage.getItem(KEY) ?? '{}') as Partial<Prefs>;
  } catch {
    saved = {};
  }
  return {
    lang: saved.lang === 'en' ? 'en' : 'zh',
    theme: saved.theme === 'dark' || saved.theme === 'light' ? saved.theme : systemTheme(),
    density: saved.density === 'comfortable' ? 'comfortable' : 'compact',
  };
}

let prefs = read();

export function getPrefs(): Prefs {
  return prefs;
}

export function setPrefs(change: Partial<Prefs>): void {
  prefs = { ...prefs, ...change };
  try {
    localStorage.setItem(KEY, JSON.stringify(prefs));
  } catch {
    /* private mode: the choice lasts until the page is closed */
  }
  const root = document.documentElement;
  root.dataset.theme = prefs.theme;
  root.dataset.density = prefs.density;
  root.lang = prefs.lang === 'zh' ? 'zh-CN' : 'en';
  document
    .querySelector('meta[name=theme-color]')
    ?.setAttribute('content', prefs.theme === 'dark' ? '#171b23' : '#ffffff');
  for (const listener of listeners) listener();
}

export function subscribePrefs(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function usePrefs(): Prefs {
  return useSyncExternalStore(subscribePrefs, getPrefs);
}

/* Phones get cards, bottom sheets and 44-px targets below this width. */
const PHONE = 'screen and (max-width: 767px)';

function subscribePhone(listener: () => void): () => void {
  const query = matchMedia(PHONE);
  query.addEventListener('change', listener);
  return () => query.removeEventListener('change', listener);
}

export function usePhone(): boolean {
  return useSyncExternalStore(subscribePhone, () => matchMedia(PHONE).matches);
}
