/* Measures of groups that changed. */
#include <stdlib.h>
#include <string.h>

#include "analysis/diff_parts.h"
#include "analysis/groups.h"
#include "base/mem.h"
#include "base/text.h"

/** What is measured of a group: one name here, and its numbers in `measure_groups`. */
static const char *const measure_names[] = {"people", "ties_inside", "ties_outside"};

enum { PEOPLE, TIES_INSIDE, TIES_OUTSIDE, MEASURES };

/** The groups of one network and their measures. */
typedef struct grouped {
    kith_groups groups;
    double (*measure)[MEASURES]; /**< [groups.count] */
} grouped;

/** A group by its name without case and accents. */
typedef struct named {
    const char *folded;
    uint32_t group;
    int side;
} named;

static kith_code measure_groups(const kith_diffing *d, int side, grouped *g, kith_err *err)
{
    const kith_graph *graph = &d->graph[side];
    const kith_code rc = kith_groups_by_field(d->net[side], d->opts->group, &g->groups, err);

    if (rc)
        return rc;
    if (!(g->measure = kith_calloc(g->groups.count, sizeof *g->measure)))
        return kith_fail_memory(err, "groups to compare");
    for (uint32_t i = 0; i < g->groups.count; i++)
        g->measure[i][PEOPLE] = g->groups.people[i];
    for (uint32_t v = 0; v < graph->n; v++) {
        const uint32_t own = g->groups.of[v];
        if (own == KITH_NO_GROUP)
            continue;
        for (uint64_t e = graph->offset[v]; e < graph->offset[v + 1]; e++) {
            const bool inside = g->groups.of[graph->target[e]] == own;
            if (!inside)
                g->measure[own][TIES_OUTSIDE]++;
            else if (v < graph->target[e])
                g->measure[own][TIES_INSIDE]++;
        }
    }
    return KITH_OK;
}

static const char *name_of(const kith_diffing *d, const grouped g[SIDES], int side, uint32_t group)
{
    return kith_net_field_string(d->net[side], g[side].groups.field[group], g[side].groups.value[group]);
}

/** By name, the earlier network first. */
static int compare_named(const void *a, const void *b)
{
    const named *x = a, *y = b;
    const int order = strcmp(x->folded, y->folded);

    return order != 0 ? order : x->side - y->side;
}

/** All groups of both networks by name. @param text  out: what names are borrowed from. */
static kith_code name_groups(const kith_diffing *d, const grouped g[SIDES], kith_dynbuf *text, named *list,
                             kith_err *err)
{
    const size_t count = (size_t)g[BEFORE].groups.count + g[AFTER].groups.count;
    size_t i = 0;

    for (int side = 0; side < SIDES; side++)
        for (uint32_t group = 0; group < g[side].groups.count; group++) {
            kith_text_fold(name_of(d, g, side, group), text);
            kith_dynbuf_put(text, '\0');
        }
    const kith_code rc = kith_dynbuf_check(text, "names of groups", err);
    if (rc)
        return rc;
    const char *at = kith_dynbuf_cstr(text);
    for (int side = 0; side < SIDES; side++)
        for (uint32_t group = 0; group < g[side].groups.count; group++, at += strlen(at) + 1)
            list[i++] = (named){at, group, side};
    if (count > 0)
        qsort(list, count, sizeof *list, compare_named);
    return KITH_OK;
}

/** Notes what changed of one group; NULL where there is none. */
static kith_code note_group(kith_diffing *d, const grouped g[SIDES], const named *before, const named *after,
                            uint32_t *noted, kith_err *err)
{
    static const double nothing[MEASURES];
    const double *was = before ? g[BEFORE].measure[before->group] : nothing;
    const double *is = after ? g[AFTER].measure[after->group] : nothing;
    const char *name = after ? name_of(d, g, AFTER, after->group) : name_of(d, g, BEFORE, before->group);
    kith_code rc = KITH_OK;

    for (int m = 0; !rc && m < MEASURES; m++) {
        const kith_change change = {
            .before = {KITH_NOBODY, KITH_NOBODY}, .after = {KITH_NOBODY, KITH_NOBODY}, .measure = *noted};
        if (!(was[m] < is[m] || was[m] > is[m]))
            continue;
        d->result->measures[(*noted)++] = (kith_group_change){name, measure_names[m], was[m], is[m]};
        rc = kith_diff_note(d, KITH_CHANGE_GROUP, &change, err);
    }
    return rc;
}

static kith_code compare_groups(kith_diffing *d, const grouped g[SIDES], named *list, size_t count,
                                kith_err *err)
{
    uint32_t noted = 0;
    kith_code rc = KITH_OK;

    for (size_t i = 0, step; !rc && i < count; i += step) {
        const bool both = i + 1 < count && strcmp(list[i].folded, list[i + 1].folded) == 0;
        const named *before = list[i].side == BEFORE ? &list[i] : NULL;
        const named *after = both ? &list[i + 1] : before ? NULL : &list[i];
        step = both ? 2 : 1;
        rc = note_group(d, g, before, after, &noted, err);
    }
    return rc;
}

kith_code kith_diff_groups(kith_diffing *d, kith_err *err)
{
    grouped g[SIDES] = {{.measure = NULL}, {.measure = NULL}};
    kith_dynbuf text = {.limit = SIZE_MAX};
    named *list = NULL;
    kith_code rc = KITH_OK;

    for (int side = 0; !rc && side < SIDES; side++)
        rc = measure_groups(d, side, &g[side], err);
    const size_t count = (size_t)g[BEFORE].groups.count + g[AFTER].groups.count;
    if (!rc) {
        list = kith_alloc_array(count, sizeof *list);
        d->result->measures = kith_alloc_array(count * MEASURES, sizeof *d->result->measures);
        if (!list || !d->result->measures)
            rc = kith_fail_memory(err, "groups to compare");
    }
    if (!rc)
        rc = name_groups(d, g, &text, list, err);
    if (!rc)
        rc = compare_groups(d, g, list, count, err);
    kith_free(list);
    kith_dynbuf_free(&text);
    for (int side = 0; side < SIDES; side++) {
        kith_groups_free(&g[side].groups);
        kith_free(g[side].measure);
    }
    return rc;
}
