#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "each_failure.h"
#include "igraph_oracle.h"
#include "igraph_port/igraph_port.h"
#include "random_graph.h"
#include "small_net.h"
#include "temp_folder.h"

#define PEOPLE 60

static kith_igraph *ported(const kith_graph *graph)
{
    kith_igraph *port = NULL;

    cr_assert_eq(kith_igraph_new(graph, &port, NULL), KITH_OK);
    return port;
}

Test(coreness, is_how_long_one_stays_when_those_with_few_ties_go)
{
    for (uint64_t seed = 0; seed < 40; seed++) {
        random_graph g = random_graph_make(seed, PEOPLE);
        kith_igraph *port = ported(&g.graph);
        uint32_t coreness[PEOPLE];

        cr_assert_eq(kith_igraph_coreness(port, coreness, NULL), KITH_OK);
        for (uint32_t k = 0; k < PEOPLE; k++) {
            bool stays[PEOPLE];
            for (uint32_t v = 0; v < g.graph.n; v++)
                stays[v] = true;
            for (uint32_t round = 0; round < g.graph.n; round++)
                for (uint32_t v = 0; v < g.graph.n; v++) {
                    uint32_t ties = 0;
                    for (uint64_t e = g.offset[v]; e < g.offset[v + 1]; e++)
                        ties += stays[g.target[e]];
                    stays[v] = stays[v] && ties >= k;
                }
            for (uint32_t v = 0; v < g.graph.n; v++)
                cr_assert_eq(coreness[v] >= k, stays[v], "seed %lu, person %u, k %u", seed, v, k);
        }
        kith_igraph_free(port);
        random_graph_free(&g);
    }
}

/** Cliques of 3 + i people for i below `cliques`, each tied to the next by one tie. */
static random_graph row_of_cliques(uint32_t cliques)
{
    uint32_t pairs[2000];
    uint32_t count = 0;
    uint32_t first = 0;

    for (uint32_t i = 0; i < cliques; i++) {
        uint32_t next = first + 3 + i;
        for (uint32_t a = first; a < next; a++)
            for (uint32_t b = a + 1; b < next; b++) {
                pairs[2 * count] = a;
                pairs[2 * count++ + 1] = b;
            }
        if (i + 1 < cliques) {
            pairs[2 * count] = first;
            pairs[2 * count++ + 1] = next;
        }
        first = next;
    }
    return random_graph_of(first, pairs, count);
}

Test(communities, are_the_cliques_of_a_row_the_largest_first)
{
    random_graph g = row_of_cliques(4); /* 0-2, 3-6, 7-11, 12-17 */
    kith_igraph *port = ported(&g.graph);
    uint32_t community[18];
    uint32_t count = 0;

    cr_assert_eq(kith_igraph_communities(port, 1, 1.0, 1, community, &count, NULL), KITH_OK);
    cr_expect_eq(count, 4);
    for (uint32_t v = 0; v < 18; v++)
        cr_expect_eq(community[v], v < 3 ? 3 : v < 7 ? 2 : v < 12 ? 1 : 0, "person %u", v);
    kith_igraph_free(port);
    random_graph_free(&g);
}

static double modularity(const kith_graph *graph, const uint32_t *community)
{
    double inside = 0, expected = 0;
    double two_m = 2 * (double)graph->m;

    for (uint32_t u = 0; u < graph->n; u++)
        for (uint32_t v = 0; v < graph->n; v++)
            if (community[u] == community[v]) {
                inside += kith_graph_tie(graph, u, v) != UINT64_MAX;
                expected += (double)kith_graph_degree(graph, u) * kith_graph_degree(graph, v) / two_m;
            }
    return (inside - expected) / two_m;
}

