/* One request at a time for one idempotency key: the second waits until the first has its answer.
 */
#ifndef WEB_KEY_GATE_H
#define WEB_KEY_GATE_H

#include "ids.h"

struct key_gate;

/* Owned by the caller: key_gate_free(). */
struct key_gate *key_gate_new(void);
void key_gate_free(struct key_gate *gate);
void key_gate_enter(struct key_gate *gate, struct idem_id key);
void key_gate_leave(struct key_gate *gate, struct idem_id key);

#endif
