#include "analysis/cut_companies.h"

#include <stdlib.h>

#include "analysis/groups.h"
#include "base/mem.h"

/** How many people of one component belong to one company. */
typedef struct tally {
    uint32_t root, company, people;
} tally;

struct kith_cut_companies {
    const kith_net *net;
    const kith_graph *graph;
    const kith_biconnected *b;
    kith_groups companies;
    tally *tallies; /**< by root, then company */
    uint32_t n_tallies;
    kith_piece *pieces; /**< [most parts] */
    uint32_t *members;  /**< [n] people of a piece */
    uint32_t *lost;     /**< [n_companies] people cut off; zero between calls */
    uint32_t *met;      /**< [n_companies] companies with people cut off */
};

static int compare_tallies(const void *a, const void *b)
{
    const tally *x = a, *y = b;

    if (x->root != y->root)
        return x->root < y->root ? -1 : 1;
    return (x->company > y->company) - (x->company < y->company);
}

static void count_people(kith_cut_companies *p)
{
    uint32_t count = 0, kept = 0;

    for (uint32_t v = 0; v < p->graph->n; v++)
        if (p->companies.of[v] != KITH_NO_GROUP)
            p->tallies[count++] = (tally){p->b->root[v], p->companies.of[v], 1};
    qsort(p->tallies, count, sizeof *p->tallies, compare_tallies);
    for (uint32_t i = 0; i < count; i++) {
        if (kept > 0 && compare_tallies(&p->tallies[kept - 1], &p->tallies[i]) == 0)
            p->tallies[kept - 1].people++;
        else
            p->tallies[kept++] = p->tallies[i];
    }
    p->n_tallies = kept;
}

kith_code kith_cut_companies_new(const kith_net *net, const kith_graph *graph, const kith_biconnected *b,
                                 kith_cut_companies **out, kith_err *err)
{
    kith_code rc;
    uint32_t most_parts = 0;
    kith_cut_companies *p = kith_calloc(1, sizeof *p);

    *out = NULL;
    if (!p)
        return kith_fail_memory(err, "companies");
    for (uint32_t v = 0; v < graph->n; v++)
        most_parts = b->parts[v] > most_parts ? b->parts[v] : most_parts;
    *p = (kith_cut_companies){
        .net = net,
        .graph = graph,
        .b = b,
        .tallies = kith_alloc_array(graph->n, sizeof *p->tallies),
        .pieces = kith_alloc_array(most_parts, sizeof *p->pieces),
        .members = kith_alloc_array(graph->n, sizeof *p->members),
        .lost = kith_calloc(graph->n, sizeof *p->lost),
        .met = kith_alloc_array(graph->n, sizeof *p->met),
    };
    if (!p->tallies || !p->pieces || !p->members || !p->lost || !p->met) {
        kith_cut_companies_free(p);
        return kith_fail_memory(err, "companies");
    }
    if ((rc = kith_groups_by_field(net, KITH_FIELD_COMPANY, &p->companies, err)) != KITH_OK) {
        kith_cut_companies_free(p);
        return rc;
    }
    count_people(p);
    *out = p;
    return KITH_OK;
}

/** People of a company in v's component, v not counted. */
static uint32_t people_without(const kith_cut_companies *p, uint32_t v, uint32_t company)
{
    const tally key = {p->b->root[v], company, 0};
    const tally *found = bsearch(&key, p->tallies, p->n_tallies, sizeof key, compare_tallies);

    return found->people - (p->companies.of[v] == company);
}

/** Counts a piece's people by company. @return how many companies were met so far. */
static uint32_t count_lost(kith_cut_companies *p, uint32_t v, const kith_piece *piece, uint32_t n_met)
{
    kith_biconnected_members(p->b, p->graph, v, piece, p->members);
    for (uint32_t i = 0; i < piece->people; i++) {
        uint32_t company = p->companies.of[p->members[i]];
        if (company != KITH_NO_GROUP && p->lost[company]++ == 0)
            p->met[n_met++] = company;
    }
    return n_met;
}

static int compare_strings(const void *a, const void *b)
{
    const uint32_t *x = a, *y = b;

    return (*x > *y) - (*x < *y);
}

kith_code kith_cut_measure(kith_cut_companies *p, uint32_t v, kith_cut *cut, kith_err *err)
{
    uint32_t n_met = 0, n_gone = 0;

    *cut = (kith_cut){.parts = p->b->parts[v]};
    if (cut->parts == 0)
        return KITH_OK;
    kith_biconnected_pieces(p->b, p->graph, v, p->pieces);
    for (uint32_t i = 1; i < cut->parts; i++) {
        cut->people_cut_off += p->pieces[i].people;
        n_met = count_lost(p, v, &p->pieces[i], n_met);
    }
    for (uint32_t i = 0; i < n_met; i++) {
        uint32_t company = p->met[i];
        if (p->lost[company] == people_without(p, v, company))
            p->met[n_gone++] = p->companies.value[company];
        p->lost[company] = 0;
    }
    if (n_gone == 0)
        return KITH_OK;
    qsort(p->met, n_gone, sizeof *p->met, compare_strings); /* strings are numbered in byte order */
    if (!(cut->companies = kith_alloc_array(n_gone, sizeof *cut->companies))) {
        *cut = (kith_cut){0};
        return kith_fail_memory(err, "companies cut off");
    }
    for (uint32_t i = 0; i < n_gone; i++)
        cut->companies[i] = kith_net_field_string(p->net, KITH_FIELD_COMPANY, p->met[i]);
    cut->n_companies = n_gone;
    return KITH_OK;
}

void kith_cut_free(kith_cut *cut)
{
    kith_free(cut->companies);
    *cut = (kith_cut){0};
}

void kith_cut_companies_free(kith_cut_companies *p)
{
    if (!p)
        return;
    kith_groups_free(&p->companies);
    kith_free(p->tallies);
    kith_free(p->pieces);
    kith_free(p->members);
    kith_free(p->lost);
    kith_free(p->met);
    kith_free(p);
}
