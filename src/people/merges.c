/* What is told of the work: whom it joined and why, and whom it left in doubt. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/parallel.h"
#include "base/radix.h"
#include "people/resolve.h"

/** Of one person and source. */
static int compare_merges(const void *left, const void *right)
{
    const kith_people_merge *x = left, *y = right;
    int order = strcmp(x->evidence, y->evidence);

    if (order == 0)
        order = strcmp(x->name, y->name);
    return order ? order : kith_order_u64(x->line, y->line);
}

/** Of one person and source. */
static int compare_merge_lines(const void *left, const void *right)
{
    const kith_people_merge *x = left, *y = right;
    int order = kith_order_u64(x->line, y->line);

    if (order == 0)
        order = strcmp(x->evidence, y->evidence);
    return order ? order : strcmp(x->name, y->name);
}

/** What a record called the person: a name, else any key. */
static const char *written_name(const kith_roster *roster, const kith_kept_mention *mention)
{
    uint32_t name = kith_roster_first(roster, mention, KITH_FIELD_NAME);

    if (name == KITH_NO_TEXT)
        name = kith_roster_first(roster, mention, KITH_FIELD_EMAIL);
    if (name == KITH_NO_TEXT)
        name = kith_roster_first(roster, mention, KITH_FIELD_URL);
    if (name == KITH_NO_TEXT)
        name = mention->id;
    return name == KITH_NO_TEXT ? "" : kith_roster_text(roster, name);
}

static bool says_the_same(const kith_people_merge *x, const kith_people_merge *y)
{
    return strcmp(x->evidence, y->evidence) == 0 && strcmp(x->name, y->name) == 0;
}

/** The merge log on its way into order. */
typedef struct listing {
    const kith_resolving *work;
    kith_long_keyed *order; /**< [n] person and source, and the number of the join */
    size_t n;
    kith_people_merge *merges; /**< [n] in that order */
} listing;

/** Puts joins in the order of people, then of sources: most stand alone there. */
static bool order_joins(listing *list)
{
    const kith_resolving *work = list->work;

    if (!(list->order = kith_alloc_array(work->n_joins, sizeof *list->order)))
        return false;
    for (size_t i = 0; i < work->n_joins; i++) {
        const uint32_t place = work->joins[i].place, rank = kith_rank_at(work, place);
        if (!work->duplicate[rank])
            list->order[list->n++] = (kith_long_keyed){(uint64_t)work->person[place] << 32 | rank, i};
    }
    return kith_radix_sort_long(list->order, list->n);
}

static bool list_lane(void *ctx, uint32_t lane)
{
    const listing *list = ctx;
    const kith_resolving *work = list->work;
    const size_t end = (size_t)kith_lane_begin(list->n, lane + 1);

    for (size_t i = (size_t)kith_lane_begin(list->n, lane); i < end; i++) {
        const kith_join *join = &work->joins[list->order[i].value];
        list->merges[i] = (kith_people_merge){work->person[join->place],
                                              kith_rank_at(work, join->place),
                                              kith_line_at(work, join->place),
                                              join->evidence,
                                              written_name(work->roster, kith_mention_at(work, join->place)),
                                              join->probability};
    }
    return true;
}

/** Puts what one source says of one person in order, once each, at its first line. @return how many. */
static size_t tidy_group(kith_people_merge *merges, size_t count)
{
    size_t kept = 0;

    if (count == 1)
        return 1;
    qsort(merges, count, sizeof *merges, compare_merges);
    for (size_t i = 0; i < count; i++)
        if (kept == 0 || !says_the_same(&merges[i], &merges[kept - 1]))
            merges[kept++] = merges[i];
    qsort(merges, kept, sizeof *merges, compare_merge_lines);
    return kept;
}

static size_t tidy_groups(listing *list)
{
    size_t kept = 0, end;

    for (size_t begin = 0; begin < list->n; begin = end) {
        for (end = begin + 1; end < list->n && list->order[end].key == list->order[begin].key;)
            end++;
        const size_t count = tidy_group(list->merges + begin, end - begin);
        memmove(list->merges + kept, list->merges + begin, count * sizeof *list->merges);
        kept += count;
    }
    return kept;
}

kith_code kith_resolve_merges(const kith_resolving *work, kith_people *people, kith_arena *arena,
                              kith_err *err)
{
    listing list = {.work = work};
    bool fits = order_joins(&list);

    if (fits && (list.merges = kith_arena_alloc(arena, list.n * sizeof *list.merges)))
        (void)kith_parallel_lanes(list_lane, &list); /* lanes that allocate nothing do not fail */
    fits = fits && list.merges;
    people->merges = list.merges;
    people->n_merges = fits ? tidy_groups(&list) : 0;
    kith_free(list.order);
    return fits ? KITH_OK : kith_fail_memory(err, "the merge log");
}

kith_code kith_resolve_doubts(const kith_resolving *work, kith_people *people, kith_arena *arena,
                              kith_err *err)
{
    people->doubts = kith_arena_alloc(arena, work->n_doubts * sizeof *people->doubts);
    if (!people->doubts)
        return kith_fail_memory(err, "doubtful pairs");
    for (size_t i = 0; i < work->n_doubts; i++) {
        const kith_lookalikes *from = &work->doubts[i];
        people->doubts[i] =
            (kith_people_doubt){.person = {work->person[from->place[0]], work->person[from->place[1]]},
                                .key = {from->key[0], from->key[1]},
                                .evidence = from->evidence,
                                .probability = from->probability};
    }
    people->n_doubts = work->n_doubts;
    people->n_all_doubts = work->n_all_doubts;
    return KITH_OK;
}