Test(communities, come_by_falling_size_and_better_one_group_and_none)
{
    for (uint64_t seed = 0; seed < 200; seed++) {
        random_graph g = random_graph_make(seed, PEOPLE);
        kith_igraph *port = ported(&g.graph);
        uint32_t community[PEOPLE], again[PEOPLE], alone[PEOPLE], together[PEOPLE] = {0};
        uint32_t size[PEOPLE] = {0}, first[PEOPLE];
        uint32_t count = 0;

        cr_assert_eq(kith_igraph_communities(port, 7, 1.0, 1, community, &count, NULL), KITH_OK);
        cr_assert_eq(kith_igraph_communities(port, 7, 1.0, 1, again, &count, NULL), KITH_OK);
        cr_assert_arr_eq(community, again, g.graph.n * sizeof *community);
        cr_assert_eq(kith_igraph_communities(port, 7, 1.0, 5, again, &count, NULL), KITH_OK);
        cr_assert(g.graph.m == 0 || modularity(&g.graph, again) >= modularity(&g.graph, community) - 1e-12,
                  "seed %lu: the best of five runs is worse than the first", seed);
        cr_assert_eq(kith_igraph_communities(port, 7, 1.0, 1, community, &count, NULL), KITH_OK);
        for (uint32_t v = 0; v < g.graph.n; v++) {
            alone[v] = v;
            cr_assert_lt(community[v], count);
            if (size[community[v]]++ == 0)
                first[community[v]] = v;
        }
        for (uint32_t i = 1; i < count; i++)
            cr_assert(size[i - 1] > size[i] || (size[i - 1] == size[i] && first[i - 1] < first[i]));
        cr_assert(count > 0 && size[count - 1] > 0);
        if (g.graph.m > 0) {
            double found = modularity(&g.graph, community);
            cr_assert_geq(found, modularity(&g.graph, alone) - 1e-12);
            cr_assert_geq(found, modularity(&g.graph, together) - 1e-12);
        }
        kith_igraph_free(port);
        random_graph_free(&g);
    }
}

Test(layout, is_centred_and_repeats)
{
    for (uint64_t seed = 0; seed < 40; seed++) {
        random_graph g = random_graph_make(seed, PEOPLE);
        kith_igraph *port = ported(&g.graph);
        double xy[2 * PEOPLE], again[2 * PEOPLE];
        double sum[2] = {0, 0};

        cr_assert_eq(kith_igraph_layout(port, &(kith_layout_opts){.seed = 3}, xy, NULL), KITH_OK);
        cr_assert_eq(kith_igraph_layout(port, &(kith_layout_opts){.seed = 3}, again, NULL), KITH_OK);
        cr_assert_arr_eq(xy, again, 2 * g.graph.n * sizeof *xy);
        for (uint32_t v = 0; v < g.graph.n; v++) {
            cr_assert(isfinite(xy[2 * v]) && isfinite(xy[2 * v + 1]), "seed %lu", seed);
            sum[0] += xy[2 * v];
            sum[1] += xy[2 * v + 1];
        }
        cr_assert_float_eq(sum[0], 0, 1e-9);
        cr_assert_float_eq(sum[1], 0, 1e-9);
        kith_igraph_free(port);
        random_graph_free(&g);
    }
}

Test(layout, draws_the_ends_of_a_path_apart)
{
    random_graph g = random_graph_of(5, (uint32_t[]){0, 1, 1, 2, 2, 3, 3, 4}, 4);
    kith_igraph *port = ported(&g.graph);
    double xy[10];

    cr_assert_eq(kith_igraph_layout(port, &(kith_layout_opts){.seed = 1}, xy, NULL), KITH_OK);
    cr_expect_gt(hypot(xy[8] - xy[0], xy[9] - xy[1]), hypot(xy[2] - xy[0], xy[3] - xy[1]));
    kith_igraph_free(port);
    random_graph_free(&g);
}

Test(layout, leaves_those_who_are_fixed_where_they_stand)
{
    random_graph g = random_graph_of(4, (uint32_t[]){0, 1, 1, 2, 2, 3}, 3);
    kith_igraph *port = ported(&g.graph);
    const double start[8] = {0, 0, 5, 0, 9, 9, 20, 0};
    const bool fixed[4] = {true, true, false, true};
    double xy[8];

    cr_assert_eq(kith_igraph_layout(port, &(kith_layout_opts){.start = start, .fixed = fixed}, xy, NULL),
                 KITH_OK);
    for (size_t i = 0; i < 8; i++)
        if (fixed[i / 2])
            cr_expect_eq(xy[i], start[i]);
    cr_expect(xy[4] > 5 && xy[4] < 20 && fabs(xy[5]) < 3, "between the two they know: %g, %g", xy[4], xy[5]);
    kith_igraph_free(port);
    random_graph_free(&g);
}

Test(igraph_port, nobody_at_all_is_no_error)
{
    uint64_t offset[1] = {0};
    kith_graph nobody = {.offset = offset};
    kith_igraph *port = ported(&nobody);
    uint32_t count = 9;
    uint32_t none[1];
    double xy[1];

    cr_expect_eq(kith_igraph_communities(port, 1, 1.0, 1, none, &count, NULL), KITH_OK);
    cr_expect_eq(count, 0);
    cr_expect_eq(kith_igraph_layout(port, &(kith_layout_opts){.seed = 1}, xy, NULL), KITH_OK);
    kith_igraph_free(port);
}

