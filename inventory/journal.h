/* The journal: one hash-chained line a committed act.  docs/journal.md says the format for
 * auditors.
 *
 *   hash = SHA-256("etalase-journal-v1" NUL, then for each of site, epoch, seq, id, kind, ver,
 * at_ms, actor, till, body, prev_hash: its length in bytes as decimal digits, ':', its bytes)
 *
 * Integers as decimal text, id and hashes as lower-case hex, absent text as empty; the first
 * prev_hash is 64 zeros.  body is canonical JSON of the facts in the order they were put. */
#ifndef JOURNAL_H
#define JOURNAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "attr.h"
#include "ctx.h"
#include "err.h"
#include "inventory/base/sbuf.h"
#include "inventory/fact.h"
#include "inventory/store/store.h"

struct journal_line {
    const char *site;
    const char *epoch;
    int64_t seq;
    struct act_id id;
    const char *kind;
    int32_t ver;
    struct instant at;
    const char *actor;
    const char *till;
    const char *body;
    size_t body_len;
    struct digest prev_hash;
    struct digest hash;
};

struct journal_head {
    int64_t seq; /* 0: nothing written yet */
    struct instant at;
    struct digest hash;
};

struct digest journal_hash(const struct journal_line *line);

NODISCARD enum err journal_head(struct journal_head *out, struct ctx *cx);
/* The same for who is going to write: until the transaction ends nobody else does. */
NODISCARD enum err journal_take(struct journal_head *out, struct ctx *cx);
/* The number of an act's line; 0: there is none. */
NODISCARD enum err journal_seq_of(int64_t *seq, struct ctx *cx, struct act_id id);

/* Hands the lines after `after_seq`, oldest first, at most `most`; `each` returning other than OK
 * stops and is returned. */
NODISCARD enum err journal_read(struct ctx *cx, int64_t after_seq, int64_t most,
                                enum err (*each)(void *arg, const struct journal_line *line),
                                void *arg);

/* One line of journal.jsonl: an object with these names; body is a JSON string. */
void journal_jsonl(struct sbuf *out, const struct journal_line *line);

/* ---- rebuild and verify ---- */

/* Hears, from time to time, up to which line the work is done. */
struct journal_told {
    void (*tell)(void *arg, int64_t seq);
    void *arg;
};

/* Writes the lines of `from`, which is in a read transaction, into the store behind `to` (facts,
 * journal; caches follow by trigger): all of them when that is empty, those that are missing when
 * it holds a beginning of the same chain.  `told` may be NULL.  On refusal from->why says why. */
NODISCARD enum err journal_rebuild(struct ctx *to, struct ctx *from,
                                   const struct fact_tables *tables,
                                   const struct journal_told *told);

struct verify_report {
    int64_t lines;   /* journal lines read */
    int64_t rows;    /* rows compared */
    int64_t bad_seq; /* first bad line, 0: none */
    char head_hex[65];
};

/* The chain, then a rebuild into a scratch store (a file, whatever the engine of the live one),
 * then every table and cache compared row by row, and the guards of the schema.  OK: all equal.
 * ERR_CORRUPT: cx->why names the first bad line or row. */
NODISCARD enum err journal_verify(struct verify_report *out, struct ctx *cx,
                                  const struct store_options *scratch,
                                  const struct fact_tables *tables);

#endif
