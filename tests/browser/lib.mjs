// What every browser test needs: a server of its own, a browser, a scanner's keystrokes, axe, pictures.
import { execFile, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { after } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import assert from 'node:assert/strict';
import axe from 'axe-core';
import { chromium } from 'playwright-core';

export const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
export const PROGRAM = resolve(ROOT, process.env.ETALASE ?? 'build/dev/etalase');
const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium';
// docs/screens/ when they are to be taken anew: ETALASE_SCREENS=docs/screens script/test
const SCREENS = resolve(ROOT, process.env.ETALASE_SCREENS ?? 'build/screens');
const START_MS_MAX = 240_000; // the demo's first fill under the sanitizers, on two slow cores
const ACT_MS_MAX = 15_000; // of anything waited for on a page
const STOP_MS_MAX = 30_000;
const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

// What a test left running would keep its file from ending.  A server that does not end well (a
// sanitizer had something to say) fails its file.
const servers = new Set();
const browsers = new Set();
after(async () => {
  await Promise.all([...browsers].map((browser) => browser.close()));
  const ends = await Promise.allSettled([...servers].map((server) => server.stop()));
  const bad = ends.find(({ status }) => status === 'rejected');
  if (bad) {
    throw bad.reason;
  }
});

export const DESK = { width: 1366, height: 768 };
export const PHONE = { width: 360, height: 740 };

/** ['--db', its address] when the tests have a server of databases (tests/postgres/server.py run). */
async function databaseOfItsOwn() {
  const { ETALASE_TEST_SERVER: address, ETALASE_TEST_BIN: bin, ETALASE_TEST_TEMPLATE: template } = process.env;
  if (!address) {
    return [];
  }
  const name = `shop_${randomUUID().replaceAll('-', '').slice(0, 12)}`;
  await promisify(execFile)(join(bin, 'createdb'), [name, `--maintenance-db=${address}/postgres`,
    '--owner=etalase_owner', `--template=${template}`]);
  return ['--db', `postgresql://etalase@${address.split('@').pop()}/${name}`];
}

/**
 * A demo shop on a free port: { url, users, data, pid, ... }.  `users` by role:
 * { cashier: { name, role, password, token }, ... }.  stop() ends it and removes its data.
 */
export async function startServer({ days = 3, args = [] } = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'etalase-'));
  const place = ['--data', join(folder, 'data'), ...await databaseOfItsOwn()];
  const server = { folder, data: join(folder, 'data'), place, log: join(folder, 'serve.log'), days, args };
  addEnds(server);
  server.kill = (signal = 'SIGKILL') => end(server, signal);
  server.restart = () => begin(server, new URL(server.url).host);
  /** Ends the program and has its books verified: chain, rebuild, caches. */
  server.verify = async () => {
    await endWell(server);
    const { stdout } = await promisify(execFile)(PROGRAM, ['verify', ...server.place]);
    assert.match(stdout, /Jurnal utuh/);
    return stdout;
  };
  server.fetch = (path, { role, ...init } = {}) =>
    fetch(server.url + path, {
      redirect: 'manual',
      ...init,
      headers: { ...(role && { authorization: `Bearer ${server.users[role].token}` }), ...init.headers },
    });
  await begin(server, '127.0.0.1:0');
  return server;
}

/** stop(): ends it, removes its data, and fails when it did not end well.  drop(): whatever it says. */
function addEnds(server) {
  servers.add(server);
  server.drop = async () => {
    await end(server, 'SIGKILL');
    await rm(server.folder, { recursive: true, force: true });
    servers.delete(server);
  };
  server.stop = async () => {
    try {
      await endWell(server);
    } finally {
      await server.drop();
    }
  };
}

/** A fresh shop, not a demo: { url, link } with the link of the first administrator.  `init`: what
 * `etalase init` is told. */
export async function startFresh(init) {
  const folder = await mkdtemp(join(tmpdir(), 'etalase-'));
  const data = join(folder, 'data');
  const server = { folder, data, place: ['--data', data], log: join(folder, 'serve.log') };
  await promisify(execFile)(PROGRAM, ['init', '--data', server.data, ...init]);
  addEnds(server);
  spawnServer(server, ['--listen', '127.0.0.1:0']);
  await waitUntil(server, async () => {
    const said = await readFile(server.log, 'utf8');
    server.link = /http:\S+\/mulai\/\S+/.exec(said)?.[0];
    server.url = server.link && new URL(server.link).origin;
    return Boolean(server.link);
  });
  return server;
}

function spawnServer(server, args) {
  const log = openSync(server.log, 'a');
  server.process = spawn(PROGRAM, ['serve', ...server.place, ...args], { stdio: ['ignore', log, log] });
  closeSync(log);
  server.exited = once(server.process, 'exit').then(([code, signal]) => code ?? signal);
  server.exited.catch(() => {}); // a program that is not there is reported by waitUntil
}

