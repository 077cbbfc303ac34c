/* From mentions to people: the steps in order, and what relates people. */
#include "people/resolve.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

static kith_code out_of_memory(kith_err *err)
{
    return kith_fail_memory(err, "who is who");
}

static kith_code make_room(kith_resolving *work, kith_err *err)
{
    const size_t mentions = work->n_mentions, sources = work->n_sources;

    work->source_at = kith_alloc_array(sources, sizeof *work->source_at);
    work->source_rank = kith_alloc_array(sources, sizeof *work->source_rank);
    work->rank = kith_alloc_array(mentions, sizeof *work->rank);
    work->owns = kith_calloc(mentions, sizeof *work->owns);
    work->mention_at = kith_alloc_array(mentions, sizeof *work->mention_at);
    work->place = kith_alloc_array(mentions, sizeof *work->place);
    work->first_place = kith_alloc_array(sources + 1, sizeof *work->first_place);
    work->space_rank = kith_alloc_array(work->n_spaces, sizeof *work->space_rank);
    work->parent = kith_alloc_array(mentions, sizeof *work->parent);
    work->has_slug = kith_calloc(mentions, sizeof *work->has_slug);
    work->duplicate = kith_calloc(sources, sizeof *work->duplicate);
    work->person = kith_alloc_array(mentions, sizeof *work->person);
    if (!work->source_at || !work->source_rank || !work->rank || !work->owns || !work->mention_at ||
        !work->place || !work->first_place || !work->space_rank || !work->parent || !work->has_slug ||
        !work->duplicate || !work->person)
        return out_of_memory(err);
    for (uint32_t place = 0; place < work->n_mentions; place++)
        work->parent[place] = place;
    return KITH_OK;
}

static void free_room(kith_resolving *work)
{
    kith_free(work->source_at);
    kith_free(work->source_rank);
    kith_free(work->rank);
    kith_free(work->owns);
    kith_free(work->mention_at);
    kith_free(work->place);
    kith_free(work->first_place);
    kith_free(work->space_rank);
    kith_free(work->parent);
    kith_free(work->exact_parent);
    kith_free(work->has_slug);
    kith_free(work->duplicate);
    kith_free(work->person);
    kith_free(work->joins);
    kith_free(work->doubts);
    kith_free(work->first_apart);
    kith_free(work->aparts);
}

/** A root is the first place of its set, so its person is known before any other place of the set. */
static void number_people(kith_resolving *work)
{
    for (uint32_t place = 0; place < work->n_mentions; place++) {
        uint32_t root = kith_resolve_find(work, place);
        work->person[place] = root == place ? work->n_people++ : work->person[root];
    }
}

int kith_compare_pairings(const void *left, const void *right)
{
    const kith_pairing *x = left, *y = right;
    int order = kith_order_u64(x->mentor, y->mentor);

    if (order == 0)
        order = kith_order_i64(x->start, y->start);
    if (order == 0)
        order = kith_order_u64(x->mentee, y->mentee);
    if (order == 0)
        order = kith_order_i64(x->end, y->end);
    if (order == 0)
        order = kith_order_u64(x->source, y->source);
    if (order == 0)
        order = kith_order_u64(x->line, y->line);
    if (order == 0)
        order = kith_order_i64(x->last_meeting, y->last_meeting);
    if (order == 0)
        order = kith_order_u64(x->status, y->status);
    if (order == 0)
        order = kith_order_u64(x->meetings, y->meetings);
    if (order == 0)
        order = kith_order_i64(x->requested, y->requested);
    if (order == 0)
        order = kith_order_u64(x->gaps.count, y->gaps.count);
    if (order == 0)
        order = kith_order_u64(x->gaps.median_days, y->gaps.median_days);
    if (order == 0)
        order = (x->gaps.regularity > y->gaps.regularity) - (x->gaps.regularity < y->gaps.regularity);
    if (order == 0)
        order = kith_order_u64(x->agreed_gap_days, y->agreed_gap_days);
    if (order == 0)
        order = strcmp(x->programme, y->programme);
    return order ? order : strcmp(x->cohort, y->cohort);
}

static kith_code pair(const kith_resolving *work, kith_people *people, kith_arena *arena, kith_err *err)
{
    const kith_roster *roster = work->roster;

    if (!(people->pairings = kith_arena_alloc(arena, roster->n_pairings * sizeof *people->pairings)))
        return out_of_memory(err);
    for (size_t i = 0; i < roster->n_pairings; i++) {
        kith_pairing pairing = roster->pairings[i];
        pairing.mentor = kith_person_of(work, pairing.mentor);
        pairing.mentee = kith_person_of(work, pairing.mentee);
        pairing.source = work->source_rank[pairing.source];
        if (pairing.mentor != pairing.mentee && !work->duplicate[pairing.source])
            people->pairings[people->n_pairings++] = pairing;
    }
    kith_pairings_fold(people->pairings, &people->n_pairings);
    return KITH_OK;
}