static bool stop(void *ctx, const char *phase, uint64_t done, uint64_t total)
{
    (void)ctx;
    (void)phase;
    (void)done;
    (void)total;
    return false;
}

Test(igraph_port, stops_when_asked_and_goes_on_after)
{
    random_graph g = random_graph_make(1, PEOPLE);
    kith_igraph *port = ported(&g.graph);
    kith_progress progress = {stop, NULL};
    uint32_t community[PEOPLE];
    uint32_t count;
    double xy[2 * PEOPLE];
    kith_err err = KITH_ERR_NONE;

    kith_igraph_watch(port, &progress);
    cr_expect_eq(kith_igraph_layout(port, &(kith_layout_opts){.seed = 1}, xy, &err), KITH_EINTERRUPT);
    cr_expect_eq(err.code, KITH_EINTERRUPT);
    cr_expect_eq(kith_igraph_communities(port, 1, 1.0, 1, community, &count, NULL), KITH_EINTERRUPT);
    kith_igraph_watch(port, NULL);
    cr_expect_eq(kith_igraph_layout(port, &(kith_layout_opts){.seed = 1}, xy, NULL), KITH_OK);
    kith_igraph_free(port);
    random_graph_free(&g);
}

/** Four people whose texts need care in XML, and a fifth without ties. */
static small_net *careful_net(void)
{
    const uint16_t costs[] = {105, 693, 4605};
    small_net *s = small_net_from_ties(5, (const uint32_t[][2]){{0, 1}, {1, 2}, {2, 3}}, 3, costs);

    small_net_value(s, 0, KITH_FIELD_NAME, "Zo\u00eb <O'Neil> & \"Sons\"");
    small_net_value(s, 0, KITH_FIELD_TITLE, "first\ttitle");
    small_net_value(s, 0, KITH_FIELD_TITLE, "second title");
    small_net_value(s, 0, KITH_FIELD_COHORT, "2023");
    small_net_value(s, 0, KITH_FIELD_COHORT, "2024");
    small_net_value(s, 1, KITH_FIELD_NAME, "\u5f20\u4f1f \U0001F600 \x01 \uFFFE");
    small_net_value(s, 1, KITH_FIELD_COMPANY, "Acme");
    small_net_value(s, 1, KITH_FIELD_ROLE, "mentor");
    small_net_value(s, 2, KITH_FIELD_EMAIL, "ann@example.org");
    small_net_key(s, 2, "ann-lee");
    small_net_flags(s, 3, KITH_PERSON_DO_NOT_INTRODUCE);
    small_net_evidence(s, 1, 2, &(kith_reason){KITH_EVIDENCE_MESSAGES, 3, 0, 0, 0.6, 0.5, 3});
    small_net_evidence(s, 1, 2, &(kith_reason){KITH_EVIDENCE_LISTED, 1, 0, 0, 0.1, 0.5, 0});
    return s;
}

static void export_net(const kith_net *net, const char *path, bool with_contacts)
{
    kith_graph graph;
    kith_outfile *out = NULL;

    cr_assert_eq(kith_net_graph(net, &graph, NULL), KITH_OK);
    kith_igraph *port = ported(&graph);
    cr_assert_eq(kith_outfile_open(path, &out, NULL), KITH_OK);
    cr_assert_eq(kith_igraph_write(port, net, KITH_GRAPH_GRAPHML, with_contacts, out, NULL), KITH_OK);
    cr_assert_eq(kith_outfile_commit(out, NULL), KITH_OK);
    kith_igraph_free(port);
}

TestSuite(graphml, .init = temp_folder_enter, .fini = temp_folder_leave);

