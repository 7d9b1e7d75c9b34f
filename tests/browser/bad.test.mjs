// Bad input on pages: each gets one clear sentence and the right status, and nothing is lost.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { before, beforeEach, describe, test } from 'node:test';
import { assertNoProblems, launch, openPage, ROOT, scan, startServer } from './lib.mjs';
import { emptyCart, lines, news, numbersSold, openAs, openTill, pieces, scanAndWait, total, waitLines,
  waitNews, waitQtys } from './shop.mjs';

let server;
let browser;
let till;
before(async () => {
  [server, browser] = await Promise.all([startServer(), launch()]);
  till = await openTill(browser, server);
});

/** The hidden token of a page's forms. */
async function csrfOf(page) {
  return page.locator('input[name=csrf]').first().inputValue();
}

async function assertErrorPage(answer, status, pattern) {
  const text = await answer.text();
  assert.equal(answer.status(), status, text.slice(0, 300));
  assert.match(text, pattern);
  assert.match(text, /<h1/);
}

describe('at the till', () => {
  beforeEach(async () => {
    await till.goto('/kasir');
    await emptyCart(till);
  });

  const sentences = [
    ['a label nobody made', 'HTTPS://GALERI.EXAMPLE/P/B000000000', /B00 ?0|tidak dikenal|belum terdaftar/],
    ['a label read wrongly', 'A7K2M9QXP5', /cek|uji|baca|salah/i],
    ['a name that is nothing', 'zzzzz', /Tidak ada barang bernama/],
    ['half a piece', '2,5*BTK-001', /./],
    ['none of it', '0*KRJ-001', /./],
    ['too many', '99999*KRJ-001', /./],
    ['a quantity for nothing', '3*', /./],
    ['characters of no keyboard', '\u{1F4A9}<script>', /Tidak ada barang|tidak/],
  ];
  for (const [what, typed, pattern] of sentences) {
    test(what, async () => {
      await till.locator('#kode').fill(typed);
      const [answer] = await Promise.all([
        till.waitForResponse((response) => response.url().endsWith('/kasir/pindai')),
        till.locator('#kode').press('Enter'),
      ]);
      assert.ok(answer.status() < 500, String(answer.status()));
      await till.waitForFunction(() => document.querySelector('#till-news').innerText.trim() !== '');
      await waitNews(till, pattern);
      await waitLines(till, 0);
      assert.equal(await till.locator('#till-news').getAttribute('data-sound'), 'bad', await news(till));
      assertNoProblems(till);
    });
  }

  test('what is no quantity typed into a line: the line stays; 0 takes it away', async () => {
    await scanAndWait(till, 'KRJ-001', 1);
    const count = till.locator('.line__count[name=jumlah]');
    for (const typed of ['-1', 'dua', '1e3', '1.5.']) {
      await count.fill(typed);
      await count.press('Enter');
      await waitNews(till, 'bukan jumlah');
      await waitQtys(till, ['1']);
      await till.goto('/kasir');
    }
    await count.fill('0');
    await count.press('Enter');
    await waitLines(till, 0);
  });

  test('amounts: what is not surely rupiah is refused, and stays as typed', async () => {
    const [code] = await pieces(server, 1);
    await scanAndWait(till, code, 1);
    const sum = await total(till);
    const before = await numbersSold(server);
    for (const typed of ['1.5', '1,234,567', '300.00', '-300000', '3e5', 'tiga ratus ribu', '300000,50',
      '99999999999999999999']) {
      await till.locator('#uang').fill(typed);
      await till.locator('#uang').press('Enter');
      await till.locator('#uang-salah').waitFor();
      assert.equal(await till.locator('#uang').inputValue(), typed);
      assert.equal(await till.locator('#uang').getAttribute('aria-invalid'), 'true');
      await waitLines(till, 1);
      await till.goto('/kasir');
    }
    assert.equal(await total(till), sum);
    assert.deepEqual(await numbersSold(server), before);
  });

  test('the data is away: the cart and what was typed stay, and it is said', async () => {
    const page = await openTill(browser, server);
    const before = await numbersSold(server);
    const away = (route) => route.fulfill({ status: 503, contentType: 'text/html; charset=utf-8',
      body: '<main><h1>Data sedang tidak terjangkau</h1><p class="lead">Server data jauh.</p></main>' });
    await scanAndWait(page, 'KRJ-001', 1);
    await page.locator('#uang').fill('50.000');
    await page.route('**/kasir/urung', away);
    await page.locator('#urungkan').click();
    await page.waitForFunction(() => document.querySelector('#status').innerText === 'Server data jauh.');
    await waitLines(page, 1);
    assert.equal(await page.locator('#uang').inputValue(), '50.000');
    // A payment is asked for until it is sure.
    await page.route('**/kasir/bayar', away);
    await page.locator('#uang').press('Enter');
    await waitNews(page, 'tidak tercatat');
    await waitLines(page, 1);
    assert.deepEqual(await numbersSold(server), before);
    await page.context().close();
  });

  test('too little money: the cart and what was typed stay, beside the cart and on the page of payment', async () => {
    const before = await numbersSold(server);
    await scanAndWait(till, 'KRJ-001', 1);
    for (const path of ['/kasir', '/kasir/bayar']) {
      await till.goto(path);
      await till.locator('#uang').fill('5.000');
      await till.locator('#uang').press('Enter');
      await till.locator('#uang-salah').waitFor();
      assert.match(await till.locator('#uang-salah').innerText(), /kurang/i);
      assert.equal(await till.locator('#uang').inputValue(), '5.000', path);
    }
    await till.goto('/kasir');
    await waitLines(till, 1);
    assert.deepEqual(await numbersSold(server), before);
    assertNoProblems(till);
  });
});

