/* Reading the command line against a command's own list of options. */
#include "pos/command/args.h"

#include <errno.h>

#include "pos/command/shop.h"

/* The entry of the list that the argument names, NULL: none. */
static const char *known(const struct command *command, const char *argument, size_t n)
{
    for (const char *const *o = command->options; *o; o++) {
        size_t length = strcspn(*o, "=");

        if (length == n && memcmp(*o, argument, n) == 0) {
            return *o;
        }
    }
    return NULL;
}

static int read_option(struct args *out, const struct command *command, char *const argv[], int *i,
                       int argc)
{
    const char *name = argv[*i] + 2;
    size_t n = strcspn(name, "=");
    const char *entry = known(command, name, n);
    const char *value = name[n] == '=' ? name + n + 1 : NULL;
    bool valued;

    if (!entry) {
        return say_usage("%s tidak mengenal pilihan %s", command->name, argv[*i]);
    }
    if (out->option_count == ARGS_OPTIONS_MAX) {
        return say_usage("terlalu banyak pilihan");
    }
    valued = entry[n] == '=';
    if (valued && !value) {
        if (*i + 1 >= argc) {
            return say_usage("pilihan --%.*s perlu nilai", (int)n, name);
        }
        value = argv[++*i];
    }
    if (!valued && value) {
        return say_usage("pilihan --%.*s tidak memakai nilai", (int)n, name);
    }
    out->options[out->option_count].name = entry;
    out->options[out->option_count++].value = value ? value : "";
    return 0;
}

int args_read(struct args *out, const struct command *command, int argc, char *const argv[])
{
    *out = (struct args){.word_count = 0};
    for (int i = 0; i < argc; i++) {
        int status = 0;

        if (strncmp(argv[i], "--", 2) == 0) {
            status = read_option(out, command, argv, &i, argc);
        } else if (out->word_count < command->words_max) {
            out->words[out->word_count++] = argv[i];
        } else {
            status = say_usage("%s: kata \"%s\" berlebih", command->name, argv[i]);
        }
        if (status) {
            return status;
        }
    }
    if (out->word_count < command->words_min) {
        return say_usage("cara pakai: etalase %s %s", command->name, command->usage);
    }
    return 0;
}

/* NOLINTNEXTLINE(bugprone-easily-swappable-parameters): a name, and the value without it */
const char *args_value(const struct args *args, const char *name, const char *otherwise)
{
    size_t n = strlen(name);

    for (size_t i = args->option_count; i-- > 0;) {
        const char *entry = args->options[i].name;

        if (strncmp(entry, name, n) == 0 && (entry[n] == '=' || entry[n] == '\0')) {
            return args->options[i].value;
        }
    }
    return otherwise;
}

bool args_flag(const struct args *args, const char *name)
{
    return args_value(args, name, NULL) != NULL;
}

bool args_int(int64_t *out, const struct args *args, const char *name, int64_t min, int64_t max)
{
    const char *text = args_value(args, name, NULL);
    char *end;

    if (!text) {
        return true;
    }
    errno = 0;
    *out = strtoll(text, &end, 10);
    if (errno || end == text || *end || *out < min || *out > max) {
        say_usage("--%s harus bilangan bulat dari %lld sampai %lld", name, (long long)min,
                  (long long)max);
        return false;
    }
    return true;
}

const char *args_folder(const struct args *args)
{
    const char *folder = args_value(args, "data", NULL);

    if (!folder) {
        say_usage("sebutkan folder data: --data DIR");
    }
    return folder;
}