Test(graphml, reads_back_as_the_same_people_and_ties)
{
    small_net *s = careful_net();
    igraph_t read;

    export_net(small_net_open(s), "net.graphml", false);
    igraph_set_attribute_table(&igraph_cattribute_table);
    FILE *file = fopen("net.graphml", "r");
    cr_assert_not_null(file);
    cr_assert_eq(igraph_read_graph_graphml(&read, file, 0), IGRAPH_SUCCESS);
    cr_assert_eq(fclose(file), 0);

    cr_expect_eq(igraph_vcount(&read), 5);
    cr_expect_eq(igraph_ecount(&read), 3);
    cr_expect_str_eq(VAS(&read, "key", 2), "ann-lee");
    cr_expect_str_eq(VAS(&read, "key", 4), "p4");
    cr_expect_str_eq(VAS(&read, "name", 0), "Zo\u00eb <O'Neil> & \"Sons\"");
    cr_expect_str_eq(VAS(&read, "name", 1), "\u5f20\u4f1f \U0001F600 \\u{0001} \uFFFD");
    cr_expect_str_eq(VAS(&read, "title", 0), "first\\u{0009}title");
    cr_expect_str_eq(VAS(&read, "cohort", 0), "2023; 2024");
    cr_expect_str_eq(VAS(&read, "company", 1), "Acme");
    cr_expect_str_eq(VAS(&read, "role", 1), "mentor");
    cr_expect(VAB(&read, "do_not_introduce", 3) && !VAB(&read, "do_not_introduce", 0));
    cr_expect_not(igraph_cattribute_has_attr(&read, IGRAPH_ATTRIBUTE_VERTEX, "email"));

    igraph_integer_t e;
    cr_assert_eq(igraph_get_eid(&read, &e, 1, 2, false, true), IGRAPH_SUCCESS);
    cr_expect_float_eq(EAN(&read, "strength", e), exp(-0.693), 1e-9);
    cr_expect_str_eq(EAS(&read, "evidence", e), "listed; messages");
    cr_assert_eq(igraph_get_eid(&read, &e, 0, 1, false, true), IGRAPH_SUCCESS);
    cr_expect_float_eq(EAN(&read, "strength", e), exp(-0.105), 1e-9);
    cr_expect_str_eq(EAS(&read, "evidence", e), "listed");
    igraph_destroy(&read);
    small_net_free(s);
}

/** The whole of a small text file. */
static void slurp(const char *path, char *text, size_t room)
{
    FILE *file = fopen(path, "r");

    cr_assert_not_null(file);
    size_t length = fread(text, 1, room - 1, file);
    text[length] = '\0';
    cr_assert_eq(fclose(file), 0);
}

Test(graphml, is_the_same_bytes_each_time_and_shows_contacts_when_told)
{
    static char one[16384], two[16384];
    small_net *s = careful_net();

    export_net(small_net_open(s), "one.graphml", true);
    export_net(small_net_open(s), "two.graphml", true);
    slurp("one.graphml", one, sizeof one);
    slurp("two.graphml", two, sizeof two);
    cr_expect_str_eq(one, two);
    cr_expect_not_null(strstr(one, "ann@example.org"));
    export_net(small_net_open(s), "one.graphml", false);
    slurp("one.graphml", one, sizeof one);
    cr_expect_null(strstr(one, "ann@example.org"));
    small_net_free(s);
}

/** What the failing allocations are tried on. */
typedef struct work {
    random_graph g;
    const kith_net *net;
} work;

static kith_code group_all(void *ctx, kith_err *err)
{
    const work *w = ctx;
    kith_igraph *port = NULL;
    uint32_t number[PEOPLE];
    uint32_t count;
    kith_code rc = kith_igraph_new(&w->g.graph, &port, err);

    if (!rc)
        rc = kith_igraph_communities(port, 1, 1.0, 1, number, &count, err);
    kith_igraph_free(port);
    return rc;
}

static kith_code export_all(void *ctx, kith_err *err)
{
    const work *w = ctx;
    kith_igraph *port = NULL;
    kith_outfile *out = NULL;
    kith_graph graph;
    kith_code rc = kith_net_graph(w->net, &graph, err);

    if (!rc)
        rc = kith_igraph_new(&graph, &port, err);
    if (!rc)
        rc = kith_outfile_open("net.graphml", &out, err);
    if (!rc)
        rc = kith_igraph_write(port, w->net, KITH_GRAPH_GRAPHML, true, out, err);
    kith_outfile_abandon(out);
    kith_igraph_free(port);
    return rc;
}

Test(graphml, every_failed_allocation_is_told)
{
    small_net *s = careful_net();
    work w = {.g = random_graph_make(1, PEOPLE), .net = small_net_open(s)};

    cr_expect_gt(each_failure(group_all, &w), 0);
    cr_expect_gt(each_failure(export_all, &w), 0);
    random_graph_free(&w.g);
    small_net_free(s);
}
