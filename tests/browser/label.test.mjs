// From a lot's sheet of labels back to its pieces: print, scan, open, sell.
import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { assertFits, assertNoProblems, launch, openPage, PHONE, startServer } from './lib.mjs';
import { cut, decode } from './paper.mjs';
import { lines, openAs, openTill, receive, saleShown, scanAndWait } from './shop.mjs';

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

test('the sheet: each label cut out of the PDF carries its piece, in order', async () => {
  const pdf = await saved(`/label/${lot.lot}.pdf`, 'sheet.pdf');
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

test('a half used sheet: the first label stands in the cell asked for', async () => {
  const pdf = await saved(`/label/${lot.lot}.pdf?mulai=5&dari=2&jumlah=1`, 'rest.pdf');
  await assert.rejects(decode(await cell(pdf, 3)));
  const [text] = await decode(await cell(pdf, 4));
  assert.ok(lot.codes.includes(text.slice(-10)), text);
  await assert.rejects(decode(await cell(pdf, 5)));
});

test('a label from the PDF, opened on a stranger\'s phone: name, workshop, for sale', async () => {
  const pdf = await saved(`/label/${lot.lot}.pdf`, 'phone.pdf');
  const [text] = await decode(await cell(pdf, 0));
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
