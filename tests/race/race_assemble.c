#include <math.h>
#include <omp.h>
#include <stdio.h>

#include "base/arena.h"
#include "base/rng.h"
#include "network/netdata.h"

#define PEOPLE 3000
#define TIES 60000

static kith_relation relation(kith_rng *rng)
{
    return (kith_relation){.a = (uint32_t)kith_rng_below(rng, PEOPLE),
                           .b = (uint32_t)kith_rng_below(rng, PEOPLE / 4),
                           .kind = KITH_EVIDENCE_STATED_TIE,
                           .line = 1,
                           .date = kith_rng_below(rng, 8) ? KITH_NO_DATE : 1000,
                           .end = KITH_NO_DATE,
                           .count = 1,
                           .strength = NAN,
                           .weight = NAN};
}

/** Hands a random network to a sink, as a reader would. */
static kith_code feed(const kith_sink *sink)
{
    kith_rng rng;
    uint32_t space = 0, source = 0, mention = 0;
    char id[16];
    kith_code rc = sink->space(sink->ctx, "x", &space, NULL);

    kith_rng_seed(&rng, 1);
    if (rc == KITH_OK)
        rc = sink->source_begin(sink->ctx, &(kith_source_begin){"ties.csv", "made"}, &source, NULL);
    for (uint32_t i = 0; rc == KITH_OK && i < PEOPLE; i++) {
        (void)snprintf(id, sizeof id, "%u", (unsigned)(i * UINT32_C(2654435761)));
        rc = sink->mention(sink->ctx, &(kith_mention){.line = i + 1, .space = space, .id = id}, &mention,
                           NULL);
    }
    for (uint32_t i = 0; rc == KITH_OK && i < TIES; i++) {
        kith_relation r = relation(&rng);
        rc = sink->relation(sink->ctx, &r, NULL);
    }
    if (rc == KITH_OK)
        rc = sink->source_end(sink->ctx, source, &(kith_source_end){.owner = UINT32_MAX}, NULL);
    return rc;
}

static bool discard(void *ctx, const void *bytes, size_t length)
{
    (void)bytes;
    *(size_t *)ctx += length;
    return true;
}

int main(void)
{
    kith_roster *roster = NULL;
    const kith_people *people = NULL;
    kith_arena arena = {0};
    kith_netdata data = {0};
    size_t written = 0;

    omp_set_num_threads(4);
    kith_code rc = kith_roster_new(false, &roster, NULL);
    if (rc == KITH_OK) {
        kith_sink sink = kith_roster_sink(roster);
        rc = feed(&sink);
    }
    if (rc == KITH_OK)
        rc = kith_roster_resolve(roster, NULL, &people, NULL);
    if (rc == KITH_OK)
        rc = kith_assemble(people, &(kith_assemble_opts){.shared_contacts = KITH_SHARED_ON}, &arena, &data,
                           NULL);
    if (rc == KITH_OK)
        rc = kith_netdata_write(&data, NULL, discard, &written, NULL);
    kith_arena_free(&arena);
    kith_roster_free(roster);
    return rc == KITH_OK && written > 0 ? 0 : 1;
}
