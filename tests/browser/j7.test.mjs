// Journey J7: a count of the showroom with a phone while the shop sells.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { film, filmSwitches, press, waitSaid } from './camera.mjs';
import { assertAccessible, assertFits, assertNoProblems, launch, PHONE, startServer } from './lib.mjs';
import { openAs, openTill, receive, saleShown, scanAndWait, waitEqual } from './shop.mjs';
import { caseFacts, closeCase, finishCount, receiveTransfer, sendTransfer, startCount } from './stock.mjs';

const NAME = /Kain batik tulis burung enggang/;
const RINGS = 'KRJ-001';
const [SHOWROOM, STORE] = ['Galeri', 'Gudang'];

let server;
let folder;
let desk; // a supervisor, who begins and ends the count
let phone; // a workshop officer with a phone, its camera before the first batik
let lot; // four batik: the camera sees the first, the last was sent away
let number;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'etalase-j7-'));
  server = await startServer();
  const browser = await launch();
  const workshop = await openAs(browser, server, 'workshop');
  lot = await receive(server, workshop, { sku: 'BTK-001', qty: 4, cost: 160_000 });
  const label = await workshop.request.get(`/label/${lot.lot}.png?kode=${lot.codes[0]}`);
  const filmed = await launch({ args: filmSwitches(await film(join(folder, 'batik.y4m'), await label.body())) });
  desk = await openAs(browser, server, 'supervisor');
  // By the book the last one stands in the store; in truth it never left the shelf.
  await receiveTransfer(desk, await sendTransfer(workshop, STORE, [lot.codes[3]]));
  phone = await openAs(filmed, server, 'workshop', { viewport: PHONE });
});
after(() => rm(folder, { recursive: true, force: true }));

/** What the book has in the showroom: [{ sku, lot, qty }] of counted lots, and the codes of all pieces. */
async function book() {
  const { stock } = await (await server.fetch('/api/v1/stock', { role: 'supervisor' })).json();
  const codes = stock.flatMap((row) => row.codes ?? []);
  const csv = await (await server.fetch('/api/v1/export/stock.csv', { role: 'supervisor' })).text();
  const [heading, ...rows] = csv.trim().split('\n').map((line) => line.split(','));
  const at = Object.fromEntries(heading.map((name, i) => [name, i]));
  const counted = new Set(stock.filter((row) => !(row.codes ?? []).length).map((row) => row.sku));
  const lots = rows.filter((row) => row[at.place_kind] === 'showroom' && counted.has(row[at.sku]))
    .map((row) => ({ sku: row[at.sku], lot: row[at.lot], qty: Number(row[at.qty]) }));
  return { codes, lots };
}

async function figures() {
  const read = (id) => phone.locator(id).innerText();
  return [Number(await read('#jumlah-potong')), Number(await read('#jumlah-lot'))];
}

async function type(code) {
  await phone.locator('#kode').fill(code);
  await phone.locator('#kode').press('Enter');
}

async function countLot({ lot: code, qty }, less = 0) {
  await type(code);
  await phone.locator('#m-banyak form').waitFor();
  for (const key of String(qty - less).replace('.', ',')) {
    await phone.locator(`#m-banyak [data-angka="${key}"]`).click();
  }
  await phone.getByRole('button', { name: 'Catat' }).click();
  await phone.locator('#m-banyak form').waitFor({ state: 'detached' });
}

test('the camera counts the first batik; the same again is said and not counted', async () => {
  number = await startCount(desk, SHOWROOM);
  await phone.goto(`/m/hitung/${number}`);
  await waitSaid(phone, NAME);
  await waitEqual(figures, [1, 0]);
  assert.equal(await phone.locator('#m-kabar').getAttribute('data-sound'), 'ok');
  await assertFits(phone);
  await assertAccessible(phone);
  await phone.reload(); // the label comes before the camera once more
  await waitSaid(phone, /sudah dihitung, tidak dihitung lagi/);
  assert.equal(await phone.locator('#m-kabar').getAttribute('data-sound'), 'again');
  assert.deepEqual(await figures(), [1, 0]);
  await press(phone, 'Matikan kamera');
});

