// Journey J5: a new product, what it costs, a price that two people stand for, and only then a sale.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { assertAccessible, assertFits, assertNoProblems, DESK, launch, PHONE, scan, startServer } from './lib.mjs';
import { openAs, openTill, receive, scanAndWait, total, waitNews } from './shop.mjs';

const SKU = 'BTK-ENG';
const NAME = 'Kain batik enggang';

let browser;
let server;
let workshop;
let till;
let made;
let proposal;
before(async () => {
  [browser, server] = await Promise.all([launch(), startServer()]);
  workshop = await openAs(browser, server, 'workshop');
  till = await openTill(browser, server);
});


async function words(page) {
  return (await page.locator('main').innerText()).replace(/\s+/g, ' ');
}

async function submit(page) {
  await page.locator('main form [type=submit]').first().click();
}

test('a cloth is added, counted by the piece, and waits for a price', async () => {
  await workshop.goto('/barang/baru');
  await workshop.locator('[name=sku]').fill(SKU);
  await workshop.locator('[name=nama]').fill(NAME);
  await workshop.locator('[name=kelompok]').selectOption('batik');
  await workshop.locator('[name=bengkel]').fill('Bengkel Batik');
  await workshop.locator('[name=lacak]').selectOption('piece');
  await workshop.locator('[name=satuan]').fill('potong');
  await workshop.locator('[name=akun]').selectOption('425119');
  await submit(workshop);
  await workshop.waitForURL((url) => url.pathname === `/barang/${SKU}`);
  assert.match(await words(workshop), /Menunggu harga/);
  await workshop.goto('/barang?kelompok=batik');
  await workshop.locator('tr', { hasText: SKU }).getByText('menunggu harga').waitFor();
});

test('a cost sheet of 110.000 and 50.000 makes 160.000; what is wrong loses nothing', async () => {
  await workshop.goto(`/barang/${SKU}/biaya`);
  await workshop.locator('#apa-1').fill('kain dan malam');
  await workshop.locator('#rupiah-1').fill('110.000');
  await workshop.locator('#jenis-2').selectOption('ongkos');
  await workshop.locator('#apa-2').fill('listrik dan alat');
  await submit(workshop);
  await workshop.locator('.summary').getByText('Baris biaya ke-2').waitFor();
  assert.equal(await workshop.locator('#apa-2').inputValue(), 'listrik dan alat');
  assert.equal(await workshop.locator('#jenis-2').inputValue(), 'ongkos');
  await workshop.locator('#rupiah-2').fill('50.000');
  await submit(workshop);
  await workshop.getByText('Versi 1, disusun').waitFor();
  assert.match(await words(workshop), /Bahan Rp110\.000 Ongkos bengkel Rp50\.000 Harga pokok Rp160\.000/);
});

test('a new version leaves the old one as it was', async () => {
  await workshop.goto('/barang/BTK-004/biaya');
  for (const rupiah of ['80.000', '85.000']) {
    await workshop.locator('#apa-1').fill('kain');
    await workshop.locator('#rupiah-1').fill(rupiah);
    await submit(workshop);
    await workshop.locator('#status').getByText('disimpan').waitFor();
  }
  assert.match(await words(workshop), /Harga pokok Rp85\.000/);
  await workshop.locator('table a', { hasText: /^1$/ }).click();
  await workshop.getByText('Ini versi lama').waitFor();
  assert.match(await words(workshop), /Harga pokok Rp80\.000/);
  assert.equal(await workshop.locator('#rupiah-1').inputValue(), '85000', 'a new one goes on from the newest');
});

test('the till does not sell it', async () => {
  made = await receive(server, workshop, { sku: SKU, qty: 2, cost: 160_000 });
  await scan(till, made.codes[0]);
  await waitNews(till, /harga.*belum disetujui/i);
  assert.equal(await till.locator('#till-work .line').count(), 0);
});

