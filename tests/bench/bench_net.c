/* Prints what bench_sum.h says of the ties of a network file. Usage: bench_net NET.kith */
#include <stdlib.h>
#include <string.h>

#include <kith/network.h>

#include "bench_sum.h"

int main(int argc, char **argv)
{
    kith_net *net = NULL;
    kith_err err = KITH_ERR_NONE;
    kith_net_summary summary;
    uint64_t people = 0;
    uint64_t ends = 0;
    uint64_t sum = 0;

    if (argc != 2 || kith_net_open(argv[1], &net, &err)) {
        fprintf(stderr, "bench_net: %s\n", argc == 2 ? err.message : "usage: bench_net NET.kith");
        return 64;
    }
    kith_net_summarise(net, &summary);
    uint64_t *hash = calloc((size_t)summary.people + 1, sizeof *hash);
    for (uint32_t v = 0; hash && v < summary.people; v++) {
        kith_person person;
        kith_net_person(net, v, &person);
        hash[v] = bench_sum_person(person.key, strlen(person.key));
    }
    for (uint32_t v = 0; hash && v < summary.people; v++) {
        kith_tie tie;
        uint32_t degree = kith_net_degree(net, v);
        people += degree > 0;
        ends += degree;
        for (uint32_t i = 0; i < degree && kith_net_tie_at(net, v, i, &tie); i++)
            if (v < tie.b)
                sum += bench_sum_tie(hash[v], hash[tie.b]);
    }
    bool sound = hash && kith_net_status(net, &err) == KITH_OK;
    if (sound)
        bench_sum_print(people, ends / 2, sum);
    free(hash);
    kith_net_close(net);
    return sound ? 0 : 65;
}
