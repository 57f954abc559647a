// Runs before the first paint so that a dark page never flashes white. A file of its own: the content
// security policy allows no inline script.
(() => {
  let prefs = {};
  try {
    prefs = JSON.parse(localStorage.getItem('lanting.prefs') || '{}');
  } catch {
    /* private mode or damaged storage: defaults */
  }
  const system = matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
  const theme = prefs.theme === 'dark' || prefs.theme === 'light' ? prefs.theme : system;
  const root = document.documentElement;
  root.dataset.theme = theme;
  root.dataset.density = prefs.density === 'comfortable' ? 'comfortable' : 'compact';
  root.lang = prefs.lang === 'en' ? 'en' : 'zh-CN';
  document
    .querySelector('meta[name=theme-color]')
    .setAttribute('content', theme === 'dark' ? '#171b23' : '#ffffff');
})();
