// Takes the pictures of docs/screenshots from a running demo: node tools/screenshots.mjs http://127.0.0.1:8080 docs/screenshots
import { createRequire } from 'node:module';
import { mkdirSync } from 'node:fs';

const require = createRequire(new URL('../web/package.json', import.meta.url));
const { chromium } = require('playwright-core');
const [base, out] = process.argv.slice(2);
const wide = { width: 1440, height: 900 };
const phone = { width: 390, height: 844 };
const pages = [
  { name: 'home', login: 'lm', path: '/', view: wide },
  { name: 'floor', login: 'lm', path: '/floor', view: wide },
  { name: 'board', login: 'ls1', path: '/leads', view: wide },
  { name: 'leases', login: 'lm', path: '/e/lease', view: wide },
  { name: 'import', login: 'lc', path: '/import', view: wide },
  { name: 'rent-roll', login: 'lm', path: '/report/rent_roll', view: wide },
  { name: 'approvals', login: 'gm', path: '/approval', view: wide },
  { name: 'cashier', login: 'finance', path: '/cashier', view: wide },
  { name: 'register-phone', login: 'ls1', path: '/register', view: phone },
  { name: 'board-phone', login: 'ls1', path: '/leads', view: phone },
  { name: 'floor-dark', login: 'lm', path: '/floor', view: wide, dark: true },
  { name: 'home-english', login: 'gm', path: '/', view: wide, lang: 'en' },
];

mkdirSync(out, { recursive: true });
const only = process.argv[4]?.split(',');
const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
    '--disable-background-networking', '--disable-component-update', '--disable-sync'],
});
for (const p of pages) {
  if (only && !only.includes(p.name)) continue;
  const context = await browser.newContext({ viewport: p.view, deviceScaleFactor: 1, locale: p.lang === 'en' ? 'en-US' : 'zh-CN',
    colorScheme: p.dark ? 'dark' : 'light' });
  const page = await context.newPage();
  await page.addInitScript(({ dark, lang }) => {
    localStorage.setItem('lanting.prefs', JSON.stringify({ lang, theme: dark ? 'dark' : 'light' }));
  }, { dark: !!p.dark, lang: p.lang ?? 'zh' });
  const reply = await context.request.post(`${base}/api/session`, { data: { login: p.login, password: 'lanting-demo' } });
  if (!reply.ok()) throw new Error(`${p.login}: ${reply.status()}`);
  await page.goto(base + p.path, { waitUntil: 'networkidle' });
  await page.waitForTimeout(700);
  await page.screenshot({ path: `${out}/${p.name}.png` });
  console.log(p.name);
  await context.close();
}
await browser.close();
