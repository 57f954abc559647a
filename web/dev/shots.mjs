// Looks at the pages in Chromium: pictures, console errors, axe, sideways scrolling.
//   node dev/shots.mjs [--base=http://127.0.0.1:8088] [--out=/tmp/shots] [--only=list,detail] [--modes=d-zh-light,m-zh-light]
import { mkdirSync, readFileSync } from 'node:fs';
import { chromium } from 'playwright-core';

const arg = (name, fallback) =>
  process.argv
    .find((one) => one.startsWith(`--${name}=`))
    ?.split('=')
    .slice(1)
    .join('=') ?? fallback;
const BASE = arg('base', 'http://127.0.0.1:8088');
const OUT = arg('out', '/tmp/lanting-shots');
const ONLY = arg('only', '').split(',').filter(Boolean);
const MODES = arg('modes', 'd-zh-light,d-zh-dark,d-en-light,m-zh-light,m-zh-dark,m-en-light').split(
  ',',
);
const AXE = readFileSync(new URL('../node_modules/axe-core/axe.min.js', import.meta.url), 'utf8');

const firstRow = async (page, entity) => {
  const id = await page.evaluate(
    async (name) => (await (await fetch(`/api/${name}?size=1&state=effective`)).json()).items[0].id,
    entity,
  );
  return `/e/${entity}/${id}`;
};
const PAGES = {
  dashboard: { path: '/' },
  list: { path: '/e/lease' },
  listUnit: { path: '/e/unit?status=vacant&sort=-leasable_area' },
  listEmpty: { path: '/e/lease?q=zzzz' },
  listSelect: {
    path: '/e/lead',
    act: async (page, phone) => {
      if (!phone) {
        await page.locator('.ant-table-row .ant-checkbox-input').nth(1).click();
        await page.locator('.ant-table-row .ant-checkbox-input').nth(3).click();
        await page.waitForTimeout(500);
      }
    },
  },
  listColumns: {
    path: '/e/lease',
    act: async (page, phone) => {
      await page
        .locator(phone ? '.list-bar .ant-btn' : '.list-tools button')
        .last()
        .click();
      await page.waitForTimeout(400);
    },
  },
  detail: { path: (page) => firstRow(page, 'lease') },
  detailRelated: { path: async (page) => `${await firstRow(page, 'merchant')}?tab=related` },
  detailHistory: { path: async (page) => `${await firstRow(page, 'merchant')}?tab=history` },
  detailFiles: { path: async (page) => `${await firstRow(page, 'lease')}?tab=files` },
  detailApprovals: { path: async (page) => `${await firstRow(page, 'lease')}?tab=timeline` },
  formDrawer: {
    path: '/e/merchant?form=new',
    act: async (page) => {
      await page.locator('.ant-drawer .ant-btn-primary').click();
      await page.waitForTimeout(500);
    },
  },
  formPage: { path: '/e/lease/new' },
  action: {
    path: (page) => firstRow(page, 'lease'),
    act: async (page) => {
      await page.getByRole('button', { name: /提前终止|Terminate/ }).click();
      await page.waitForTimeout(500);
    },
  },
  approval: { path: '/approval' },
  approvalOne: { path: '/approval/8101' },
  import: { path: '/import/unit' },
  importJudge: {
    path: '/import/unit',
    act: async (page) => {
      await page.setInputFiles('input[type=file]', {
        name: 'units.csv',
        mimeType: 'text/csv',
        buffer: Buffer.from('a,b\n1,2'),
      });
      await page.waitForSelector('.preview');
      await page.waitForTimeout(400);
    },
  },
  reports: { path: '/report' },
  report: { path: '/report/rent_roll' },
  settings: { path: '/settings' },
  palette: {
    path: '/',
    act: async (page) => {
      await page.keyboard.press('Control+k');
      await page.waitForSelector('.palette-input input');
      await page.keyboard.type('海盐');
      await page.waitForTimeout(900);
    },
  },
  bell: {
    path: '/e/unit',
    act: async (page) => {
      await page.locator('.bell').click();
      await page.waitForTimeout(300);
    },
  },
  userMenu: {
    path: '/e/unit',
    act: async (page) => {
      await page.locator('.bar .me').click();
      await page.waitForTimeout(300);
    },
  },
  password: {
    path: '/e/unit',
    act: async (page) => {
      await page.locator('.bar .me').click();
      await page.getByRole('menuitem', { name: /密码|password/ }).click();
      await page.waitForTimeout(500);
    },
  },
  menu: {
    path: '/e/unit',
    act: async (page, phone) => {
      if (phone) {
        await page.locator('.menu-button').click();
        await page.waitForTimeout(400);
      }
    },
  },
  shortcuts: {
    path: '/e/unit',
    act: async (page) => {
      await page.keyboard.press('?');
      await page.waitForTimeout(400);
    },
  },
  notFound: { path: '/nowhere' },
  missing: { path: '/e/lease/1' },
  login: { path: '/login', out: true },
};

