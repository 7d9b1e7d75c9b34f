// Symbols on paper, read as a phone reads them.
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const DPI = 300;

/** What zbarimg reads in the QR symbols of a picture: a text each; rejects when there is none. */
export async function decode(picture) {
  const { stdout } = await run('zbarimg', ['--quiet', '--raw', '-Sdisable', '-Sqrcode.enable', picture]);
  return stdout.trim().split('\n');
}

/** The same of bytes. */
export async function decodeBytes(bytes) {
  const folder = await mkdtemp(join(tmpdir(), 'etalase-paper-'));
  try {
    await writeFile(join(folder, 'paper.png'), bytes);
    return await decode(join(folder, 'paper.png'));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function dots(mm) {
  return String(Math.round((mm / 25.4) * DPI));
}

/** A piece of the first page of a PDF, in millimetres, as a picture OUT.png. */
export async function cut(pdf, out, { x, y, width, height }) {
  await run('pdftoppm', ['-r', String(DPI), '-gray', '-png', '-singlefile', '-f', '1', '-l', '1',
    '-x', dots(x), '-y', dots(y), '-W', dots(width), '-H', dots(height), pdf, out]);
  return `${out}.png`;
}
