/* Everything that chains tell of a tree of mentorships, on one thread and on four: the graph beside who
 * passed it on and who could, fields of programme health, rows of CSV. */
#include <stdio.h>

#include <kith/chains.h>
#include <kith/health.h>
#include <kith/output.h>

#include "race_files.h"
#include "small_net.h"

#define PEOPLE 20000

/** Everybody but the first has one mentor or two, some of them still. */
static small_net *tree(void)
{
    small_net *s = small_net_new(PEOPLE);

    for (uint32_t i = 1; i < PEOPLE; i++) {
        const kith_day start = 10000 + (kith_day)(i / 4), end = i % 3 ? start + 300 : KITH_NO_DATE;
        small_net_mentorship(s, i / 3, i, start, end);
        if (i % 7 == 6)
            small_net_mentorship(s, i / 5, i, start + 30, end);
    }
    return s;
}

static bool tell(const kith_net *net, const char *path)
{
    kith_chains_result chains = {0};
    kith_health_result health = {0};

    const bool fine = kith_chains(net, &(kith_chains_opts){.foundings = true}, &chains, NULL) == KITH_OK &&
                      kith_health(net, &(kith_health_opts){0}, &health, NULL) == KITH_OK &&
                      kith_write_chains(net, &chains, &(kith_output){.path = path}, NULL) == KITH_OK &&
                      chains.n_people == PEOPLE && health.n_groups > 0 &&
                      health.groups[0].mentorships >= PEOPLE - 1;
    kith_chains_free(&chains);
    kith_health_free(&health);
    return fine;
}

int main(void)
{
    small_net *s = tree();
    size_t length;
    const void *bytes = small_net_bytes(s, &length);
    kith_net *net = NULL;

    const bool fine = kith_net_parse(bytes, length, "tree.kith", &net, NULL) == KITH_OK &&
                      race_same_files(net, (race_tell *const[]){tell}, 1);
    kith_net_close(net);
    small_net_free(s);
    if (!fine)
        printf("chains are not the same on four threads as on one\n");
    return !fine;
}
