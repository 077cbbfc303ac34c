/* A network that several threads touch for the first time at once: blocks verified, rows checked, people
 * found. */
#include <stdio.h>
#include <string.h>

#include <omp.h>

#include <kith/who.h>

#include "base/parallel.h"
#include "small_net.h"

#define PEOPLE 20000
#define ROUNDS 20

/** A ring, so that everybody has two ties and the sections span many blocks. */
static small_net *ring(void)
{
    small_net *s = small_net_new(PEOPLE);

    for (uint32_t i = 0; i < PEOPLE; i++) {
        small_net_tie(s, i, (i + 1) % PEOPLE, SMALL_NET_COST);
        small_net_value(s, i, KITH_FIELD_COMPANY, i % 2 ? "Acme" : "Initech");
    }
    return s;
}

static bool ask(void *ctx, uint32_t lane)
{
    const kith_net *net = ctx;
    const kith_graph graph = kith_net_graph_lazy(net);
    kith_graph whole;
    kith_ids ids;
    uint64_t ends = 0;

    for (uint32_t i = 0; i < PEOPLE; i++)
        ends += kith_graph_degree(&graph, lane % 2 ? i : PEOPLE - 1 - i);
    bool fine = ends == 2 * (uint64_t)PEOPLE && kith_who_all(net, "company:acme", &ids, NULL) == KITH_OK;
    fine = fine && ids.count == PEOPLE / 2;
    kith_ids_free(&ids);
    return fine && kith_net_graph(net, &whole, NULL) == KITH_OK && kith_net_find_key(net, "p7") == 7;
}

int main(void)
{
    small_net *s = ring();
    size_t length;
    const void *bytes = small_net_bytes(s, &length);
    bool fine = true;

    omp_set_num_threads(4);
    for (int round = 0; fine && round < ROUNDS; round++) {
        kith_net *net;
        fine = kith_net_parse(bytes, length, "ring.kith", &net, NULL) == KITH_OK;
        fine = fine && kith_parallel_lanes(ask, net) && kith_net_status(net, NULL) == KITH_OK;
        kith_net_close(net);
    }
    small_net_free(s);
    if (!fine)
        printf("a network answers wrongly when threads open it at once\n");
    return !fine;
}
