/* Where to go after a login: only pages of our own. Browsers read "/\" like "//". */
export function safeBack(back: string | null): string {
  return back && /^\/(?![/\\])/.test(back) && !back.startsWith('/login') ? back : '/';
}
