// Selling at the till: journey J1 with its figures, by scanner keys, by touch, with scripts off.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { assertFits, assertNoProblems, launch, PHONE, scan, startServer } from './lib.mjs';
import { emptyCart, lines, news, onHand, openAs, openTill, pieces, receive, saleShown, scanAndWait,
  total, waitEqual, waitLines, waitNews, waitQtys } from './shop.mjs';

let server;
let browser;
before(async () => {
  [server, browser] = await Promise.all([startServer(), launch()]);
});

/** Counts what is pressed besides the scanner's own keys. */
function hand(page) {
  const counter = { presses: 0 };
  counter.press = async (...keys) => {
    for (const key of keys) {
      counter.presses += 1;
      await page.keyboard.press(key);
    }
  };
  return counter;
}

test('J1: a batik and two key rings for cash, to the rupiah', async () => {
  const workshop = await openAs(browser, server, 'workshop');
  const batik = await receive(server, workshop, { sku: 'BTK-001', qty: 1, cost: 160_000 });
  const ring = await receive(server, workshop, { sku: 'KRJ-001', qty: 12, cost: 9_000 });
  const stock = [await onHand(server, 'BTK-001'), await onHand(server, 'KRJ-001')];
  assert.equal(batik.codes.length, 1);

  const page = await openTill(browser, server);
  await scanAndWait(page, `HTTPS://GALERI.EXAMPLE/P/${batik.codes[0]}`, 1);
  await page.keyboard.type('2*');
  await scanAndWait(page, ring.lot, 2);
  assert.deepEqual((await lines(page)).map((line) => [line.code, line.qty, line.sum]),
    [[batik.codes[0], '1', 'Rp250.000'], [ring.lot, '2', 'Rp30.000']]);
  assert.equal(await total(page), 'Rp280.000');

  await page.keyboard.press('F2');
  await page.keyboard.type('300000');
  await page.keyboard.press('Enter');
  const sale = await saleShown(server, page);
  assert.equal(await page.locator('.change').innerText(), 'Rp20.000');
  assert.deepEqual(await page.locator('[aria-label="Lembar kembalian"] li').allInnerTexts(),
    ['1 × Rp20.000']);
  assert.deepEqual(
    [sale.total_rp, sale.tendered_rp, sale.change_rp, sale.pnbp_rp, sale.premi_rp, sale.fund_rp],
    [280_000, 300_000, 20_000, 15_300, 51_000, 35_700]);
  assert.deepEqual(sale.lines.map((line) => line.base_rp), [90_000, 12_000]);
  assert.equal((await onHand(server, 'BTK-001')).onHand, stock[0].onHand - 1);
  assert.equal((await onHand(server, 'KRJ-001')).onHand, stock[1].onHand - 2);

  await scan(page, batik.codes[0]); // closes the finished sale by itself
  await waitNews(page, 'sudah terjual');
  const said = await news(page);
  assert.ok(said.includes(sale.number), said);
  const at = sale.at.slice(11, 16).replace(':', '.');
  assert.ok(said.includes(at), `${at} is not in: ${said}`);
  await waitLines(page, 0);
  assertNoProblems(page);
  await page.context().close();
  await workshop.context().close();
});

