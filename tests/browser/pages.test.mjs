// Every page for everybody: accessible, wide enough for a phone, quiet on the console, small, in English.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { before, describe, test } from 'node:test';
import { promisify } from 'node:util';
import { assertAccessible, assertFits, assertNoProblems, DESK, launch, openPage, PHONE, PROGRAM, shot,
  startServer } from './lib.mjs';
import { makeWorld, pages, people, visit } from './pages.mjs';
import { openAs } from './shop.mjs';
import { catalogue, textsOf, untranslated } from './words.mjs';

const KB = 1024;
// Addresses that answer files, data or another address, or that a demo does not have (first.test.mjs).
const NO_PAGES = [/^\/api\//, /^\/s\//, /\.(png|jpg|svg|pdf|txt|ico|csv|xlsx|jsonld)$/, /^\/(sehat|healthz|kasir\/cek|)$/,
  /^\/mulai\//, /^\/01\//];

let server;
let browser;
let world;
let pageOf;
before(async () => {
  [server, browser] = await Promise.all([startServer(), launch()]);
  world = await makeWorld(server, browser);
  pageOf = people(server, browser, openPage);
});

async function routes() {
  const { stdout } = await promisify(execFile)(PROGRAM, ['routes']);
  return stdout.trim().split('\n').map((line) => {
    const [method, path, roles] = line.split(' ');
    return { method, path, roles };
  });
}

test('the table of pages here has every page of the program', async () => {
  const known = new Set(pages.map((page) => page.route));
  const missing = (await routes()).filter(({ method, path }) => method === 'GET' && !known.has(path)
    && !NO_PAGES.some((pattern) => pattern.test(path)));
  assert.deepEqual(missing, []);
});

describe('on a desk and on a phone', () => {
  for (const about of pages) {
    test(`${about.name}: ${about.route}`, async () => {
      const page = await pageOf(about);
      const status = await visit(page, about, world);
      assert.equal(status, about.status ?? 200);
      for (const [size, viewport] of [[DESK.width, DESK], [PHONE.width, PHONE]]) {
        await page.setViewportSize(viewport);
        await assertFits(page);
        await assertAccessible(page);
        await shot(page, `${about.name}-${size}`);
      }
      await page.setViewportSize(DESK);
    });
  }
});

describe('in English', () => {
  let words;
  before(async () => {
    words = await catalogue();
    assert.ok(words.size > 100, `${words.size} sentences`);
  });
  for (const about of pages.filter(({ kept }) => !kept)) {
    test(about.name, async () => {
      const page = await pageOf(about);
      await visit(page, about, world);
      const switchTo = page.locator('form[action="/bahasa"] button');
      if (await page.locator('html').getAttribute('lang') !== 'en') {
        await switchTo.click();
        await page.waitForFunction(() => document.documentElement.lang === 'en');
      }
      await visit(page, about, world);
      assert.equal(await switchTo.innerText(), 'Bahasa Indonesia');
      assert.deepEqual(untranslated(await textsOf(page), words), []);
      assertNoProblems(page);
    });
  }
});

test('the check of words can find one', async () => {
  const words = new Map([['Masuk', 'Sign in'], ['Struk %s', 'Receipt %s'], ['Total', 'Total']]);
  assert.deepEqual(untranslated(['Masuk', 'Sign in', 'Struk 1/2', 'Receipt 1/2', 'Total'], words),
    ['Masuk <- Masuk', 'Struk %s <- Struk 1/2']);
});

describe('bytes that a phone pays for', () => {
  /** What comes over the wire for a page opened with an empty cache: [{ path, type, sent, size }]. */
  async function weigh(path, options = {}) {
    const context = await browser.newContext({ baseURL: server.url, viewport: PHONE, ...options });
    const page = await context.newPage();
    const answers = [];
    page.on('response', (answer) => answers.push(answer));
    await page.goto(path, { waitUntil: 'networkidle' });
    const weights = await Promise.all(answers.map(async (answer) => ({
      path: new URL(answer.url()).pathname,
      type: answer.headers()['content-type'] ?? '',
      sent: (await answer.request().sizes()).responseBodySize,
      size: (await answer.body()).length,
    })));
    await context.close();
    return weights;
  }

  test('a label: 15 KB with everything on it', async () => {
    const weights = await weigh(`/P/${world.code}`);
    const sent = weights.reduce((sum, weight) => sum + weight.sent, 0);
    assert.ok(weights.length > 1 && sent <= 15 * KB, JSON.stringify(weights, null, 1));
  });

  test('the phone: pages of 15 KB; the decoder alone may be larger than 12, and only where a camera opens', async () => {
    const page = await pageOf({ role: 'workshop' });
    for (const path of pages.filter(({ route }) => /^\/m(\/|$)/.test(route)).map(({ path: at, route }) => (
      at ? at(world) : route))) {
      const weights = await weigh(path, { storageState: await page.context().storageState() });
      const html = weights.find(({ type }) => type.includes('html'));
      assert.ok(html.size <= 15 * KB, JSON.stringify(html));
      assert.deepEqual(weights.filter(({ type, size }) => type.includes('javascript') && size > 12 * KB), []);
      assert.ok(weights.reduce((sum, { sent }) => sum + sent, 0) <= 30 * KB, JSON.stringify(weights));
    }
  });

  test('the till: a page of 30 KB, no script over 12 KB', async () => {
    const page = await pageOf({ role: 'cashier', till: '1' });
    const weights = await weigh('/kasir', { storageState: await page.context().storageState() });
    const scripts = weights.filter(({ type }) => type.includes('javascript'));
    const html = weights.find(({ path }) => path === '/kasir');
    assert.ok(scripts.length > 0 && html, JSON.stringify(weights));
    assert.ok(html.size <= 30 * KB, JSON.stringify(html));
    assert.deepEqual(scripts.filter(({ size }) => size > 12 * KB), []);
  });
});

test('who may not see a page is told so, and sees nothing of it', async () => {
  const roles = ['cashier', 'workshop', 'partner', 'treasurer', 'supervisor', 'auditor', 'admin'];
  const table = new Map((await routes()).filter(({ method }) => method === 'GET')
    .map(({ path, roles: may }) => [path, may]));
  for (const role of roles) {
    const page = await openAs(browser, server, role);
    for (const about of pages.filter(({ route, act }) => route && !act)) {
      const may = table.get(about.route);
      const allowed = /public|all/.test(may) || may.split(',').includes(role);
      const answer = await page.request.get(about.path ? about.path(world) : about.route, { maxRedirects: 0 });
      const status = answer.status();
      assert.equal(status === 403, !allowed, `${role} ${about.route}: ${status}, table: ${may}`);
      assert.ok(status < 500, `${role} ${about.route}: ${status}`);
    }
    await page.context().close();
  }
});