async function begin(server, listen) {
  spawnServer(server, ['--demo', '--demo-days', String(server.days), '--listen', listen, ...server.args]);
  // demo.json may be an old one until the new process has written its own.
  await waitUntil(server, async () => {
    const demo = JSON.parse(await readFile(join(server.data, 'demo.json'), 'utf8'));
    server.url = demo.url.replace(/\/$/, '');
    // The first of a role: kasir, not kasir3.
    server.users = Object.fromEntries([...demo.users].reverse().map((user) => [user.role, user]));
    return (await fetch(`${server.url}/healthz`)).ok;
  });
}

async function waitUntil(server, ready) {
  for (const until = Date.now() + START_MS_MAX; Date.now() < until; await sleep(50)) {
    if (server.process.exitCode !== null || server.process.signalCode || !server.process.pid) {
      break;
    }
    if (await ready().catch(() => false)) { // not written or not listening: look again
      return;
    }
  }
  signalTo(server.process, 'SIGKILL');
  throw new Error(`${PROGRAM} did not start:\n${(await readFile(server.log, 'utf8')).slice(-3000)}`);
}

/** A program that could not be started has no number, and kill() would hit our own whole group. */
function signalTo(program, signal) {
  if (program.pid && program.exitCode === null && !program.signalCode) {
    program.kill(signal);
  }
}

async function end(server, signal) {
  if (!server.process?.pid) {
    return null;
  }
  signalTo(server.process, signal);
  const late = setTimeout(() => signalTo(server.process, 'SIGKILL'), STOP_MS_MAX);
  const code = await server.exited;
  clearTimeout(late);
  return code;
}

async function endWell(server) {
  const code = await end(server, 'SIGTERM');
  const said = await readFile(server.log, 'utf8').catch(() => '');
  assert.ok(code === 0 || code === null, `the server ended with ${code}:\n${said.slice(-3000)}`);
}

/** Debian's Chromium, without network of its own.  `args` adds switches (fake camera, host rules). */
export async function launch({ args = [] } = {}) {
  const browser = await chromium.launch({
    executablePath: CHROMIUM,
    headless: true,
    args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
      '--disable-background-networking', '--disable-component-update', '--disable-sync', ...args],
  });
  browsers.add(browser);
  return browser;
}

/**
 * A page in a context of its own.  page.problems gathers what no page may do: errors on the console
 * (a refused Content-Security-Policy is one), uncaught exceptions, requests to other hosts.
 */
export async function openPage(browser, server, { viewport = DESK, js = true, zone = 'Asia/Makassar',
  ...options } = {}) {
  const context = await browser.newContext({
    baseURL: server.url, locale: 'id-ID', timezoneId: zone, viewport, javaScriptEnabled: js, ...options,
  });
  context.setDefaultTimeout(ACT_MS_MAX);
  const page = await context.newPage();
  page.scripts = js;
  page.problems = [];
  page.on('console', (message) => {
    // Chromium also writes every 4xx there; which status is right is for the test to say.
    if (message.type() === 'error' && !/the server responded with a status of 4/.test(message.text())) {
      page.problems.push(message.text());
    }
  });
  page.on('pageerror', (error) => page.problems.push(String(error)));
  page.on('request', (request) => {
    const url = new URL(request.url());
    if (/^https?:$/.test(url.protocol) && url.host !== new URL(server.url).host) {
      page.problems.push(`asked another host: ${url.href}`);
    }
  });
  return page;
}

/** Logs in by the form, as a person does. */
export async function login(page, server, role) {
  const user = server.users[role];
  await page.goto('/masuk');
  await page.locator('input[autocomplete=username]').fill(user.name);
  await page.locator('input[autocomplete=current-password]').fill(user.password);
  await Promise.all([
    page.waitForURL((url) => url.pathname !== '/masuk'),
    page.locator('input[autocomplete=current-password]').press('Enter'),
  ]);
}

/** What a scanner does: the keys of a code, 2 ms apart, and Enter. */
export async function scan(page, code) {
  await page.keyboard.type(code, { delay: 2 });
  await page.keyboard.press('Enter');
}

/** No WCAG 2.2 AA violation, and nothing in page.problems.  axe needs scripts (its timers never end
 * without): the same page opened with js: true has the same HTML. */
export async function assertAccessible(page) {
  assert.ok(page.scripts, 'axe needs a page opened with js: true');
  // evaluate() is not subject to the page's policy, a script element would be.
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate(
    (tags) => globalThis.axe.run({ runOnly: { type: 'tag', values: tags } }), WCAG);
  const found = violations.map((v) => `${v.id}: ${v.help}\n    ${v.nodes.map((n) => n.html).join('\n    ')}`);
  assert.deepEqual(found, [], `${page.url()}\n${found.join('\n')}`);
  assertNoProblems(page);
}

export function assertNoProblems(page) {
  assert.deepEqual(page.problems, [], page.url());
}

/** Nothing sticks out sideways.  Compared with the width that was set, because a
 * phone's layout viewport grows with the page. */
export async function assertFits(page) {
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  assert.ok(width <= page.viewportSize().width, `${page.url()} is ${width} px wide`);
}

/** A picture for eyes: build/screens/NAME.png. */
export async function shot(page, name) {
  await mkdir(SCREENS, { recursive: true });
  await page.screenshot({ path: join(SCREENS, `${name}.png`), fullPage: true });
}
