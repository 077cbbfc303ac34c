/* The ties of a network file as a graph, checked at once or row by row. */
#include <criterion/criterion.h>

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "full_net.h"
#include "net_seal.h"

/** Numbers of the sections in the table. */
enum { TIE_OFFSETS = 10, TIE_TARGETS = 11, TIE_COSTS = 12 };

Test(netgraph, rows_checked_one_by_one_are_those_of_the_checked_graph)
{
    small_net *s = full_net();
    const kith_net *net = small_net_open(s);
    kith_graph whole, lazy = kith_net_graph_lazy(net);

    cr_assert_not_null(lazy.check);
    for (uint32_t i = 0; i < lazy.n; i++) {
        const kith_tie_row row = kith_graph_row(&lazy, i);
        cr_expect_eq(row.end - row.begin, kith_net_degree(net, i));
        cr_expect_eq(kith_graph_degree(&lazy, i), kith_net_degree(net, i));
    }
    cr_expect_neq(kith_graph_tie(&lazy, 0, 2), UINT64_MAX);
    cr_expect_eq(kith_graph_tie(&lazy, 0, 4), UINT64_MAX);
    cr_assert_eq(kith_net_graph(net, &whole, NULL), KITH_OK);
    cr_expect_eq(whole.offset, lazy.offset);
    cr_expect_eq(whole.target, lazy.target);
    cr_expect_eq(whole.cost, lazy.cost);
    cr_expect_null(whole.check);
    cr_expect_null(kith_net_graph_lazy(net).check, "what was checked at once needs no more checks");
    small_net_free(s);
}

Test(netgraph, a_wild_row_is_empty_and_the_damage_stays)
{
    static const struct {
        int section;
        size_t at, width;
        uint64_t value;
        uint32_t person; /* whose row it is */
    } wild[] = {
        {TIE_OFFSETS, 8, 8, 9, 0},  {TIE_OFFSETS, 8, 8, UINT64_MAX, 0},
        {TIE_OFFSETS, 16, 8, 1, 1}, {TIE_TARGETS, 0, 4, 5, 0},
        {TIE_TARGETS, 0, 4, 0, 0},  {TIE_TARGETS, 0, 4, 2, 0},
        {TIE_TARGETS, 28, 4, 3, 3}, {TIE_TARGETS, 28, 4, UINT32_MAX - 1, 3},
        {TIE_COSTS, 0, 2, 0, 0},
    };
    small_net *s = full_net();
    size_t length;
    const void *bytes = small_net_bytes(s, &length);

    for (size_t i = 0; i < sizeof wild / sizeof *wild; i++) {
        unsigned char *copy = full_net_copy(bytes, length);
        memcpy(copy + net_get64(net_entry(copy, (uint32_t)wild[i].section) + 8) + wild[i].at, &wild[i].value,
               wild[i].width);
        net_seal(copy, length);
        kith_net *net;
        cr_assert_eq(kith_net_parse(copy, length, "x.kith", &net, NULL), KITH_OK);
        const kith_graph graph = kith_net_graph_lazy(net);
        cr_expect_eq(kith_graph_degree(&graph, 4), 0);
        cr_expect_eq(kith_net_status(net, NULL), KITH_OK, "case %zu: a row that is right", i);
        const kith_tie_row row = kith_graph_row(&graph, wild[i].person);
        cr_expect_eq(row.end - row.begin, 0, "case %zu", i);
        cr_expect_eq(kith_net_status(net, NULL), KITH_EDATA, "case %zu", i);
        kith_net_close(net);
        free(copy);
    }
    small_net_free(s);
}
