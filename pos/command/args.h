/* The command line: `etalase COMMAND [WORD ...] [--option VALUE | --flag ...]`. */
#ifndef COMMAND_ARGS_H
#define COMMAND_ARGS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "attr.h"

enum { ARGS_WORDS_MAX = 4, ARGS_OPTIONS_MAX = 24, PLACE_AGAIN_MAX = 8 * 1024 };

struct args {
    const char *words[ARGS_WORDS_MAX];
    size_t word_count;
    struct {
        const char *name;  /* without the dashes */
        const char *value; /* "" for a flag */
    } options[ARGS_OPTIONS_MAX];
    size_t option_count;
};

struct command {
    const char *name;
    const char *usage; /* "--data DIR [--listen ADDRESS:PORT]" */
    const char *about; /* one line of help */
    /* Names ending with '=' take a value; ended by NULL. */
    const char *const *options;
    size_t words_min, words_max;
    int (*run)(const struct args *args);
};

/* 0, or the exit status after a sentence on stderr. */
int args_read(struct args *out, const struct command *command, int argc, char *const argv[]);

/* The option's value; `otherwise` when it was not given. */
const char *args_value(const struct args *args, const char *name, const char *otherwise);
bool args_flag(const struct args *args, const char *name);
/* A whole number in [min, max]; false after a sentence on stderr. */
NODISCARD bool args_int(int64_t *out, const struct args *args, const char *name, int64_t min,
                        int64_t max);

/* Where the data of a showroom are. */
struct place {
    const char *address; /* of shared data, never printed: it may hold a password; NULL: a file */
    const char *folder;  /* holds the file, and what else is kept as files; NULL: none was named */
    int32_t pool;        /* connections to shared data */
    /* The options that name the place again, for sentences: " --data DIR", " --db ALAMAT". */
    char again[PLACE_AGAIN_MAX];
};

/* The place of --data and --db; with neither, of the variable ETALASE_DB.  false after a sentence
 * on stderr. */
NODISCARD bool args_place(struct place *out, const struct args *args);
/* The place that one text names, a folder or an address; `option` is where it was given. */
NODISCARD bool args_place_of(struct place *out, const char *option, const char *text);

#endif
