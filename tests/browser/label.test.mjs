// From a lot's sheet of labels back to its pieces: print, scan, open, sell.
import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { assertFits, assertNoProblems, launch, openPage, PHONE, scan, startServer } from './lib.mjs';
import { cut, decode } from './paper.mjs';
import { lines, openAs, openTill, printLabels, receive, saleShown, scanAndWait, waitNews } from './shop.mjs';

// The grid of receipts/label.h, in millimetres.
const GRID = { left: 5, top: 8, width: 40, height: 30, columns: 5 };
const MARGIN = 0.5; // a knife is not exact

let server;
let browser;
let workshop;
let lot;
let folder;
before(async () => {
  [server, browser] = await Promise.all([startServer(), launch()]);
  folder = await mkdtemp(join(tmpdir(), 'etalase-label-'));
  workshop = await openAs(browser, server, 'workshop');
  lot = await receive(server, workshop, { sku: 'BTK-001', qty: 7, cost: 160_000 });
});
after(() => rm(folder, { recursive: true, force: true }));

async function saved(path, name) {
  const answer = await workshop.request.get(path);
  assert.equal(answer.status(), 200, path);
  const file = join(folder, name);
  await writeFile(file, await answer.body());
  return file;
}

/** One cell of the first page, cut out as by a knife. */
async function cell(pdf, n) {
  return cut(pdf, join(folder, `cell-${n}`), {
    x: GRID.left + (n % GRID.columns) * GRID.width + MARGIN,
    y: GRID.top + Math.floor(n / GRID.columns) * GRID.height + MARGIN,
    width: GRID.width - 2 * MARGIN,
    height: GRID.height - 2 * MARGIN,
  });
}

/** One person proposes the price, another approves it. */
async function changePrice(sku, price) {
  const supervisor = await openAs(browser, server, 'supervisor');
  await workshop.goto(`/barang/${sku}/harga`);
  await workshop.locator('#harga').fill(String(price));
  await workshop.locator('#dasar').fill('Harga pasar naik.');
  await workshop.locator('main form [type=submit]').click();
  await workshop.waitForURL((url) => url.pathname.startsWith('/harga/UH-'));
  await supervisor.goto(new URL(workshop.url()).pathname);
  await supervisor.locator('[value=setuju]').click();
  await supervisor.getByText(/Disetujui oleh/).waitFor();
  await supervisor.context().close();
}

test('the sheet: each label cut out of the PDF carries its piece, in order', async () => {
  const number = await printLabels(workshop, lot.lot);
  const pdf = await saved(`/label/cetak/${number}.pdf`, 'sheet.pdf');
  const read = [];
  for (let n = 0; n < 7; n += 1) {
    const texts = await decode(await cell(pdf, n));
    assert.equal(texts.length, 1, `cell ${n}: ${texts}`);
    read.push(texts[0]);
  }
  for (const text of read) {
    assert.match(text, /^HTTPS:\/\/GALERI\.EXAMPLE\/P\/[A-Z0-9]{10}$/);
  }
  assert.deepEqual(read.map((text) => text.slice(-10)).sort(), [...lot.codes].sort());
  await assert.rejects(decode(await cell(pdf, 7)), 'an eighth label was printed for seven pieces');
});

test('a half used sheet: the first label stands in the cell asked for, and printing again is asked about', async () => {
  await workshop.goto(`/label/${lot.lot}`);
  assert.match(await workshop.locator('main').innerText(), /terbaca/);
  await workshop.locator('#petak').fill('5');
  await workshop.locator('#dari').fill('2');
  await workshop.locator('#sampai').fill('2');
  await workshop.locator('main form[method=post] button[type=submit]').click();
  await workshop.locator('.summary').waitFor();
  assert.match(await workshop.locator('.summary').innerText(), /sudah 1 kali dicetak, terakhir dengan LB-/);
  assert.equal(await workshop.locator('#petak').inputValue(), '5');
  assert.equal(await workshop.locator('#dari').inputValue(), '2');
  await workshop.locator('#alasan').fill('label sobek');
  await workshop.locator('main form[method=post] button[type=submit]').click();
  await workshop.waitForURL((url) => url.pathname.startsWith('/label/cetak/'));
  const number = new URL(workshop.url()).pathname.split('/').pop();
  assert.match(await workshop.locator('main').innerText(), /label sobek/);
  const pdf = await saved(`/label/cetak/${number}.pdf`, 'rest.pdf');
  await assert.rejects(decode(await cell(pdf, 3)));
  const [text] = await decode(await cell(pdf, 4));
  assert.equal(text.slice(-10), lot.codes[1]);
  await assert.rejects(decode(await cell(pdf, 5)));
  // the same file again, to the byte
  const again = await saved(`/label/cetak/${number}.pdf`, 'again.pdf');
  assert.deepEqual(await readFile(again), await readFile(pdf));
  // staff are told that another label of this code may be about; strangers are not
  await workshop.goto(`/P/${lot.codes[1]}`);
  assert.match(await workshop.locator('main').innerText(), /Label ke-2/);
  const stranger = await openPage(browser, server, { viewport: PHONE });
  await stranger.goto(`/P/${lot.codes[1]}`);
  assert.doesNotMatch(await stranger.locator('main').innerText(), /Label ke-2/);
  await stranger.context().close();
});

