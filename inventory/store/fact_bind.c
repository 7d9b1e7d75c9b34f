/* Fact rows from their C structs into their tables. */
#include <assert.h>

#include "inventory/store/engine.h"
#include "inventory/store/fact_table.h"

static bool nil(const char *bytes)
{
    static const char zero[ID_BYTES];

    return memcmp(bytes, zero, ID_BYTES) == 0;
}

static void bind_member(struct stmt *st, int at, const struct fact_col *col, const void *row)
{
    const struct engine *engine = st->db->engine;
    const char *member = (const char *)row + col->offset;
    int32_t narrow;
    int64_t wide;
    bool flag;
    const char *text;

    switch (col->type) {
    case COL_INT64:
    case COL_RUPIAH:
    case COL_QTY:
    case COL_INSTANT:
        memcpy(&wide, member, sizeof wide);
        engine->bind_int(st, at, wide);
        break;
    case COL_INT32:
    case COL_DAY:
        memcpy(&narrow, member, sizeof narrow);
        engine->bind_int(st, at, narrow);
        break;
    case COL_BOOL:
        memcpy(&flag, member, sizeof flag);
        engine->bind_int(st, at, flag ? 1 : 0);
        break;
    case COL_TEXT:
        memcpy(&text, member, sizeof text);
        engine->bind_text(st, at, text, true);
        break;
    case COL_ID:
        engine->bind_blob(st, at, col->optional && nil(member) ? NULL : member, ID_BYTES, true);
        break;
    case COL_DIGEST: engine->bind_blob(st, at, member, sizeof(struct digest), true); break;
    }
}

enum err table_insert(struct db *db, const struct fact_table *table, const char *site,
                      struct act_id act, const void *row)
{
    const struct store *s = db->store;
    size_t t = 0;
    struct stmt *st;

    while (t < s->table_count && s->tables[t] != table) {
        t++;
    }
    assert(t < s->table_count);
    st = db->inserts[t];
    db->engine->bind_text(st, 1, site, true);
    db->engine->bind_blob(st, 2, act.bytes, ID_BYTES, true);
    for (size_t i = 0; i < table->col_count; i++) {
        bind_member(st, (int)i + 3, &table->cols[i], row);
    }
    return db->engine->run(st);
}
