#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "each_failure.h"
#include "graph/biconnected.h"
#include "igraph_oracle.h"
#include "random_graph.h"

#define PEOPLE 60

static kith_biconnected run(const kith_graph *graph)
{
    kith_biconnected b;

    cr_assert_eq(kith_biconnected_run(graph, &b, NULL), KITH_OK);
    return b;
}

/** Whom `start` reaches, by plain search. @return how many. */
static uint32_t flood(const kith_graph *graph, uint32_t start, bool *reached)
{
    uint32_t stack[PEOPLE];
    uint32_t height = 1;
    uint32_t count = 1;

    stack[0] = start;
    reached[start] = true;
    while (height > 0) {
        uint32_t u = stack[--height];
        for (uint64_t e = graph->offset[u]; e < graph->offset[u + 1]; e++)
            if (!reached[graph->target[e]]) {
                reached[graph->target[e]] = true;
                stack[height++] = graph->target[e];
                count++;
            }
    }
    return count;
}

/** Holds the pieces of v against what the graph without v falls into. */
static void check_pieces(const random_graph *g, const kith_biconnected *b, uint32_t v, uint64_t seed)
{
    random_graph rest = random_graph_without_person(&g->graph, v);
    kith_piece pieces[PEOPLE];
    uint32_t members[PEOPLE];
    bool seen[PEOPLE] = {false};
    uint32_t fragments = 0;

    for (uint64_t e = g->offset[v]; e < g->offset[v + 1]; e++)
        if (!seen[g->target[e]]) {
            flood(&rest.graph, g->target[e], seen);
            fragments++;
        }
    cr_assert_eq(b->parts[v], fragments > 1 ? fragments : 0, "seed %lu person %u", seed, v);
    cr_assert_eq(kith_biconnected_pieces(b, &g->graph, v, pieces), b->parts[v]);
    bool listed[PEOPLE] = {false};
    for (uint32_t i = 0; i < b->parts[v]; i++) {
        bool piece[PEOPLE] = {false};
        kith_biconnected_members(b, &g->graph, v, &pieces[i], members);
        cr_assert_eq(flood(&rest.graph, members[0], piece), pieces[i].people);
        for (uint32_t k = 0; k < pieces[i].people; k++) {
            cr_assert(piece[members[k]] && !listed[members[k]]);
            listed[members[k]] = true;
        }
        cr_assert(i == 0 || pieces[i - 1].people >= pieces[i].people);
    }
    random_graph_free(&rest);
}

/** Holds the sides of the tie from v to its parent against the graph without that tie. */
static void check_tie_to_parent(const random_graph *g, const kith_biconnected *b, uint32_t v, uint64_t seed)
{
    random_graph rest = random_graph_without_tie(&g->graph, v, b->parent[v]);
    bool side[PEOPLE] = {false};
    uint32_t people = flood(&rest.graph, v, side);

    cr_assert_eq(b->bridge[v], !side[b->parent[v]], "seed %lu person %u", seed, v);
    if (b->bridge[v])
        cr_assert_eq(b->size[v], people);
    random_graph_free(&rest);
}

Test(biconnected, pieces_and_sides_are_what_taking_away_leaves)
{
    for (uint64_t seed = 0; seed < 240; seed++) {
        random_graph g = random_graph_make(seed, PEOPLE);
        kith_biconnected b = run(&g.graph);
        for (uint32_t v = 0; v < g.graph.n; v++) {
            check_pieces(&g, &b, v, seed);
            if (b.parent[v] != UINT32_MAX)
                check_tie_to_parent(&g, &b, v, seed);
        }
        kith_biconnected_free(&b);
        random_graph_free(&g);
    }
}

static int int_order(const void *a, const void *b)
{
    igraph_integer_t x = *(const igraph_integer_t *)a;
    igraph_integer_t y = *(const igraph_integer_t *)b;

    return (x > y) - (x < y);
}

