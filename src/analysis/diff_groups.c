/* Measures of groups that changed. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/diff_parts.h"
#include "base/mem.h"
#include "base/text.h"

/** One measure of a group, NaN where there is nothing it could be taken of. */
typedef double measure(const kith_cohort_group *group);

static double people(const kith_cohort_group *g)
{
    return g->people;
}

static double ties_inside(const kith_cohort_group *g)
{
    return (double)g->ties_inside;
}

static double ties_outside(const kith_cohort_group *g)
{
    return (double)g->ties_outside;
}

static double density(const kith_cohort_group *g)
{
    return g->density;
}

static double ei_index(const kith_cohort_group *g)
{
    return g->ei_index;
}

static double mean_distance(const kith_cohort_group *g)
{
    return g->mean_distance;
}

static double parts(const kith_cohort_group *g)
{
    return g->parts;
}

static double clustering(const kith_cohort_group *g)
{
    return g->clustering;
}

static double core(const kith_cohort_group *g)
{
    return g->core;
}

static double bus_factor(const kith_cohort_group *g)
{
    return g->bus_factor > 0 ? (double)g->bus_factor : NAN;
}

static double isolates(const kith_cohort_group *g)
{
    return g->n_isolates;
}

static double weakly_tied(const kith_cohort_group *g)
{
    return g->n_weakly_tied;
}

static double with_mentor(const kith_cohort_group *g)
{
    return g->with_mentor;
}

static double companies_reached(const kith_cohort_group *g)
{
    return g->companies_within_2;
}

/** In the order they are told. */
static const struct {
    const char *name;
    measure *of;
} measures[] = {
    {"people", people},
    {"ties_inside", ties_inside},
    {"ties_outside", ties_outside},
    {"density", density},
    {"ei_index", ei_index},
    {"mean_distance", mean_distance},
    {"parts", parts},
    {"clustering", clustering},
    {"core", core},
    {"bus_factor", bus_factor},
    {"isolates", isolates},
    {"weakly_tied", weakly_tied},
    {"with_mentor", with_mentor},
    {"companies_within_2", companies_reached},
};

#define MEASURES (sizeof measures / sizeof *measures)

/** A group by its name without case and accents. */
typedef struct named {
    const char *folded, *name;
    const kith_cohort_group *group;
    int side;
} named;

static kith_code measure_groups(const kith_diffing *d, int side, kith_cohort_result *result, kith_err *err)
{
    const kith_cohort_opts opts = {.grouping = KITH_GROUPING_FIELD,
                                   .field = d->opts->group,
                                   .permutations = 1, /* what chance would give is not compared */
                                   .progress = d->opts->progress};

    return kith_cohort(d->net[side], &opts, result, err);
}

/** By name, the earlier network first. */
static int compare_named(const void *a, const void *b)
{
    const named *x = a, *y = b;
    const int order = strcmp(x->folded, y->folded);

    return order != 0 ? order : x->side - y->side;
}

/** All groups of both networks by name. @param text  out: what names are borrowed from. */
static kith_code name_groups(const kith_cohort_result *cohorts, kith_dynbuf *text, named *list, kith_err *err)
{
    const size_t count = (size_t)cohorts[BEFORE].n_groups + cohorts[AFTER].n_groups;
    size_t i = 0;

    for (int side = 0; side < SIDES; side++)
        for (uint32_t g = 0; g < cohorts[side].n_groups; g++) {
            kith_text_fold(cohorts[side].groups[g].name, text);
            kith_dynbuf_put(text, '\0');
        }
    const kith_code rc = kith_dynbuf_check(text, "names of groups", err);
    if (rc)
        return rc;
    const char *at = kith_dynbuf_cstr(text);
    for (int side = 0; side < SIDES; side++)
        for (uint32_t g = 0; g < cohorts[side].n_groups; g++, at += strlen(at) + 1)
            list[i++] = (named){at, cohorts[side].groups[g].name, &cohorts[side].groups[g], side};
    if (count > 0)
        qsort(list, count, sizeof *list, compare_named);
    return KITH_OK;
}

/** Notes what changed of one group; of one that is new or gone, how many people it has or had. */
static kith_code note_group(kith_diffing *d, const char *name, const kith_cohort_group *before,
                            const kith_cohort_group *after, uint32_t *noted, kith_err *err)
{
    kith_code rc = KITH_OK;

    for (size_t m = 0; !rc && m < (before && after ? MEASURES : 1); m++) {
        const kith_change change = {
            .before = {KITH_NOBODY, KITH_NOBODY}, .after = {KITH_NOBODY, KITH_NOBODY}, .measure = *noted};
        const double was = before ? measures[m].of(before) : 0, is = after ? measures[m].of(after) : 0;
        const bool same = !(was < is || was > is) && isnan(was) == isnan(is);
        if (same)
            continue;
        d->result->measures[(*noted)++] = (kith_group_change){name, measures[m].name, was, is};
        rc = kith_diff_note(d, KITH_CHANGE_GROUP, &change, err);
    }
    return rc;
}

static kith_code compare_groups(kith_diffing *d, const named *list, size_t count, kith_err *err)
{
    uint32_t noted = 0;
    kith_code rc = KITH_OK;

    for (size_t i = 0, step; !rc && i < count; i += step) {
        const bool both = i + 1 < count && strcmp(list[i].folded, list[i + 1].folded) == 0;
        const kith_cohort_group *before = list[i].side == BEFORE ? list[i].group : NULL;
        const kith_cohort_group *after = both ? list[i + 1].group : before ? NULL : list[i].group;
        step = both ? 2 : 1;
        rc = note_group(d, list[i + step - 1].name, before, after, &noted, err);
    }
    return rc;
}

kith_code kith_diff_groups(kith_diffing *d, kith_err *err)
{
    kith_cohort_result *cohorts = d->result->cohorts;
    kith_dynbuf text = {.limit = SIZE_MAX};
    named *list = NULL;
    kith_code rc = KITH_OK;

    for (int side = 0; !rc && side < SIDES; side++)
        rc = measure_groups(d, side, &cohorts[side], err);
    const size_t count = (size_t)cohorts[BEFORE].n_groups + cohorts[AFTER].n_groups;
    if (!rc) {
        list = kith_alloc_array(count, sizeof *list);
        d->result->measures = kith_alloc_array(count * MEASURES, sizeof *d->result->measures);
        if (!list || !d->result->measures)
            rc = kith_fail_memory(err, "groups to compare");
    }
    if (!rc)
        rc = name_groups(cohorts, &text, list, err);
    if (!rc)
        rc = compare_groups(d, list, count, err);
    kith_free(list);
    kith_dynbuf_free(&text);
    return rc;
}
