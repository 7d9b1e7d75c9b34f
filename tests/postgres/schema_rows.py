"""Statements for both engines: a small showroom, what is refused there, and a long series of moves.

Each is a pair: a function that writes the statement with an engine's literals, and what it is
answered (empty: done; None: whatever, as long as both say the same).
"""
import glob
import os
import random
import re

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")


def described():
    """Every table of facts, as the program describes it."""
    for folder in ("inventory", "pos"):
        for path in glob.glob(os.path.join(ROOT, folder, "*.c")):
            with open(path, encoding="utf-8") as f:
                yield from re.findall(r'FACT_TABLE\("(\w+)"', f.read())


FACTS = sorted(described())


def file_literal(value):
    return literal(value, "X'{}'")


def server_literal(value):
    return literal(value, "'\\x{}'::bytea")


def literal(value, as_bytes):
    if value is None:
        return "NULL"
    if isinstance(value, bytes):
        return as_bytes.format(value.hex())
    return str(value) if isinstance(value, int) else "'" + value.replace("'", "''") + "'"


def put(table, *values):
    return lambda write: f"INSERT INTO {table} VALUES ({', '.join(map(write, values))})"


def number(n, size=16):
    return bytes([n]) * size


WORKSHOP, STORE, SHOWROOM, CUSTOMER = (number(n) for n in (1, 2, 3, 4))
CAKE, CLOTH = number(0x11), number(0x12)
CAKES, CLOTHS = number(0x21), number(0x22)
PIECES = [number(n) for n in (0x31, 0x32, 0x33)]
CASH, INCOME = number(0x61), number(0x62)
SALE = number(0x71)


def line(seq, prev, own, site="S", epoch="1", key=None):
    return put("journal", site, epoch, seq, key or number(own), "uji", 1, 1000 + seq, "rina", "1",
               '{"é":1}', number(prev, 32), number(own, 32))


def move(act, no, lot, unit, giver, taker, qty):
    return put("stock_move", "S", number(act), no, lot, unit, giver, taker, qty, "uji", 0)


def sale(act, name, no, key, till="1", total=15000, parts=(2250, 0, 12750, 0)):
    return put("sale", "S", act, name, "1", 2026, till, no, 20000, 1000, "rina", key, number(9, 32),
               1, 1, total, 20000, 20000 - total, *parts)


def sale_line(act, no, account="425151", total=15000, product=CAKE):
    return put("sale_line", "S", act, no, product, None, None, None, "KRJ-001", "Kue", "buah", 1000,
               number(0x41), 15000, total, 1, 7000, account, "KEP-1990", "GROSS_SALES", 1500, 0,
               8500, total, 2250 - 60, 20, total - 2250, 40, 0)


