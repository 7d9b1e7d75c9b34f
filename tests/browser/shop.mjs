// What browser tests share: a person at a till, goods to sell, and what the books say afterwards.
import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { login, openPage, scan } from './lib.mjs';

const WAIT_MS_MAX = 10_000;

/** A page of somebody who is signed in. */
export async function openAs(browser, server, role, options = {}) {
  const page = await openPage(browser, server, options);
  await login(page, server, role);
  return page;
}

/** A page at a till, its cart empty. */
export async function openTill(browser, server, { role = 'cashier', till = '1', ...options } = {}) {
  const page = await openAs(browser, server, role, options);
  await chooseTill(page, till);
  await emptyCart(page);
  return page;
}

export async function chooseTill(page, till = '1') {
  await page.goto('/kasir/pilih');
  await page.locator(`button[name=kasir][value="${till}"]`).click();
  await page.waitForURL((url) => url.pathname === '/kasir');
}

export async function emptyCart(page) {
  if (await page.locator('#till-work .line').count()) {
    await page.locator('.tools__drop summary').click();
    await page.locator('form[action="/kasir/batal"] button').click();
    await waitLines(page, 0);
  }
}

/** The lines of the cart as shown: [{ name, code, qty, sum }]. */
export function lines(page) {
  return page.locator('#till-work .line').evaluateAll((items) => items.map((item) => {
    const text = (selector) => item.querySelector(selector)?.textContent.trim() ?? '';
    const count = item.querySelector('.line__count');
    const code = text('.line__code');
    return {
      name: text('.line__name').replace(code, '').trim(),
      code: code.replace(/\s/g, ''),
      qty: count.value ?? count.textContent.trim(),
      sum: text('.line__sum'),
    };
  }));
}

/** Until look() gives what is expected; says what it gave last when it never does.  A page that is
 * just being left cannot be looked at. */
export async function waitEqual(look, expected) {
  let seen;
  for (const until = Date.now() + WAIT_MS_MAX; Date.now() < until; await sleep(20)) {
    seen = await look().catch((error) => error);
    if (isDeepStrictEqual(seen, expected)) {
      return;
    }
  }
  assert.deepEqual(seen, expected);
}

/** Until the cart has n lines. */
export async function waitLines(page, n) {
  await page.locator('#till-work').waitFor();
  await waitEqual(() => page.locator('#till-work .line').count(), n).catch(async (error) => {
    error.message += `\n${await news(page)}`;
    throw error;
  });
}

export function waitQtys(page, expected) {
  return waitEqual(async () => (await lines(page)).map((line) => line.qty), expected);
}

export async function scanAndWait(page, code, n) {
  await scan(page, code);
  await waitLines(page, n);
}

/** What the till has just said. */
export async function news(page) {
  return (await page.locator('#till-news').innerText()).trim();
}

/** Waits until the till says something. */
export async function waitNews(page, pattern) {
  await page.locator('#till-news').getByText(pattern).first().waitFor({ timeout: 10_000 });
}

export async function total(page) {
  return (await page.locator('#till-side .total').innerText()).trim();
}

// ---- the books, by the machine interface ----

export async function api(server, path, role = 'cashier') {
  const answer = await server.fetch(`/api/v1${path}`, { role });
  const body = await answer.json();
  assert.ok(answer.ok, `${path}: ${answer.status} ${JSON.stringify(body)}`);
  return body;
}

/** What the showroom has of a product: { onHand, codes }. */
export async function onHand(server, sku) {
  const { stock } = await api(server, `/stock?sku=${sku}`);
  return {
    onHand: stock.reduce((sum, row) => sum + Number(row.on_hand), 0),
    codes: stock.flatMap((row) => row.codes ?? []),
  };
}

/** n label codes that can be sold, of dear goods: one is never the last. */
export async function pieces(server, n) {
  const codes = [];
  for (const sku of ['BTK-001', 'BTK-002', 'BTK-003', 'BTK-004', 'BTK-005', 'KRJ-004', 'KRJ-003']) {
    codes.push(...(await onHand(server, sku)).codes);
    if (codes.length >= n) {
      return codes.slice(0, n);
    }
  }
  throw new Error(`the demo has only ${codes.length} pieces`);
}

/** The sale whose finished page is open. */
export async function saleShown(server, page) {
  await page.waitForURL((url) => url.pathname.startsWith('/kasir/selesai/'));
  return api(server, `/sales/${new URL(page.url()).pathname.split('/').pop()}`);
}

/** Every sale written, as lines of the sales export grouped by their number. */
export async function numbersSold(server) {
  const answer = await server.fetch('/api/v1/export/sales.csv', { role: 'treasurer' });
  const [heading, ...rows] = (await answer.text()).trim().split('\n');
  const at = heading.split(',').indexOf('number');
  assert.ok(at >= 0, heading);
  return new Set(rows.map((row) => row.split(',')[at]));
}

// ---- goods from the workshop, by the page ----

/** Prints labels of a lot on its page; the number of the print. */
export async function printLabels(page, lot, { from, to, reason = '', query = '' } = {}) {
  await page.goto(`/label/${lot}${query}`);
  if (from) {
    await page.locator('#dari').fill(String(from));
    await page.locator('#sampai').fill(String(to));
  }
  if (reason) {
    await page.locator('#alasan').fill(reason);
  }
  await page.locator('main form[method=post] button[type=submit]').click();
  await page.waitForURL((url) => /^\/label\/cetak\/LB-\d{4}-\d{4}$/.test(url.pathname));
  return new URL(page.url()).pathname.split('/').pop();
}

/** Receives goods on a page of the workshop; { lot, codes } (codes: of pieces). */
export async function receive(server, page, { sku, qty, cost }) {
  const before = new Set((await onHand(server, sku)).codes);
  await page.goto(`/produksi/baru?barang=${sku}`);
  await page.locator('[name=barang]').fill(sku);
  await page.locator('[name=jumlah]').fill(String(qty));
  await page.locator('[name=biaya]').fill(String(cost));
  await page.locator('[name=biaya]').press('Enter');
  await page.waitForURL((url) => /^\/produksi\/[A-Z0-9]{10}$/.test(url.pathname));
  const lot = new URL(page.url()).pathname.split('/').pop();
  const codes = (await onHand(server, sku)).codes.filter((code) => !before.has(code));
  return { lot, codes };
}
