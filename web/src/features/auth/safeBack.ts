/* Where to go after a login: only pages of our own. Browsers read "/\" like "//". */
export function safeBack(back: string | null): string {
  return back && /^\/(?![/\\])/.test(back) && !back.startsWith('/login') ? back : '/';
}

/* Merchants and people of the house each have pages of their own. */
export function placeOf(me: { merchant?: unknown }, back: string): string {
  const isPortal = /^\/portal(?![^/?])/.test(back);
  if (me.merchant) return isPortal ? back : '/portal';
  return isPortal ? '/' : back;
}
