/* The failing engine of the tests. */
#include "tests/faulty.h"

#include <assert.h>

static struct {
    struct engine engine;
    const struct engine *real;
    enum fault fault;
    int left, renewals;
} f;

static bool strikes(void)
{
    if (f.fault == FAULT_NONE || f.left == 0) {
        return false;
    }
    f.left--;
    return true;
}

static enum err begin(struct db *db, enum db_mode mode)
{
    return f.fault == FAULT_AWAY && strikes() ? ERR_AWAY : f.real->begin(db, mode);
}

static enum err commit(struct db *db)
{
    enum err e;

    if (f.fault == FAULT_AWAY || !strikes()) {
        return f.real->commit(db);
    }
    if (f.fault == FAULT_UNKNOWN_DONE) {
        e = f.real->commit(db);
        return e ? e : ERR_UNKNOWN;
    }
    f.real->rollback(db);
    return f.fault == FAULT_BUSY ? ERR_BUSY : f.fault == FAULT_LOST ? ERR_AWAY : ERR_UNKNOWN;
}

static enum err renew(struct db *db)
{
    (void)db;
    if (f.renewals < 0) {
        return ERR_UNKNOWN;
    }
    if (f.renewals > 0) {
        f.renewals--;
        return ERR_AWAY;
    }
    return OK;
}

void faulty_begin(struct db *db)
{
    assert(!f.real);
    f.real = db->engine;
    f.engine = *db->engine;
    f.engine.shared = true;
    f.engine.begin = begin;
    f.engine.commit = commit;
    f.engine.renew = renew;
    db->engine = &f.engine;
    faulty_arm(FAULT_NONE, 0);
    faulty_renewals(0);
}

void faulty_end(struct db *db)
{
    db->engine = f.real;
    f.real = NULL;
}

void faulty_share(struct store *s)
{
    static struct engine shared;

    shared = *s->engine;
    shared.shared = true;
    s->engine = &shared;
}

void faulty_arm(enum fault fault, int times)
{
    f.fault = fault;
    f.left = times;
}

int faulty_left(void)
{
    return f.left;
}

void faulty_renewals(int failing)
{
    f.renewals = failing;
}
