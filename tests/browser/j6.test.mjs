// Journey J6: a work order of 24 cloths, from its plan to 23 labels on a sheet that was begun.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { assertAccessible, assertFits, assertNoProblems, launch, PHONE, startServer } from './lib.mjs';
import { onHand, openAs } from './shop.mjs';

let browser;
let server;
let workshop;
let order;
let lot;
let codesBefore;
before(async () => {
  [browser, server] = await Promise.all([launch(), startServer()]);
  workshop = await openAs(browser, server, 'workshop');
  codesBefore = new Set((await onHand(server, 'BTK-001')).codes);
});

async function words(page = workshop) {
  return (await page.locator('main').innerText()).replace(/\s+/g, ' ');
}

/** The form of one step of the order. */
function step(name) {
  return workshop.locator(`main form[action="${order}/${name}"]`);
}

async function send(form) {
  await form.locator('[type=submit]').click();
}

/** What the page says is wrong. */
async function refused(pattern) {
  await workshop.locator('.summary').waitFor();
  assert.match(await workshop.locator('.summary').innerText(), pattern);
}

/** "31,5 meter" of the cloth in the store, in thousandths. */
async function cloth() {
  await workshop.goto('/bahan');
  const row = await workshop.locator('tr', { hasText: 'BHN-001' }).first().innerText();
  const [, meters] = /([\d.,]+) meter/.exec(row);
  return Math.round(Number(meters.replaceAll('.', '').replace(',', '.')) * 1000);
}

test('material is bought from a supplier', async () => {
  const had = await cloth();
  await workshop.goto('/bahan/terima');
  await workshop.locator('[name=bahan]').selectOption('BHN-001');
  await workshop.locator('[name=pemasok]').selectOption({ label: 'Toko Kain Contoh' });
  await workshop.locator('[name=jumlah]').fill('26,5');
  await workshop.locator('[name=total]').fill('1.100.000');
  await send(workshop.locator('main form[action="/bahan/terima"]'));
  await workshop.waitForURL((url) => url.pathname === '/bahan');
  assert.equal(await cloth(), had + 26_500);
});

test('24 are planned for a programme; material falls and the cost is estimated', async () => {
  await workshop.goto('/perintah/baru');
  await workshop.locator('[name=bahan]').selectOption('BTK-001');
  await workshop.locator('[name=jumlah]').fill('24');
  await workshop.locator('[name=program]').selectOption('MOU-PEMKOT');
  await send(workshop.locator('main form[action="/perintah/baru"]'));
  await workshop.waitForURL((url) => url.pathname.startsWith('/perintah/PK-'));
  order = new URL(workshop.url()).pathname;
  const had = await cloth();
  await workshop.goto(order);
  await step('bahan').locator('[name=bahan]').selectOption('BHN-001');
  await step('bahan').locator('[name=jumlah]').fill('26,5');
  await send(step('bahan'));
  await workshop.getByText('bahan untuk satu').waitFor();
  assert.match(await words(), /Toko Kain Contoh/);
  assert.equal(await cloth(), had - 26_500);
});

test('shares of 90 % and a maker whose window has passed are said, and nothing typed is lost', async () => {
  await workshop.goto(order);
  await step('pelaku').locator('textarea').fill('W-03 60\nW-07 30');
  await send(step('pelaku'));
  await refused(/90,00 %/);
  assert.equal(await step('pelaku').locator('textarea').inputValue(), 'W-03 60\nW-07 30');
  await step('pelaku').locator('textarea').fill('W-03 60\nW-07 30\nW-11 10');
  await send(step('pelaku'));
  await refused(/W-11/);
  await step('pelaku').locator('textarea').fill('W-03 60\nW-07 40');
  await send(step('pelaku'));
  await workshop.locator('td', { hasText: '40,00 %' }).waitFor();
  assert.match(await words(), /W-03 60,00 %.*W-07 40,00 %/);
  assert.doesNotMatch(await words(), /Warga Binaan/);
});

test('22 A, 1 B and 1 reject become 23 pieces that cost what went in', async () => {
  await step('periksa').locator('[name=mutu_a]').fill('22');
  await step('periksa').locator('[name=mutu_b]').fill('1');
  await step('periksa').locator('[name=tolak]').fill('1');
  await send(step('periksa'));
  await step('selesai').waitFor();
  await step('selesai').locator('[name=ongkos]').fill('600.000');
  await send(step('selesai'));
  await workshop.getByText('Cetak labelnya').waitFor();
  const text = await words();
  const rupiah = (pattern) => Number(pattern.exec(text)[1].replaceAll('.', ''));
  const card = text.slice(text.indexOf('Biaya lot'));
  const [material, total] = [/Bahan Rp([\d.]+)/, /Seluruhnya Rp([\d.]+)/]
    .map((pattern) => Number(pattern.exec(card)?.[1].replaceAll('.', '')));
  assert.equal(material + 600_000, total, card.slice(0, 400));
  assert.ok(rupiah(/Biaya bahan Rp([\d.]+)/) === material, text);
  const codes = (await onHand(server, 'BTK-001')).codes.filter((code) => !codesBefore.has(code));
  assert.equal(codes.length, 23);
  lot = (await workshop.getByText('Cetak labelnya').getAttribute('href')).split('/').pop();
});

test('23 labels from the fifth cell; a second print asks why', async () => {
  await workshop.goto(`/label/${lot}`);
  const submit = workshop.locator('main form[method=post] button[type=submit]');
  await workshop.locator('#petak').fill('5');
  await submit.click();
  await workshop.waitForURL((url) => url.pathname.startsWith('/label/cetak/LB-'));
  assert.match(await words(), /23/);
  await workshop.goto(`/label/${lot}`);
  await submit.click();
  await refused(/sudah .*dicetak/);
  await workshop.locator('#alasan').fill('kertas macet');
  await submit.click();
  await workshop.waitForURL((url) => url.pathname.startsWith('/label/cetak/LB-'));
});

test('from a label to its order in one press, and it fits a phone', async () => {
  await workshop.goto(`/jejak/label/${lot}`);
  await workshop.locator('main').getByRole('link', { name: order.split('/').pop() }).first().click();
  await workshop.waitForURL((url) => url.pathname === order);
  await workshop.setViewportSize(PHONE);
  await assertFits(workshop);
  await assertAccessible(workshop);
  assertNoProblems(workshop);
});

test('the books are whole', async () => {
  await server.verify();
});
