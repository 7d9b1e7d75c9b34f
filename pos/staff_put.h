/* What the two doors to staff share: the ordinary one and the first administrator's. */
#ifndef POS_STAFF_PUT_H
#define POS_STAFF_PUT_H

#include "pos/staff.h"

/* Inside an act. */
NODISCARD enum err staff_put(struct staff_id *out, struct ctx *cx, const struct staff_new *wanted);
NODISCARD enum err staff_admins(int64_t *n, struct ctx *cx);

#endif