test('a label from the PDF, opened on a stranger\'s phone: name, workshop, for sale', async () => {
  const number = await printLabels(workshop, lot.lot, { from: 1, to: 1, reason: 'untuk diuji', query: '?ukuran=50x25' });
  assert.match(await workshop.locator('main').innerText(), /50x25 mm/);
  const file = await saved(`/label/cetak/${number}.pdf`, 'phone.pdf');
  const [text] = await decode(await cut(file, join(folder, 'other'), { x: 5, y: 12, width: 50, height: 25 }));
  const page = await openPage(browser, server, { viewport: PHONE });
  const answer = await page.goto(new URL(text).pathname);
  assert.equal(answer.status(), 200);
  const said = await page.locator('main').innerText();
  for (const words of ['Kain batik tulis burung enggang', 'Bengkel Batik', 'Rp250.000']) {
    assert.ok(said.includes(words), `${words} is not in: ${said}`);
  }
  assert.match(said, /[Tt]ersedia/);
  await assertFits(page);
  // in small letters too, as some phones make of an address
  const lower = await page.goto(new URL(text).pathname.toLowerCase());
  assert.equal(lower.status(), 200);
  assertNoProblems(page);
  await page.context().close();
});

test('a printed label sells its piece, and then says so to strangers', async () => {
  const file = await saved(`/label/${lot.lot}.png?kode=${lot.codes[3]}`, 'label.png');
  const texts = await decode(file);
  assert.deepEqual(texts, [`HTTPS://GALERI.EXAMPLE/P/${lot.codes[3]}`]);
  const till = await openTill(browser, server);
  await scanAndWait(till, texts[0], 1);
  assert.deepEqual((await lines(till)).map((line) => line.code), [lot.codes[3]]);
  await till.keyboard.press('F8');
  const sale = await saleShown(server, till);
  assertNoProblems(till);

  const stranger = await openPage(browser, server, { viewport: PHONE });
  await stranger.goto(`/P/${lot.codes[3]}`);
  const said = await stranger.locator('main').innerText();
  assert.match(said, /[Tt]erjual|[Ss]udah dibeli/);
  for (const secret of [sale.number, 'Kasir Satu', '160.000', '250.000']) {
    assert.ok(!said.includes(secret), `a stranger reads ${secret} in: ${said}`);
  }
  await till.goto(`/P/${lot.codes[3]}`);
  assert.ok((await till.locator('main').innerText()).includes(sale.number), 'staff find the receipt');
  await stranger.context().close();
  await till.context().close();
});

test('paper jam: some labels are void, their pieces have new codes', async () => {
  const jam = await receive(server, workshop, { sku: 'BTK-002', qty: 4, cost: 150_000 });
  const number = await printLabels(workshop, jam.lot);
  // two of them came out: go on from the third
  await workshop.locator('#lanjut').fill('3');
  await workshop.locator('#lanjut').press('Enter');
  await workshop.waitForURL((url) => url.pathname === `/label/${jam.lot}`);
  assert.equal(await workshop.locator('#dari').inputValue(), '3');
  assert.equal(await workshop.locator('#sampai').inputValue(), '4');
  assert.match(await workshop.locator('#alasan').inputValue(), new RegExp(`kertas macet pada ${number}`));
  // or: what came out is torn
  await workshop.goto(`/label/cetak/${number}`);
  await workshop.locator('#dari').fill('3');
  await workshop.locator('#sampai').fill('9');
  await workshop.locator('button.btn--bad').click();
  await workshop.locator('.summary').waitFor();
  assert.match(await workshop.locator('.summary').innerText(), /label ke-1 sampai ke-4/);
  await workshop.locator('#sampai').fill('4');
  await workshop.locator('button.btn--bad').click();
  await workshop.waitForURL((url) => url.pathname === `/label/${jam.lot}`);
  assert.equal(await workshop.locator('#dari').inputValue(), '3');
  const anew = await printLabels(workshop, jam.lot, { from: 3, to: 4 });
  const text = await workshop.locator('main').innerText();
  assert.ok(!text.replace(/\s/g, '').includes(jam.codes[2]), anew);
  const pdf = await saved(`/label/cetak/${anew}.pdf`, 'anew.pdf');
  const fresh = (await decode(await cell(pdf, 0)))[0];
  assert.notEqual(fresh.slice(-10), jam.codes[2]);
  // the old print has the two good ones left
  const old = await saved(`/label/cetak/${number}.pdf`, 'old.pdf');
  assert.equal((await decode(await cell(old, 1)))[0].slice(-10), jam.codes[1]);
  await assert.rejects(decode(await cell(old, 2)));

  const till = await openTill(browser, server);
  await scan(till, jam.codes[2]);
  await waitNews(till, /sudah dibatalkan/);
  assert.deepEqual(await lines(till), []);
  await scanAndWait(till, fresh, 1);
  await till.context().close();
  const stranger = await openPage(browser, server, { viewport: PHONE });
  await stranger.goto(`/P/${jam.codes[2]}`);
  assert.match(await stranger.locator('main').innerText(), /dibatalkan/);
  await assertFits(stranger);
  await stranger.context().close();
});