static kith_code list_mentions(const kith_resolving *work, kith_people *people, kith_arena *arena,
                               kith_err *err)
{
    if (!(people->person_of = kith_arena_alloc(arena, work->n_mentions * sizeof *people->person_of)))
        return out_of_memory(err);
    for (uint32_t mention = 0; mention < work->n_mentions; mention++)
        people->person_of[mention] = kith_person_of(work, mention);
    return KITH_OK;
}

static kith_code list_sources(const kith_resolving *work, kith_people *people, kith_arena *arena,
                              kith_err *err)
{
    people->n_sources = work->n_sources;
    if (!(people->sources = kith_arena_alloc(arena, people->n_sources * sizeof *people->sources)))
        return out_of_memory(err);
    for (uint32_t rank = 0; rank < people->n_sources; rank++) {
        const kith_kept_source *kept = &work->roster->sources[work->source_at[rank]];
        uint32_t owner = kept->end.owner == UINT32_MAX ? UINT32_MAX : kith_person_of(work, kept->end.owner);
        people->sources[rank] = (kith_people_source){kept->name, kept->format, owner, kept->end};
        people->sources[rank].end.owner = owner;
        people->n_duplicates += work->duplicate[rank];
    }
    return KITH_OK;
}

static int compare_rejects(const void *left, const void *right)
{
    const kith_people_reject *x = left, *y = right;
    int order = kith_order_u64(x->source, y->source);

    if (order == 0)
        order = kith_order_u64(x->line, y->line);
    if (order == 0)
        order = strcmp(x->reason, y->reason);
    return order ? order : strcmp(x->columns, y->columns);
}

static kith_code list_rejects(const kith_resolving *work, kith_people *people, kith_arena *arena,
                              kith_err *err)
{
    const kith_roster *roster = work->roster;

    if (!(people->rejects = kith_arena_alloc(arena, roster->n_rejects * sizeof *people->rejects)))
        return out_of_memory(err);
    for (size_t i = 0; i < roster->n_rejects; i++) {
        kith_people_reject reject = roster->rejects[i];
        reject.source = work->source_rank[reject.source];
        if (!work->duplicate[reject.source])
            people->rejects[people->n_rejects++] = reject;
    }
    qsort(people->rejects, people->n_rejects, sizeof *people->rejects, compare_rejects);
    return KITH_OK;
}

/** Remembers the sets so far: doubtful pairs are told by the keys that people of these have. */
static kith_code remember_exact(kith_resolving *work, kith_err *err)
{
    work->exact_parent = kith_alloc_array(work->n_mentions, sizeof *work->exact_parent);
    if (!work->exact_parent)
        return out_of_memory(err);
    if (work->n_mentions)
        memcpy(work->exact_parent, work->parent, work->n_mentions * sizeof *work->parent);
    return KITH_OK;
}

/** Joins what is one person, ready to be numbered. */
static kith_code unite(kith_resolving *work, const kith_exact *exact, const kith_merge_opts *opts,
                       kith_err *err)
{
    kith_code rc = KITH_OK;

    if (opts->n_decisions)
        rc = kith_resolve_decisions(work, exact, opts, err);
    if (rc == KITH_OK)
        rc = kith_resolve_keys(work, opts->mode, err);
    if (rc == KITH_OK)
        kith_resolve_duplicates(work);
    if (rc == KITH_OK && opts->mode == KITH_MERGE_BALANCED && !opts->n_decisions)
        rc = remember_exact(work, err);
    if (rc == KITH_OK && opts->mode == KITH_MERGE_BALANCED)
        rc = kith_resolve_graded(work, opts, err);
    return rc;
}

/** Who is who: from here on every mention has its person. */
static kith_code identify(kith_resolving *work, const kith_exact *exact, const kith_merge_opts *opts,
                          kith_err *err)
{
    kith_code rc = make_room(work, err);

    if (rc == KITH_OK)
        rc = kith_resolve_order(work, err);
    if (rc == KITH_OK)
        rc = unite(work, exact, opts, err);
    if (rc == KITH_OK)
        number_people(work);
    return rc;
}

/** What everyone is called and known by. */
static kith_code introduce(const kith_resolving *work, bool names_only, bool aliases, kith_people *people,
                           kith_arena *arena, kith_err *err)
{
    kith_identity *identity = kith_alloc_array(work->n_people, sizeof *identity);

    if (!identity)
        return out_of_memory(err);
    kith_resolve_identities(work, identity);
    kith_code rc = kith_resolve_describe(work, identity, names_only, people, arena, err);
    if (rc == KITH_OK)
        rc = kith_resolve_names(work, identity, aliases, people, arena, err);
    kith_free(identity);
    return rc;
}

static kith_resolving begin(const kith_roster *roster, const kith_progress *progress)
{
    return (kith_resolving){.roster = roster,
                            .progress = progress,
                            .n_mentions = (uint32_t)roster->n_mentions,
                            .n_sources = (uint32_t)roster->n_sources,
                            .n_spaces = (uint32_t)roster->n_spaces};
}

