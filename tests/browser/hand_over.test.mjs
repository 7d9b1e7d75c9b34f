// A delivery taken in with a phone: ticked off by camera and by typing, what is missing and what nobody
// sent; the same with scripts off; and the way to it from the desk's screen.
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { film, filmSwitches, press, waitSaid } from './camera.mjs';
import { assertAccessible, assertFits, assertNoProblems, DESK, launch, PHONE, startServer } from './lib.mjs';
import { decodeBytes } from './paper.mjs';
import { openAs, receive, waitEqual } from './shop.mjs';
import { caseFacts, sendTransfer } from './stock.mjs';

const NAME = /Kain batik tulis burung enggang/;
const STORE = 'Gudang';

let server;
let folder;
let sender; // a workshop officer
let browser;
let filmed; // a browser whose camera shows the first batik
let lot; // six batik: four are sent, then one
let rings; // a lot of key rings: ten are sent
let number;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'etalase-hand-over-'));
  [server, browser] = await Promise.all([startServer(), launch()]);
  sender = await openAs(browser, server, 'workshop');
  lot = await receive(server, sender, { sku: 'BTK-001', qty: 6, cost: 160_000 });
  rings = (await receive(server, sender, { sku: 'KRJ-001', qty: 50, cost: 9_000 })).lot;
  const label = await sender.request.get(`/label/${lot.lot}.png?kode=${lot.codes[0]}`);
  filmed = await launch({ args: filmSwitches(await film(join(folder, 'batik.y4m'), await label.body())) });
  number = await sendTransfer(sender, STORE, [...lot.codes.slice(0, 4), `${rings} 10`]);
});
after(() => rm(folder, { recursive: true, force: true }));

function things(page, heading) {
  return page.locator('h2', { hasText: heading }).locator('xpath=following-sibling::ul[1]').locator('.line__code')
    .evaluateAll((all) => all.map((code) => code.textContent.replace(/\s/g, '')));
}

async function type(page, code, words) {
  await page.locator('#kode').fill(code);
  await page.locator('#kode').press('Enter');
  await waitSaid(page, words);
}

test('the symbol on the desk\'s screen is the address of the phone\'s page', async () => {
  await sender.goto(`/kirim/${number}`);
  const picture = sender.locator('img[src^="/m/qr.svg"]');
  await picture.scrollIntoViewIfNeeded();
  assert.deepEqual(await decodeBytes(await picture.screenshot()), [`${server.url}/m/terima/${number}`]);
  assert.equal(await sender.getByRole('link', { name: 'Terima dengan ponsel' }).getAttribute('href'),
    `/m/terima/${number}`);
  await sender.goto('/m');
  await sender.getByRole('link', { name: number }).waitFor();
});

