/* A file, or a database of its own on the tests' server. */
#include "tests/home.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "pos/facts.h"

enum { POOL_OF_A_TEST = 4 };

extern char **environ;

static const char *given(const char *name)
{
    const char *value = getenv(name);

    if (!value || !*value) {
        fail_msg("%s is not set: run under tests/postgres/server.py", name);
        return "";
    }
    return value;
}

enum { WORDS_MAX = 4 };

/* One of the server's own programs. */
static void run(const char *program, const char *words[WORDS_MAX])
{
    char path[256], maintenance[256];
    char *argv[WORDS_MAX + 3] = {path, maintenance};
    int status = -1;
    pid_t pid;

    snprintf(path, sizeof path, "%s/%s", given("ETALASE_TEST_BIN"), program);
    snprintf(maintenance, sizeof maintenance, "--maintenance-db=%s/postgres",
             given("ETALASE_TEST_SERVER"));
    for (size_t i = 0; i < WORDS_MAX && words[i]; i++) {
        argv[i + 2] = strdup(words[i]);
    }
    assert_int_equal(posix_spawn(&pid, path, NULL, NULL, argv, environ), 0);
    assert_int_equal(waitpid(pid, &status, 0), pid);
    for (size_t i = 2; argv[i]; i++) {
        free(argv[i]);
    }
    if (status != 0) {
        fail_msg("%s %s: status %d", program, words[0], status);
    }
}

void home_open(struct home *p, const char *folder)
{
    const char *server = getenv("ETALASE_TEST_SERVER");
    static unsigned made;
    char template[96];

    *p = (struct home){.database = ""};
    if (!server || !*server) {
        snprintf(p->where, sizeof p->where, "%s/etalase.db", folder);
        return;
    }
    assert_non_null(strchr(server, '@'));
    snprintf(p->database, sizeof p->database, "story_%ld_%u", (long)getpid(), ++made);
    snprintf(template, sizeof template, "--template=%s", given("ETALASE_TEST_TEMPLATE"));
    run("createdb", (const char *[WORDS_MAX]){p->database, template, "--owner=etalase_owner"});
    snprintf(p->where, sizeof p->where, "postgresql://etalase%s/%s", strchr(server, '@'),
             p->database);
}

void home_close(struct home *p)
{
    if (home_is_server(p)) {
        run("dropdb", (const char *[WORDS_MAX]){p->database, "--force"});
        p->database[0] = '\0';
    }
}

bool home_is_server(const struct home *p)
{
    return p->database[0] != '\0';
}

struct store_options home_store(const struct home *p)
{
    struct store_options options = program_store(p->where, STORE_SERVING);

    options.pool = POOL_OF_A_TEST;
    return options;
}
