// Starts the program on a fresh demo and drives it in real Chromium. Selectors name fields by their id and buttons by both languages.
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const require = createRequire(new URL('../../web/package.json', import.meta.url));
const { chromium } = require('playwright-core');
const axeSource = require('axe-core').source;
export const program = process.env.LANTING_PROGRAM ?? new URL('../../build-test/lanting', import.meta.url).pathname;

function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

export async function startDemo() {
  const dir = mkdtempSync(join(tmpdir(), 'lanting-browser-'));
  const port = await freePort();
  const env = { ...process.env, LANTING_DB: join(dir, 'l.db'), LANTING_LISTEN: `127.0.0.1:${port}` };
  const demo = spawnSync(program, ['demo'], { env, encoding: 'utf8' });
  if (demo.status !== 0) throw new Error(`demo: ${demo.stderr}`);
  const server = spawn(program, ['serve'], { env, stdio: 'ignore' });
  const base = `http://127.0.0.1:${port}`;
  for (let i = 0; i < 200; i++) {
    const ready = await fetch(`${base}/readyz`).then((r) => r.ok, () => false);
    if (ready) break;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return {
    base,
    stop: () =>
      new Promise((resolve) => {
        server.once('exit', () => {
          rmSync(dir, { recursive: true, force: true });
          resolve();
        });
        server.kill('SIGTERM');
      }),
  };
}

export function openBrowser() {
  return chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
      '--disable-component-update', '--disable-sync'],
  });
}

// A person at the screen. Every error on the console is a failure of the test.
export async function person(browser, base, login, lang, viewport = { width: 1440, height: 900 }) {
  const context = await browser.newContext({ viewport, locale: lang === 'en' ? 'en-US' : 'zh-CN' });
  const page = await context.newPage();
  const faults = [];
  page.on('pageerror', (e) => faults.push(`${login}: ${e.message}`));
  page.on('console', (m) => {
    // a refused request is logged by the browser itself; the page shows it to the person
    if (m.type() === 'error' && !/Failed to load resource/.test(m.text())) faults.push(`${login}: ${m.text()}`);
  });
  await page.addInitScript((l) => localStorage.setItem('lanting.prefs', JSON.stringify({ lang: l, theme: 'light' })), lang);
  await page.goto(`${base}/login`);
  await page.fill('[name=login]', login);
  await page.fill('[name=password]', 'lanting-demo');
  await page.press('[name=password]', 'Enter');
  await page.waitForURL((url) => url.pathname !== '/login', { timeout: 20000 });
  const api = async (path) => (await context.request.get(base + path)).json();
  return { page, context, api, faults, base, close: () => context.close() };
}

export const field = (page, name) => page.locator(`[id$="_${name}"]`).last();

// Types into a picker and takes the first match.
export async function pick(page, name, text) {
  const box = field(page, name);
  const select = page.locator('.ant-select', { has: box }).last();
  for (let i = 0; i < 12; i++) {
    if ((await select.innerText()).includes(text)) return; // filled in by the address
    await page.waitForTimeout(200);
  }
  await box.click();
  await box.fill(text);
  await page.locator('.ant-select-item-option', { hasText: text }).locator('visible=true').first().click();
}

// A day field: typed, then left with Tab, as a person would.
export async function day(page, name, value) {
  const box = field(page, name);
  await box.click();
  await box.fill(value);
  await box.press('Enter');
  await box.press('Tab');
}

export const button = (page, zh, en) => page.getByRole('button', { name: new RegExp(`${zh}|${en}`) });

// Presses an action of the record; confirms its dialog if it shows one.
export async function act(page, zh, en) {
  const text = new RegExp(`(^|\\s)(${zh}|${en})`);
  const direct = page.getByRole('button', { name: text }).first();
  if (await direct.waitFor({ state: 'visible', timeout: 6000 }).then(() => true, () => false)) await direct.click();
  else {
    await page.getByRole('button', { name: /更多|More|^…$|⋯|···/ }).first().click();
    await page.getByRole('menuitem', { name: text }).first().click();
  }
  const dialog = page.getByRole('dialog').last();
  const confirm = dialog.getByRole('button', { name: text });
  if (await confirm.waitFor({ state: 'visible', timeout: 2500 }).then(() => true, () => false)) await confirm.click();
}

// Serious and critical findings of axe, without the measuring row of antd's table.
export async function axe(page) {
  await page.evaluate(axeSource);
  const found = await page.evaluate(() =>
    axe.run(document, { runOnly: ['wcag2a', 'wcag2aa'], rules: { 'aria-hidden-focus': { enabled: false } } }));
  return found.violations
    .filter((v) => v.impact === 'serious' || v.impact === 'critical')
    .map((v) => `${v.id}: ${v.nodes.map((n) => n.target.join(' ')).slice(0, 3).join(', ')}`);
}