Test(biconnected, cut_people_bridges_and_components_agree_with_igraph)
{
    for (uint64_t seed = 0; seed < 240; seed++) {
        random_graph g = random_graph_make(seed, PEOPLE);
        kith_biconnected b = run(&g.graph);
        igraph_t other;
        igraph_vector_int_t cut, bridges, component;
        igraph_integer_t components;

        igraph_oracle(&g.graph, &other, NULL);
        igraph_vector_int_init(&cut, 0);
        igraph_vector_int_init(&bridges, 0);
        igraph_vector_int_init(&component, 0);
        igraph_articulation_points(&other, &cut);
        igraph_bridges(&other, &bridges);
        igraph_connected_components(&other, &component, NULL, &components, IGRAPH_WEAK);
        qsort(VECTOR(cut), (size_t)igraph_vector_int_size(&cut), sizeof(igraph_integer_t), int_order);

        igraph_integer_t cut_people = 0, bridge_ties = 0, roots = 0;
        for (uint32_t v = 0; v < g.graph.n; v++) {
            if (b.parts[v] > 0) {
                cr_assert_lt(cut_people, igraph_vector_int_size(&cut), "seed %lu", seed);
                cr_assert_eq(VECTOR(cut)[cut_people++], v, "seed %lu", seed);
            }
            bridge_ties += b.bridge[v];
            roots += b.root[v] == v;
            cr_assert_leq(b.root[v], v);
            cr_assert_eq(VECTOR(component)[v], VECTOR(component)[b.root[v]]);
        }
        cr_assert_eq(cut_people, igraph_vector_int_size(&cut), "seed %lu", seed);
        cr_assert_eq(bridge_ties, igraph_vector_int_size(&bridges), "seed %lu", seed);
        cr_assert_eq(roots, components, "seed %lu", seed);
        for (igraph_integer_t i = 0; i < bridge_ties; i++) {
            uint32_t from = (uint32_t)IGRAPH_FROM(&other, VECTOR(bridges)[i]);
            uint32_t to = (uint32_t)IGRAPH_TO(&other, VECTOR(bridges)[i]);
            cr_assert((b.parent[from] == to && b.bridge[from]) || (b.parent[to] == from && b.bridge[to]));
        }
        igraph_vector_int_destroy(&component);
        igraph_vector_int_destroy(&bridges);
        igraph_vector_int_destroy(&cut);
        igraph_destroy(&other);
        kith_biconnected_free(&b);
        random_graph_free(&g);
    }
}

Test(biconnected, subtrees_are_runs)
{
    random_graph g = random_graph_make(0, PEOPLE);
    kith_biconnected b = run(&g.graph);

    for (uint32_t v = 0; v < g.graph.n; v++) {
        cr_expect_eq(b.order[b.position[v]], v);
        if (b.parent[v] != UINT32_MAX)
            cr_expect(b.position[v] > b.position[b.parent[v]] &&
                      b.position[v] + b.size[v] <= b.position[b.parent[v]] + b.size[b.parent[v]]);
    }
    kith_biconnected_free(&b);
    random_graph_free(&g);
}

Test(biconnected, without_a_hub_every_leaf_is_a_piece)
{
    random_graph g = random_graph_of(5, (uint32_t[]){2, 0, 2, 1, 2, 3, 2, 4}, 4);
    kith_biconnected b = run(&g.graph);
    kith_piece pieces[4];

    cr_expect_eq(b.parts[2], 4);
    cr_expect_eq(b.parts[0], 0); /* the root of the search, but a leaf */
    cr_expect_eq(kith_biconnected_pieces(&b, &g.graph, 2, pieces), 4);
    cr_expect_eq(pieces[3].people, 1);
    kith_biconnected_free(&b);
    random_graph_free(&g);
}

Test(biconnected, a_cycle_holds_together_and_a_path_does_not)
{
    random_graph cycle = random_graph_of(4, (uint32_t[]){0, 1, 1, 2, 2, 3, 3, 0}, 4);
    random_graph path = random_graph_of(4, (uint32_t[]){0, 1, 1, 2, 2, 3}, 3);
    kith_biconnected of_cycle = run(&cycle.graph);
    kith_biconnected of_path = run(&path.graph);

    for (uint32_t v = 0; v < 4; v++) {
        cr_expect_eq(of_cycle.parts[v], 0);
        cr_expect_not(of_cycle.bridge[v]);
        cr_expect_eq(of_path.parts[v], v == 1 || v == 2 ? 2 : 0);
        cr_expect_eq(of_path.bridge[v], v > 0);
    }
    kith_biconnected_free(&of_cycle);
    kith_biconnected_free(&of_path);
    random_graph_free(&cycle);
    random_graph_free(&path);
}

Test(biconnected, a_path_of_a_million_needs_no_deep_stack)
{
    uint32_t n = 1000000;
    uint64_t *offset = kith_alloc_array((size_t)n + 1, sizeof *offset);
    uint32_t *target = kith_alloc_array(2 * (size_t)n, sizeof *target);
    uint64_t used = 0;

    for (uint32_t v = 0; v < n; v++) {
        offset[v] = used;
        if (v > 0)
            target[used++] = v - 1;
        if (v + 1 < n)
            target[used++] = v + 1;
    }
    offset[n] = used;
    kith_biconnected b = run(&(kith_graph){.n = n, .m = used / 2, .offset = offset, .target = target});
    cr_expect_eq(b.parts[n / 2], 2);
    cr_expect_eq(b.size[n - 3], 3);
    kith_biconnected_free(&b);
    kith_free(offset);
    kith_free(target);
}

static kith_code run_and_free(void *ctx, kith_err *err)
{
    const random_graph *g = ctx;
    kith_biconnected b;
    kith_code rc = kith_biconnected_run(&g->graph, &b, err);

    cr_assert(rc == KITH_OK || b.order == NULL);
    kith_biconnected_free(&b);
    return rc;
}

Test(biconnected, every_failed_allocation_is_told)
{
    random_graph g = random_graph_make(4, PEOPLE);

    cr_expect_gt(each_failure(run_and_free, &g), 0);
    random_graph_free(&g);
}
