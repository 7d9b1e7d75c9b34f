// What sells: the page, and that its files say the same sums.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { launch, startServer } from './lib.mjs';
import { openAs } from './shop.mjs';

test('the files of what sells hold the sums of the screen', async () => {
  const server = await startServer();
  const browser = await launch();
  const page = await openAs(browser, server, 'auditor');
  await page.goto('/laporan');
  await page.locator('main a[href="/laporan/laku"]').click();
  await page.locator('#menurut').selectOption('barang');
  await page.locator('form.filters button').click();
  await page.waitForURL((url) => url.searchParams.get('menurut') === 'barang');

  const cells = await page.locator('tr.table__sum td').allTextContents();
  const proceeds = Number(cells[6].replace(/\D/g, ''));
  assert.ok(proceeds > 0);
  assert.match(await page.locator('.band__title').first().textContent(), /paling laku/);

  const get = async (text) => {
    const href = await page.getByRole('link', { name: text }).getAttribute('href');
    const answer = await page.request.get(href);
    assert.equal(answer.status(), 200);
    return answer;
  };
  const machine = (await (await get('CSV untuk mesin')).text()).trimEnd().split('\r\n');
  assert.equal(machine[0],
    'key,name,made,sold,left,share_bps,days_median,days_mean,age_median,proceeds_rp');
  const amounts = machine.slice(1).map((row) => Number(row.split(',').at(-1)));
  assert.equal(amounts.at(-1), proceeds);
  assert.equal(amounts.slice(0, -1).reduce((a, b) => a + b), proceeds);

  const excel = await (await get('CSV untuk Excel')).text();
  assert.ok(excel.startsWith('\ufeff'));
  assert.equal(Number(excel.trimEnd().split(';').at(-1)), proceeds);

  assert.equal((await (await get('Unduh XLSX')).body()).subarray(0, 2).toString(), 'PK');
  assert.equal((await (await get('Unduh PDF')).body()).subarray(0, 5).toString(), '%PDF-');

  // A period that ends before it begins is said, not shown as empty.
  const turned = await page.request.get('/laporan/laku?dari=2026-12-01&sampai=2026-01-01');
  assert.equal(turned.status(), 422);
  await browser.close();
});
