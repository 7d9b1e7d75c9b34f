// The words and figures of whole pages, held against tests/browser/golden/.  The demo comes from a seed
// and ends on a fixed day.  ETALASE_GOLDEN=1 writes them anew; read the difference before it is kept.
import assert from 'node:assert/strict';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { launch, openPage, ROOT, startServer } from './lib.mjs';
import { openAs } from './shop.mjs';

const GOLDEN = join(ROOT, 'tests/browser/golden');

let server;
let browser;
before(async () => {
  [server, browser] = await Promise.all(
    [startServer({ args: ['--demo-now', '2026-11-20'] }), launch()]);
});

/** What a person reads from top to bottom, with what stands in fields. */
async function wordsOf(page) {
  const said = await page.locator('main').evaluate((main) => {
    for (const field of main.querySelectorAll('input:not([type=hidden]), select')) {
      field.replaceWith(`[${field.name}: ${field.value}]`);
    }
    return main.innerText;
  });
  return `${said.split('\n').map((line) => line.replace(/\s+/g, ' ').trim()).filter(Boolean).join('\n')}\n`;
}

async function golden(name, page) {
  const said = await wordsOf(page);
  const file = join(GOLDEN, `${name}.txt`);
  if (process.env.ETALASE_GOLDEN) {
    await mkdir(GOLDEN, { recursive: true });
    await writeFile(file, said);
  }
  assert.equal(said, await readFile(file, 'utf8'), `${name} has changed`);
}

test('what the demo sold, and one of its receipts', async () => {
  const page = await openAs(browser, server, 'auditor');
  await page.goto('/struk');
  await golden('struk-daftar', page);
  await page.goto('/struk');
  await page.locator('main table a').first().click();
  await page.waitForURL(/\/struk\/.+/);
  await golden('struk', page);
  await page.context().close();
});

test('goods and one of them', async () => {
  const page = await openAs(browser, server, 'supervisor');
  await page.goto('/barang');
  await golden('barang', page);
  await page.goto('/barang/BTK-001');
  await golden('barang-satu', page);
  await page.context().close();
});

test('what a stranger reads on a label', async () => {
  const { stock } = await (await server.fetch('/api/v1/stock?sku=BTK-001', { role: 'auditor' })).json();
  const code = stock.flatMap((row) => row.codes ?? []).sort()[0];
  const page = await openPage(browser, server);
  await page.goto(`/P/${code}`);
  await golden('publik', page);
  await page.context().close();
});

test('the help', async () => {
  const page = await openAs(browser, server, 'cashier');
  await page.goto('/bantuan');
  await golden('bantuan', page);
  await page.context().close();
});
