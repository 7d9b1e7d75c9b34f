// A camera made of our own label: its picture as the one frame of a film that Chromium plays for ever.
import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { inflateSync } from 'node:zlib';

const WIDTH = 1280;
const HEIGHT = 720;
const LUMA = { ground: 150, light: 235, dark: 20 };

/** { width, height, dark(x, y) } of a PNG with one bit a dot, as the program draws labels. */
export function dotsOf(png) {
  const data = [];
  let head;
  for (let at = 8; at < png.length; at += png.readUInt32BE(at) + 12) {
    const type = png.toString('latin1', at + 4, at + 8);
    const body = png.subarray(at + 8, at + 8 + png.readUInt32BE(at));
    head = type === 'IHDR' ? body : head;
    if (type === 'IDAT') {
      data.push(body);
    }
  }
  const [width, height] = [head.readUInt32BE(0), head.readUInt32BE(4)];
  assert.deepEqual([head[8], head[9], head[12]], [1, 0, 0], 'one bit of grey, not interlaced');
  const stride = Math.ceil(width / 8);
  const raw = inflateSync(Buffer.concat(data));
  const rows = Buffer.alloc(stride * height);
  for (let y = 0; y < height; y += 1) {
    const filter = raw[y * (stride + 1)];
    assert.ok(filter === 0 || filter === 2, `filter ${filter}`);
    for (let x = 0; x < stride; x += 1) {
      const up = filter === 2 && y > 0 ? rows[(y - 1) * stride + x] : 0;
      rows[y * stride + x] = raw[y * (stride + 1) + 1 + x] + up;
    }
  }
  return { width, height, dark: (x, y) => !(rows[y * stride + (x >> 3)] & (0x80 >> (x & 7))) };
}

/** Writes the film FILE.y4m with that label in the middle of a grey table. */
export async function film(file, png) {
  const label = dotsOf(png);
  const luma = Buffer.alloc(WIDTH * HEIGHT, LUMA.ground);
  const left = (WIDTH - label.width) >> 1;
  const top = (HEIGHT - label.height) >> 1;
  // The page looks at the square in the middle.
  assert.ok(label.width <= HEIGHT && top >= 0, `a label of ${label.width} x ${label.height} dots`);
  for (let y = 0; y < label.height; y += 1) {
    for (let x = 0; x < label.width; x += 1) {
      luma[(top + y) * WIDTH + left + x] = label.dark(x, y) ? LUMA.dark : LUMA.light;
    }
  }
  await writeFile(file, Buffer.concat([
    Buffer.from(`YUV4MPEG2 W${WIDTH} H${HEIGHT} F10:1 Ip A1:1 C420mpeg2\nFRAME\n`, 'latin1'),
    luma, Buffer.alloc((WIDTH * HEIGHT) / 2, 128),
  ]));
  return file;
}

/** Switches of a browser whose camera shows that film, with or without asking the person. */
export function filmSwitches(file, { asks = false } = {}) {
  return ['--use-fake-device-for-media-stream', `--use-file-for-fake-video-capture=${file}`,
    ...(asks ? [] : ['--use-fake-ui-for-media-stream'])];
}

/** A detector of the browser's own, which this Chromium lacks: it finds `text` in every picture. */
export function ownDetector(page, text, formats = ['qr_code']) {
  return page.addInitScript(([found, known]) => {
    globalThis.BarcodeDetector = class {
      static async getSupportedFormats() {
        return known;
      }

      async detect(picture) {
        globalThis.looked = (globalThis.looked ?? 0) + 1;
        return picture.width > 0 && found ? [{ rawValue: found }] : [];
      }
    };
  }, [text, formats]);
}

export async function press(page, name) {
  await page.locator('#pindaian').getByRole('button', { name }).click();
}

/** Until the page says so about the last scan. */
export async function waitSaid(page, words) {
  await page.locator('#m-kabar').getByText(words).first().waitFor();
}
