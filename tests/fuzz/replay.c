/* Replays the files of a corpus folder through LLVMFuzzerTestOneInput, for builds without
 * libFuzzer. */
#include <dirent.h>
#include <stddef.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { INPUT_MAX = 1 << 20 };

static void replay(const char *folder, const char *name)
{
    static uint8_t input[INPUT_MAX];
    char path[4096];
    FILE *f;
    size_t n;

    snprintf(path, sizeof path, "%s/%s", folder, name);
    if (!(f = fopen(path, "rb"))) {
        perror(path);
        exit(1);
    }
    n = fread(input, 1, sizeof input, f);
    fclose(f);
    LLVMFuzzerTestOneInput(input, n);
}

int main(int argc, char **argv)
{
    int count = 0;
    struct dirent *entry;
    DIR *folder;

    if (argc != 2 || !(folder = opendir(argv[1]))) {
        fprintf(stderr, "usage: %s CORPUS_FOLDER\n", argv[0]);
        return 2;
    }
    while ((entry = readdir(folder))) {
        if (entry->d_name[0] != '.') {
            replay(argv[1], entry->d_name);
            count++;
        }
    }
    closedir(folder);
    printf("%d inputs replayed\n", count);
    return count > 0 ? 0 : 1;
}
