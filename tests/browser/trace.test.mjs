// From a label to its lot, its paper and its receipt in two clicks, and back; the file of its history.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { launch, startServer } from './lib.mjs';
import { openAs } from './shop.mjs';
import { makeWorld } from './pages.mjs';

test('a sold piece is traced to its lot and receipt, and back', async () => {
  const server = await startServer();
  const browser = await launch();
  const world = await makeWorld(server, browser);
  const page = await openAs(browser, server, 'auditor');
  const heading = () => page.locator('h1').textContent();
  const search = async (text) => {
    await page.goto('/jejak');
    await page.locator('#cari').fill(text);
    await page.locator('#cari').press('Enter');
  };

  await search(`https://galeri.example/p/${world.sold.toLowerCase()}`);
  await page.waitForURL((url) => url.pathname === `/jejak/label/${world.sold}`);
  assert.match(await heading(), /^Jejak label /);
  assert.equal(await page.locator('.badge--bad').count(), 0);

  // one click to the receipt, one to the piece again
  await page.locator('main table a[href^="/jejak/struk/"]').first().click();
  await page.waitForURL((url) => url.pathname === `/jejak/struk/${world.number}`);
  await page.locator(`main th a[href="/jejak/label/${world.sold}"]`).click();
  await page.waitForURL((url) => url.pathname === `/jejak/label/${world.sold}`);

  // one click to the lot, one to the piece again
  await page.locator('dl.facts a[href^="/jejak/label/"]').click();
  await page.waitForURL((url) => url.pathname === `/jejak/label/${world.lot}`);
  assert.equal(await page.locator(`main a[href="/jejak/label/${world.sold}"]`).count(), 1);

  const file = await page.request.get(`/jejak/label/${world.sold}.jsonld`);
  assert.equal(file.headers()['content-type'], 'application/ld+json');
  const { epcisBody: { eventList } } = await file.json();
  assert.deepEqual(eventList.map((event) => event.bizStep), ['commissioning', 'retail_selling']);

  await search(world.transfer.toLowerCase());
  assert.match(await heading(), new RegExp(world.transfer));
  await search('TIDAK-ADA-1');
  assert.match(await page.locator('#cari-tahu').textContent(), /TIDAK-ADA-1/);

  const asked = await server.fetch(`/api/v1/trace/${world.sold}`, { role: 'auditor' });
  assert.equal(asked.status, 200);
  assert.equal((await server.fetch(`/api/v1/trace/${world.sold}`, { role: 'cashier' })).status, 403);
  await browser.close();
});