/** Finds the people whom keys in decisions are about. */
static kith_code find_exact(const kith_roster *roster, const kith_progress *progress, kith_exact *exact,
                            kith_err *err)
{
    kith_resolving work = begin(roster, progress);
    kith_code rc = identify(&work, NULL, &(kith_merge_opts){.mode = KITH_MERGE_STRICT}, err);

    exact->people = (kith_people){.n = work.n_people};
    if (rc == KITH_OK)
        rc = introduce(&work, true, true, &exact->people, &exact->arena, err);
    exact->person = work.person;
    work.person = NULL;
    free_room(&work);
    return rc;
}

/** The same without aliases, from the sets that were remembered. */
static kith_code recall_exact(const kith_resolving *work, kith_exact *exact, kith_err *err)
{
    kith_resolving sets = *work;

    sets.parent = work->exact_parent;
    sets.person = exact->person = kith_alloc_array(work->n_mentions, sizeof *exact->person);
    if (!exact->person)
        return out_of_memory(err);
    sets.n_people = 0;
    number_people(&sets);
    exact->people = (kith_people){.n = sets.n_people};
    return introduce(&sets, true, false, &exact->people, &exact->arena, err);
}

/** Gives each side of a doubtful pair the key that a decision calls it by. */
static kith_code name_doubts(kith_resolving *work, kith_exact *exact, kith_arena *arena, kith_err *err)
{
    kith_code rc = exact->person ? KITH_OK : recall_exact(work, exact, err);

    for (size_t i = 0; rc == KITH_OK && i < 2 * work->n_doubts; i++) {
        kith_lookalikes *pair = &work->doubts[i / 2];
        const char *key = exact->people.key[exact->person[pair->place[i % 2]]];
        if (!(pair->key[i % 2] = kith_arena_copy(arena, key, strlen(key))))
            rc = out_of_memory(err);
    }
    return rc;
}

static void free_exact(kith_exact *exact)
{
    kith_free(exact->person);
    kith_arena_free(&exact->arena);
    *exact = (kith_exact){0};
}

/** All but what relates people. */
static kith_code list_people(const kith_resolving *work, kith_people *people, kith_arena *arena,
                             kith_err *err)
{
    kith_code rc = introduce(work, false, true, people, arena, err);

    if (rc == KITH_OK)
        rc = list_mentions(work, people, arena, err);
    if (rc == KITH_OK)
        rc = pair(work, people, arena, err);
    if (rc == KITH_OK)
        rc = kith_resolve_tenures(work, people, arena, err);
    if (rc == KITH_OK)
        rc = list_sources(work, people, arena, err);
    if (rc == KITH_OK)
        rc = list_rejects(work, people, arena, err);
    if (rc == KITH_OK)
        rc = kith_resolve_merges(work, people, arena, err);
    if (rc == KITH_OK && work->n_doubts)
        rc = kith_resolve_doubts(work, people, arena, err);
    return rc;
}

/** Of mentions, people need the texts alone now. */
static void drop_mentions(kith_roster *roster)
{
    kith_intern_forget(roster->texts);
    kith_intern_free(roster->references);
    kith_free(roster->reference_mention);
    kith_free(roster->attrs);
    kith_free(roster->mentions);
    roster->references = NULL;
    roster->reference_mention = NULL;
    roster->attrs = NULL;
    roster->mentions = NULL;
    roster->n_mentions = roster->mention_capacity = roster->reference_capacity = 0;
    roster->n_attrs = roster->attr_capacity = 0;
}

/** What relates people is told by people now. */
static void drop_relations(kith_roster *roster)
{
    kith_free(roster->ties);
    kith_free(roster->relations);
    roster->ties = NULL;
    roster->relations = NULL;
    roster->n_ties = roster->tie_capacity = roster->n_tie_runs = 0;
    roster->n_relations = roster->relation_capacity = 0;
}

kith_code kith_roster_resolve(kith_roster *roster, const kith_merge_opts *opts, const kith_people **people,
                              kith_err *err)
{
    static const kith_merge_opts defaults;
    if (!opts)
        opts = &defaults;
    kith_resolving work = begin(roster, opts->progress);
    kith_exact exact = {0};
    kith_people *answer = &roster->people;
    kith_arena *arena = &roster->answer;
    kith_code rc = KITH_OK;

    if (opts->n_decisions)
        rc = find_exact(roster, opts->progress, &exact, err);
    if (rc == KITH_OK)
        rc = identify(&work, &exact, opts, err);
    if (rc == KITH_OK && work.n_doubts)
        rc = name_doubts(&work, &exact, arena, err);
    free_exact(&exact);
    *answer = (kith_people){.n = work.n_people, .n_skipped_blocks = work.n_skipped_blocks};
    if (rc == KITH_OK)
        rc = list_people(&work, answer, arena, err);
    drop_mentions(roster);
    if (rc == KITH_OK)
        rc = kith_resolve_relations(&work, answer, arena, err);
    drop_relations(roster);
    free_room(&work);
    *people = rc == KITH_OK ? answer : NULL;
    return rc;
}
