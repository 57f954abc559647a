/* Keyboard: single letters never act while somebody types or a layer is open; "g d" is a sequence. */
import { useEffect, useRef } from 'react';

export type Hotkeys = Record<string, ((event: KeyboardEvent) => void) | undefined>;

const SEQUENCE_MS = 900;
let prefix = '';
let prefixAt = 0;

export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
}

function layerOpen(): boolean {
  // antd keeps closed layers in the page; those have no boxes.
  return [...document.querySelectorAll('[role=dialog], [role=menu]')].some(
    (layer) => layer.getClientRects().length > 0,
  );
}

/* "mod+k", "n", "?", "escape"; with a "g" before, "g d". */
export function keyOf(event: KeyboardEvent): string {
  const mod = event.ctrlKey || event.metaKey ? 'mod+' : '';
  const key = event.key.toLowerCase();
  if (mod || key.length > 1) return mod + key;
  const after = event.timeStamp - prefixAt;
  return prefix && after > 0 && after < SEQUENCE_MS ? `${prefix} ${key}` : key;
}

export function useHotkeys(keys: Hotkeys, options: { inLayer?: boolean } = {}): void {
  const latest = useRef(keys);
  latest.current = keys;
  const inLayer = options.inLayer ?? false;
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing || event.altKey) return;
      const key = keyOf(event);
      const handler = latest.current[key];
      if (!handler) return;
      const free = key.startsWith('mod+') || key === 'escape';
      if (!free && (isTyping(event.target) || (layerOpen() && !inLayer))) return;
      event.preventDefault();
      handler(event);
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [inLayer]);
}

/* Remembers a "g" for the next key. Mounted once, by the shell. */
export function useKeySequence(): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (isTyping(event.target) || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.key === 'g' && prefix === '') {
        prefix = 'g';
        prefixAt = event.timeStamp;
      } else {
        // After every other listener has seen this key.
        setTimeout(() => {
          prefix = '';
        }, 0);
      }
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
}

export const MOD = /Mac|iPhone|iPad/.test(navigator.platform) ? '⌘' : 'Ctrl ';
