// The phone's camera on /m/pindai: the decoder in its worker and the browser's own, what to do where there
// is no camera, a photo on plain HTTP, and everything by typing where scripts are off.
import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { film, filmSwitches, ownDetector, press, waitSaid } from './camera.mjs';
import { assertFits, assertNoProblems, launch, openPage, PHONE, startServer } from './lib.mjs';
import { openAs, receive } from './shop.mjs';

const AT_ONCE_MS = 2500; // longer than the same label is left alone
const NAME = /Kain batik tulis burung enggang/;

let server;
let folder;
let lot;
let png; // the label of the first piece, as it is printed
let filmed; // a browser whose camera shows it
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'etalase-camera-'));
  server = await startServer({ args: ['--host', 'galeri.example'] });
  const browser = await launch();
  const workshop = await openAs(browser, server, 'workshop');
  lot = await receive(server, workshop, { sku: 'BTK-001', qty: 3, cost: 160_000 });
  const answer = await workshop.request.get(`/label/${lot.lot}.png?kode=${lot.codes[0]}`);
  png = await answer.body();
  await browser.close();
  filmed = await launch({ args: filmSwitches(await film(join(folder, 'label.y4m'), png)) });
});
after(() => rm(folder, { recursive: true, force: true }));

function openPhone(browser, options = {}) {
  return openAs(browser, server, 'workshop', { viewport: PHONE, ...options });
}

/** What a page asked of the server for each scan. */
function scansOf(page) {
  const seen = [];
  page.on('request', (request) => {
    const url = new URL(request.url());
    if (url.pathname === '/m/pindai' && url.searchParams.has('kode')) {
      seen.push(url.searchParams.get('kode'));
    }
  });
  return seen;
}

test('a printed label before the camera: read by the worker, said once, under the strict policy', async () => {
  const page = await openPhone(filmed);
  const files = [];
  page.on('response', (answer) => files.push(new URL(answer.url()).pathname.split('/').pop()));
  const asked = scansOf(page);
  const begun = Date.now();
  await page.goto('/m/pindai');
  await page.locator('#matikan').waitFor(); // allowed already: it opens by itself
  await waitSaid(page, NAME);
  console.log(`# from opening to the name: ${Date.now() - begun} ms`);
  assert.deepEqual(asked, [`HTTPS://GALERI.EXAMPLE/P/${lot.codes[0]}`]);
  assert.ok(files.includes('scan_worker.js') && files.includes('decode.js'), files.join(' '));
  await sleep(AT_ONCE_MS);
  assert.equal(asked.length, 1, 'a label that stays in the picture is one scan');
  await assertFits(page);
  await press(page, 'Matikan kamera');
  await page.locator('#bidik').waitFor({ state: 'hidden' });
  assert.equal(await page.evaluate(() => document.getElementById('kamera').srcObject), null);
  assertNoProblems(page);
  await page.context().close();
});

test('a browser that knows QR codes itself does not fetch the decoder', async () => {
  const page = await openPhone(filmed);
  const files = [];
  page.on('response', (answer) => files.push(new URL(answer.url()).pathname.split('/').pop()));
  await ownDetector(page, lot.codes[1]);
  await page.goto('/m/pindai');
  await page.locator('#matikan').waitFor(); // allowed already: it opens by itself
  await waitSaid(page, NAME);
  assert.ok(!files.includes('decode.js') && !files.includes('scan_worker.js'), files.join(' '));
  await page.context().close();
});

test('a detector that does not list QR codes is not believed', async () => {
  const page = await openPhone(filmed);
  await ownDetector(page, lot.codes[1], ['ean_13']);
  const asked = scansOf(page);
  await page.goto('/m/pindai');
  await page.locator('#matikan').waitFor(); // allowed already: it opens by itself
  await waitSaid(page, NAME);
  assert.match(asked[0], new RegExp(lot.codes[0]));
  assert.equal(await page.evaluate(() => globalThis.looked), undefined);
  await page.context().close();
});

