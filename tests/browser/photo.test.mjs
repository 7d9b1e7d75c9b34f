// A photo from a phone on its way to the page that a shopper opens from the label.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { assertFits, assertNoProblems, launch, openPage, PHONE, startServer } from './lib.mjs';
import { openAs, receive } from './shop.mjs';

let server;
let browser;
let code;
before(async () => {
  [server, browser] = await Promise.all([startServer(), launch()]);
  const workshop = await openAs(browser, server, 'workshop');
  const lot = await receive(server, workshop, { sku: 'BTK-001', qty: 1, cost: 160_000 });
  [code] = lot.codes;
  await workshop.context().close();
});

/** A JPEG as a camera makes it: the picture lies on its side, EXIF says so and where it was taken. */
async function cameraPhoto(page) {
  const base64 = await page.evaluate(() => {
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [1600, 1200];
    const draw = canvas.getContext('2d');
    draw.fillStyle = '#c33';
    draw.fillRect(0, 0, 1600, 1200);
    draw.fillStyle = '#fff';
    draw.fillRect(100, 100, 400, 1000);
    return canvas.toDataURL('image/jpeg').split(',')[1];
  });
  const jpeg = Buffer.from(base64, 'base64');
  const exif = Buffer.from('457869660000' + '4d4d002a00000008' + '0001' + '0112000300000001' + '00060000'
    + '00000000' + Buffer.from('GPS-HERE').toString('hex'), 'hex');
  const head = Buffer.from([0xff, 0xe1, 0, exif.length + 2]);
  return Buffer.concat([jpeg.subarray(0, 2), head, exif, jpeg.subarray(2)]);
}

async function send(page, buffer, { name = 'foto.jpg', caption = '' } = {}) {
  await page.locator('#foto').setInputFiles({ name, mimeType: 'image/jpeg', buffer });
  await page.locator('#keterangan').fill(caption);
  await page.locator('form[enctype] [type=submit]').click();
}

test('a wrong file is refused with a sentence, and the caption is not lost', async () => {
  const page = await openAs(browser, server, 'workshop', { viewport: PHONE });
  await page.goto('/barang/BTK-001/foto');
  await send(page, Buffer.from('GIF89a\x01\0\x01\0\0\0\0;', 'latin1'), { caption: 'Tampak depan' });
  await page.locator('.summary').waitFor();
  assert.match(await page.locator('.field--wrong .error').textContent(), /bukan foto JPEG, PNG, atau WebP/);
  assert.equal(await page.locator('#keterangan').inputValue(), 'Tampak depan');
  await assertFits(page);
  await page.context().close();
});

test('a photo is taken in, shown to everybody, and hidden again', async () => {
  const page = await openAs(browser, server, 'workshop', { viewport: PHONE });
  await page.goto('/barang/BTK-001/foto');
  await send(page, await cameraPhoto(page), { caption: 'Tampak depan' });
  await page.locator('.photos img').waitFor();
  await page.goto('/barang/BTK-001/cerita');
  await page.locator('#cerita').fill('Dicap dua kali.\nDicuci dengan air dingin.');
  await page.locator('button[name=lihat]').click();
  await page.locator('.band--warn').waitFor();
  assert.deepEqual(await page.locator('.story').allTextContents(), ['Dicap dua kali.', 'Dicuci dengan air dingin.']);
  await page.locator('button:not([name])[type=submit].btn--main').click();
  await page.waitForURL((url) => url.pathname === '/barang/BTK-001');

  const stranger = await openPage(browser, server, { viewport: PHONE });
  await stranger.goto(`/P/${code}`);
  const photo = stranger.locator('img.photo');
  assert.equal(await photo.getAttribute('alt'), 'Tampak depan');
  assert.deepEqual(await photo.evaluate((img) => [img.naturalWidth, img.naturalHeight]), [960, 1280]);
  assert.deepEqual(await stranger.locator('.story').allTextContents(), ['Dicap dua kali.', 'Dicuci dengan air dingin.']);
  await assertFits(stranger);
  assertNoProblems(stranger);
  const address = await photo.getAttribute('src');
  const answer = await stranger.request.get(address);
  assert.match(answer.headers()['cache-control'], /immutable/);
  assert.equal((await answer.body()).includes('GPS-HERE'), false);

  await page.goto('/barang');
  assert.equal(await page.locator('tr:has(a[href="/barang/BTK-001"]) img.thumb').count(), 1);
  await page.goto('/barang/BTK-001/foto');
  await page.locator('#alasan').fill('buram');
  await page.locator('form[action$="/sembunyikan"] [type=submit]').click();
  await page.locator('.empty').waitFor();
  await stranger.reload();
  assert.equal(await stranger.locator('img.photo').count(), 0);
  assert.equal((await stranger.request.get(address)).status(), 404);
  assert.equal((await page.request.get(address)).status(), 200);
  await page.context().close();
  await stranger.context().close();
});
