/* Writes a seeded table of dated mentorships. Usage: make_mentoring MENTORSHIPS [SEED] >FILE
 *
 * A forest that grows over 30 years: most who come are mentored by somebody who came before them, and some
 * of those who were mentored once are mentored again, later and by somebody else who came before. One in
 * twenty comes without a mentor. Mentors are mostly people who came not long before, so that chains grow
 * long. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/date.h"
#include "base/rng.h"
#include "rmat.h"

#define FIRST_DAY 7305 /* 1990-01-01, in days from 1970-01-01 */
#define DAYS (30 * 365)
#define MENTEES_AGAIN 0.2
#define WITHOUT_MENTOR 0.05
#define RECENT_SHARE 0.2 /* how far back mentors are mostly found, of all who came before */

/** Somebody who came before `person`. */
static uint64_t mentor_of(kith_rng *rng, uint64_t person)
{
    uint64_t recent = (uint64_t)((double)person * RECENT_SHARE) + 1;

    return kith_rng_unit(rng) < 0.8 ? person - 1 - kith_rng_below(rng, recent) : kith_rng_below(rng, person);
}

static void put_row(kith_rng *rng, uint64_t mentor, uint64_t mentee, int32_t start)
{
    static const char *programmes[] = {"Guild", "Bridge", "Lantern"};
    char from[KITH_DATE_SIZE];
    char to[KITH_DATE_SIZE];

    kith_date_format(start, from);
    kith_date_format(start + 90 + (int32_t)kith_rng_below(rng, 600), to);
    printf("m%08" PRIx32 ",m%08" PRIx32 ",%s,%s,%s,%.4s,%u\n", rmat_scrambled((uint32_t)mentor),
           rmat_scrambled((uint32_t)mentee), from, to, programmes[kith_rng_below(rng, 3)], from,
           (unsigned)(1 + kith_rng_below(rng, 24)));
}

int main(int argc, char **argv)
{
    kith_rng rng;

    if (argc < 2 || argc > 3) {
        fprintf(stderr, "usage: make_mentoring MENTORSHIPS [SEED] >FILE\n");
        return 64;
    }
    uint64_t count = strtoull(argv[1], NULL, 10);
    kith_rng_seed(&rng, argc > 2 ? strtoull(argv[2], NULL, 10) : 1);
    puts("mentor,mentee,start,end,programme,cohort,meetings");
    for (uint64_t row = 0, person = 1; row < count; person++) {
        int32_t day = FIRST_DAY + (int32_t)(row * DAYS / count);
        if (kith_rng_unit(&rng) < WITHOUT_MENTOR)
            continue;
        uint64_t mentor = mentor_of(&rng, person);
        put_row(&rng, mentor, person, day);
        row++;
        if (row < count && kith_rng_unit(&rng) < MENTEES_AGAIN) {
            uint64_t second = mentor_of(&rng, person);
            if (second == mentor)
                continue;
            put_row(&rng, second, person, day + 365 + (int32_t)kith_rng_below(&rng, 1500));
            row++;
        }
    }
    return fclose(stdout) ? 74 : 0;
}
