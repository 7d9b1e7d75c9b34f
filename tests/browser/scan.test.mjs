// Scans are never lost, joined or turned into something else: slow server, wrong focus, wrong keyboard
// layout, no network, a killed server, an expired session.
import assert from 'node:assert/strict';
import { before, beforeEach, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { assertNoProblems, launch, login, scan, startServer } from './lib.mjs';
import { chooseTill, emptyCart, lines, news, numbersSold, openTill, pieces, saleShown, scanAndWait,
  total, waitLines,
  waitNews, waitQtys } from './shop.mjs';

const SLOW_MS = 200;

let server;
let browser;
let page;
let codes; // six pieces
before(async () => {
  [server, browser] = await Promise.all([startServer(), launch()]);
  page = await openTill(browser, server);
  codes = await pieces(server, 6);
});

beforeEach(async () => {
  await page.unrouteAll({ behavior: 'ignoreErrors' });
  await page.goto('/kasir');
  await emptyCart(page);
});

async function codesInCart() {
  return (await lines(page)).map((line) => line.code);
}

/** The network is gone; what the browser says on its console about that is not the page's fault. */
async function withoutNetwork(work) {
  const problems = page.problems.length;
  await page.context().setOffline(true);
  await work();
  await page.context().setOffline(false);
  page.problems.splice(problems);
}

test('six fast scans while every answer takes 200 ms: six lines, in their order', async () => {
  let requests = 0;
  await page.route('**/kasir/pindai', async (route) => {
    requests += 1;
    await sleep(SLOW_MS);
    await route.continue();
  });
  for (const code of codes) {
    await scan(page, code);
  }
  await waitLines(page, 6);
  assert.deepEqual(await codesInCart(), codes);
  assert.ok(requests <= 6, `${requests} requests`);
  await page.unroute('**/kasir/pindai');
  assertNoProblems(page);
});

test('wherever the focus is, a scan is a scan and its Enter presses nothing', async () => {
  await scanAndWait(page, codes[0], 1);
  const url = page.url();
  const places = [
    ['on Bayar', async () => page.locator('#bayar-tunai').focus()],
    ['on a suggested sum', async () => page.locator('#uang-pas').focus()],
    ['nowhere', async () => page.evaluate(() => document.activeElement.blur())],
    ['on a link', async () => page.locator('#cari').focus()],
  ];
  for (const [i, [where, focus]] of places.entries()) {
    await focus();
    await scanAndWait(page, codes[i + 1], i + 2);
    assert.equal(page.url(), url, where);
  }
  await page.locator('#uang').focus();
  await page.keyboard.type('500');
  await scanAndWait(page, codes[5], 6);
  assert.equal(page.url(), url, 'in the amount');
  assert.equal(await page.locator('#uang').inputValue(), '500', 'the amount is not spoiled');
  assert.deepEqual(await codesInCart(), codes);
  assertNoProblems(page);
});

test('an amount being typed survives the answer to an earlier scan; Delete there takes no line', async () => {
  await scanAndWait(page, codes[0], 1);
  let release;
  const held = new Promise((resolve) => {
    release = resolve;
  });
  await page.route('**/kasir/pindai', async (route) => {
    await held;
    await route.continue();
  });
  await scan(page, codes[1]);
  await page.locator('#uang').focus();
  await page.keyboard.type('600');
  release();
  await waitLines(page, 2);
  await page.keyboard.type('000');
  assert.equal(await page.locator('#uang').inputValue(), '600000');
  for (let i = 0; i < 8; i += 1) {
    await page.keyboard.press('Backspace');
    await page.keyboard.press('Delete');
  }
  assert.equal(await page.locator('#uang').inputValue(), '');
  await page.reload();
  await waitLines(page, 2);
});

test('an address, with Caps Lock on, garbled by another layout: the same label', async () => {
  const texts = [
    `HTTPS://GALERI.EXAMPLE/P/${codes[0]}`,
    `https://galeri.example/p/${codes[1].toLowerCase()}`,
    `httpsÑ--galeri.example-p-${codes[2]}`,
    codes[3].toLowerCase(),
    `  ${codes[4]}  `,
  ];
  for (const [i, text] of texts.entries()) {
    await scanAndWait(page, text, i + 1);
  }
  assert.deepEqual(await codesInCart(), codes.slice(0, 5));
});

test('Enter on an empty field does nothing; CR LF of a scanner is one scan', async () => {
  let requests = 0;
  page.on('request', (request) => {
    requests += request.method() === 'POST' ? 1 : 0;
  });
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  assert.equal(requests, 0);
  await scan(page, codes[0]);
  await page.keyboard.press('Enter');
  await waitLines(page, 1);
  assert.equal(requests, 1);
});

test('digits after a scan never change a line; 2* before it and on the line do', async () => {
  await scanAndWait(page, 'KRJ-001', 1);
  await page.keyboard.type('2');
  await page.keyboard.press('Enter');
  await waitNews(page, 'Angka saja tidak mengubah jumlah');
  await scan(page, 'KRJ-001');
  await page.waitForFunction(() => document.querySelector('.line__count').value === '2');
  await page.keyboard.type('2');
  await page.keyboard.press('Enter');
  await waitNews(page, 'Angka saja tidak mengubah jumlah');
  await waitQtys(page, ['2']);
  await page.keyboard.type('5*');
  await scan(page, 'KRJ-009');
  await waitLines(page, 2);
  await page.keyboard.type('3*');
  await page.keyboard.press('Enter');
  await waitNews(page, 'jumlahnya menjadi 3');
  await waitQtys(page, ['2', '3']);
});

test('one piece twice: refused, the cart stays', async () => {
  await scanAndWait(page, codes[0], 1);
  await scan(page, codes[0]);
  await waitNews(page, /sudah (ada )?di keranjang/);
  assert.deepEqual(await codesInCart(), [codes[0]]);
  assert.equal(await page.locator('#till-news').getAttribute('data-sound'), 'bad');
});

test('without network: scans wait, a reload forgets none, and all arrive', async () => {
  await withoutNetwork(async () => {
    for (const code of codes.slice(0, 3)) {
      await scan(page, code);
    }
    await page.locator('#antrean').getByText('3').waitFor();
    await page.locator('#macet').waitFor();
    await waitLines(page, 0);
  });
  await page.reload();
  await waitLines(page, 3);
  assert.deepEqual(await codesInCart(), codes.slice(0, 3));
  await page.locator('#macet').waitFor({ state: 'hidden' });
});

test('the cart survives a reload and the death of the server', async () => {
  await scanAndWait(page, codes[0], 1);
  await page.keyboard.type('2*');
  await scanAndWait(page, 'KRJ-001', 2);
  const before = await lines(page);
  await page.reload();
  assert.deepEqual(await lines(page), before);
  const problems = page.problems.length;
  await server.kill('SIGKILL');
  await scan(page, codes[1]); // nobody is there to hear it
  await page.locator('#macet').waitFor();
  await server.restart();
  await waitLines(page, 3);
  page.problems.splice(problems); // the browser's words about a refused connection
  assert.deepEqual((await lines(page)).slice(0, 2), before);
  assert.deepEqual(await codesInCart(), [...before.map((line) => line.code), codes[1]]);
});

test('an expired session: the scan waits for the login, and the cart is there', async () => {
  await scanAndWait(page, codes[0], 1);
  await page.context().clearCookies();
  await scan(page, codes[1]);
  await page.waitForURL((url) => url.pathname === '/masuk');
  await login(page, server, 'cashier');
  if (new URL(page.url()).pathname !== '/kasir') {
    await chooseTill(page);
  }
  await waitLines(page, 2);
  assert.deepEqual(await codesInCart(), codes.slice(0, 2));
});

test('no answer to a payment: one message, and exactly one sale however often it is pressed', async () => {
  await scanAndWait(page, codes[0], 1);
  const before = await numbersSold(server);
  const problems = page.problems.length;
  await page.route('**/kasir/bayar', async (route) => {
    // It arrives and is written, but the answer is lost.  The helper's connection may be an old one
    // that the server has closed meanwhile: then it is tried again.
    await route.fetch({ maxRetries: 2 }).finally(() => route.abort('connectionreset'));
  });
  await page.context().route('**/kasir/cek*', (route) => route.abort('connectionreset'));
  await page.keyboard.press('F8');
  await page.locator('#belum').waitFor();
  await page.keyboard.press('F8');
  await page.keyboard.press('F8');
  assert.match(await page.locator('#belum').innerText(), /Belum ada jawaban. Jangan ulangi/);
  await page.context().unroute('**/kasir/cek*');
  await page.unroute('**/kasir/bayar');
  const sale = await saleShown(server, page);
  page.problems.splice(problems);
  assert.deepEqual(sale.lines.map((line) => line.code), [codes[0]]);
  const after = await numbersSold(server);
  assert.equal(after.size, before.size + 1);
  assert.ok(after.has(sale.number));
});

test('a payment that never left: nothing is sold, the page says so, the cart is whole', async () => {
  await scanAndWait(page, codes[1], 1);
  const before = await numbersSold(server);
  const sum = await total(page);
  await withoutNetwork(async () => {
    await page.keyboard.press('F8');
    await page.locator('#belum').waitFor();
    await page.keyboard.press('F8');
    await page.keyboard.press('F8');
  });
  await page.getByText('pembayaran tadi tidak tercatat').first().waitFor({ timeout: 15_000 });
  await waitLines(page, 1);
  assert.equal(await total(page), sum);
  assert.equal((await numbersSold(server)).size, before.size, await news(page));
  await page.keyboard.press('F8');
  await saleShown(server, page);
  assert.equal((await numbersSold(server)).size, before.size + 1);
});

// The last: it ends the server.
test('afterwards the books are whole', () => server.verify());