def fixture():
    rows = [
        line(1, 0, 0x51), line(2, 0x51, 0x52), line(3, 0x52, 0x53),
        line(1, 0, 0x54, epoch="2"), line(1, 0, 0x55, site="T"),
        put("place", "S", number(0x51), WORKSHOP, "workshop", "b1", "Bengkel", 0),
        put("place", "S", number(0x51), STORE, "store", "g1", "Gudang", 1),
        put("place", "S", number(0x51), SHOWROOM, "showroom", "p1", "Pamer", 1),
        put("place", "S", number(0x51), CUSTOMER, "customer", "c1", "Pembeli", 0),
        put("family", "S", number(0x51), "KUE", "Kue Émas"),
        put("product", "S", number(0x51), CAKE, "KRJ-001", "lot", "buah"),
        put("product", "S", number(0x51), CLOTH, "btk-002", "piece", "helai"),
        *(put("product_rev", "S", number(0x51), p, rev, name, "KUE", WORKSHOP, "425151", 30, "",
              "t", 1)
          for p, rev, name in ((CAKE, 1, "Kue"), (CAKE, 2, "KUE Nastar ÉÑ %_"),
                               (CLOTH, 1, "Batik Ä"))),
        put("variant", "S", number(0x51), number(0x13), CAKE, "L", "L", "", ""),
        put("price", "S", number(0x51), CAKE, number(0x41), None, 15000, 1, 7000, "rina", 1000),
        put("price", "S", number(0x51), CAKE, number(0x42), number(0x13), 16000, 0, 0, "rina",
            1000),
        put("lot", "S", number(0x51), CAKES, CAKE, None, "ABCDEFGHJ1", WORKSHOP, 20000, 1, 20030,
            90000, 1, 7000, None),
        put("lot", "S", number(0x51), CLOTHS, CLOTH, None, "ABCDEFGHJ2", WORKSHOP, 20000, 0, 0,
            3000, 0, 0, number(0x23)),
        *(put("unit", "S", number(0x51), CLOTHS, n + 1, piece, f"ABCDEFGK{n:02}")
          for n, piece in enumerate(PIECES)),
        move(0x51, 1, CAKES, None, WORKSHOP, SHOWROOM, 90000),
        *(move(0x51, n + 2, CLOTHS, piece, WORKSHOP, SHOWROOM, 1000)
          for n, piece in enumerate(PIECES)),
        put("setting", "S", number(0x51), "split", "KEP-1990", 1000),
        put("staff", "S", number(0x51), number(0x81), "rina"),
        put("staff_rev", "S", number(0x51), number(0x81), 1, "Rina", "cashier", 1),
        put("staff_rev", "S", number(0x51), number(0x81), 2, "Rina Contoh", "admin", 0),
        put("account", "S", number(0x51), CASH, "till_cash", "1", "Laci"),
        put("account", "S", number(0x51), INCOME, "pnbp_owed", "425151", "PNBP"),
        sale(SALE, "S/1/1", 1, number(0x72)), sale_line(SALE, 1), sale_line(SALE, 2, "425152"),
        sale_line(SALE, 3, "425151", 2250),
        put("payment", "S", SALE, 1, "cash", CASH, 20000, 5000, 15000),
        put("money_move", "S", SALE, 1, INCOME, CASH, 15000, "sale"),
        put("money_move", "S", SALE, 2, CASH, INCOME, 15000, "back"),
        put("money_move", "S", SALE, 3, INCOME, CASH, 700, "sale"),
        sale(number(0x73), "S/1/2", 2, number(0x74)),
        sale(number(0x75), "S/2/1", 1, number(0x76), "2"),
        move(0x71, 1, CAKES, None, SHOWROOM, CUSTOMER, 1500),
        move(0x71, 2, CLOTHS, PIECES[0], SHOWROOM, CUSTOMER, 1000),
        put("cart_event", "S", SALE, number(0x91), 1, "removed", "KRJ-001", None, 1000, 15000),
        put("receipt_copy", "S", number(0x52), SALE, 1, 2000),
        put("document_no", "S", number(0x52), "SJ", 2026, 1, "SJ-2026-0001"),
        put("photo", "S", SALE, number(0xd1), "product", CAKE, 1, number(7, 32), number(8, 32), 1280,
            960, "Kué"),
        put("photo_hidden", "S", SALE, number(0xd1), "buram"),
        put("product_story", "S", SALE, CAKE, 1, "Dibuat pagi"),
        put("photo_bytes", "S", number(7, 32), b"\xff\xd8\x00\xff"),
        put("maker", "S", SALE, "W-03", 20000),
        put("maker_look", "S", SALE, "W-03", 1, "viewed", "penugasan"),
        put("cost_sheet", "S", SALE, number(0xb1), CAKE, None, 1, 5000, 2000, "", "rina"),
        put("cost_sheet_line", "S", SALE, number(0xb1), 1, "material", "tepung", 5000),
        put("price_proposal", "S", SALE, number(0xb2), "UH-1", CAKE, None, number(0xb1), 15000, 1,
            7000, "pasar", 0, "rina"),
        put("price_decision", "S", SALE, number(0xb2), 1, "", "tono", number(0x41)),
        put("lot_cost", "S", SALE, CAKES, 630000, 0),
        put("material_receipt", "S", SALE, CAKES, "TB-1", WORKSHOP, "F-1", ""),
        put("programme", "S", SALE, number(0xc1), "MOU-1", "Nota", "MOU", "Pemkot", 0, 0),
        put("work_order", "S", SALE, number(0xc2), "PK-1", CAKE, None, WORKSHOP, 24000, "DIPA",
            number(0xc1), 0, ""),
        put("work_state", "S", SALE, number(0xc2), 1, "planned", ""),
        put("material_use", "S", SALE, 1, number(0xc2), CAKES, 500, 1, 3500, "issued", ""),
        put("work_share", "S", SALE, number(0xc2), 1, 1, "W-03", 0, 10000, ""),
        put("quality_check", "S", SALE, number(0xc2), 1, number(0xc3), 22000, 1000, 1000, "", "rina"),
        put("work_output", "S", SALE, number(0xc2), 1, CAKES, 1, 1, 1, 2, ""),
        put("unit_grade", "S", SALE, PIECES[0], "B"),
        put("transfer", "S", SALE, number(0xa1), "SJ-1", "transfer", STORE, SHOWROOM, "", 0),
        put("transfer_line", "S", SALE, number(0xa1), 1, CAKES, None, 1000),
        put("transfer_receipt", "S", SALE, number(0xa1), "rina", ""),
        put("transfer_received", "S", SALE, number(0xa1), 1, 0),
        put("stock_case", "S", SALE, number(0xa2), "KS-1", "negative", CAKES, None, SHOWROOM, None,
            1000, None, "rina", ""),
        put("case_close", "S", SALE, number(0xa2), "booked", "salah catat", "rina"),
        put("write_off", "S", SALE, number(0xa3), "BA-1", "damaged", SHOWROOM, "sobek", "rina"),
        put("write_off_line", "S", SALE, number(0xa3), 1, CAKES, None, 1000, 1, 7000),
        put("write_off_decision", "S", SALE, number(0xa3), 1, "", "rina"),
        put("stock_count", "S", SALE, number(0xa4), "SO-1", SHOWROOM, "", "rina", 1000),
        put("count_line", "S", SALE, number(0xa4), 1, CAKES, None, 1000, 2000, None, 1000),
        put("count_finish", "S", SALE, number(0xa4), "", "rina", 1, 1),
        put("label_print", "S", SALE, number(0xb1), "LB-1", CLOTHS, "40x30", "sheet", "", 1, "G.EXAMPLE",
            "Kain", "", 1, 250000, 3, ""),
        put("label_print_line", "S", SALE, number(0xb1), 1, "ABCDEFGK00", 1),
        put("label_void", "S", SALE, "ABCDEFGK00", CLOTHS, 1, 1, "ABCDEFGM00", "kertas macet"),
        put("cart", "S", number(0x91), "rina", "1", "open", number(0x92), 1, 0, 0),
        put("cart", "S", number(0x93), "rina", "1", "sold", number(0x94), 1, 0, 0),
        put("cart", "S", number(0x95), "rina", "1", "sold", number(0x96), 1, 0, 0),
    ]
    return [(row, "") for row in rows]