test('about ten looks a second, and none after 60 seconds without a label', async () => {
  const page = await openPhone(filmed);
  await ownDetector(page, '');
  await page.clock.install();
  await page.goto('/m/pindai');
  await page.clock.resume();
  await page.locator('#matikan').waitFor(); // allowed already: it opens by itself
  await page.waitForFunction(() => globalThis.looked > 0);
  const before = await page.evaluate(() => globalThis.looked);
  await sleep(2000);
  const looks = (await page.evaluate(() => globalThis.looked) - before) / 2;
  assert.ok(looks >= 4 && looks <= 11, `${looks} looks a second`);
  await page.clock.fastForward(61_000);
  await page.locator('#kamera-idle').waitFor();
  await page.locator('#nyalakan').waitFor();
  assert.equal(await page.evaluate(() => document.getElementById('kamera').srcObject), null);
  await page.context().close();
});

test('no camera, and a camera that is not allowed: what to do is said, typing works', async () => {
  const cases = [
    ['denied', filmSwitches(join(folder, 'label.y4m'), { asks: true }), 'Kamera tidak diizinkan'],
    ['none', [], 'Tidak ada kamera'],
  ];
  for (const [why, args, words] of cases) {
    const browser = await launch({ args });
    const page = await openPhone(browser);
    await page.goto('/m/pindai');
    await press(page, 'Nyalakan kamera');
    const said = page.locator(`#kamera-${why}`);
    await said.waitFor();
    assert.match(await said.innerText(), new RegExp(`${words}.*[Ff]oto.*ketik`, 's'));
    assert.equal(await page.locator('[id^=kamera-]:not([hidden])').count(), 1, why);
    await press(page, 'Ketik kode');
    await page.keyboard.type(lot.codes[2].toLowerCase());
    await page.keyboard.press('Enter');
    await waitSaid(page, NAME);
    assertNoProblems(page);
    await browser.close();
  }
});

test('two lenses: the other one is taken and remembered; a browser without module workers is told so', async () => {
  const browser = await launch({
    args: ['--use-fake-device-for-media-stream=device-count=2', '--use-fake-ui-for-media-stream'],
  });
  const page = await openPhone(browser);
  const lens = () => page.evaluate(
    () => document.getElementById('kamera').srcObject?.getVideoTracks()[0].getSettings().deviceId);
  await page.goto('/m/pindai');
  await page.locator('#ganti').waitFor();
  const first = await lens();
  await press(page, 'Ganti kamera');
  await page.waitForFunction((id) => {
    const stream = document.getElementById('kamera').srcObject;
    return stream && stream.getVideoTracks()[0].getSettings().deviceId !== id;
  }, first);
  const second = await lens();
  await page.reload();
  await page.locator('#matikan').waitFor();
  assert.equal(await lens(), second);
  assertNoProblems(page);
  await page.route('**/scan_worker.js', (route) => route.abort());
  await page.reload();
  await page.locator('#kamera-reader').waitFor();
  assert.equal(await lens(), undefined, 'a camera that nobody looks through is off');
  await browser.close();
});

test('plain HTTP under a name: no camera, and a photo of the label is read all the same', async () => {
  const plain = await launch({ args: ['--host-resolver-rules=MAP galeri.example 127.0.0.1'] });
  const there = { ...server, url: server.url.replace('127.0.0.1', 'galeri.example') };
  const page = await openAs(plain, there, 'workshop', { viewport: PHONE });
  const asked = scansOf(page);
  await page.goto('/m/pindai');
  assert.equal(await page.evaluate(() => isSecureContext), false);
  await page.locator('#kamera-insecure').waitFor();
  assert.equal(await page.locator('#nyalakan').isVisible(), false);
  await writeFile(join(folder, 'photo.png'), png);
  const begun = Date.now();
  await page.locator('#foto').setInputFiles(join(folder, 'photo.png'));
  await waitSaid(page, NAME);
  console.log(`# a photo on plain HTTP: ${Date.now() - begun} ms`);
  assert.match(asked[0], new RegExp(lot.codes[0]));
  // a picture without a label, and what is no picture at all
  for (const buffer of [await page.screenshot({ clip: { x: 0, y: 0, width: 40, height: 40 } }), Buffer.from('x')]) {
    await page.locator('#foto').setInputFiles({ name: 'kosong.png', mimeType: 'image/png', buffer });
    await page.locator('#kamera-photo').waitFor();
  }
  assert.equal(asked.length, 1);
  // One of our headers means nothing on plain HTTP, and the browser says so with every answer.
  page.problems = page.problems.filter((words) => !words.startsWith('The Cross-Origin-Opener-Policy header'));
  assertNoProblems(page);
  await plain.close();
});

