// What every browser test needs: a server of its own, a browser, a scanner's keystrokes, axe, pictures.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { after } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import assert from 'node:assert/strict';
import axe from 'axe-core';
import { chromium } from 'playwright-core';

const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const PROGRAM = resolve(ROOT, process.env.ETALASE ?? 'build/dev/etalase');
const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium';
// docs/screens/ when they are to be taken anew: ETALASE_SCREENS=docs/screens script/test
const SCREENS = resolve(ROOT, process.env.ETALASE_SCREENS ?? 'build/screens');
const START_MS_MAX = 240_000; // the demo's first fill under the sanitizers, on two slow cores
const STOP_MS_MAX = 30_000;
const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

// What a failed test left running would keep its file from ending.
const servers = new Set();
const browsers = new Set();
after(async () => {
  await Promise.all([...browsers].map((browser) => browser.close()));
  await Promise.all([...servers].map((server) => server.drop()));
});

export const DESK = { width: 1366, height: 768 };
export const PHONE = { width: 360, height: 740 };

/**
 * A demo shop on a free port: { url, users, data, pid, ... }.  `users` by role:
 * { cashier: { name, role, password, token }, ... }.  stop() ends it and removes its data.
 */
export async function startServer({ days = 3, args = [] } = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'etalase-'));
  const server = { folder, data: join(folder, 'data'), log: join(folder, 'serve.log'), days, args };
  servers.add(server);
  server.kill = (signal = 'SIGKILL') => end(server, signal);
  server.restart = () => begin(server, new URL(server.url).host);
  server.drop = async () => {
    await end(server, 'SIGKILL');
    await rm(folder, { recursive: true, force: true });
    servers.delete(server);
  };
  server.stop = async () => {
    const code = await end(server, 'SIGTERM');
    const said = await readFile(server.log, 'utf8');
    await server.drop();
    assert.equal(code, 0, `the server ended with ${code}:\n${said.slice(-3000)}`);
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

async function begin(server, listen) {
  const log = openSync(server.log, 'a');
  server.process = spawn(
    PROGRAM,
    ['serve', '--demo', '--demo-days', String(server.days), '--data', server.data,
      '--listen', listen, ...server.args],
    { stdio: ['ignore', log, log] },
  );
  closeSync(log);
  server.exited = once(server.process, 'exit').then(([code, signal]) => code ?? signal);
  server.exited.catch(() => {}); // a program that is not there is reported by waitReady
  await waitReady(server);
}

/** Until healthz answers; demo.json may be an old one until the new process has written its own. */
async function waitReady(server) {
  for (const until = Date.now() + START_MS_MAX; Date.now() < until; await sleep(50)) {
    if (server.process.exitCode !== null || server.process.signalCode || !server.process.pid) {
      break;
    }
    try {
      const demo = JSON.parse(await readFile(join(server.data, 'demo.json'), 'utf8'));
      const url = demo.url.replace(/\/$/, '');
      if ((await fetch(`${url}/healthz`)).ok) {
        server.url = url;
        server.users = Object.fromEntries(demo.users.map((user) => [user.role, user]));
        return;
      }
    } catch {
      // not written or not listening: look again
    }
  }
  server.process.kill('SIGKILL');
  throw new Error(`${PROGRAM} did not start:\n${(await readFile(server.log, 'utf8')).slice(-3000)}`);
}

async function end(server, signal) {
  if (server.process.exitCode === null && !server.process.signalCode) {
    server.process.kill(signal);
  }
  const late = setTimeout(() => server.process.kill('SIGKILL'), STOP_MS_MAX);
  const code = await server.exited;
  clearTimeout(late);
  return code;
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
