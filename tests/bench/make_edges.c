/* Writes a seeded random network as a table of ties with text ids. Usage: make_edges TIES [SEED] >FILE */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "rmat.h"

int main(int argc, char **argv)
{
    rmat r;

    if (argc < 2 || argc > 3) {
        fprintf(stderr, "usage: make_edges TIES [SEED] >FILE\n");
        return 64;
    }
    uint64_t ties = strtoull(argv[1], NULL, 10);
    if (!rmat_begin(&r, ties, argc > 2 ? strtoull(argv[2], NULL, 10) : 1)) {
        fprintf(stderr, "make_edges: out of memory\n");
        return 71;
    }
    puts("source,target");
    for (uint64_t i = 0; i < ties; i++) {
        uint32_t a;
        uint32_t b;
        rmat_next(&r, &a, &b);
        printf("p%08" PRIx32 ",p%08" PRIx32 "\n", rmat_scrambled(a), rmat_scrambled(b));
    }
    rmat_end(&r);
    return fclose(stdout) ? 74 : 0;
}
