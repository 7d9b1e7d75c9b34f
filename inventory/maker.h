/* Makers: whoever makes the goods, known everywhere by an opaque code ("W-03") alone.
 *
 * Name, register number, the window in which the person may work and its document, skills and
 * certificates stand in local tables that only the workshop and the supervisor see.  That a name
 * stands beside a prison publishes a criminal record, which is specific personal data (UU 27/2022
 * Pasal 4): so it is in no fact, no journal line, no export, no label and no log.  Every look at a
 * file is an act, whose line names who looked, at which code and what for. */
#ifndef INVENTORY_MAKER_H
#define INVENTORY_MAKER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "attr.h"
#include "ctx.h"
#include "err.h"
#include "ids.h"
#include "inventory/store/fact_table.h"
#include "when.h"

enum {
    MAKER_CODE_MAX = 9,
    MAKER_NAME_MAX = 80,
    MAKER_SKILLS_MAX = 12,
    MAKER_PURPOSE_MAX = 200,
    MAKERS_SHOWN = 500,
    LOOKS_SHOWN = 50,
};

/* ---- for everybody who plans work: codes, never names ---- */

struct maker_standing {
    bool known;
    bool active;
    bool has_window;
    bool passed;      /* the window does not hold on that day */
    struct day until; /* the window's last day */
};
/* How a code stands on a day.  `known` is false when there is none; that is no error. */
NODISCARD enum err maker_standing(struct maker_standing *out, struct ctx *cx, const char *code,
                                  struct day on);

struct maker_brief {
    const char *code;
    const char *workshop; /* "" when none is said */
    struct day since;
    struct maker_standing standing; /* today */
};
struct maker_list {
    struct maker_brief *items;
    size_t count;
};
NODISCARD enum err maker_all(struct maker_list *out, struct ctx *cx);

struct maker_look {
    int32_t n;
    const char *what; /* "viewed" or "changed" */
    const char *purpose;
    const char *actor;
    struct instant at;
};
struct maker_looks {
    struct maker_look *items;
    size_t count;
};
/* Who looked, the newest first.  ERR_NOT_FOUND (maker-unknown). */
NODISCARD enum err maker_looks(struct maker_looks *out, struct ctx *cx, const char *code);

/* For text that goes into the journal: ERR_INVALID (maker-named) at `field` when it holds a word of
 * four letters or more of any maker's name, or a register number. */
NODISCARD enum err maker_nameless(struct ctx *cx, const char *text, const char *field);

/* ---- the restricted file ---- */

struct maker_skill {
    const char *skill;
    const char *certificate_no; /* "" when there is none */
    const char *issuer;
    struct day day; /* 0: not said */
};
struct maker_file {
    const char *name;
    const char *register_no;
    struct place_id workshop; /* nil: none */
    bool has_window;
    struct day from, to;
    const char *document_no;
    bool active;
    struct maker_skill skills[MAKER_SKILLS_MAX];
    size_t skill_count;
};

/* ERR_FORBIDDEN (maker-restricted) but for the workshop and the supervisor. */
NODISCARD enum err maker_may_see(struct ctx *cx);

/* Act "maker.created".  The code is kept in capitals.  maker-code (2 to 8 of A-Z, 0-9
 * and -, a digit among them, no part of the register number),
 * maker-taken, maker-name, maker-window (it ends before it begins, or lacks its document),
 * maker-skill.  Sentences never repeat what was typed. */
NODISCARD enum err maker_create(struct ctx *cx, const char *code, const struct maker_file *file);
/* Act "maker.changed": the file is as given from now on; the change itself is a look. */
NODISCARD enum err maker_change(struct ctx *cx, const char *code, const struct maker_file *file);
/* Act "maker.viewed": gives the file and writes down that it was looked at.  maker-purpose when it
 * is not said what for; maker-named. */
NODISCARD enum err maker_view(struct maker_file *out, struct ctx *cx, const char *code,
                              const char *purpose);

/* ---- fact rows ---- */

struct maker_row {
    const char *code;
    struct day since;
};

struct maker_look_row {
    const char *code;
    int32_t n;
    const char *what;
    const char *purpose;
};
extern const struct fact_table maker_table, maker_look_table;

#endif
