/* Making the demo, and the file that tells how to sign in. */
#include "pos/command/demo_file.h"

#include <fcntl.h>
#include <unistd.h>

#include "embedded.h"
#include "inventory/base/arena.h"
#include "inventory/base/calendar.h"
#include "inventory/base/json.h"
#include "inventory/base/refuse.h"
#include "inventory/base/secret.h"
#include "pos/demo.h"
#include "pos/staff.h"
#include "pos/web/session.h"

enum { DEMO_FILE_MAX = 64 * 1024, DEMO_SEED = 1990 };

static enum err complain(struct why *why, enum err e, const char *path)
{
    return why_say(why, e, "demo-file", "Berkas %s tidak dapat dibaca atau ditulis: %s.", path,
                   system_says());
}

static void path_of(char out[SHOP_PATH_MAX + 16], const char *folder, const char *end)
{
    snprintf(out, SHOP_PATH_MAX + 16, "%s/demo.json%s", folder, end);
}

/* Whole or not at all: written beside, then put in place. */
static enum err write_file(const char *folder, const struct json *j, struct why *why)
{
    char path[SHOP_PATH_MAX + 16], beside[SHOP_PATH_MAX + 16];
    struct sbuf text;
    bool written;
    int fd;

    path_of(path, folder, "");
    path_of(beside, folder, ".new");
    sbuf_init(&text, DEMO_FILE_MAX);
    json_write(&text, j);
    sbuf_char(&text, '\n');
    fd = open(beside, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    written = fd >= 0 && write(fd, sbuf_str(&text), text.len) == (ssize_t)text.len;
    if (fd >= 0 && close(fd)) {
        written = false;
    }
    sbuf_done(&text);
    if (!written || rename(beside, path)) {
        return complain(why, ERR_IO, path);
    }
    return OK;
}

/* ---- making it ---- */

static enum err user_json(struct json *list, struct ctx *cx, const struct demo_user *user)
{
    char token[TOKEN_TEXT_MAX];
    struct json *j;
    enum err e = token_create(cx, token, user->login, user->role);

    if (e) {
        return e;
    }
    j = json_object();
    json_set_text(j, "name", user->login);
    json_set_text(j, "role", role_name(user->role));
    json_set_text(j, "password", user->password);
    json_set_text(j, "token", token);
    json_add(list, j);
    return OK;
}

/* The catalogue that travels in the program. */
static void set_catalogue(struct demo_options *options)
{
    for (size_t i = 0; i < data_files_count; i++) {
        if (strcmp(data_files[i].name, "products.csv") == 0) {
            options->products_csv = data_files[i].bytes;
            options->products_n = data_files[i].n;
        }
    }
}

static enum err fill(struct shop *shop, const char *folder, int32_t days, struct instant now)
{
    struct demo_user users[DEMO_USERS_MAX];
    struct demo_options options = {.days = days, .now = now, .seed = DEMO_SEED};
    struct json *file = json_object(), *list = json_array();
    size_t count = 0;
    enum err e;

    set_catalogue(&options);
    shop_take(shop);
    e = demo_fill(users, &count, &shop->cx, &options);
    for (size_t i = 0; i < count && !e; i++) {
        e = user_json(list, &shop->cx, &users[i]);
    }
    shop_give(shop);
    json_set_text(file, "url", "");
    json_set(file, "users", list);
    if (!e) {
        e = write_file(folder, file, &shop->cx.why);
    }
    json_free(file);
    return e;
}

enum err demo_make(const struct place *place, int32_t days, struct instant now, struct why *why)
{
    struct shop shop;
    enum err e = shop_open(&shop, place, STORE_FILLING, why);

    if (!e && !shop.has_site) {
        shop.site = (struct site){.code = "999001", .epoch = "A", .zone = {480}};
        fprintf(stderr, "Mengisi etalase contoh (%d hari) ...\n", days);
        e = fill(&shop, place->folder, days, now);
        if (e) {
            *why = shop.cx.why;
        } else {
            e = store_settle(shop.store, why);
        }
    }
    shop_close(&shop);
    return e;
}

/* ---- telling ---- */

static enum err read_file(struct json **out, const char *folder, struct why *why)
{
    char path[SHOP_PATH_MAX + 16];
    char *text = mem_get(DEMO_FILE_MAX);
    size_t n = 0;
    enum err e = ERR_NOT_FOUND;
    FILE *f;

    path_of(path, folder, "");
    if ((f = fopen(path, "rb"))) {
        n = fread(text, 1, DEMO_FILE_MAX, f);
        e = fclose(f) ? ERR_IO : OK;
    }
    e = e ? complain(why, e, path) : json_parse(out, text, n, why);
    free(text);
    return e;
}

static const char *text_of(const struct json *object, const char *key)
{
    const struct json *value = json_get(object, key);

    return value && json_is_text(value) ? json_text_of(value) : "";
}

static void print_users(const struct json *users, const char *url)
{
    printf("\nEtalase contoh: %s\n\n  %-11s %-11s %s\n", url, "pengguna", "peran", "kata sandi");
    for (size_t i = 0; i < json_count(users); i++) {
        const struct json *user = json_at(users, i);

        printf("  %-11s %-11s %s\n", text_of(user, "name"), text_of(user, "role"),
               text_of(user, "password"));
    }
    printf("\nBerhenti: Ctrl+C\n");
    fflush(stdout);
}

/* NOLINTNEXTLINE(bugprone-easily-swappable-parameters): a folder, then an address */
enum err demo_tell(const char *folder, const char *url, struct why *why)
{
    struct json *file = NULL;
    const struct json *users;
    enum err e = read_file(&file, folder, why);

    if (e) {
        return e;
    }
    json_set_text(file, "url", url);
    e = write_file(folder, file, why);
    users = json_get(file, "users");
    if (!e && users && json_is_array(users)) {
        print_users(users, url);
    }
    json_free(file);
    return e;
}
