// The desk pages of the stock: a transfer that falls short, an exhibition, a supervisor's leave.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { assertAccessible, assertFits, assertNoProblems, launch, scan, startServer } from './lib.mjs';
import { api, lines, openAs, openTill, receive, saleShown, scanAndWait, waitLines, waitNews,
  waitQtys } from './shop.mjs';
import { caseFacts, closeCase, sendTransfer } from './stock.mjs';

let server;
let browser;

/** What stands in the showroom and can be sold: the machine's list has places on their way too. */
async function forSale(sku) {
  const { stock } = await api(server, `/stock?sku=${sku}&place=galeri`);
  return stock.reduce((sum, row) => sum + Number(row.on_hand), 0);
}

before(async () => {
  [server, browser] = await Promise.all([startServer(), launch()]);
});

test('five are sent and four arrive: a case, closed by a third person', async () => {
  const workshop = await openAs(browser, server, 'workshop');
  const { codes } = await receive(server, workshop, { sku: 'BTK-001', qty: 5, cost: 160_000 });
  const before = await forSale('BTK-001');
  const number = await sendTransfer(workshop, 'Gudang', codes);
  assert.equal(await forSale('BTK-001'), before - 5, 'what is on its way is not for sale');

  const supervisor = await openAs(browser, server, 'supervisor');
  await supervisor.goto(`/kirim/${number}`);
  await supervisor.locator('#kode').fill(codes.slice(0, 4).join('\n'));
  await supervisor.locator(`form[action="/kirim/${number}/terima"] [type=submit]`).first().click();
  await supervisor.getByText('1 baris kurang dan menjadi kasus').waitFor();
  const link = supervisor.locator('main a[href^="/kasus/"]').first();
  const id = (await link.innerText()).trim();
  assert.match(JSON.stringify(await caseFacts(supervisor, id)), new RegExp(codes[4].slice(0, 4)));

  const admin = await openAs(browser, server, 'admin');
  await closeCase(admin, id, 'back', 'tertinggal di galeri');
  assert.equal(await forSale('BTK-001'), before - 4);

  await supervisor.goto('/stok/tempat/store/gudang');
  await supervisor.getByText('masuk dari Dalam perjalanan').first().waitFor();
  await assertFits(supervisor);
  await assertAccessible(supervisor);
  for (const page of [workshop, supervisor, admin]) {
    assertNoProblems(page);
    await page.context().close();
  }
});

test('an exhibition is named once, and goods can be sent there', async () => {
  const workshop = await openAs(browser, server, 'workshop');
  const { codes } = await receive(server, workshop, { sku: 'BTK-001', qty: 1, cost: 160_000 });
  await workshop.goto('/stok/tempat/baru');
  await workshop.locator('#nama').fill('Pameran Contoh 2027');
  await workshop.locator('main form [type=submit]').first().click();
  await workshop.waitForURL('**/stok/tempat/exhibition/pameran-contoh-2027');
  const number = await sendTransfer(workshop, 'Pameran Contoh', codes);
  await workshop.goto(`/kirim/${number}`);
  await workshop.getByText('Pameran Contoh 2027').first().waitFor();
  await workshop.goto('/stok/tempat/baru');
  await workshop.locator('#nama').fill('Pameran contoh 2027');
  await workshop.locator('main form [type=submit]').first().click();
  await workshop.getByText('Sudah ada tempat bernama').first().waitFor();
  await workshop.context().close();
});

test('more key rings than the book has: the supervisor gives leave, the cart stays, a case is open', async () => {
  const supervisor = server.users.supervisor;
  const rings = await forSale('KRJ-001');
  const page = await openTill(browser, server);
  await scanAndWait(page, `${rings}*KRJ-001`, 1);
  await scan(page, 'KRJ-001');
  await waitNews(page, 'Minta izin penyelia');
  await page.getByRole('link', { name: 'Minta izin penyelia' }).click();
  await page.waitForURL((url) => url.pathname === '/kasir/izin');
  assert.equal(await page.locator('#kode').inputValue(), 'KRJ-001');

  const ask = async (login, password) => {
    await page.locator('#jumlah').fill('1');
    await page.locator('#alasan').fill('ada di rak, pembeli memegangnya');
    await page.locator('#penyelia').fill(login);
    await page.locator('#sandi').fill(password);
    await page.locator('#sandi').press('Enter');
  };
  await ask(supervisor.name, 'bukan-sandinya-1');
  await page.locator('.summary', { hasText: 'tidak cocok' }).waitFor();
  assert.equal(await page.locator('#alasan').inputValue(), 'ada di rak, pembeli memegangnya');
  assert.equal(await page.locator('#sandi').inputValue(), '');
  await ask(server.users.cashier.name, server.users.cashier.password);
  await page.locator('.summary', { hasText: 'orang lain' }).waitFor();
  await ask(server.users.workshop.name, server.users.workshop.password);
  await page.locator('.summary', { hasText: 'penyelia atau admin' }).waitFor();
  await ask(supervisor.name, supervisor.password);
  await page.waitForURL((url) => url.pathname === '/kasir');
  await waitLines(page, 1);
  assert.equal(Number((await lines(page))[0].qty.replace('.', '')), rings, 'the cart is as it was');
  const said = await page.locator('body').innerText();
  const id = /KS-\d{4}-\d{4}/.exec(said)?.[0];
  assert.ok(id, said);

  await scan(page, 'KRJ-001');
  await waitQtys(page, [String(rings + 1)]);
  await page.keyboard.press('F8');
  await saleShown(server, page);
  assert.equal(await forSale('KRJ-001'), 0);
  const admin = await openAs(browser, server, 'admin');
  assert.match(JSON.stringify(await caseFacts(admin, id)), /\(.+\)/, 'who asked stands in the case');
  await closeCase(admin, id, 'booked', 'salah hitung saat terima');
  await admin.context().close();
  await page.context().close();
});