mkdirSync(OUT, { recursive: true });
const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: [
    '--headless',
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
});
let problems = 0;
const complain = (text) => {
  problems += 1;
  console.log(`  ! ${text}`);
};

async function check(page, phone) {
  await page.evaluate(AXE);
  const result = await page.evaluate(() =>
    globalThis.axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'] }),
  );
  for (const one of result.violations) {
    const nodes = one.nodes.filter(
      // antd's sticky table measures its columns with a hidden copy of the head, checkbox included.
      (node) => !(one.id === 'aria-hidden-focus' && node.html.includes('ant-table-measure')),
    );
    if (nodes.length)
      complain(
        `axe ${one.id}: ${nodes
          .slice(0, 3)
          .map((node) => `${node.html.slice(0, 130)} ${node.any[0]?.message?.slice(0, 90) ?? ''}`)
          .join(' || ')} (${nodes.length})`,
      );
  }
  if (phone) {
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - 390);
    if (wide > 0) complain(`sideways scroll of ${wide}px`);
    const small = await page.evaluate(() =>
      [...document.querySelectorAll('button, a[href], input:not([type=file]), [role=tab]')]
        .filter((one) => {
          const box = one.getBoundingClientRect();
          const inline =
            getComputedStyle(one).display === 'inline' ||
            one.closest(
              '.crumb, dd, .stream, .mini, .preview, .report, .sr, .skip, .link-btn, .search-box, .ant-switch, .ant-input-affix-wrapper, .ant-input-number, .related-head, .column-list, .ant-select, .ant-picker',
            );
          return box.width > 0 && box.height > 0 && box.height < 40 && !inline;
        })
        .slice(0, 5)
        .map(
          (one) =>
            `${one.outerHTML.slice(0, 90)} h=${Math.round(one.getBoundingClientRect().height)}`,
        ),
    );
    for (const one of small) complain(`small target ${one}`);
  }
}

for (const mode of MODES) {
  const [device, lang, theme] = mode.split('-');
  const phone = device === 'm';
  const context = await browser.newContext({
    viewport: phone ? { width: 390, height: 844 } : { width: 1440, height: 900 },
    hasTouch: phone,
    isMobile: phone,
    locale: lang === 'zh' ? 'zh-CN' : 'en-GB',
    timezoneId: 'Asia/Shanghai',
  });
  await context.addInitScript(
    ([l, th]) =>
      localStorage.setItem(
        'lanting.prefs',
        JSON.stringify({ lang: l, theme: th, density: 'compact' }),
      ),
    [lang, theme],
  );
  const page = await context.newPage();
  let where = 'login';
  page.on('console', (message) => {
    if (
      ['error', 'warning'].includes(message.type()) &&
      !/status of (401|403|404|409|422)/.test(message.text())
    )
      complain(`${mode} ${where} console: ${message.text().slice(0, 300)}`);
  });
  page.on('pageerror', (error) =>
    complain(`${mode} ${where} page error: ${error.message.slice(0, 300)}`),
  );
  const names = Object.keys(PAGES).filter((name) => !ONLY.length || ONLY.includes(name));
  if (names.some((name) => !PAGES[name].out)) {
    await page.goto(`${BASE}/login`);
    await page.locator('.login-demo button').first().click();
    await page.waitForURL(`${BASE}/`);
  }
  for (const name of names) {
    const one = PAGES[name];
    where = name;
    console.log(`${mode} ${name}`);
    try {
      if (one.out) await context.clearCookies();
      const path = typeof one.path === 'function' ? await one.path(page) : one.path;
      await page.goto(BASE + path, { waitUntil: 'networkidle' });
      await page.waitForTimeout(350);
      await one.act?.(page, phone);
      await page.screenshot({ path: `${OUT}/${mode}-${name}.png` });
      await check(page, phone);
    } catch (error) {
      complain(`${mode} ${name}: ${error.message.split('\n').slice(0, 3).join(' ')}`);
    }
  }
  await context.close();
}
await browser.close();
console.log(`${problems} problems, pictures in ${OUT}`);