test('scans wait in order while nobody answers, are counted on the page, and all arrive', async () => {
  const browser = await launch();
  const page = await openPhone(browser);
  const asked = scansOf(page);
  await page.goto('/m/pindai');
  const problems = page.problems.length;
  await page.context().setOffline(true);
  for (const code of lot.codes) {
    await page.locator('#kode').fill(code);
    await page.keyboard.press('Enter');
  }
  await page.locator('#antrean').getByText('3').waitFor();
  await page.locator('#macet').waitFor();
  await page.context().setOffline(false);
  page.problems.splice(problems); // the browser's words about the network
  await page.locator('#macet').waitFor({ state: 'hidden' });
  await page.locator('#antrean').waitFor({ state: 'hidden' });
  await waitSaid(page, NAME);
  const arrived = asked.filter((code, i) => i === 0 || code !== asked[i - 1]);
  assert.deepEqual(arrived, lot.codes, asked.join(' '));
  assertNoProblems(page);
  await browser.close();
});

test('what was scanned is said: sold, foreign, broken, a receipt, a product code, nonsense', async () => {
  const browser = await launch();
  const page = await openPhone(browser);
  await page.goto('/m/pindai');
  const wrong = `${lot.codes[0].slice(0, -1)}${lot.codes[0].endsWith('7') ? '8' : '7'}`;
  for (const [typed, words, sound] of [
    ['KRJ-001', /kode barang/, 'ok'],
    [wrong, /salah satu hurufnya/, 'bad'],
    ['B000000000', /salah satu hurufnya|tidak tercatat/, 'bad'],
    ['apa saja ini', /bukan label, struk, atau kode barang/, 'bad'],
    ['https://lain.example/S/9/9/9', /tidak ada di sini|bukan label/, 'bad'],
    [lot.codes[0], /di ruang pamer/, 'ok'],
  ]) {
    await page.locator('#kode').fill(typed);
    await page.keyboard.press('Enter');
    await waitSaid(page, words);
    assert.equal(await page.locator('#m-kabar').getAttribute('data-sound'), sound, typed);
  }
  assert.equal(await page.getByRole('link', { name: 'Buka lot' }).getAttribute('href'), `/produksi/${lot.lot}`);
  assertNoProblems(page);
  await browser.close();
});

test('with scripts off a typed code is answered; no button stands there that does nothing', async () => {
  const browser = await launch();
  const page = await openPhone(browser, { js: false });
  await page.goto('/m');
  await page.getByRole('link', { name: 'Pindai apa saja' }).click();
  assert.equal(await page.locator('#pindaian').isVisible(), false);
  await page.locator('#kode').fill(`HTTPS://GALERI.EXAMPLE/P/${lot.codes[1]}`);
  await page.locator('#scan [type=submit]').click();
  await waitSaid(page, NAME);
  await assertFits(page);
  await browser.close();
});

test('a stranger gets the login, a treasurer a refusal', async () => {
  const browser = await launch();
  const stranger = await openPage(browser, server);
  await stranger.goto('/m/pindai');
  assert.equal(new URL(stranger.url()).pathname, '/masuk');
  const treasurer = await openAs(browser, server, 'treasurer');
  assert.equal((await treasurer.request.get('/m/pindai')).status(), 403);
  await browser.close();
});
