/* Time: an instant is UTC milliseconds, a day is a business date at a place with a fixed offset.
 * Indonesia has three offsets and no summer time (WIB +420, WITA +480, WIT +540 minutes). */
#ifndef WHEN_H
#define WHEN_H

#include <stdint.h>

struct instant {
    int64_t ms;
};

struct day {
    int32_t since_1970;
};

struct zone {
    int32_t offset_min; /* 420, 480 or 540 */
};

#define INSTANT(value_ms) ((struct instant){.ms = (value_ms)})
#define DAY(value)        ((struct day){.since_1970 = (value)})

/* Where time comes from.  Two real implementations: the computer's clock, and a fixed one that
 * tests and the demo move by hand.  `now` never fails. */
struct clock {
    struct instant (*now)(void *self);
    void *self;
};

static inline struct instant clock_now(const struct clock *clock)
{
    return clock->now(clock->self);
}

#endif