test('the workshop proposes 250.000, and cannot approve it', async () => {
  await workshop.goto(`/barang/${SKU}/harga`);
  assert.match(await words(workshop), /Rp160\.000/);
  await workshop.locator('#harga').fill('250.000');
  await workshop.locator('#dasar').fill('Harga pasar kain sejenis; tiga pekan pengerjaan.');
  await workshop.locator('#mulai').fill('2020-01-01');
  await submit(workshop);
  await workshop.locator('.summary').getByText(/berlaku mundur/).waitFor();
  assert.equal(await workshop.locator('#harga').inputValue(), '250.000');
  await workshop.locator('#mulai').fill('');
  await submit(workshop);
  await workshop.waitForURL((url) => url.pathname.startsWith('/harga/UH-'));
  proposal = new URL(workshop.url()).pathname;
  assert.equal(await workshop.locator('[name=putusan]').count(), 0);
  await workshop.goto(`/barang/${SKU}/harga`);
  assert.equal(await workshop.locator('#harga').count(), 0, 'one waits already');
});

test('a price is not approved by who proposed it', async () => {
  const kepala = await openAs(browser, server, 'supervisor');
  await kepala.goto('/barang/BTK-003/harga');
  await kepala.locator('#harga').fill('275.000');
  await kepala.locator('#dasar').fill('Permintaan naik.');
  await submit(kepala);
  await kepala.waitForURL((url) => url.pathname.startsWith('/harga/UH-'));
  await kepala.getByText('Anda yang mengusulkan harga ini').waitFor();
  assert.equal(await kepala.locator('[name=putusan]').count(), 0);
  const csrf = await kepala.locator('[name=csrf]').first().inputValue();
  const answer = await kepala.request.post(`${new URL(kepala.url()).pathname}/putusan`, {
    headers: { origin: server.url }, form: { csrf, kunci: '0'.repeat(31) + '1', putusan: 'setuju' } });
  assert.equal(answer.status(), 403);
  assert.match(await answer.text(), /Harga harus disetujui orang lain/);
  await kepala.context().close();
});

test('the supervisor refuses only with a reason, and approves 250.000', async () => {
  const kepala = await openAs(browser, server, 'supervisor');
  await kepala.goto('/harga');
  await kepala.locator('tr', { hasText: SKU }).locator('a').first().click();
  await kepala.waitForURL((url) => url.pathname === proposal);
  await kepala.locator('[value=tolak]').click();
  await kepala.locator('.summary').getByText(/mengapa usulan ini ditolak/).waitFor();
  await kepala.locator('[value=setuju]').click();
  await kepala.getByText(/Disetujui oleh/).waitFor();
  await kepala.context().close();
});

test('one page prints the basis, who approved, and when', async () => {
  const auditor = await openAs(browser, server, 'auditor');
  await auditor.goto(proposal);
  const said = await words(auditor);
  for (const part of ['Rp250.000', 'Rp160.000', 'Di atas harga pokok Rp90.000', 'Harga pasar kain sejenis',
    'kain dan malam', 'listrik dan alat', 'Versi 1', server.users.workshop.name]) {
    assert.ok(said.includes(part), `${part} in ${said}`);
  }
  assert.match(said, new RegExp(`Disetujui oleh ${server.users.supervisor.name}, \\d+ [A-Z][a-z]+ \\d{4}`));
  assert.equal(await auditor.locator('main form').count(), 0);
  for (const viewport of [DESK, PHONE]) {
    await auditor.setViewportSize(viewport);
    await assertFits(auditor);
    await assertAccessible(auditor);
  }
  const { pdf } = await paper(auditor);
  assert.equal(pdf, 1, 'one sheet of A4');
  await auditor.context().close();
});

/** How many sheets the page takes on A4. */
async function paper(page) {
  await page.setViewportSize(DESK);
  const bytes = await page.pdf({ format: 'A4' });
  return { pdf: bytes.toString('latin1').match(/\/Type\s*\/Page\b/g).length };
}

test('now it is sold for 250.000', async () => {
  await scanAndWait(till, made.codes[0], 1);
  assert.match(await total(till), /250\.000/);
  assertNoProblems(till);
});

test('the books are as they were written', () => server.verify());
