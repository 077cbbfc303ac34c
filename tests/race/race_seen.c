/* A race on purpose, of the kind that lanes could have: it shows that races would be reported. */
#include <inttypes.h>
#include <stdio.h>
#include <unistd.h>

#include "base/parallel.h"

static bool add_slowly(void *ctx, uint32_t lane)
{
    uint64_t *sum = ctx;

    *sum += lane;
    usleep(10000); /* so that no thread takes all lanes */
    return true;
}

int main(void)
{
    uint64_t sum = 0;

    kith_parallel_lanes(add_slowly, &sum);
    printf("%" PRIu64 "\n", sum);
    return 0;
}
