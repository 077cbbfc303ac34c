/* Writes a table of the people of make_edges with a company for each 50 of them. Usage: make_people TIES
 * >FILE */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "rmat.h"

#define PEOPLE_PER_COMPANY 50

int main(int argc, char **argv)
{
    if (argc != 2) {
        fprintf(stderr, "usage: make_people TIES >FILE\n");
        return 64;
    }
    uint64_t people = rmat_people(strtoull(argv[1], NULL, 10));
    puts("id,email,company");
    for (uint64_t i = 0; i < people; i++) {
        uint32_t id = rmat_scrambled((uint32_t)i);
        printf("p%08" PRIx32 ",p%08" PRIx32 "@mail.example,Circle%" PRIu64 "\n", id, id,
               i / PEOPLE_PER_COMPANY);
    }
    return fclose(stdout) ? 74 : 0;
}
