/* An act writes facts; the journal seals them.
 *
 * act_run() is the only way to write: it opens a write transaction, lets `work` put facts, appends
 * one journal line with all of them, and commits.  When `work` refuses, nothing is written.
 *
 * `work`, of all three kinds, may be run again from the start: when another process was first, when
 * the connection was lost under it, and when it turned out that a commit had not come through.  So
 * it begins by setting everything it keeps in `arg`, and does nothing that is not undone with its
 * transaction.  Each run has another act_id(). */
#ifndef FACT_H
#define FACT_H

#include <stdint.h>

#include "attr.h"
#include "ctx.h"
#include "ids.h"
#include "inventory/store/fact_table.h"
#include "inventory/store/store.h"
#include "when.h"

enum { ACT_BODY_MAX = 64 * 1024 * 1024, ACT_KIND_MAX = 40 };

/* Runs `work` as one act of `kind` ("sale", "goods.received"), version `ver` of that kind's body.
 * Acts of one stream are one after the other, whichever process runs them: what `work` reads nobody
 * else is changing by an act.
 * OK: committed.  ERR_UNKNOWN: it was asked for (0020) and nobody can say; ask by key.  Any other:
 * nothing was written and cx->why says why.
 * An act that puts no fact commits its local rows and writes no journal line. */
NODISCARD enum err act_run(struct ctx *cx, const char *kind, int32_t ver,
                           enum err (*work)(struct ctx *cx, void *arg), void *arg);

/* The same without a journal line, for local tables only (sessions, print jobs): fact_put asserts.
 * Nothing puts local works in a row: `work` sees one moment, and when another has changed a row of
 * it, or put the same key, it is run again.  A conflict that `work` says itself is final. */
NODISCARD enum err local_run(struct ctx *cx, enum err (*work)(struct ctx *cx, void *arg),
                             void *arg);

/* Runs `work` in a read transaction: what it sees is one moment.  Run again like the others. */
NODISCARD enum err read_run(struct ctx *cx, enum err (*work)(struct ctx *cx, void *arg), void *arg);

/* Inside act_run only: writes one fact row (its struct) and adds it to the line.
 * A constraint of the schema that says no gives ERR_CONFLICT with a sentence for the log. */
NODISCARD enum err fact_put(struct ctx *cx, const struct fact_table *table, const void *row);

/* Inside act_run: the id that the line will have, and its time, never before the line before. */
struct act_id act_id(const struct ctx *cx);
struct instant act_at(const struct ctx *cx);
/* The number the journal line of the running act will have (valid inside act_run), or of the last
 * committed act of this ctx (after it). */
int64_t act_seq(const struct ctx *cx);

/* Every fact table of the program, in the order they may be written (parents first).  Defined where
 * everything is wired together. */
struct fact_tables {
    const struct fact_table *const *list;
    size_t count;
};

#endif
