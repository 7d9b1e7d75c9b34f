/* What a phone has ticked off of a delivery, until one act writes it.
 *
 * Nothing is written before.  The list travels in the address, so that a browser that the camera
 * threw out of memory has it again: pieces as their codes, counted lots with thousandths behind a
 * '-', separated by '.': "A7K2M9QXP4.B5P8T0W3Z1-12000". */
#ifndef WEB_PHONE_RECEIVING_H
#define WEB_PHONE_RECEIVING_H

#include <stdbool.h>
#include <stddef.h>

#include "attr.h"
#include "ctx.h"
#include "inventory/base/label_code.h"
#include "inventory/transfer.h"
#include "qty.h"

enum {
    RECEIVING_SCANS_MAX = 120, /* more than a phone's address holds is taken in at the desk */
    RECEIVING_STATE_MAX = 1800,
};

struct receiving_scan {
    struct label_code code;
    struct qty qty; /* of a counted lot; a piece is one */
    bool is_lot;
    bool extra;       /* no part of the transfer */
    const char *name; /* of an extra one */
    const char *unit; /* of an extra counted lot; "" */
};

struct receiving {
    struct transfer t;
    int64_t *arrived; /* thousandths, line by line */
    struct receiving_scan scans[RECEIVING_SCANS_MAX];
    size_t count;
};

/* The transfer with what the list says.  What is no entry in it is passed over; ERR_NOT_FOUND
 * (transfer-unknown). */
NODISCARD enum err receiving_load(struct receiving *out, struct ctx *cx, const char *number,
                                  const char *state);
/* The list as text, in cx->arena. */
const char *receiving_state(const struct receiving *r, struct ctx *cx);

struct qty receiving_sent(const struct receiving *r);
struct qty receiving_arrived(const struct receiving *r);

enum receiving_answer {
    RECEIVING_TICKED,
    RECEIVING_AGAIN, /* that piece was ticked before */
    RECEIVING_EXTRA, /* no part of the transfer: on the list, to be laid aside */
    RECEIVING_ASK,   /* a counted lot: how many? */
    RECEIVING_MORE,  /* more than was sent: not on the list */
    RECEIVING_FULL,  /* the list is full */
};
/* Takes one code in.  `qty` below zero: not said.  Refuses what is no label (label-unknown,
 * label-void, label-of-lot).  The label is filled whenever it is known. */
NODISCARD enum err receiving_add(enum receiving_answer *out, struct label *label,
                                 struct receiving *r, struct ctx *cx, const char *code,
                                 struct qty qty);

#endif