describe('a product file', () => {
  let desk;
  let good;
  before(async () => {
    desk = await openAs(browser, server, 'supervisor');
    good = (await readFile(join(ROOT, 'pos/data/products.csv'), 'utf8')).trim().split('\n');
  });

  async function check(bytes) {
    await desk.goto('/barang/impor');
    await desk.locator('input[type=file]').setInputFiles({
      name: 'barang.csv', mimeType: 'text/csv', buffer: Buffer.from(bytes),
    });
    const [answer] = await Promise.all([
      desk.waitForResponse((response) => response.request().method() === 'POST'),
      desk.locator('form[enctype] [type=submit]').click(),
    ]);
    await desk.waitForLoadState();
    return { status: answer.status(), text: await desk.locator('main').innerText() };
  }

  const fresh = (sku, price) => `${sku},Barang uji,kerajinan,Bengkel Kerajinan,lot,buah,${price},9000,425119,,,`;

  test('a bad row is named with its number, and the good one beside it is not written', async () => {
    const { status, text } = await check([good[0], fresh('UJI-001', '15000'), fresh('UJI-002', '1.5')].join('\n'));
    assert.equal(status, 422, text);
    assert.match(text, /UJI-002/);
    assert.match(text, /1\.5/);
    assert.match(text, /\b3\b/);
    assert.equal((await desk.request.get('/barang/UJI-001')).status(), 404);
  });

  const wrong = [
    ['not UTF-8', Buffer.concat([Buffer.from(`${good0()}\n`), Buffer.from([0x42, 0xe9, 0x2c, 0x0a])]), /UTF-8/],
    ['NUL bytes', `${good0()}\nUJI-003,Bar\0ang,kerajinan\n`, /NUL|nol|byte|UTF-8|teks/i],
    ['no heading', fresh('UJI-004', '15000'), /[Kk]olom/],
    ['empty', '', /berkas|kosong/i],
  ];
  for (const [what, bytes, pattern] of wrong) {
    test(what, async () => {
      const { status, text } = await check(bytes);
      assert.ok(status >= 400 && status < 500, `${status}: ${text}`);
      assert.match(text, pattern);
    });
  }

  test('a good one: looked at first, written when told, and a second time nothing is new', async () => {
    const file = [good[0], fresh('UJI-005', '15.000')].join('\n');
    const { status } = await check(file);
    assert.equal(status, 200);
    assert.equal((await desk.request.get('/barang/UJI-005')).status(), 404);
    await desk.getByRole('button', { name: 'Simpan semua' }).click();
    await desk.waitForURL((url) => url.pathname === '/barang');
    assert.equal((await desk.request.get('/barang/UJI-005')).status(), 200);
    const again = await check(file);
    assert.equal(again.status, 200);
    assert.equal(await desk.getByRole('button', { name: 'Simpan semua' }).count(), 0);
    assertNoProblems(desk);
  });

  test('larger than a file may be: 413', async () => {
    const answer = await desk.request.post('/barang/impor', {
      multipart: { csrf: await csrfOf(desk),
        berkas: { name: 'besar.csv', mimeType: 'text/csv', buffer: Buffer.alloc(17 * 1024 * 1024, 'a') } },
    }).catch((error) => error);
    if (answer instanceof Error) { // hung up while it was being sent: the other right answer
      assert.match(String(answer), /ECONNRESET|EPIPE|hang up/);
    } else {
      assert.equal(answer.status(), 413);
    }
  });
});

function good0() {
  return 'sku,name,family,workshop,tracking,unit,price_rp,cost_rp,revenue_account';
}

