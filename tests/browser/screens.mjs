// Takes the pictures of docs/screens/ anew: node tests/browser/screens.mjs [NAME...]
// ETALASE names the program, as for the tests.  Look at every picture before it is kept.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DESK, launch, openPage, PHONE, ROOT, startFresh, startServer } from './lib.mjs';
import { makeWorld, pages, people, visit } from './pages.mjs';
import { smallPng } from './png.mjs';

const OUT = join(ROOT, 'docs/screens');
const DAYS = 30;
const BYTES_MAX = 150 * 1024;
const LONGEST = 1600; // of a page, in its own pixels

async function take(page, name, { whole = true } = {}) {
  const { width, height } = page.viewportSize();
  const [long, stuck] = await page.evaluate(() => [document.documentElement.scrollHeight,
    [...document.querySelectorAll('.sticky, .bottom')].some((bar) => getComputedStyle(bar).position === 'fixed')]);
  // A bar that sticks to the window would stand in the middle of a longer picture.
  const clip = { x: 0, y: 0, width, height: whole && !stuck ? Math.min(long, LONGEST) : height };
  const png = smallPng(await page.screenshot({ fullPage: true, clip }));
  await writeFile(join(OUT, `${name}.png`), png);
  console.log(`${name}.png ${Math.round(png.length / 1024)} KB${png.length > BYTES_MAX ? ' TOO LARGE' : ''}`);
}

async function takeBoth(page, name) {
  for (const viewport of [DESK, PHONE]) {
    await page.setViewportSize(viewport);
    await take(page, `${name}-${viewport.width}`);
  }
  await page.setViewportSize(DESK);
}

/** The two of README.md: the till with goods in it, and the paper as it is shown. */
async function takeForReadme(page, about, world) {
  if (about.name === 'kasir') {
    await take(page, 'kasir', { whole: false });
  } else if (about.name === 'struk') {
    const paper = await page.request.get(`/struk/${world.number}.png?lebar=80&layar=1`);
    await writeFile(join(OUT, 'struk.png'), await paper.body());
  }
}

const wanted = process.argv.slice(2);
await mkdir(OUT, { recursive: true });
const [server, browser] = await Promise.all([startServer({ days: DAYS }), launch()]);
const world = await makeWorld(server, browser);
const pageOf = people(server, browser, openPage);
for (const about of pages) {
  if (!wanted.length || wanted.includes(about.name)) {
    const page = await pageOf(about);
    await visit(page, about, world);
    await takeForReadme(page, about, world);
    await takeBoth(page, about.name);
  }
}
if (!wanted.length || wanted.includes('mulai')) {
  const fresh = await startFresh(['--satker', '999002', '--unit', 'Galeri Baru', '--zone', 'WIT']);
  const page = await openPage(browser, fresh);
  await page.goto(fresh.link);
  await takeBoth(page, 'mulai');
  await fresh.stop();
}
await browser.close();
await server.stop();
