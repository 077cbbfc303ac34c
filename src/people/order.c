/* Ranks of sources and places of mentions, by content. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/radix.h"
#include "people/resolve.h"

static int compare_texts(const kith_roster *roster, uint32_t a, uint32_t b)
{
    if (a == b)
        return 0;
    if (a == KITH_NO_TEXT || b == KITH_NO_TEXT)
        return a == KITH_NO_TEXT ? -1 : 1;
    return strcmp(kith_roster_text(roster, a), kith_roster_text(roster, b));
}

int kith_resolve_compare(const kith_roster *roster, const kith_kept_mention *a, const kith_kept_mention *b)
{
    int order = kith_order_u64(a->n_attrs, b->n_attrs);

    if (order == 0)
        order = compare_texts(roster, a->id, b->id);
    for (uint32_t i = 0; order == 0 && i < a->n_attrs; i++) {
        const kith_kept_attr *x = kith_roster_attr(roster, a, i), *y = kith_roster_attr(roster, b, i);
        order = kith_order_u64(x->field, y->field);
        if (order == 0)
            order = compare_texts(roster, x->text, y->text);
    }
    return order;
}

static int compare_owners(const kith_roster *roster, uint32_t a, uint32_t b)
{
    if (a == UINT32_MAX || b == UINT32_MAX)
        return kith_order_u64(a, b);
    return kith_resolve_compare(roster, &roster->mentions[a], &roster->mentions[b]);
}

static int compare_sources(const void *left, const void *right, void *ctx)
{
    const uint32_t *a = left, *b = right;
    const kith_roster *roster = ctx;
    const kith_kept_source *x = &roster->sources[*a], *y = &roster->sources[*b];
    int order = kith_order_u64(x->end.checksum[1], y->end.checksum[1]);

    if (order == 0)
        order = kith_order_u64(x->end.checksum[0], y->end.checksum[0]);
    if (order == 0)
        order = strcmp(x->name, y->name);
    if (order == 0)
        order = strcmp(x->format, y->format);
    if (order == 0)
        order = compare_owners(roster, x->end.owner, y->end.owner);
    return order ? order : kith_order_u64(*a, *b);
}

/** What puts a mention in its place: the rank of its source, the owner first, then lines. */
static kith_long_keyed place_key(const kith_resolving *work, uint32_t mention)
{
    const uint64_t line = work->roster->mentions[mention].line;
    const uint64_t last = UINT32_MAX - 1; /* lines beyond keep the order they were read in */
    const uint32_t within = work->owns[mention] ? 0 : (uint32_t)(line < last ? line : last) + 1;

    return (kith_long_keyed){(uint64_t)work->rank[mention] << 32 | within, mention};
}

static kith_code place_mentions(kith_resolving *work, kith_err *err)
{
    kith_long_keyed *keyed = kith_alloc_array(work->n_mentions, sizeof *keyed);

    if (!keyed)
        return kith_fail_memory(err, "the order of records");
    for (uint32_t i = 0; i < work->n_mentions; i++)
        keyed[i] = place_key(work, i);
    const bool sorted = kith_radix_sort_long(keyed, work->n_mentions);
    for (uint32_t place = 0; place < work->n_mentions; place++)
        work->mention_at[place] = (uint32_t)keyed[place].value;
    kith_free(keyed);
    return sorted ? KITH_OK : kith_fail_memory(err, "the order of records");
}

/** Mentions count with the source they stand in, owners with the first source that is theirs: which of
 * their sources named them first depends on the order of inputs. */
static void rank_mentions(kith_resolving *work)
{
    for (uint32_t i = 0; i < work->n_mentions; i++)
        work->rank[i] = work->source_rank[work->roster->mentions[i].source];
    for (uint32_t rank = work->n_sources; rank-- > 0;) {
        uint32_t owner = work->roster->sources[work->source_at[rank]].end.owner;
        if (owner == UINT32_MAX)
            continue;
        work->rank[owner] = rank;
        work->owns[owner] = true;
    }
}

static void number_each(uint32_t *numbers, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        numbers[i] = i;
}

static void invert(const uint32_t *at, uint32_t *rank, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        rank[at[i]] = i;
}

static void find_first_places(kith_resolving *work)
{
    uint32_t place = 0;

    for (uint32_t rank = 0; rank < work->n_sources; rank++) {
        work->first_place[rank] = place;
        while (place < work->n_mentions && kith_rank_at(work, place) == rank)
            place++;
    }
    work->first_place[work->n_sources] = place;
}

/** What spaces are ordered by. */
typedef struct space_use {
    const char *name;
    uint32_t first_place, space;
} space_use;

static int compare_spaces(const void *left, const void *right)
{
    const space_use *a = left, *b = right;
    int order = strcmp(a->name, b->name);

    if (order == 0)
        order = kith_order_u64(a->first_place, b->first_place);
    return order ? order : kith_order_u64(a->space, b->space);
}

static kith_code rank_spaces(kith_resolving *work, kith_err *err)
{
    space_use *uses = kith_alloc_array(work->n_spaces, sizeof *uses);

    if (!uses)
        return kith_fail_memory(err, "spaces of ids");
    for (uint32_t i = 0; i < work->n_spaces; i++)
        uses[i] = (space_use){work->roster->spaces[i], UINT32_MAX, i};
    for (uint32_t place = work->n_mentions; place-- > 0;) {
        const kith_kept_mention *mention = kith_mention_at(work, place);
        if (mention->id != KITH_NO_TEXT)
            uses[mention->space].first_place = place;
    }
    qsort(uses, work->n_spaces, sizeof *uses, compare_spaces);
    for (uint32_t i = 0; i < work->n_spaces; i++)
        work->space_rank[uses[i].space] = i;
    kith_free(uses);
    return KITH_OK;
}

kith_code kith_resolve_order(kith_resolving *work, kith_err *err)
{
    number_each(work->source_at, work->n_sources);
    qsort_r(work->source_at, work->n_sources, sizeof *work->source_at, compare_sources,
            (void *)(uintptr_t)work->roster);
    invert(work->source_at, work->source_rank, work->n_sources);
    rank_mentions(work);
    kith_code rc = place_mentions(work, err);
    if (rc != KITH_OK)
        return rc;
    invert(work->mention_at, work->place, work->n_mentions);
    find_first_places(work);
    return rank_spaces(work, err);
}
