#include "race_kernels.h"

#include <omp.h>
#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "random_graph.h"

#define GRAPHS 24
#define PEOPLE 400

static bool same_on_four(race_kernel *kernel, const kith_graph *graph)
{
    size_t room = 3 * (size_t)graph->n + 2 * graph->m;
    double *answer[2] = {kith_calloc(room, sizeof(double)), kith_calloc(room, sizeof(double))};
    bool same = answer[0] && answer[1];

    for (int i = 0; same && i < 2; i++) {
        omp_set_num_threads(i == 0 ? 1 : 4);
        same = kernel(graph, answer[i], NULL) == KITH_OK;
    }
    same = same && memcmp(answer[0], answer[1], room * sizeof(double)) == 0;
    kith_free(answer[0]);
    kith_free(answer[1]);
    return same;
}

int race_run(race_kernel *kernel)
{
    for (uint64_t seed = 0; seed < GRAPHS; seed++) {
        random_graph g = random_graph_make(seed, PEOPLE);
        bool same = same_on_four(kernel, &g.graph);
        random_graph_free(&g);
        if (!same) {
            printf("seed %lu: not the same on one thread and on four\n", (unsigned long)seed);
            return 1;
        }
    }
    return 0;
}