test('a price that changed: its labels are listed, one press prints them', async () => {
  const goods = await receive(server, workshop, { sku: 'BTK-003', qty: 2, cost: 100_000 });
  await printLabels(workshop, goods.lot);
  await workshop.goto('/label');
  const due = workshop.locator(`a[href^="/label/${goods.lot}?dari=1"]`);
  assert.equal(await due.count(), 0);
  await changePrice('BTK-003', 301_000);
  await workshop.goto('/label');
  await due.click();
  assert.equal(await workshop.locator('#alasan').inputValue(), 'harga berubah');
  await workshop.locator('main form[method=post] button[type=submit]').click();
  await workshop.waitForURL((url) => url.pathname.startsWith('/label/cetak/'));
  assert.match(await workshop.locator('main').innerText(), /Rp301\.000/);
  await workshop.goto('/label');
  assert.equal(await due.count(), 0);
});

test('a printer that was measured: kept, used, and its test page', async () => {
  await workshop.goto('/label/printer');
  await workshop.locator('#nama').fill('Gulungan gudang');
  await workshop.locator('#geser_x').fill('lima');
  await workshop.locator('main form [type=submit]').click();
  await workshop.locator('.summary').waitFor();
  assert.equal(await workshop.locator('#nama').inputValue(), 'Gulungan gudang');
  await workshop.locator('#geser_x').fill('-0,5');
  await workshop.locator('#skala').fill('100,2');
  await workshop.locator('#dpi').selectOption('300');
  await workshop.locator('main form [type=submit]').click();
  await workshop.waitForURL((url) => url.pathname === '/label/printer' && url.search === '');
  const row = await workshop.locator('tbody tr').innerText();
  assert.match(row, /300/);
  assert.match(row, /-0,500/);
  assert.match(row, /100,200/);
  assert.equal((await workshop.request.get('/label/printer/uji.pdf?printer=Gulungan%20gudang&media=roll')).status(), 200);
  await workshop.goto(`/label/${lot.lot}?ukuran=70x40&media=roll&printer=Gulungan%20gudang`);
  assert.match(await workshop.locator('main').innerText(), /terbaca/);
  assert.equal(await workshop.locator('#petak').count(), 0, 'a roll has no cells');
});

test('the label host changes only after a warning, and old labels go on', async () => {
  const admin = await openAs(browser, server, 'admin');
  const field = admin.locator('[id="nilai-label.host"]');
  await admin.goto('/atur');
  await field.fill('toko.example');
  await field.press('Enter');
  await admin.locator('.summary').waitFor();
  assert.match(await admin.locator('.summary').innerText(), /\d+ label dengan alamat GALERI\.EXAMPLE masih beredar/);
  assert.equal(await field.inputValue(), 'toko.example');
  await admin.locator('[name=yakin]').check();
  await field.press('Enter');
  await admin.waitForURL((url) => url.pathname === '/atur' && url.hash === '#label.host');
  assert.equal(await field.inputValue(), 'TOKO.EXAMPLE');
  for (const text of [`HTTPS://GALERI.EXAMPLE/P/${lot.codes[0]}`, `https://lain.example/p/${lot.codes[0].toLowerCase()}`]) {
    await workshop.goto(`/label/uji?teks=${encodeURIComponent(text)}`);
    assert.match(await workshop.locator('main').innerText(), /tersedia di ruang pamer/);
  }
  await workshop.goto('/label/uji?teks=https://galeri.example/apa');
  assert.match(await workshop.locator('main').innerText(), /bukan label/);
  await workshop.goto(`/label/${lot.lot}`);
  assert.match(await workshop.locator('main').innerText(), /HTTPS:\/\/TOKO\.EXAMPLE\/P\//);
  await admin.goto('/atur');
  await field.fill('galeri.example');
  await field.press('Enter');
  await admin.locator('[name=yakin]').check();
  await field.press('Enter');
  await admin.waitForURL((url) => url.hash === '#label.host');
  assertNoProblems(admin);
  await admin.context().close();
});

test('what is no label of this house is said in one sentence', async () => {
  const page = await openPage(browser, server, { viewport: PHONE });
  const wrong = `${lot.codes[0].slice(0, -1)}${lot.codes[0].endsWith('7') ? '8' : '7'}`;
  for (const code of ['B000000000', wrong, 'apa-saja', '%00', 'A'.repeat(300)]) {
    const answer = await page.goto(`/P/${code}`);
    assert.equal(answer.status(), 404, code);
    assert.equal(await page.locator('h1').count(), 1, code);
  }
  assertNoProblems(page);
  await page.context().close();
});
