/* What cohorts and brokers of a network tell, on one thread and on four: distances, whom groups reach, groups
 * dealt out at random, triads around brokers. */
#include <stdio.h>

#include <kith/bridges.h>
#include <kith/cohort.h>
#include <kith/output.h>

#include "base/rng.h"
#include "race_files.h"
#include "small_net.h"

#define PEOPLE 600
#define TIES 20000

/** Ties at random among people of three cohorts and thirty companies, some of them of none. */
static small_net *network(void)
{
    small_net *s = small_net_new(PEOPLE);
    char text[16];
    kith_rng rng;

    kith_rng_seed(&rng, 1);
    for (uint32_t i = 0; i < PEOPLE; i++) {
        (void)snprintf(text, sizeof text, "Company %u", (unsigned)kith_rng_below(&rng, 30));
        if (i % 9)
            small_net_value(s, i, KITH_FIELD_COMPANY, text);
        (void)snprintf(text, sizeof text, "%u", 2020 + (unsigned)kith_rng_below(&rng, 3));
        if (i % 11)
            small_net_value(s, i, KITH_FIELD_COHORT, text);
    }
    for (uint32_t i = 0; i < TIES; i++) {
        const uint32_t a = (uint32_t)kith_rng_below(&rng, PEOPLE), b = (uint32_t)kith_rng_below(&rng, PEOPLE);
        if (a != b)
            small_net_tie(s, a, b, SMALL_NET_COST);
    }
    return s;
}

static bool tell_cohorts(const kith_net *net, const char *path)
{
    static uint32_t ids[] = {3, 5, 8};
    const kith_ids targets = {ids, 3};
    const kith_cohort_opts opts = {.grouping = KITH_GROUPING_FIELD,
                                   .field = KITH_FIELD_COHORT,
                                   .permutations = 200,
                                   .targets = &targets,
                                   .n_targets = 1};
    kith_cohort_result r = {0};

    const bool fine = kith_cohort(net, &opts, &r, NULL) == KITH_OK && r.n_groups == 3 &&
                      kith_write_cohort(net, &r, &(kith_output){.path = path}, NULL) == KITH_OK;
    kith_cohort_free(&r);
    return fine;
}

static bool tell_brokers(const kith_net *net, const char *path)
{
    const kith_bridges_opts opts = {
        .grouping = KITH_GROUPING_FIELD, .field = KITH_FIELD_COHORT, .weighted = true};
    kith_bridges_result r = {0};

    const bool fine = kith_bridges(net, &opts, &r, NULL) == KITH_OK && r.n_people == PEOPLE &&
                      kith_write_bridges(net, &r, &(kith_output){.path = path}, NULL) == KITH_OK;
    kith_bridges_free(&r);
    return fine;
}

int main(void)
{
    small_net *s = network();
    size_t length;
    const void *bytes = small_net_bytes(s, &length);
    kith_net *net = NULL;

    const bool fine = kith_net_parse(bytes, length, "groups.kith", &net, NULL) == KITH_OK &&
                      race_same_files(net, (race_tell *const[]){tell_cohorts, tell_brokers}, 2);
    kith_net_close(net);
    small_net_free(s);
    if (!fine)
        printf("cohorts or brokers are not the same on four threads as on one\n");
    return !fine;
}
