/* Print jobs: paper that was asked for after a sale was committed.
 *
 * Local rows, nobody's evidence.  A job is sent by one who took it (print_job_add, print_job_take):
 * from then on until its outcome is noted it is "unknown", so that a stop of the program in between
 * can never pass for "nothing was printed".  "Written" is never "printed".  Results live in
 * cx->arena. */
#ifndef POS_PRINT_JOB_H
#define POS_PRINT_JOB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "attr.h"
#include "ctx.h"
#include "err.h"
#include "ids.h"
#include "receipts/device.h"
#include "receipts/receipt.h"
#include "when.h"

enum print_state {
    PRINT_QUEUED,  /* waits; nothing left this computer */
    PRINT_WRITTEN, /* the device took every byte */
    PRINT_UNKNOWN, /* being sent, or nobody knows what came out */
    PRINT_FAILED,  /* nothing left this computer */
};

struct print_job {
    struct print_job_id id;
    int64_t number; /* 1, 2 ... on this machine */
    struct sale_id sale;
    const char *sale_number;
    int32_t copy_no; /* 0: the first receipt; n: SALINAN n */
    enum print_state state;
    const char *device; /* "file" */
    const char *path;   /* where the device put it; "" before */
    int64_t bytes;
    const char *why; /* sentence of the failure; "" when there was none */
    struct instant made, changed;
};

const char *print_state_name(enum print_state s); /* "queued" ... */

/* A new job with the next number, taken by the caller. */
NODISCARD enum err print_job_add(struct print_job *out, struct ctx *cx, struct sale_id sale,
                                 int32_t copy_no, const char *device);
/* Takes a job of which nothing was printed (queued, failed) to send it again.  *taken is false when
 * somebody else took it first, or when it was written or may have been. */
NODISCARD enum err print_job_take(bool *taken, struct ctx *cx, struct print_job_id id);

struct print_outcome {
    enum device_outcome device;
    const char *path;
    int64_t bytes;
    const char *why; /* "" after DEVICE_WRITTEN */
};
/* Notes how a job ended that the caller had taken. */
NODISCARD enum err print_job_end(struct ctx *cx, struct print_job_id id,
                                 const struct print_outcome *outcome);
/* A person looked: the paper of an unknown job is there.  OK and nothing done for other jobs. */
NODISCARD enum err print_job_seen(struct ctx *cx, struct print_job_id id);

struct print_job_list {
    struct print_job *items;
    size_t count;
};
/* In the order they were made. */
NODISCARD enum err print_jobs_of_sale(struct print_job_list *out, struct ctx *cx,
                                      struct sale_id sale);
/* Receipts of this till that are not surely on paper, the newest first, at most `limit`: jobs that
 * are not written and after which no other paper of the same sale was. */
NODISCARD enum err print_jobs_open(struct print_job_list *out, struct ctx *cx, const char *till,
                                   size_t limit);

/* Draws the receipt and hands it to the file device in `dir`.  Without a store: call it when no
 * connection is held.  *outcome's texts live in `a`. */
void print_job_send(struct print_outcome *outcome, struct arena *a, const struct print_job *job,
                    const char *dir, const struct receipt *receipt, enum paper paper);

#endif