NEXT = number(0x7f)
REFUSED = [
    # The next line is 4, after 0x53.
    (line(3, 0x52, 0x5f), "journal: seq is not the next one"),
    (line(5, 0x53, 0x5f), "journal: seq is not the next one"),
    (line(1, 0, 0x5f), "journal: seq is not the next one"),
    (line(2, 0, 0x5f, site="T", epoch="9"), "journal: seq is not the next one"),
    (line(4, 0x52, 0x5f), "journal: prev_hash is not the hash of the line before"),
    (line(1, 1, 0x5f, epoch="9"), "journal: prev_hash is not the hash of the line before"),
    (line(4, 0x53, 0x5f, key=number(0x51)), "UNIQUE"),
    (line(4, 0x53, 0x5f, key=b"short"), "CHECK"),
    (line(1, 0, 0x5f, site=""), "CHECK"),
    # The next numbers are 3 at till 1, and 1 where nothing was sold.
    (sale(NEXT, "x", 4, number(0x7e)), "sale: no is not the next one"),
    (sale(NEXT, "x", 2, number(0x7e)), "sale: no is not the next one"),
    (sale(NEXT, "S/1/2", 2, number(0x7e)), "sale: no is not the next one"),
    (sale(NEXT, "x", 2, number(0x7e), "3"), "sale: no is not the next one"),
    (sale(NEXT, "S/1/2", 3, number(0x7e)), "UNIQUE"),
    (sale(NEXT, "x", 3, number(0x72)), "UNIQUE"),
    (sale(SALE, "x", 3, number(0x7e)), "UNIQUE"),
    (sale(NEXT, "x", 3, number(0x7e), parts=(2250, 0, 12751, 0)), "CHECK"),
    (sale(NEXT, "x", 3, number(0x7e), total=20001, parts=(20001, 0, 0, 0)), "CHECK"),
    (sale(NEXT, "", 3, number(0x7e)), "CHECK"),
    (sale(NEXT, None, 3, number(0x7e)), "NOT NULL"),
    (sale(NEXT, "x", "tiga", number(0x7e)), None),
    (sale_line(NEXT, 1), "FOREIGN KEY"),
    (sale_line(SALE, 1), "UNIQUE"),
    (sale_line(SALE, 9, product=number(0x19)), "FOREIGN KEY"),
    # More than is there; a piece from where it is not; nothing; to where it is.
    (move(0x7f, 1, CAKES, None, SHOWROOM, CUSTOMER, 88501),
     "stock_move: a guarded place would go below zero"),
    (move(0x7f, 1, CAKES, None, STORE, CUSTOMER, 1),
     "stock_move: a guarded place would go below zero"),
    (move(0x7f, 1, CLOTHS, PIECES[0], SHOWROOM, CUSTOMER, 1000),
     "stock_move: the piece is not there"),
    (move(0x7f, 1, CLOTHS, PIECES[1], STORE, CUSTOMER, 1000), "stock_move: the piece is not there"),
    (move(0x7f, 1, CLOTHS, PIECES[1], SHOWROOM, CUSTOMER, 2000), "CHECK"),
    (move(0x7f, 1, CAKES, None, SHOWROOM, CUSTOMER, 0), "CHECK"),
    (move(0x7f, 1, CAKES, None, SHOWROOM, SHOWROOM, 1), "CHECK"),
    (move(0x7f, 1, CAKES, None, WORKSHOP, number(5), 1), "FOREIGN KEY"),
    (put("money_move", "S", NEXT, 1, CASH, INCOME, -5, "x"), "CHECK"),
    (put("money_move", "S", NEXT, 1, CASH, CASH, 5, "x"), "CHECK"),
    (put("money_move", "S", NEXT, 1, CASH, number(0x63), 5, "x"), "FOREIGN KEY"),
    (put("money_move", "S", NEXT, 1, CASH, INCOME, "lima", "x"), "cannot store"),
    (put("payment", "S", SALE, 2, "card", CASH, 20000, 5000, 15000), "CHECK"),
    (put("payment", "S", SALE, 2, "cash", CASH, 20000, 5000, 15001), "CHECK"),
    *((put("product_rev", "S", NEXT, CAKE, rev, "Kue", "KUE", WORKSHOP, "425151", 30, "", "", 1),
       why)
      for rev, why in ((2, "product_rev: rev is not the next one"),
                       (4, "product_rev: rev is not the next one"))),
    (put("product_rev", "S", NEXT, CAKE, 3, "Kue", "TAK", WORKSHOP, "425151", 30, "", "", 1),
     "FOREIGN KEY"),
    (put("staff_rev", "S", NEXT, number(0x81), 2, "Rina", "cashier", 1),
     "staff_rev: rev is not the next one"),
    (put("staff_rev", "S", NEXT, number(0x81), 4, "Rina", "cashier", 1),
     "staff_rev: rev is not the next one"),
    (put("staff_rev", "S", NEXT, number(0x81), 3, "Rina", "boss", 1), "CHECK"),
    (put("unit", "S", NEXT, CLOTHS, 9, number(0x39), "ABCDEFGK00"), "UNIQUE"),
    (put("price", "S", NEXT, CAKE, number(0x49), None, 0, 0, 0, "x", 1), "CHECK"),
    (put("price", "S", NEXT, CAKE, number(0x49), None, 1, 0, 1, "x", 1), "CHECK"),
    (put("place", "S", NEXT, number(9), "garage", "x", "x", 0), "CHECK"),
    (put("place", "S", NEXT, number(9), "store", "x", "é" * 61, 0), "CHECK"),
    (put("place", "S", NEXT, number(9), "store", "x", "é" * 60, 2), "CHECK"),
    (put("lot", "S", NEXT, number(0x29), CLOTH, None, "ABCDEFGHJ9", WORKSHOP, 20000, 0, 0, 3000, 0,
         0, number(0x23)), "UNIQUE"),
    (put("document_no", "S", NEXT, "SJ", 2026, 3, "SJ-2026-0003"), "document_no: no is not the next one"),
    (put("label_print_line", "S", NEXT, number(0xb1), 2, "ABCDEFGK00", 1), "UNIQUE"),
    (put("label_void", "S", NEXT, "ABCDEFGK00", CLOTHS, 1, 2, "ABCDEFGM01", "x"), "UNIQUE"),
    (put("label_void", "S", NEXT, "ABCDEFGK01", CLOTHS, 2, 1, "ABCDEFGM00", "x"), "UNIQUE"),
    (put("label_void", "S", NEXT, "ABCDEFGK01", CLOTHS, 2, 1, "ABCDEFGM01", ""), "CHECK"),
    (put("photo", "S", NEXT, number(0xd2), "product", CAKE, 1, number(7, 32), number(8, 32), 1, 1,
         ""), "UNIQUE"),
    (put("photo", "S", NEXT, number(0xd2), "person", CAKE, 2, number(7, 32), number(8, 32), 1, 1,
         ""), "CHECK"),
    (put("photo", "S", NEXT, number(0xd2), "product", CAKE, 2, number(7, 32), number(8, 32), 1281,
         1, ""), "CHECK"),
    (put("photo_hidden", "S", NEXT, number(0xd2), "x"), "FOREIGN KEY"),
    (put("product_story", "S", NEXT, CAKE, 1, ""), "UNIQUE"),
    (put("label_printer", "S", "Gudang", 360, 0, 0, 1000000), "CHECK"),
    (put("cart", "S", number(0x97), "rina", "1", "open", number(0x98), 1, 0, 0), "UNIQUE"),
    (put("site_here", 2, "S", "1", 480), "CHECK"),
    (put("journal", "S", "1", 4, number(0x5f), None, 1, 1000, "", "", "", number(0x53, 32),
         number(0x5f, 32)), "NOT NULL"),
]


def series(count):
    """Moves of goods and money as they come, possible or not."""
    chance = random.Random(3)
    places = [WORKSHOP, STORE, SHOWROOM, CUSTOMER]
    for n in range(count):
        act = b"\xee" * 8 + n.to_bytes(8, "big")
        giver, taker = chance.choice(places), chance.choice(places)
        what = chance.random()
        if what < 0.3:
            yield put("stock_move", "S", act, 1, CLOTHS, chance.choice(PIECES), giver, taker, 1000,
                      "uji", 0), None
        elif what < 0.8:
            yield put("stock_move", "S", act, 1, CAKES, None, giver, taker,
                      chance.choice([1, 500, 10000, 45000]), "uji", 0), None
        else:
            pair = [CASH, INCOME]
            chance.shuffle(pair)
            yield put("money_move", "S", act, 1, *pair, chance.randrange(1, 10 ** 9), "uji"), None
