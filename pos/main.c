/* etalase: point of sale and inventory of prison showrooms.  One program. */
#include <signal.h>

#include "attr.h"
#include "inventory/base/secret.h"
#include "pos/command/commands.h"
#include "pos/command/shop.h"
#include "version.h"

#define PLACE "--data DIR|--db ALAMAT"

static const char *const serve_options[] = {
    "data=", "db=",         "db-pool=",  "listen=",  "demo", "demo-days=", "demo-now=",
    "host=", "public-url=", "tls-cert=", "tls-key=", "log",  NULL};
static const char *const init_options[] = {
    "data=", "db=",         "satker=", "unit=",  "address=", "city=",
    "zone=", "label-host=", "tills=",  "split=", "footer=",  NULL};
static const char *const import_options[] = {"data=", "db=", "dry-run", NULL};
static const char *const data_options[] = {"data=", "db=", NULL};
static const char *const verify_options[] = {"data=", "db=", "scratch=", NULL};
static const char *const rebuild_options[] = {"data=", "db=", "out=", NULL};
static const char *const copy_options[] = {"from=", "to=", "undo", NULL};
static const char *const token_options[] = {"data=", "db=", "revoke", NULL};
static const char *const no_options[] = {NULL};

static const struct command commands[] = {
    {"serve", PLACE " [--listen ALAMAT:PORT] [--demo] [--db-pool N] [--log]",
     "menjalankan etalase untuk peramban dan mesin", serve_options, 0, 0, command_serve},
    {"init", PLACE " --satker KODE --unit NAMA --zone WIB|WITA|WIT",
     "menyiapkan etalase baru di sebuah folder atau basis data bersama", init_options, 0, 0,
     command_init},
    {"import", "products.csv " PLACE " [--dry-run]", "memasukkan daftar barang", import_options, 1,
     1, command_import},
    {"export", "journal.jsonl|sales.csv|stock.csv|ledger.hledger " PLACE,
     "menulis pembukuan ke keluaran baku", data_options, 1, 1, command_export},
    {"verify", PLACE " [--scratch DIR]", "memeriksa jurnal, tabel, dan ringkasan", verify_options,
     0, 0, command_verify},
    {"rebuild", PLACE " --out BERKAS|ALAMAT", "membangun ulang dari jurnal di tempat baru",
     rebuild_options, 0, 0, command_rebuild},
    {"copy", "--from DIR|ALAMAT --to DIR|ALAMAT | --undo",
     "memindahkan etalase dengan semua isinya; --undo: membatalkan tanda pindah", copy_options, 0,
     0, command_copy},
    {"migrate", "--db ALAMAT", "menyiapkan atau memperbarui tabel basis data bersama", data_options,
     0, 0, command_migrate},
    {"user", "add LOGIN PERAN NAMA | password LOGIN | list " PLACE,
     "menambah atau melihat pengguna, mengganti kata sandi", data_options, 1, 4, command_user},
    {"token", "NAMA [PERAN] " PLACE " [--revoke]", "membuat atau mencabut kunci mesin",
     token_options, 1, 2, command_token},
    {"routes", "", "menulis tabel alamat", no_options, 0, 0, command_routes},
};

static int help(void)
{
    printf("etalase %s\n\n", ETALASE_VERSION);
    for (size_t i = 0; i < LENGTH(commands); i++) {
        printf("  etalase %s %s\n      %s\n", commands[i].name, commands[i].usage,
               commands[i].about);
    }
    printf("\nStatus keluar: 0 selesai, 1 ditolak atau menemukan kesalahan, 2 cara pakai salah.\n");
    return 0;
}

static int run(int argc, char *const argv[])
{
    struct args args;

    for (size_t i = 0; i < LENGTH(commands); i++) {
        if (strcmp(commands[i].name, argv[1]) == 0) {
            int status = args_read(&args, &commands[i], argc - 2, argv + 2);

            return status ? status : commands[i].run(&args);
        }
    }
    if (strcmp(argv[1], "help") == 0 || strcmp(argv[1], "--help") == 0) {
        return help();
    }
    if (strcmp(argv[1], "version") == 0 || strcmp(argv[1], "--version") == 0) {
        printf("etalase %s\n", ETALASE_VERSION);
        return 0;
    }
    return say_usage("perintah \"%s\" tidak ada", argv[1]);
}

int main(int argc, char **argv)
{
    signal(SIGPIPE, SIG_IGN);
    secret_start();
    if (argc < 2) {
        help();
        return 2;
    }
    return run(argc, argv);
}
