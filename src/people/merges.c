/* What is told of the work: whom it joined and why, and whom it left in doubt. */
#include <stdlib.h>
#include <string.h>

#include "people/resolve.h"

static int compare_merges(const void *left, const void *right)
{
    const kith_people_merge *x = left, *y = right;
    int order = kith_order_u64(x->person, y->person);

    if (order == 0)
        order = kith_order_u64(x->source, y->source);
    if (order == 0)
        order = strcmp(x->evidence, y->evidence);
    if (order == 0)
        order = strcmp(x->name, y->name);
    return order ? order : kith_order_u64(x->line, y->line);
}

static int compare_merge_lines(const void *left, const void *right)
{
    const kith_people_merge *x = left, *y = right;
    int order = kith_order_u64(x->person, y->person);

    if (order == 0)
        order = kith_order_u64(x->source, y->source);
    if (order == 0)
        order = kith_order_u64(x->line, y->line);
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
    return x->person == y->person && x->source == y->source && strcmp(x->evidence, y->evidence) == 0 &&
           strcmp(x->name, y->name) == 0;
}

/** The merge log: once, at its first line, for what a source says over and over. */
kith_code kith_resolve_merges(const kith_resolving *work, kith_people *people, kith_arena *arena,
                              kith_err *err)
{
    size_t count = 0, kept = 0;
    kith_people_merge *merges = kith_arena_alloc(arena, work->n_joins * sizeof *merges);

    if (!merges)
        return kith_fail_memory(err, "the merge log");
    for (size_t i = 0; i < work->n_joins; i++) {
        const kith_join *join = &work->joins[i];
        const kith_kept_mention *mention = kith_mention_at(work, join->place);
        uint32_t rank = kith_rank_at(work, join->place);
        if (!work->duplicate[rank])
            merges[count++] = (kith_people_merge){work->person[join->place],           rank,
                                                  kith_line_at(work, join->place),     join->evidence,
                                                  written_name(work->roster, mention), join->probability};
    }
    qsort(merges, count, sizeof *merges, compare_merges);
    for (size_t i = 0; i < count; i++)
        if (kept == 0 || !says_the_same(&merges[i], &merges[kept - 1]))
            merges[kept++] = merges[i];
    qsort(merges, kept, sizeof *merges, compare_merge_lines);
    people->merges = merges;
    people->n_merges = kept;
    return KITH_OK;
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
