/* Where people spent their time: from what exports say of their owners to a list by person. */
#include <stdlib.h>
#include <string.h>

#include "people/resolve.h"

/** All that makes a difference; 0 where two say the same. */
static int compare_told(const kith_tenure *x, const kith_tenure *y)
{
    int order = kith_order_u64(x->mention, y->mention);

    if (order == 0)
        order = kith_order_i64(x->start, y->start);
    if (order == 0)
        order = kith_order_i64(x->end, y->end);
    if (order == 0)
        order = kith_order_u64(x->kind, y->kind);
    if (order == 0)
        order = strcmp(x->place, y->place);
    if (order == 0)
        order = strcmp(x->title, y->title);
    return order ? order : kith_order_u64(x->current, y->current);
}

static int compare_tenures(const void *left, const void *right)
{
    const kith_tenure *x = left, *y = right;
    int order = compare_told(x, y);

    if (order == 0)
        order = kith_order_u64(x->source, y->source);
    return order ? order : kith_order_u64(x->line, y->line);
}

kith_code kith_resolve_tenures(const kith_resolving *work, kith_people *people, kith_arena *arena,
                               kith_err *err)
{
    const kith_roster *roster = work->roster;
    size_t told = 0, kept = 0;
    kith_tenure *tenures = kith_arena_alloc(arena, roster->n_tenures * sizeof *tenures);

    if (!tenures)
        return kith_fail_memory(err, "where people spent their time");
    for (size_t i = 0; i < roster->n_tenures; i++) {
        kith_tenure tenure = roster->tenures[i];
        tenure.mention = work->person[work->place[tenure.mention]];
        tenure.source = work->source_rank[tenure.source];
        if (!work->duplicate[tenure.source])
            tenures[told++] = tenure;
    }
    qsort(tenures, told, sizeof *tenures, compare_tenures);
    for (size_t i = 0; i < told; i++)
        if (kept == 0 || compare_told(&tenures[kept - 1], &tenures[i]) != 0)
            tenures[kept++] = tenures[i];
    people->tenures = tenures;
    people->n_tenures = kept;
    return KITH_OK;
}
