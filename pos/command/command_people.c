/* Commands about who may do what: users, tokens of machines, the route table. */
#include <termios.h>
#include <unistd.h>

#include "attr.h"
#include "inventory/base/secret.h"
#include "pos/command/commands.h"
#include "pos/command/shop.h"
#include "pos/staff.h"
#include "pos/web/route.h"
#include "pos/web/session.h"

enum { PASSWORD_LINE_MAX = 4 * PASSWORD_LEN_MAX + 3 };

static const enum role every_role[] = {ROLE_CASHIER,    ROLE_WORKSHOP, ROLE_PARTNER, ROLE_TREASURER,
                                       ROLE_SUPERVISOR, ROLE_AUDITOR,  ROLE_ADMIN};

static int role_unknown(const char *text)
{
    return say_usage("peran \"%s\" tidak ada; pilih cashier, workshop, partner, treasurer, "
                     "supervisor, auditor atau admin",
                     text);
}

/* ---- users ---- */

/* One line from standard input; at a terminal it is not shown. */
static bool read_password(char out[PASSWORD_LINE_MAX])
{
    struct termios was, quiet;
    bool terminal = isatty(STDIN_FILENO) && tcgetattr(STDIN_FILENO, &was) == 0;
    bool got;

    if (terminal) {
        fprintf(stderr,
                "Kata sandi (paling sedikit %d karakter, huruf dan angka): ", PASSWORD_LEN_MIN);
        quiet = was;
        quiet.c_lflag &= ~(tcflag_t)ECHO;
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &quiet);
    }
    got = fgets(out, PASSWORD_LINE_MAX, stdin) != NULL;
    if (terminal) {
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &was);
        fputc('\n', stderr);
    }
    if (got) {
        out[strcspn(out, "\r\n")] = '\0';
    }
    return got;
}

/* The hash of a password that is strong enough. */
static enum err new_password(char hash[PASSWORD_HASH_MAX], struct shop *shop)
{
    char password[PASSWORD_LINE_MAX] = "";
    enum err e;

    if (!read_password(password)) {
        return refuse(&shop->cx, ERR_INVALID, "password-missing",
                      _("Kata sandi dibaca dari masukan baku; tidak ada yang terbaca."));
    }
    if (!(e = password_check(&shop->cx, "", password)) && !password_hash(hash, password)) {
        e = refuse(&shop->cx, ERR_IO, "password-hash", _("Kata sandi tidak dapat diolah."));
    }
    return e;
}

/* Also the way back in after a rebuild, which knows no passwords. */
static int user_password(struct shop *shop, const struct args *args)
{
    char hash[PASSWORD_HASH_MAX];
    enum err e;

    if (args->word_count != 2) {
        return say_usage("cara pakai: etalase user password LOGIN --data DIR|--db ALAMAT");
    }
    if (!(e = new_password(hash, shop))) {
        shop_take(shop);
        e = staff_set_password(&shop->cx, args->words[1], hash);
        shop_give(shop);
    }
    return e ? say_refusal(&shop->cx.why) : 0;
}

static int user_add(struct shop *shop, const struct args *args)
{
    char hash[PASSWORD_HASH_MAX];
    struct staff_new wanted = {.login = args->words[1], .name = args->words[3]};
    struct staff_id id;
    enum err e;

    if (args->word_count != 4) {
        return say_usage("cara pakai: etalase user add LOGIN PERAN NAMA --data DIR|--db ALAMAT");
    }
    if (!role_from_name(&wanted.role, args->words[2])) {
        return role_unknown(args->words[2]);
    }
    if (new_password(hash, shop)) {
        return say_refusal(&shop->cx.why);
    }
    wanted.password_hash = hash;
    shop_take(shop);
    e = staff_create(&id, &shop->cx, &wanted);
    shop_give(shop);
    return e ? say_refusal(&shop->cx.why) : 0;
}

static int user_list(struct shop *shop, const struct args *args)
{
    struct staff_list list;
    enum err e;

    (void)args;
    shop_take(shop);
    e = staff_all(&list, &shop->cx);
    shop_give(shop);
    if (e) {
        return say_refusal(&shop->cx.why);
    }
    for (size_t i = 0; i < list.count; i++) {
        printf("%-16s %-11s %-8s %s\n", list.items[i].login, role_name(list.items[i].role),
               list.items[i].active ? "aktif" : "nonaktif", list.items[i].name);
    }
    return 0;
}

int command_user(const struct args *args)
{
    static const struct {
        const char *word;
        bool writes;
        int (*run)(struct shop *shop, const struct args *args);
    } words[] = {
        {"add", true, user_add}, {"password", true, user_password}, {"list", false, user_list}};
    size_t w = 0;
    struct place place;
    struct shop shop;
    struct why why;
    int status;

    while (w < LENGTH(words) && strcmp(args->words[0], words[w].word) != 0) {
        w++;
    }
    if (w == LENGTH(words)) {
        return say_usage("user: pakai add, password, atau list");
    }
    if (!args_place(&place, args)) {
        return 2;
    }
    if (shop_open_site(&shop, &place, &why) || (words[w].writes && shop_not_moved(&shop, &why))) {
        status = say_refusal(&why);
    } else {
        status = words[w].run(&shop, args);
    }
    shop_close(&shop);
    return status;
}

/* ---- tokens ---- */

static int token_change(struct shop *shop, const struct args *args, enum role role)
{
    char text[TOKEN_TEXT_MAX] = "";
    bool revoke = args_flag(args, "revoke");
    enum err e;

    shop_take(shop);
    e = revoke ? token_revoke(&shop->cx, args->words[0])
               : token_create(&shop->cx, text, args->words[0], role);
    shop_give(shop);
    if (e) {
        return say_refusal(&shop->cx.why);
    }
    printf("%s\n", revoke ? "Kunci dicabut." : text);
    return 0;
}

int command_token(const struct args *args)
{
    enum role role = ROLE_CASHIER;
    struct place place;
    struct shop shop;
    struct why why;
    int status;

    if (!args_place(&place, args)) {
        return 2;
    }
    if (args->word_count == 2 && !role_from_name(&role, args->words[1])) {
        return role_unknown(args->words[1]);
    }
    if (shop_open_site(&shop, &place, &why) || shop_not_moved(&shop, &why)) {
        status = say_refusal(&why);
    } else {
        status = token_change(&shop, args, role);
    }
    shop_close(&shop);
    return status;
}

/* ---- the route table ---- */

static void print_roles(unsigned roles)
{
    const char *comma = "";

    if (roles & ROUTE_PUBLIC) {
        fputs("public", stdout);
        return;
    }
    for (size_t i = 0; i < LENGTH(every_role); i++) {
        if (roles & every_role[i]) {
            printf("%s%s", comma, role_name(every_role[i]));
            comma = ",";
        }
    }
}

int command_routes(const struct args *args)
{
    (void)args;
    for (size_t i = 0; i < routes_count; i++) {
        printf("%s %s ", routes[i].method == METHOD_POST ? "POST" : "GET", routes[i].path);
        print_roles(routes[i].roles);
        putchar('\n');
    }
    return 0;
}
