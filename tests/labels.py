#!/usr/bin/env python3
"""Every label of a batch of 500 pieces, on each size and each paper, read by a decoder of symbols.

    python3 tests/labels.py build/dev/etalase

A shop is made, 500 pieces are received and their labels printed over HTTP, as a person does it.  Each
PDF is rasterised by pdftoppm at 203, 300 and 600 dpi; every label is cut out where it must stand, and
zbarimg must read exactly its own code there.  The ruler at the foot of each sheet is 50 mm long, to half
a millimetre.  One line a check, then `N passed, N failed`.

The cut labels of a page are given to zbarimg all at once, which says what it read in which picture.
"""
import os
import re
import subprocess
import sys
import tempfile
import urllib.parse
from concurrent.futures import ThreadPoolExecutor

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from shop import HIDDEN, Shop, check, finish  # noqa: E402

PIECES = 500
ON_ROLL = 60  # of them, for each size and head
MM_PER_INCH = 25.4
# Of receipts/label.c: width, height, columns, rows, left, top; in millimetres.
SIZES = {"40x30": (40, 30, 5, 9, 5, 8), "50x25": (50, 25, 4, 10, 5, 12), "70x40": (70, 40, 2, 6, 35, 15)}
RESOLUTIONS = (203, 300, 600)
RULER_MM = 50
RULER_FROM_MM, RULER_TO_MM = 279, 283
HALF_MM = 0.5
EDGE_MM = 0.5  # a knife is not exact
BLACK = bytes(1 if value < 128 else 0 for value in range(256))
# So many dots between two lines that are looked at: fine heads have more dots a module.
DENSITY = {203: 1, 300: 2, 600: 4}


class Page:
    """Grey pixels of a page, as pdftoppm writes them."""

    def __init__(self, path):
        with open(path, "rb") as f:
            data = f.read()
        head = re.match(rb"P5\s+(\d+)\s+(\d+)\s+255\s", data)
        self.width, self.height = int(head[1]), int(head[2])
        self.rows = memoryview(data)[head.end():]

    def cut(self, x, y, width, height):
        width, height = min(width, self.width - x), min(height, self.height - y)
        return [bytes(self.rows[(y + n) * self.width + x:(y + n) * self.width + x + width])
                for n in range(height)]


def dots(mm, dpi):
    return round(mm * dpi / MM_PER_INCH)


def rasterise(pdf, out, dpi, page):
    subprocess.run(["pdftoppm", "-gray", "-r", str(dpi), "-f", str(page), "-l", str(page),
                    "-singlefile", pdf, out], check=True)
    return Page(out + ".pgm")


def read_labels(cuts, name, density):
    """The text read in each of these pictures; None where nothing or more than one was read."""
    paths = []
    for n, rows in enumerate(cuts):
        paths.append(f"{name}-{n}.pgm")
        with open(paths[-1], "wb") as f:
            f.write(b"P5\n%d %d\n255\n" % (len(rows[0]), len(rows)) + b"".join(rows))
    out = subprocess.run(["zbarimg", "--quiet", "--nodbus", "--xml", "-Sdisable", "-Sqrcode.enable",
                          f"-Sx-density={density}", f"-Sy-density={density}", *paths],
                         capture_output=True, text=True, check=False).stdout
    read = {}
    for part in out.split("<source href='")[1:]:
        texts = re.findall(r"<data[^>]*><!\[CDATA\[(.*?)\]\]>", part)
        read[part.split("'", 1)[0]] = texts[0] if len(texts) == 1 else None
    for path in paths:
        os.unlink(path)
    return [read.get(path) for path in paths]


def longest_black_run(page, dpi):
    best = 0
    for row in page.cut(0, dots(RULER_FROM_MM, dpi), page.width, dots(RULER_TO_MM - RULER_FROM_MM, dpi)):
        best = max([best] + [len(run) for run in row.translate(BLACK).split(b"\0")])
    return best


