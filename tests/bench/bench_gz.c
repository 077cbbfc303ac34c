/* Compresses standard input to standard output as reports are compressed. OMP_NUM_THREADS says on how many
 * threads. */
#include <stdio.h>

#include "base/gz.h"

static bool put(void *ctx, const void *bytes, size_t length)
{
    return fwrite(bytes, 1, length, ctx) == length;
}

int main(void)
{
    static char buffer[1 << 16];
    kith_gz *gz = NULL;
    size_t length;
    kith_code rc = kith_gz_open(put, stdout, &gz, NULL);

    while (!rc && (length = fread(buffer, 1, sizeof buffer, stdin)) > 0)
        rc = kith_gz_write(gz, buffer, length);
    if (!rc)
        rc = kith_gz_finish(gz);
    kith_gz_close(gz);
    return fclose(stdout) || rc ? 74 : 0;
}
