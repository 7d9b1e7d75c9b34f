/* An engine that fails when it is told to: the real one, with its commits (or its beginnings)
 * turned into what a shared engine says when others are in the way or its server is lost. */
#ifndef TESTS_FAULTY_H
#define TESTS_FAULTY_H

#include "inventory/store/engine.h"

enum fault {
    FAULT_NONE,
    FAULT_BUSY,         /* the commit is refused: somebody else was first */
    FAULT_LOST,         /* the connection is lost before the commit: nothing was written */
    FAULT_UNKNOWN_DONE, /* the commit is done, its answer is lost */
    FAULT_UNKNOWN_NOT,  /* the commit is not done, its answer is lost */
    FAULT_AWAY,         /* no transaction can be begun */
};

/* Until faulty_end() this connection is of a shared engine that can be asked on a fresh connection.
 * One connection at a time. */
void faulty_begin(struct db *db);
void faulty_end(struct db *db);
/* Its whole store is shared from now on; connections that are taken are not faulty by that. */
void faulty_share(struct store *s);
/* The next `times` are such failures; what was left of others is forgotten. */
void faulty_arm(enum fault fault, int times);
int faulty_left(void);
/* How often a fresh connection cannot be made before it can; below 0: this engine has none. */
void faulty_renewals(int failing);

#endif