test('the receipt: on the screen, as a picture at both widths, as a PDF', async () => {
  const page = await openTill(browser, server);
  const [code] = await pieces(server, 1);
  await scanAndWait(page, code, 1);
  await page.keyboard.press('F8');
  const sale = await saleShown(server, page);
  await page.locator(`a[href^="/struk/"]`, { hasText: sale.number }).click();
  await page.waitForURL(/\/struk\//);
  for (const [wide, link] of [[true, '80 mm'], [false, '58 mm']]) {
    await page.getByRole('link', { name: link }).click();
    await page.waitForURL((url) => url.searchParams.get('lebar') === link.slice(0, 2));
    const picture = page.locator('figure.paper img');
    const [width, height] = await picture.evaluate(async (img) => {
      await img.decode();
      return [img.naturalWidth, img.naturalHeight];
    });
    assert.equal(width > 400, wide, `${link} is ${width} dots wide`);
    assert.ok(height > width, `${link}: ${width} x ${height}`);
  }
  const facts = await page.locator('dl.facts').innerText();
  assert.match(facts, /PNBP tercatat/);
  const pdf = await page.request.get(await page.getByRole('link', { name: 'PDF' }).getAttribute('href'));
  assert.equal(pdf.headers()['content-type'], 'application/pdf');
  assert.equal((await pdf.body()).subarray(0, 5).toString(), '%PDF-');
  assertNoProblems(page);
  await page.context().close();
});

test('two goods by scanner: at most six key presses more', async () => {
  const page = await openTill(browser, server);
  const codes = await pieces(server, 2);
  const keys = hand(page);
  await scan(page, codes[0]);
  await scan(page, codes[1]);
  await waitLines(page, 2);
  await keys.press('F8');
  const sale = await saleShown(server, page);
  assert.deepEqual(sale.lines.map((line) => line.code), codes);
  assert.equal(sale.change_rp, 0);
  // and the next buyer needs none
  const [next] = await pieces(server, 1);
  await scanAndWait(page, next, 1);
  assert.ok(keys.presses <= 6, `${keys.presses} key presses`);
  await emptyCart(page);
  assertNoProblems(page);
  await page.context().close();
});

test('by keyboard alone: search, arrows, undo, delete, amount typed', async () => {
  const page = await openTill(browser, server);
  await page.keyboard.type('gantungan');
  await page.keyboard.press('Enter');
  await page.locator('button.hit').first().waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await waitLines(page, 1);
  await page.keyboard.type('sapu');
  await page.keyboard.press('Enter');
  await page.locator('button.hit', { hasText: 'Sapu' }).waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await waitLines(page, 2);
  await page.keyboard.press('Control+z');
  await waitLines(page, 1);
  await scanAndWait(page, 'KRJ-009', 2);
  await page.keyboard.press('Delete');
  await waitLines(page, 1);
  await page.keyboard.press('F2');
  await page.keyboard.type('20.000');
  await page.keyboard.press('F2');
  const sale = await saleShown(server, page);
  assert.deepEqual([sale.total_rp, sale.change_rp], [15_000, 5_000]);
  await page.locator('.change').waitFor();
  assertNoProblems(page);
  await page.context().close();
});

test('by touch on a phone: taps and the keyboard on the glass', async () => {
  const page = await openTill(browser, server, { viewport: PHONE, hasTouch: true, till: '2' });
  assert.equal(await page.locator('#kode').getAttribute('inputmode'), 'none');
  for (const [word, n] of [['gantungan', 1], ['keset', 2]]) {
    await page.locator('#ketik').tap();
    assert.equal(await page.locator('#kode').evaluate((field) => field.inputMode), 'text');
    await page.keyboard.insertText(word); // a keyboard on glass sends no keydown for letters
    await page.locator('#scan button:not([type])').tap();
    await page.locator('button.hit').first().tap();
    await waitLines(page, n);
    await page.locator('#ketik').tap();
  }
  await page.getByRole('button', { name: /^Tambah satu: Gantungan/ }).tap();
  await page.waitForFunction(() => document.querySelector('#till-side .total').textContent === 'Rp55.000');
  await assertFits(page);
  await page.locator('#ke-bayar').tap();
  await page.waitForURL((url) => url.pathname === '/kasir/bayar');
  await page.locator('#lembar-50').tap();
  await page.getByText('1 × Rp50.000').waitFor();
  await page.locator('#lembar-10').tap();
  await page.waitForFunction(() => document.querySelector('#uang').value === '60.000');
  await page.locator('#bayar-tunai').tap();
  const sale = await saleShown(server, page);
  assert.deepEqual([sale.total_rp, sale.change_rp, sale.till], [55_000, 5_000, '2']);
  assert.equal(await page.locator('.change').innerText(), 'Rp5.000');
  await assertFits(page);
  await page.locator('#berikutnya').tap();
  await waitLines(page, 0);
  assertNoProblems(page);
  await page.context().close();
});

test('with scripts off: search, lines, undo, notes laid down, sale, receipt', async () => {
  const page = await openTill(browser, server, { js: false, till: '3' });
  const [code] = await pieces(server, 1);
  const field = page.locator('#kode');
  await field.fill(code);
  await field.press('Enter');
  await waitLines(page, 1);
  await field.fill('kopi bubuk');
  await field.press('Enter');
  await page.locator('button.hit').first().click();
  await waitLines(page, 2);
  await page.getByRole('button', { name: /^Tambah satu: Kopi/ }).click();
  await waitQtys(page, ['1', '2']);
  await page.locator('#urungkan').click();
  await waitQtys(page, ['1', '1']);
  await page.locator('.line__count[name=jumlah]').fill('3');
  await page.locator('.line__count[name=jumlah]').press('Enter');
  await waitQtys(page, ['1', '3']);
  const sum = Number((await total(page)).replace(/\D/g, ''));
  let given = 0;
  while (given < sum) {
    await page.locator('#lembar-100').click();
    given += 100_000;
    await waitEqual(async () => Number((await page.locator('#uang').inputValue()).replace(/\D/g, '')), given);
  }
  await page.locator('#bayar-tunai').click();
  const sale = await saleShown(server, page);
  assert.deepEqual([sale.total_rp, sale.change_rp, sale.lines.length], [sum, given - sum, 2]);
  await page.getByRole('link', { name: sale.number }).click();
  assert.match(await page.locator('h1').innerText(), new RegExp(sale.number));
  assertNoProblems(page);
  await page.context().close();
});

// The last: it ends the server.
test('afterwards the books are whole', () => server.verify());
