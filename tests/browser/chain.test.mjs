// From a stranger's phone call to a received payment and an effective lease, once in Chinese, once in English, as people do it.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { act, button, day, field, openBrowser, person, pick, startDemo } from './support.mjs';

let demo;
let browser;
before(async () => {
  demo = await startDemo();
  browser = await openBrowser();
});
after(async () => {
  await browser?.close();
  await demo?.stop();
});

const phone = { zh: '13912340001', en: '13912340002' };
const plus = (days) => new Date(Date.now() + 8 * 3600e3 + days * 86400e3).toISOString().slice(0, 10);

async function registerCall(ls, lang, name) {
  await ls.page.goto(`${demo.base}/register`);
  await ls.page.fill('[name=phone]', phone[lang]);
  await ls.page.fill('[name=name]', name);
  await ls.page.locator('[name=channel_id]').nth(2).check({ force: true });
  await ls.page.keyboard.press('Control+Enter');
  await ls.page.waitForTimeout(1500);
  const found = await ls.api(`/api/lead?q=${encodeURIComponent(name)}`);
  assert.equal(found.total, 1, 'the call made one lead');
  return found.items[0];
}

async function vacantUnit(ls) {
  const units = await ls.api('/api/unit?status=vacant&size=200');
  for (const unit of units.items) {
    const leases = await ls.api(`/api/lease?unit_id=${unit.id}&to_on.gte=${plus(0)}`);
    if (leases.total === 0) return unit;
  }
  throw new Error('no vacant unit');
}

async function makeIntent(ls, lead, unit) {
  const { page } = ls;
  await page.goto(`${demo.base}/e/intent/new?lead_id=${lead.id}&merchant_id=${lead.merchant_id.id}`);
  await field(page, 'lead_id').waitFor();
  await page.waitForTimeout(800); // what the address brings is looked up
  await pick(page, 'lead_id', lead.name);
  await pick(page, 'merchant_id', lead.merchant_id.label);
  await pick(page, 'unit_id', unit.no);
  await field(page, 'area').fill(unit.area_leasable);
  await day(page, 'from_on', plus(30));
  await day(page, 'to_on', plus(30 + 1094));
  await page.locator('[id$="_price"]').first().fill('900');
  await field(page, 'deposit_kind').click();
  await page.locator('.ant-select-item-option', { hasText: /诚意金|Sincerity/ }).locator('visible=true').first().click();
  await field(page, 'deposit_amount').fill('5000');
  await day(page, 'valid_until_on', plus(20));
  await button(page, '保存', 'Save').last().click();
  await page.waitForURL(/\/e\/intent\/\d+$/);
  const id = page.url().split('/').pop();
  await act(page, '提交审批', 'Submit');
  await page.getByText(/审批中|In approval/).first().waitFor();
  return id;
}

async function agreeAll(lang, entity, id) {
  for (let i = 0; i < 6; i++) {
    const gm = await person(browser, demo.base, 'gm', lang);
    const trail = await gm.api(`/api/${entity}/${id}/approvals`);
    await gm.close();
    if (trail.items[0].state !== 'running') return trail.items[0].state;
    for (const login of ['lm', 'finance', 'director', 'gm']) {
      const p = await person(browser, demo.base, login, lang);
      const inbox = await p.api('/api/approval');
      const mine = inbox.items.find((one) => one.subject.id === id);
      if (mine) {
        await p.page.goto(`${demo.base}/approval/${mine.id}`);
        await button(p.page, '^同意', '^Agree|^Approve').first().click();
        await p.page.getByText(/已同意|Agreed|Approved/).first().waitFor();
      }
      assert.deepEqual(p.faults, []);
      await p.close();
    }
  }
  throw new Error('the approval does not end');
}

async function tickReview(lang, leaseId) {
  const lm = await person(browser, demo.base, 'lm', lang);
  await lm.page.goto(`${demo.base}/e/lease/${leaseId}`);
  await lm.page.getByRole('tab', { name: /会签|Review/ }).click();
  const ticks = lm.page.locator('.checklist, .review').getByRole('button', { name: /^(无误|Right) / });
  await ticks.first().waitFor();
  const n = await ticks.count();
  for (let i = 0; i < n; i++) {
    await ticks.nth(i).click();
    await lm.page.waitForTimeout(250);
  }
  const review = await lm.api(`/api/lease/${leaseId}/review`);
  assert.ok(review.checklist.every((one) => one.check?.ok), 'every point is checked');
  assert.deepEqual(lm.faults, []);
  await lm.close();
}

async function chain(lang) {
  try {
    await walk(lang);
  } catch (error) {
    for (const context of browser.contexts()) {
      for (const page of context.pages()) await page.screenshot({ path: `${process.env.TMPDIR ?? '/tmp'}/lanting-chain-${lang}.png` });
    }
    throw error;
  }
}

async function walk(lang) {
  const name = lang === 'zh' ? '云上小馆' : 'Cloud Kitchen';
  const ls = await person(browser, demo.base, 'ls1', lang);
  const lead = await registerCall(ls, lang, name);
  const unit = await vacantUnit(ls);
  const intentId = await makeIntent(ls, lead, unit);
  assert.equal(await agreeAll(lang, 'intent', intentId), 'agreed');

  await ls.page.goto(`${demo.base}/e/intent/${intentId}`);
  await act(ls.page, '确认签署', 'Confirm signature');
  await ls.page.getByText(/已签署|Signed/).first().waitFor();
  await act(ls.page, '转租赁合同', 'Make the lease');
  await ls.page.waitForTimeout(1500);
  const made = await ls.api(`/api/lease?intent_id=${intentId}`);
  assert.equal(made.total, 1, 'the intent became one lease');
  const lease = made.items[0];
  assert.equal(lease.unit_nos, unit.no);

  await ls.page.goto(`${demo.base}/e/lease/${lease.id}`);
  await act(ls.page, '提交会签', 'Submit for review');
  await ls.page.getByText(/会签中|In review/).first().waitFor();
  await tickReview(lang, lease.id);
  assert.equal(await agreeAll(lang, 'lease', lease.id), 'agreed');

  const lm = await person(browser, demo.base, 'lm', lang);
  await lm.page.goto(`${demo.base}/e/lease/${lease.id}`);
  await act(lm.page, '开具交款单', 'Issue payment order');
  await lm.page.waitForTimeout(1500);
  const orders = await lm.api(`/api/payment_order?lease_id=${lease.id}`);
  assert.equal(orders.total, 1);
  assert.deepEqual(lm.faults, []);
  await lm.close();

  const finance = await person(browser, demo.base, 'finance', lang);
  await finance.page.goto(`${demo.base}/cashier?order=${orders.items[0].id}`);
  await finance.page.getByRole('button', { name: /^(登记收款|确认收款|Take in money|Confirm receipt)/ }).last().click();
  await finance.page.getByText(/已收齐，合同已生效|the lease has taken effect/).first().waitFor();
  assert.deepEqual(finance.faults, []);
  await finance.close();

  const done = await ls.api(`/api/lease/${lease.id}`);
  assert.equal(done.state, 'effective');
  const handover = await ls.api(`/api/unit/${unit.id}`);
  assert.equal(handover.status, 'signed');
  assert.deepEqual(ls.faults, []);
  await ls.close();
}

test('a call becomes money in Chinese', { timeout: 280000 }, () => chain('zh'));
test('a call becomes money in English', { timeout: 280000 }, () => chain('en'));
