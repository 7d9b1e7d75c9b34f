// Papers of the stock by their desk pages: transfers, counts, cases.
import assert from 'node:assert/strict';

async function submit(page, form, path) {
  await page.locator(`main form[action="${form}"] [type=submit]`).first().click();
  await page.waitForURL((url) => path.test(url.pathname));
  return new URL(page.url()).pathname.split('/').at(-1);
}

async function choose(page, field, words) {
  const value = await page.locator(`#${field} option`, { hasText: words }).first().getAttribute('value');
  await page.locator(`#${field}`).selectOption(value);
}

/** Sends pieces, or "LOT QTY", from the showroom to a place of that name; the number of the paper. */
export async function sendTransfer(page, to, codes) {
  await page.goto('/kirim/baru');
  await choose(page, 'tujuan', to);
  await page.locator('#kode').fill(codes.join('\n'));
  return submit(page, '/kirim/baru', /^\/kirim\/SJ-/);
}

/** All of it arrived. */
export async function receiveTransfer(page, number) {
  await page.goto(`/kirim/${number}`);
  await page.locator('button[name=semua]').click();
  await page.getByText(`${number} diterima lengkap`).waitFor();
}

/** Begins a count of a place, after the one that may be open there is ended; its number. */
export async function startCount(page, place) {
  await page.goto('/hitung');
  const open = page.locator('tbody tr', { hasText: place }).filter({ hasText: 'sedang dihitung' });
  if (await open.count()) {
    await finishCount(page, (await open.first().locator('th').innerText()).trim());
    await page.goto('/hitung');
  }
  await choose(page, 'tempat', place);
  return submit(page, '/hitung', /^\/hitung\/SO-/);
}

/** Ends a count; the numbers of the cases that it opened. */
export async function finishCount(page, number) {
  await page.goto(`/hitung/${number}`);
  await page.locator(`form[action="/hitung/${number}/selesai"] [type=submit]`).click();
  await page.getByText(/Hitungan selesai/).first().waitFor();
  const links = await page.locator('main tbody th a[href^="/kasus/"]').evaluateAll(
    (all) => all.map((link) => link.textContent.trim()));
  return links;
}

/** What a case is, as its page says: [name, text] by the words beside them. */
export async function caseFacts(page, number) {
  await page.goto(`/kasus/${number}`);
  return Object.fromEntries(await page.locator('main dl dt').evaluateAll(
    (all) => all.map((dt) => [dt.textContent.trim(), dt.nextElementSibling.textContent.trim()])));
}

/** Closes a case with a choice ("moved", "lost" ...) and a reason. */
export async function closeCase(page, number, choice, reason) {
  await page.goto(`/kasus/${number}`);
  await page.locator('#pilihan').selectOption(choice);
  await page.locator('#catatan').fill(reason);
  await page.locator(`form[action="/kasus/${number}"] [type=submit]`).click();
  await page.getByText(`Kasus ${number} ditutup`).waitFor();
  assert.equal(await page.locator('#pilihan').count(), 0);
}