describe('requests that no page of ours makes', () => {
  beforeEach(async () => {
    await till.goto('/kasir');
    await emptyCart(till);
  });

  test('a wrong or missing token of the form: 403, and nothing is written', async () => {
    await scanAndWait(till, 'KRJ-001', 1);
    const origin = { origin: server.url };
    for (const form of [{ kode: 'KRJ-001', csrf: 'A'.repeat(43) }, { kode: 'KRJ-001' },
      { kode: 'KRJ-001', csrf: `${await csrfOf(till)}x` }]) {
      await assertErrorPage(await till.request.post('/kasir/pindai', { form, headers: origin }), 403, /<main/);
    }
    await till.reload();
    await waitQtys(till, ['1']);
  });

  test('another origin: 403, even with the right token', async () => {
    const form = { kode: 'KRJ-001', csrf: await csrfOf(till) };
    const headers = { origin: 'https://jahat.example', 'sec-fetch-site': 'cross-site' };
    await assertErrorPage(await till.request.post('/kasir/pindai', { form, headers }), 403, /<main/);
    await till.reload();
    await waitLines(till, 0);
  });

  test('another host name: refused before anything is looked at', async () => {
    for (const [header, wanted] of [['Host: jahat.example\r\n', '421'], ['', '400'],
      ['Host: localhost\r\nHost: jahat.example\r\n', '400']]) {
      const status = await new Promise((resolve, reject) => {
        const socket = connect(Number(new URL(server.url).port), '127.0.0.1', () => {
          socket.write(`GET /masuk HTTP/1.1\r\n${header}Connection: close\r\n\r\n`);
        });
        socket.once('data', (bytes) => {
          resolve(bytes.toString('latin1').split(' ')[1]);
          socket.destroy();
        });
        socket.once('error', reject);
      });
      assert.equal(status, wanted, header);
    }
  });

  test('a form over its limits: 413', async () => {
    const form = { kode: 'x'.repeat(70_000), csrf: await csrfOf(till) };
    await assertErrorPage(
      await till.request.post('/kasir/pindai', { form, headers: { origin: server.url } }), 413, /64 KiB/);
  });

  test('a page that is not there, a method it does not have', async () => {
    await assertErrorPage(await till.request.get('/tidak/ada'), 404, /<main/);
    await assertErrorPage(await till.request.post('/stok', { form: {} }), 405, /<main/);
  });
});

describe('roles', () => {
  test('an auditor reads and can write nothing', async () => {
    const page = await openAs(browser, server, 'auditor');
    const csrf = await csrfOf(page);
    for (const path of ['/kasir/pindai', '/kasir/bayar', '/produksi/baru', '/barang/baru', '/barang/impor',
      '/barang/BTK-001/harga', '/atur/pengguna', '/atur/kunci']) {
      const upload = path === '/barang/impor';
      const answer = await page.request.post(path, {
        headers: { origin: server.url },
        ...(upload ? { multipart: { csrf } } : { form: { csrf } }),
      });
      assert.equal(answer.status(), 403, path);
    }
    for (const path of ['/pnbp', '/struk', '/barang', '/stok']) {
      assert.equal((await page.request.get(path)).status(), 200, path);
    }
    await page.context().close();
  });

  test('a stranger is sent to the login and from there to the page asked for', async () => {
    const page = await openPage(browser, server);
    await page.goto('/barang/BTK-001');
    assert.equal(new URL(page.url()).pathname, '/masuk');
    await page.locator('[name=nama]').fill(server.users.supervisor.name);
    await page.locator('[name=sandi]').fill(server.users.supervisor.password);
    await page.locator('[name=sandi]').press('Enter');
    await page.waitForURL((url) => url.pathname === '/barang/BTK-001');
    for (const next of ['https://jahat.example/', '//jahat.example/', '/\\jahat.example', 'javascript:alert(1)']) {
      await page.goto(`/masuk?lanjut=${encodeURIComponent(next)}`);
      assert.equal(new URL(page.url()).origin, server.url, next);
    }
    assertNoProblems(page);
    await page.context().close();
  });
});

// The last: after it this address has to wait.
test('wrong passwords: the same sentence for every name, and then a wait', async () => {
  const page = await openPage(browser, server);
  const said = [];
  for (const name of [server.users.cashier.name, 'bukan-siapa-siapa', server.users.cashier.name, 'x', 'y']) {
    await page.goto('/masuk');
    await page.locator('[name=nama]').fill(name);
    await page.locator('[name=sandi]').fill('salah sekali');
    await page.locator('[name=sandi]').press('Enter');
    said.push((await page.locator('.summary').innerText()).trim());
    assert.equal(await page.locator('[name=nama]').inputValue(), name);
    assert.equal(await page.locator('[name=sandi]').inputValue(), '');
  }
  assert.match(said[0], /tidak cocok/);
  assert.deepEqual(said.slice(0, 4), Array(4).fill(said[0]));
  assert.match(said[4], /Tunggu \d+ (detik|menit)/);
  await scan(till, 'KRJ-001'); // who is signed in already is not kept waiting
  await waitLines(till, 1);
  assertNoProblems(page);
});
