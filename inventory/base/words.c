/* Texts in the person's language: one hash table a language, filled before threads start. */
#include "inventory/base/words.h"

#include <assert.h>
#include <stdint.h>

#include "inventory/base/arena.h"
#include "inventory/base/refuse.h"
#include "inventory/base/utf8.h"
#include "inventory/base/words_po.h"

struct pair {
    char *text, *other;
};

struct table {
    struct pair *slots; /* a power of two, at most half of them taken */
    size_t room, count;
};

enum { ROOM_FIRST = 256 };

static struct table tables[LANG_COUNT];

static size_t hash(const char *text)
{
    uint64_t h = UINT64_C(14695981039346656037);

    for (; *text; text++) {
        h = (h ^ (unsigned char)*text) * UINT64_C(1099511628211);
    }
    return (size_t)(h ^ (h >> 32));
}

/* The slot that holds text, or the free one where it belongs. */
static struct pair *slot_of(const struct table *t, const char *text)
{
    size_t i = hash(text) & (t->room - 1);

    while (t->slots[i].text && strcmp(t->slots[i].text, text) != 0) {
        i = (i + 1) & (t->room - 1);
    }
    return &t->slots[i];
}

static void table_grow(struct table *t)
{
    struct table wider = {.room = t->room ? t->room * 2 : ROOM_FIRST, .count = t->count};

    wider.slots = mem_get(wider.room * sizeof *wider.slots);
    for (size_t i = 0; i < t->room; i++) {
        if (t->slots[i].text) {
            *slot_of(&wider, t->slots[i].text) = t->slots[i];
        }
    }
    free(t->slots);
    *t = wider;
}

static void table_done(struct table *t)
{
    for (size_t i = 0; i < t->room; i++) {
        free(t->slots[i].text);
        free(t->slots[i].other);
    }
    free(t->slots);
    *t = (struct table){0};
}

static enum err table_add(struct table *t, const struct po *po, struct why *why)
{
    struct pair *slot;

    if (t->count * 2 >= t->room) {
        table_grow(t);
    }
    slot = slot_of(t, sbuf_str(&po->id));
    if (slot->text) {
        return why_say(why, ERR_INVALID, "catalogue-malformed",
                       "Katalog kata memuat teks yang sama dua kali, yang kedua pada baris %d. "
                       "Hapus salah satunya.",
                       po->id_line);
    }
    slot->text = mem_text(sbuf_str(&po->id));
    slot->other = po->fuzzy || po->str.len == 0 ? NULL : mem_text(sbuf_str(&po->str));
    t->count++;
    return OK;
}

static int line_of_bad_utf8(const char *bytes, size_t n)
{
    int line = 1;

    for (size_t at = 0, len; at < n && (len = utf8_step(bytes + at, n - at)) > 0; at += len) {
        line += bytes[at] == '\n';
    }
    return line;
}

enum err words_load(enum lang lang, const char *po_bytes, size_t n, struct why *why)
{
    struct table t = {0};
    struct po po;
    enum po_step step = PO_END;
    enum err e = OK;

    assert(lang < LANG_COUNT);
    if (!utf8_valid(po_bytes, n)) {
        return why_say(why, ERR_INVALID, "catalogue-malformed",
                       "Katalog kata bukan UTF-8 pada baris %d. Simpan ulang sebagai UTF-8.",
                       line_of_bad_utf8(po_bytes, n));
    }
    po_open(&po, po_bytes, n);
    while (e == OK && (step = po_next(&po, why)) == PO_ENTRY) {
        e = table_add(&t, &po, why);
    }
    po_close(&po);
    if (e != OK || step == PO_BAD) {
        table_done(&t);
        return ERR_INVALID;
    }
    table_done(&tables[lang]);
    tables[lang] = t;
    return OK;
}

const char *words_find(enum lang lang, const char *text)
{
    const struct table *t = &tables[lang];

    return t->room ? slot_of(t, text)->other : NULL;
}

const char *words(enum lang lang, const char *text)
{
    const char *other = words_find(lang, text);

    return other ? other : text;
}

/* ---- printf conversions ---- */

struct conversion {
    char length[3];
    char type; /* 0: none left */
    int stars;
};

/* Reads the next conversion and moves past it; false when it is not one we would call the same. */
static bool next_conversion(struct conversion *c, const char **at)
{
    const char *p = *at;
    size_t n = 0;

    *c = (struct conversion){0};
    while ((p = strchr(p, '%')) && p[1] == '%') {
        p += 2;
    }
    if (!p) {
        *at = "";
        return true;
    }
    for (p++; *p && strchr("-+ #0123456789.*", *p); p++) {
        c->stars += *p == '*';
    }
    while (*p && strchr("hlqjzt", *p) && n < 2) {
        c->length[n++] = *p++;
    }
    c->type = *p;
    *at = *p ? p + 1 : p;
    return *p && strchr("diouxXcsp", *p);
}

bool words_same_format(const char *a, const char *b)
{
    struct conversion x = {0};
    struct conversion y = {0};

    do {
        if (!next_conversion(&x, &a) || !next_conversion(&y, &b)) {
            return false;
        }
        if (x.type != y.type || x.stars != y.stars || strcmp(x.length, y.length) != 0) {
            return false;
        }
    } while (x.type);
    return true;
}