test('an answer that is lost on the way counts nothing twice, and is not told as a second scan', async () => {
  const problems = phone.problems.length;
  let lost = 0;
  await phone.route(`**/m/hitung/${number}`, async (route) => {
    if (route.request().method() !== 'POST' || lost === 2) {
      await route.continue();
      return;
    }
    lost += 1; // it arrives and is written, but nobody hears the answer
    await route.fetch({ maxRedirects: 0 }).finally(() => route.abort('connectionreset'));
  });
  await type(lot.codes[1]);
  await phone.locator('#macet').waitFor();
  await waitEqual(figures, [2, 0]);
  await phone.locator('#macet').waitFor({ state: 'hidden' });
  await phone.unroute(`**/m/hitung/${number}`);
  assert.equal(lost, 2);
  assert.match(await phone.locator('#m-kabar').innerText(), /dihitung$/);
  phone.problems.splice(problems); // the browser's words about the network
});

test('meanwhile the cashier sells the first batik', async () => {
  const till = await openTill(phone.context().browser(), server);
  await scanAndWait(till, lot.codes[0], 1);
  await till.keyboard.press('F8');
  await saleShown(server, till);
  await till.context().close();
});

test('everything else on the shelf, one key ring less than the book, and a batik the book has elsewhere', async () => {
  const { codes, lots } = await book();
  const rest = codes.filter((code) => code !== lot.codes[1]);
  assert.ok(rest.length > 20 && lots.length > 5, `${rest.length} pieces, ${lots.length} lots`);
  for (const code of rest) {
    await type(code);
  }
  await waitEqual(figures, [rest.length + 2, 0]);
  const rings = lots.filter(({ sku }) => sku === RINGS).at(-1);
  for (const one of lots) {
    await countLot(one, one === rings ? 1 : 0);
  }
  await waitEqual(figures, [rest.length + 2, lots.length]);
  await type(lot.codes[3]);
  await waitSaid(phone, /menurut buku ada di/);
  await waitEqual(figures, [rest.length + 3, lots.length]);
  await type('BUKAN LABEL');
  await waitSaid(phone, /bukan label kami/);
  assert.deepEqual(await figures(), [rest.length + 3, lots.length]);
  assertNoProblems(phone);
});

test('finished: two cases and no false shortage; each is closed with a choice by another person', async () => {
  await phone.getByRole('link', { name: 'Selesai' }).click();
  await phone.waitForURL(`**/hitung/${number}`);
  const cases = await finishCount(desk, number);
  assert.equal(cases.length, 2, cases.join(' '));
  // finished: the phone says so and takes nothing more
  await phone.goto(`/m/hitung/${number}`);
  await phone.getByText('Hitungan ini sudah diselesaikan').waitFor();
  assert.equal(await phone.locator('#scan').count(), 0);
  const admin = await openAs(phone.context().browser(), server, 'admin');
  const facts = [];
  for (const one of cases) {
    facts.push({ one, ...await caseFacts(admin, one) });
  }
  const found = facts.find((fact) => fact['Menurut buku'] === STORE);
  const missing = facts.find((fact) => fact !== found);
  assert.match(found.Barang, NAME);
  assert.match(missing.Barang, /Gantungan kunci/);
  assert.match(missing.Selisih, /^1 /);
  await closeCase(admin, found.one, 'moved', 'Tidak pernah dibawa ke gudang');
  await closeCase(admin, missing.one, 'lost', 'Sudah dicari, tidak ada');
  await admin.context().close();
});

test('the minutes can be printed, with room for signatures', async () => {
  const answer = await desk.request.get(`/hitung/${number}.pdf`);
  assert.equal(answer.status(), 200);
  const file = join(folder, 'minutes.pdf');
  await writeFile(file, await answer.body());
  const { stdout } = await promisify(execFile)('pdftotext', ['-layout', file, '-']);
  for (const words of [number, 'Gantungan', 'batik']) {
    assert.ok(stdout.includes(words), `${words} is not in:\n${stdout}`);
  }
});

// The last: it ends the server.
test('afterwards the books are whole', () => server.verify());
