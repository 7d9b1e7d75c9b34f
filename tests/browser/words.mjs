// The catalogue of English words, read as gettext writes it: what is left in Indonesian on a page.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ROOT } from './lib.mjs';

function unquote(line) {
  return JSON.parse(line.slice(line.indexOf('"')));
}

/** Map of msgid to msgstr. */
export async function catalogue() {
  const words = new Map();
  let id = null;
  let text = null;
  for (const line of (await readFile(join(ROOT, 'pos/web/po/en.po'), 'utf8')).split('\n')) {
    if (line.startsWith('msgid ')) {
      id = unquote(line);
      text = null;
    } else if (line.startsWith('msgstr ')) {
      text = unquote(line);
    } else if (line.startsWith('"') && text === null) {
      id += unquote(line);
    } else if (line.startsWith('"')) {
      text += unquote(line);
    }
    if (id && text !== null) {
      words.set(id, text);
    }
  }
  return words;
}

/** A sentence with %s becomes a pattern; words without blanks that stand in names are left out. */
function patternOf(id) {
  const parts = id.split(/(%(?:\d+\$)?[-+0-9.]*(?:ll|z)?[sdu])/);
  const made = parts.map((part, i) => {
    if (i % 2 === 1) {
      return part.endsWith('s') ? '[^]*' : '[-\\d.,]*';
    }
    return part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  });
  return new RegExp(`^${made.join('')}$`);
}

// Names that the demo gave to people and places: they are data, in whatever language.
const NAMES = /\bKasir (Satu|Dua|Tiga)\b|^(Galeri|Bengkel|Gudang|Dalam perjalanan|Pembeli|Pemasok|Lainnya)$/;

/** The texts of a page that are still those of the source; English ones that look alike are not. */
export function untranslated(texts, words) {
  const english = new Set(words.values());
  const patterns = [...words].filter(([id, text]) => id !== text && /\p{L}{3}/u.test(id))
    .map(([id]) => [id, patternOf(id)]);
  return texts.filter((text) => !english.has(text) && !NAMES.test(text))
    .flatMap((text) => patterns.filter(([, pattern]) => pattern.test(text)).map(([id]) => `${id} <- ${text}`));
}

/** What a person reads or hears: pieces of text, names of controls, words in empty fields. */
export function textsOf(page) {
  return page.evaluate(() => {
    const texts = [document.title];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      texts.push(walker.currentNode.data);
    }
    for (const element of document.querySelectorAll('[aria-label], [alt], [title], [placeholder], [data-label]')) {
      for (const name of ['aria-label', 'alt', 'title', 'placeholder', 'data-label']) {
        texts.push(element.getAttribute(name) ?? '');
      }
    }
    return texts.map((text) => text.trim()).filter(Boolean);
  });
}
