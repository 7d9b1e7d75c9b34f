/* Reading the command line against a command's own list of options. */
#include "pos/command/args.h"

#include <errno.h>

#include "inventory/store/store.h"
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

/* ---- where the data are ---- */

#define FILES_DEFAULT "etalase-files"

/* An address is never repeated in a sentence: it may hold a password. */
static bool say_no_address(const char *option)
{
    say_usage("nilai %s bukan alamat basis data bersama; bentuknya ada di manual etalase(1)",
              option);
    return false;
}

static const char *from_environment(void)
{
    const char *text = getenv("ETALASE_DB"); /* NOLINT(concurrency-mt-unsafe): one thread */

    return text && *text ? text : NULL;
}

static bool server_place(struct place *out, const char *address, const char *folder, bool named)
{
    *out = (struct place){.address = address, .folder = folder ? folder : FILES_DEFAULT, .pool = 1};
    if (!store_is_server(address)) {
        return say_no_address(named ? "--db" : "ETALASE_DB");
    }
    snprintf(out->again, sizeof out->again, "%s%s%s", named ? " --db ALAMAT" : "",
             folder ? " --data " : "", folder ? folder : "");
    return true;
}

bool args_place(struct place *out, const struct args *args)
{
    const char *folder = args_value(args, "data", NULL);
    const char *address = args_value(args, "db", NULL);

    if (address) {
        return server_place(out, address, folder, true);
    }
    if (!folder && (address = from_environment())) {
        return server_place(out, address, NULL, false);
    }
    if (!folder) {
        say_usage("sebutkan letak data: --data DIR, atau --db ALAMAT untuk basis data bersama");
        return false;
    }
    return args_place_of(out, "--data", folder);
}

/* NOLINTNEXTLINE(bugprone-easily-swappable-parameters): the name of the option, then its value */
bool args_place_of(struct place *out, const char *option, const char *text)
{
    bool server = store_is_server(text);

    *out = (struct place){.address = server ? text : NULL, .folder = server ? NULL : text};
    out->pool = 1;
    if (!server && strstr(text, "://")) {
        return say_no_address(option);
    }
    if (!server) {
        snprintf(out->again, sizeof out->again, " --data %s", text);
    } else {
        snprintf(out->again, sizeof out->again, " --db ALAMAT");
    }
    return true;
}