def sheet_page(job, dpi, number):
    """(texts read, the ruler is right) of one page of a sheet."""
    width, height, columns, rows, left, top = SIZES[job["size"]]
    name = os.path.join(job["folder"], f"{job['size']}-{dpi}-{number}")
    page = rasterise(job["pdf"], name, dpi, number)
    here = min(columns * rows, PIECES - (number - 1) * columns * rows)
    edge = dots(EDGE_MM, dpi)
    cuts = [page.cut(dots(left + n % columns * width, dpi) + edge,
                     dots(top + n // columns * height, dpi) + edge,
                     dots(width, dpi) - 2 * edge, dots(height, dpi) - 2 * edge) for n in range(here)]
    ruler = longest_black_run(page, dpi) * MM_PER_INCH / dpi
    texts = read_labels(cuts, name, DENSITY[dpi])
    os.unlink(name + ".pgm")
    return texts, abs(ruler - RULER_MM) <= HALF_MM


def check_sheet(job, dpi, codes):
    cells = SIZES[job["size"]][2] * SIZES[job["size"]][3]
    pages = range(1, (PIECES + cells - 1) // cells + 1)
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        read = list(pool.map(lambda number: sheet_page(job, dpi, number), pages))
    texts = [text for page, _ in read for text in page]
    wrong = [n + 1 for n, code in enumerate(codes)
             if texts[n] is None or texts[n] != job["address"] + code]
    check(f"sheet {job['size']} at {dpi} dpi: each of {len(codes)} labels says its own code",
          len(texts) == len(codes) and not wrong, f"wrong: {wrong[:20]}")
    check(f"sheet {job['size']} at {dpi} dpi: the ruler of each page is true", all(r for _, r in read))


def roll_page(job, dpi, number):
    """(text read, the page is as large as a label)."""
    width, height = SIZES[job["size"]][:2]
    name = os.path.join(job["folder"], f"roll-{job['size']}-{dpi}-{number}")
    page = rasterise(job["pdf"], name, dpi, number)
    true = abs(page.width - dots(width, dpi)) <= 1 and abs(page.height - dots(height, dpi)) <= 1
    text = read_labels([page.cut(0, 0, page.width, page.height)], name, DENSITY[dpi])[0]
    os.unlink(name + ".pgm")
    return text, true


def check_roll(job, dpi, codes):
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        read = list(pool.map(lambda n: roll_page(job, dpi, n + 1), range(len(codes))))
    wrong = [n + 1 for n, code in enumerate(codes) if read[n][0] != job["address"] + code]
    check(f"roll {job['size']} at {dpi} dpi: a page a label, as large as the label",
          all(true for _, true in read))
    check(f"roll {job['size']} at {dpi} dpi: each of {len(codes)} labels says its own code", not wrong,
          f"wrong: {wrong[:20]}")


def lot_codes(browser, lot):
    """The codes of a lot's pieces in their order, as its page lists them."""
    codes, path = [], f"/produksi/{lot}"
    while path:
        html = browser.get(path).body.decode()
        codes += re.findall(r'<th scope="row"><a class="mono nowrap" href="/P/([A-Z0-9]{10})"', html)
        following = re.search(rf'href="(/produksi/{lot}\?sesudah=(\d+))"', html)
        path = following[1] if following and int(following[2]) == len(codes) else None
    return codes


def printed(browser, folder, lot, query, fields):
    """Prints labels as a person does; the PDF of the print in a file."""
    page = f"/label/{lot}?{urllib.parse.urlencode(query)}"
    form = re.search(r'<form [^>]*method="post" action="/label/.*?</form>', browser.get(page).body.decode(), re.S)
    answer = browser.post(f"/label/{lot}", {**dict(HIDDEN.findall(form[0])), "alasan": "diuji", **fields})
    if answer.status != 303:
        raise RuntimeError(f"{page}: {answer}")
    pdf = browser.get(answer.headers["Location"] + ".pdf")
    path = os.path.join(folder, f"{query['ukuran']}-{query['media']}-{query.get('printer', '')}.pdf")
    with open(path, "wb") as f:
        f.write(pdf.body)
    return path


def main():
    program = os.path.abspath(sys.argv[1])
    with tempfile.TemporaryDirectory(prefix="etalase-labels-") as folder:
        shop = Shop(program, folder)
        shop.make(["BTK-001,Kain batik tulis burung enggang,batik,Bengkel Batik,piece,potong,250000,"
                   "160000,425119,,Enggang,batik tulis"])
        shop.start()
        try:
            browser = shop.browser("workshop")
            lot = browser.receive("BTK-001", PIECES, 160000)
            codes = lot_codes(browser, lot)
            check("the batch has its pieces", len(set(codes)) == PIECES, f"{len(codes)}")
            for dpi in RESOLUTIONS:
                browser.submit("/label/printer", {"nama": f"uji {dpi}", "dpi": str(dpi)},
                               action="/label/printer")
            for size in SIZES:
                job = {"size": size, "folder": folder, "address": "HTTPS://GALERI.EXAMPLE/P/",
                       "pdf": printed(browser, folder, lot, {"ukuran": size, "media": "sheet"},
                                      {"dari": "1", "sampai": str(PIECES)})}
                for dpi in RESOLUTIONS:
                    check_sheet(job, dpi, codes)
                for dpi in RESOLUTIONS:
                    job["pdf"] = printed(browser, folder, lot,
                                         {"ukuran": size, "media": "roll", "printer": f"uji {dpi}"},
                                         {"dari": "1", "sampai": str(ON_ROLL)})
                    check_roll(job, dpi, codes[:ON_ROLL])
        finally:
            shop.kill()
    finish()


if __name__ == "__main__":
    main()
