/* Runs a fuzz target once over every file below a folder, without libFuzzer. Usage: replay_NAME FOLDER */
#include <ftw.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/** Files beyond this are for other tests. */
#define LARGEST_BYTES ((size_t)1 << 20)

static int files;

static int replay(const char *path, const struct stat *status, int kind, struct FTW *at)
{
    (void)at;
    if (kind != FTW_F || (size_t)status->st_size > LARGEST_BYTES)
        return 0;
    FILE *file = fopen(path, "rb");
    size_t size = (size_t)status->st_size;
    uint8_t *data = malloc(size + 1);
    if (!file || !data || fread(data, 1, size, file) != size) {
        perror(path);
        return 1;
    }
    (void)fclose(file);
    (void)printf("%s\n", path); /* the last one told is the one that broke */
    (void)fflush(stdout);
    (void)LLVMFuzzerTestOneInput(data, size);
    free(data);
    files++;
    return 0;
}

int main(int argc, char **argv)
{
    if (argc != 2) {
        (void)fprintf(stderr, "usage: %s FOLDER\n", argv[0]);
        return 64;
    }
    if (nftw(argv[1], replay, 16, FTW_PHYS) != 0 || files == 0)
        return 1;
    (void)printf("%d files\n", files);
    return 0;
}
