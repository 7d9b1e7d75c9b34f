// A fresh shop: its first administrator by the link that is printed once, with no password of the house.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { assertAccessible, assertFits, assertNoProblems, DESK, launch, openPage, PHONE, shot,
  startFresh } from './lib.mjs';

const ADMIN = { login: 'kepala.toko', name: 'Kepala Toko', password: 'tujuh-kuda-hijau-9' };

let browser;
let shop;
before(async () => {
  [browser, shop] = await Promise.all([launch(),
    startFresh(['--satker', '999002', '--unit', 'Galeri Baru', '--zone', 'WIT'])]);
});

async function fill(page, again = ADMIN.password) {
  await page.locator('[name=login]').fill(ADMIN.login);
  await page.locator('[name=name]').fill(ADMIN.name);
  await page.locator('[name=sandi]').fill(ADMIN.password);
  await page.locator('[name=ulang]').fill(again);
  await page.locator('main form [type=submit], main form .btn--main').first().click();
}

test('the link makes one administrator, is used up, and nothing else lets anybody in', async () => {
  const page = await openPage(browser, shop);
  await page.goto('/');
  assert.equal(new URL(page.url()).pathname, '/masuk');
  assert.ok(!(await page.locator('body').innerText()).includes('DEMO'));
  const wrong = await page.goto(`/mulai/${'A'.repeat(43)}`);
  assert.equal(wrong.status(), 404);

  await page.goto(shop.link);
  for (const [size, viewport] of [[DESK.width, DESK], [PHONE.width, PHONE]]) {
    await page.setViewportSize(viewport);
    await assertFits(page);
    await assertAccessible(page);
    await shot(page, `mulai-${size}`);
  }
  await fill(page, 'lain-sama-sekali-1');
  await page.locator('.error').first().waitFor();
  assert.equal(await page.locator('[name=login]').inputValue(), ADMIN.login);
  assert.equal(await page.locator('[name=sandi]').inputValue(), '');
  await fill(page);
  await page.waitForURL((url) => !url.pathname.startsWith('/mulai'));
  assert.match(await page.locator('header').innerText(), new RegExp(ADMIN.name));

  const again = await page.request.get(shop.link);
  assert.ok(again.status() >= 400, `the link still works: ${again.status()}`);
  assertNoProblems(page);
  await page.context().close();
});

test('the new administrator signs in and finds the shop as it was made', async () => {
  const page = await openPage(browser, shop);
  await page.goto('/atur');
  await page.locator('[name=nama]').fill(ADMIN.login);
  await page.locator('[name=sandi]').fill(ADMIN.password);
  await page.locator('[name=sandi]').press('Enter');
  await page.waitForURL((url) => url.pathname === '/atur');
  const words = await page.locator('main').innerText();
  for (const said of ['999002', 'WIT']) {
    assert.ok(words.includes(said), said);
  }
  assert.match(await page.locator('main select').filter({ hasText: 'SETOR-PENUH' }).inputValue(), /SETOR-PENUH/);
  assertNoProblems(page);
  await page.context().close();
});
