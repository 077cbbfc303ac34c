#include <omp.h>
#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "random_batch.h"
#include "random_graph.h"

#define GRAPHS 24

static bool same(const kith_found_routes *a, const kith_found_routes *b)
{
    return a->count == b->count && a->people_count == b->people_count &&
           (a->count == 0 || memcmp(a->people, b->people, a->people_count * sizeof *a->people) == 0);
}

static bool same_on_four(const kith_route_batch *batch)
{
    size_t count = (size_t)batch->n_askers * batch->n_sets;
    kith_found_routes *answers[2];
    bool fine = true;

    for (int i = 0; i < 2; i++) {
        omp_set_num_threads(i == 0 ? 1 : 4);
        answers[i] = kith_calloc(count, sizeof *answers[i]);
        fine = fine && answers[i] && kith_routes_batch(batch, 3, answers[i], NULL) == KITH_OK;
    }
    for (size_t k = 0; fine && k < count; k++)
        fine = same(&answers[0][k], &answers[1][k]);
    for (int i = 0; i < 2; i++) {
        for (size_t k = 0; answers[i] && k < count; k++)
            kith_found_routes_free(&answers[i][k]);
        kith_free(answers[i]);
    }
    return fine;
}

int main(void)
{
    for (uint64_t seed = 0; seed < GRAPHS; seed++) {
        random_graph g = random_graph_make(seed, RANDOM_BATCH_PEOPLE);
        random_batch b;
        random_batch_make(&b, &g.graph, seed);
        bool fine = same_on_four(&b.batch);
        random_graph_free(&g);
        if (!fine) {
            printf("seed %lu: not the same on one thread and on four\n", (unsigned long)seed);
            return 1;
        }
    }
    return 0;
}