test('camera, typing and our own keys: 13 of 14, one that nobody sent, and a reload loses nothing', async () => {
  const page = await openAs(filmed, server, 'supervisor', { viewport: PHONE });
  const arrived = () => page.locator('#jumlah-terima').innerText();
  await page.goto(`/m/terima/${number}`);
  await waitSaid(page, NAME);
  await waitEqual(arrived, '1');
  await press(page, 'Matikan kamera');
  await type(page, lot.codes[0], /sudah dipindai/);
  assert.equal(await page.locator('#m-kabar').getAttribute('data-sound'), 'again');
  await type(page, lot.codes[1], /dicentang/);
  await type(page, lot.codes[5], /bukan bagian kiriman ini/);
  await type(page, 'BUKAN LABEL', /bukan label/);
  await page.locator('#kode').fill(rings);
  await page.locator('#kode').press('Enter');
  await page.locator('#m-banyak form').waitFor();
  await page.locator('[data-angka="1"]').click();
  await page.locator('[data-angka="1"]').click();
  await page.getByRole('button', { name: 'Catat' }).click();
  await waitSaid(page, /lebih banyak daripada yang dikirim/);
  await page.locator('[data-angka="1"]').click();
  await page.locator('[data-angka="0"]').click();
  await page.getByRole('button', { name: 'Catat' }).click();
  await waitEqual(arrived, '12');
  await type(page, lot.codes[2], /dicentang/);
  await waitEqual(arrived, '13');
  await page.reload();
  assert.equal(await arrived(), '13');
  await page.getByText('dari 14 dipindai').waitFor();
  assert.deepEqual(await things(page, 'Belum dipindai'), [lot.codes[3]]);
  assert.deepEqual(await things(page, 'Bukan bagian kiriman ini'), [lot.codes[5]]);
  await assertFits(page);
  await assertAccessible(page);

  await page.locator('main form[method=post]').evaluate((form) => {
    form.noValidate = true;
  });
  await page.getByRole('button', { name: 'Selesai, kurang 1' }).click();
  await page.locator('.field--wrong').waitFor();
  assert.deepEqual(await things(page, 'Belum dipindai'), [lot.codes[3]], 'what was scanned is still there');
  await page.locator('#alasan').fill('Satu tertinggal di galeri');
  await page.getByRole('button', { name: 'Selesai, kurang 1' }).click();
  await page.getByText(`${number} diterima. 1 baris kurang`).waitFor();
  await page.getByRole('link', { name: 'Lihat surat jalan' }).click();
  await page.waitForURL(`**/kirim/${number}`);
  const one = (await page.locator('a[href^="/kasus/"]').first().innerText()).trim();
  const facts = await caseFacts(page, one);
  assert.match(facts.Catatan, /tertinggal di galeri/);
  assert.match(facts.Catatan, new RegExp(lot.codes[5]), 'what nobody sent is in the note');
  assertNoProblems(page);
  await page.context().close();
});

test('with scripts off: typed, ticked, finished; who sent it cannot receive it', async () => {
  const second = await sendTransfer(sender, STORE, [lot.codes[4], `${rings} 3`]);
  await sender.goto(`/m/terima/${second}?sudah=${lot.codes[4]}.${rings}-3000`);
  await sender.getByRole('button', { name: 'Selesai, lengkap' }).click();
  await sender.getByText('Serah terima perlu orang kedua').first().waitFor();

  const page = await openAs(browser, server, 'admin', { viewport: PHONE, js: false });
  await page.goto(`/m/terima/${second}`);
  await page.locator('#kode').fill(lot.codes[4]);
  await page.locator('#scan [type=submit]').click();
  await waitSaid(page, /dicentang/);
  await page.locator('#kode').fill(rings);
  await page.locator('#scan [type=submit]').click();
  await page.locator('#jumlah').fill('3');
  await page.getByRole('button', { name: 'Catat' }).click();
  await page.getByText('dari 4 dipindai').waitFor();
  await page.getByRole('button', { name: 'Selesai, lengkap' }).click();
  await page.getByText(`${second} diterima lengkap`).waitFor();
  await assertFits(page);
  await page.goto(`/m/pindai?kode=${lot.codes[4]}`);
  await waitSaid(page, new RegExp(`: di ${STORE}`));
  await page.context().close();
});

test('with scripts off a count is typed, and a lot is asked for its quantity', async () => {
  const page = await openAs(browser, server, 'workshop', { viewport: PHONE, js: false });
  await page.goto('/m');
  await page.locator('a[href^="/m/hitung/"]').first().click(); // the demo has one that is open
  const before = Number(await page.locator('#jumlah-potong').innerText());
  for (const words of [/dihitung/, /sudah dihitung, tidak dihitung lagi/]) {
    await page.locator('#kode').fill(lot.codes[5]);
    await page.locator('#scan [type=submit]').click();
    await waitSaid(page, words);
  }
  assert.equal(Number(await page.locator('#jumlah-potong').innerText()), before + 1);
  await page.locator('#kode').fill(rings);
  await page.locator('#scan [type=submit]').click();
  await page.locator('#jumlah').fill('37');
  await page.getByRole('button', { name: 'Catat' }).click();
  await waitSaid(page, /37 buah dicatat/);
  await page.setViewportSize(DESK);
  await assertFits(page);
  await page.context().close();
});

// The last: it ends the server.
test('afterwards the books are whole', () => server.verify());
