/* Bodies of journal lines from anywhere: nothing breaks, and what is read is written back to the
 * very same bytes. */
#include <stdint.h>

#include "inventory/base/sbuf.h"
#include "inventory/fact_json.h"
#include "inventory/fact_read.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { BODY_MAX = 1 << 20 };

struct thing {
    const char *text;
    const char *maybe;
    struct lot_id lot;
    struct unit_id unit;
    struct digest digest;
    int64_t wide;
    int32_t narrow;
    bool flag;
};

static const struct fact_col cols[] = {
    FACT_COL(thing, "name", text),      FACT_COL_OPTIONAL(thing, "code", maybe),
    FACT_COL(thing, "lot_id", lot),     FACT_COL_OPTIONAL(thing, "unit_id", unit),
    FACT_COL(thing, "content", digest), FACT_COL(thing, "total_rp", wide),
    FACT_COL(thing, "line", narrow),    FACT_COL(thing, "loss", flag),
};
static const struct fact_table table = FACT_TABLE("thing", thing, cols);

static void fail(const char *want, const char *got)
{
    fprintf(stderr, "read:    %s\nwritten: %s\n", want, got);
    abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *body = malloc(size + 1), *kept = malloc(size + 1);
    struct fact_reader r;
    struct thing thing;
    struct sbuf out;
    bool good = true;

    if (!body || !kept) {
        abort();
    }
    memcpy(body, data, size);
    body[size] = '\0';
    memcpy(kept, body, size + 1);
    sbuf_init(&out, BODY_MAX);
    sbuf_char(&out, '[');
    fact_read_begin(&r, body);
    while (good && fact_read_more(&r)) {
        good =
            strcmp(fact_read_name(&r), table.name) == 0 && fact_read_row(&thing, &table, &r) == OK;
        if (good) {
            sbuf_text(&out, out.len > 1 ? "," : "");
            fact_to_json(&out, &table, &thing);
        }
    }
    sbuf_char(&out, ']');
    if (good && fact_read_ended(&r) && !sbuf_full(&out) && strcmp(kept, sbuf_str(&out)) != 0) {
        fail(kept, sbuf_str(&out));
    }
    sbuf_done(&out);
    free(kept);
    free(body);
    return 0;
}
