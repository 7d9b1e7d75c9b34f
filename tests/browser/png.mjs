// Makes a screenshot small: the same picture with at most 256 colours.  Browsers write 8 bits a channel.
import assert from 'node:assert/strict';
import { deflateSync, inflateSync } from 'node:zlib';

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const COLOURS_MAX = 256;

function* chunks(png) {
  for (let at = SIGNATURE.length; at < png.length;) {
    const size = png.readUInt32BE(at);
    yield { type: png.toString('latin1', at + 4, at + 8), data: png.subarray(at + 8, at + 8 + size) };
    at += size + 12;
  }
}

function paeth(a, b, c) {
  const p = a + b - c;
  const [pa, pb, pc] = [Math.abs(p - a), Math.abs(p - b), Math.abs(p - c)];
  return pa <= pb && pa <= pc ? a : pb <= pc ? b : c;
}

const PREDICT = [() => 0, (a) => a, (a, b) => b, (a, b) => (a + b) >> 1, paeth];

/** { width, height, channels, rows: bytes without filters } of a PNG with 8 bits a channel. */
function decode(png) {
  const all = [...chunks(png)];
  const head = all[0].data;
  const [width, height, depth, kind] = [head.readUInt32BE(0), head.readUInt32BE(4), head[8], head[9]];
  assert.ok(depth === 8 && (kind === 2 || kind === 6) && head[12] === 0, 'a PNG of another kind');
  const channels = kind === 2 ? 3 : 4;
  const stride = width * channels;
  const raw = inflateSync(Buffer.concat(all.filter(({ type }) => type === 'IDAT').map(({ data }) => data)));
  const rows = Buffer.alloc(stride * height);
  for (let y = 0; y < height; y += 1) {
    const predict = PREDICT[raw[y * (stride + 1)]];
    for (let x = 0; x < stride; x += 1) {
      const at = y * stride + x;
      const left = x >= channels ? rows[at - channels] : 0;
      const up = y > 0 ? rows[at - stride] : 0;
      const corner = y > 0 && x >= channels ? rows[at - stride - channels] : 0;
      rows[at] = raw[y * (stride + 1) + 1 + x] + predict(left, up, corner);
    }
  }
  return { width, height, channels, rows };
}

function distance(a, b) {
  return Math.abs((a >> 16) - (b >> 16)) + Math.abs(((a >> 8) & 0xff) - ((b >> 8) & 0xff))
    + Math.abs((a & 0xff) - (b & 0xff));
}

/** The most frequent colours, each as it is; one that is near to a kept one gives way to the next. */
function palette(counts) {
  const byCount = [...counts].sort((a, b) => b[1] - a[1]).map(([colour]) => colour);
  let colours = byCount;
  for (let near = 1; colours.length > COLOURS_MAX; near += 2) {
    colours = [];
    for (const colour of byCount) {
      if (colours.length <= COLOURS_MAX && colours.every((kept) => distance(kept, colour) > near)) {
        colours.push(colour);
      }
    }
  }
  const place = new Map(byCount.map((colour) => {
    const far = colours.map((kept) => distance(kept, colour));
    return [colour, far.indexOf(Math.min(...far))];
  }));
  return { colours, indexOf: (colour) => place.get(colour) };
}

const CRC = Uint32Array.from({ length: 256 }, (_, n) => {
  let c = n;
  for (let k = 0; k < 8; k += 1) {
    c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
  }
  return c;
});

function chunk(type, data) {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeInt32BE(~body.reduce((crc, byte) => CRC[(crc ^ byte) & 0xff] ^ (crc >>> 8), -1), 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
}

export function smallPng(png) {
  const { width, height, channels, rows } = decode(png);
  const colourAt = (i) => (rows[i] << 16) | (rows[i + 1] << 8) | rows[i + 2];
  const counts = new Map();
  for (let i = 0; i < rows.length; i += channels) {
    counts.set(colourAt(i), (counts.get(colourAt(i)) ?? 0) + 1);
  }
  const { colours, indexOf } = palette(counts);
  const out = Buffer.alloc((width + 1) * height);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      out[y * (width + 1) + 1 + x] = indexOf(colourAt((y * width + x) * channels));
    }
  }
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 3, 0, 0, 0], 8);
  const plte = Buffer.from(colours.flatMap((c) => [c >> 16, (c >> 8) & 0xff, c & 0xff]));
  return Buffer.concat([SIGNATURE, chunk('IHDR', head), chunk('PLTE', plte),
    chunk('IDAT', deflateSync(out, { level: 9 })), chunk('IEND', Buffer.alloc(0))]);
}
