/** @file
 * The steps from mentions to people, for the files of this room.
 *
 * Sources are ranked and mentions are put in places by their content alone; from then on a source
 * is its rank and a mention its place, so nothing depends on the order in which inputs came.
 */
#ifndef KITH_PEOPLE_RESOLVE_H
#define KITH_PEOPLE_RESOLVE_H

#include "people/roster.h"

/** An entry of the merge log before people have numbers. */
typedef struct kith_join {
    uint32_t place;
    const char *evidence; /**< static, or of the roster */
    double probability;
} kith_join;

/** A doubtful pair before people have numbers. */
typedef struct kith_lookalikes {
    uint32_t place[2];
    const char *evidence; /**< of the roster */
    double probability;
    const char *key[2]; /**< of the people whom exact keys make of them, once these are known */
} kith_lookalikes;

/** One side of a decision that keeps two people apart; sides 2i and 2i + 1 never come together. */
typedef struct kith_apart {
    uint32_t side, next;
} kith_apart;

typedef struct kith_resolving {
    const kith_roster *roster;
    const kith_progress *progress; /**< NULL: nobody is told */
    uint32_t n_mentions, n_sources, n_spaces;
    uint32_t *source_at;   /**< [n_sources] by rank */
    uint32_t *source_rank; /**< [n_sources] its inverse */
    uint32_t
        *rank;  /**< [n_mentions] of the source a mention counts with: an owner is one mention for several */
    bool *owns; /**< [n_mentions] whether it is the owner of a source */
    uint32_t *mention_at;   /**< [n_mentions] by place */
    uint32_t *place;        /**< [n_mentions] its inverse */
    uint32_t *first_place;  /**< [n_sources + 1] by rank: places of a source stand together */
    uint32_t *space_rank;   /**< [n_spaces] by name, then by first mention */
    uint32_t *parent;       /**< [n_mentions] by place: sets of mentions; a root is the first of its set */
    uint32_t *exact_parent; /**< [n_mentions] the sets that exact keys alone make, where likeness joins more
                               of them and nothing was decided; else NULL */
    bool *has_slug;         /**< [n_mentions] at roots: whether the set has a LinkedIn address */
    bool *duplicate;        /**< [n_sources] by rank: says again what an earlier source said */
    uint32_t *person;       /**< [n_mentions] by place */
    uint32_t n_people;
    kith_join *joins;
    size_t n_joins, join_capacity;
    kith_lookalikes *doubts; /**< the likeliest first */
    size_t n_doubts, doubt_capacity;
    size_t n_all_doubts; /**< kept or not */
    uint32_t *
        first_apart; /**< [n_mentions] at roots: into `aparts`, or KITH_NO_TEXT; NULL where nobody is apart */
    kith_apart *aparts;
    size_t n_aparts, apart_capacity;
    size_t n_skipped_blocks;
} kith_resolving;

/** People as exact keys alone make them: whom decisions and doubts name by their keys. */
typedef struct kith_exact {
    uint32_t *person; /**< [n_mentions] by place */
    kith_people people;
    kith_arena arena;
} kith_exact;

/** The mention at a place. */
static inline const kith_kept_mention *kith_mention_at(const kith_resolving *work, uint32_t place)
{
    return &work->roster->mentions[work->mention_at[place]];
}

/** The person whom a mention turned out to be. */
static inline uint32_t kith_person_of(const kith_resolving *work, uint32_t mention)
{
    return work->person[work->place[mention]];
}

/** Rank of the source that the mention at a place counts with. */
static inline uint32_t kith_rank_at(const kith_resolving *work, uint32_t place)
{
    return work->rank[work->mention_at[place]];
}

/** Line of the mention at a place; 0 for the owner of a source, whom the whole of it tells of. */
static inline uint64_t kith_line_at(const kith_resolving *work, uint32_t place)
{
    return work->owns[work->mention_at[place]] ? 0 : kith_mention_at(work, place)->line;
}

/** Orders of numbers, for comparators. */
static inline int kith_order_u64(uint64_t a, uint64_t b)
{
    return (a > b) - (a < b);
}

static inline int kith_order_i64(int64_t a, int64_t b)
{
    return (a > b) - (a < b);
}

/** Fills ranks and places. */
kith_code kith_resolve_order(kith_resolving *work, kith_err *err);

/** Order of two mentions by all they tell; 0 where they tell the same. */
int kith_resolve_compare(const kith_roster *roster, const kith_kept_mention *a, const kith_kept_mention *b);

/** The root of the set that `place` is in. */
uint32_t kith_resolve_find(kith_resolving *work, uint32_t place);

/** Makes one set of two. */
void kith_resolve_unite(kith_resolving *work, uint32_t a, uint32_t b);

/** Whether no decision keeps the sets of two roots apart. */
bool kith_resolve_may_unite(const kith_resolving *work, uint32_t a, uint32_t b);

/** Puts the mention at `place`, which is in a set of its own, on one side of a decision. */
kith_code kith_resolve_set_apart(kith_resolving *work, uint32_t place, uint32_t side, kith_err *err);

/** Notes in the merge log what the mention at `place` was joined by, or why not; `evidence` is static. */
kith_code kith_resolve_note(kith_resolving *work, uint32_t place, const char *evidence, double probability,
                            kith_err *err);

/** The same with words that are copied. */
kith_code kith_resolve_note_words(kith_resolving *work, uint32_t place, const kith_dynbuf *words,
                                  double probability, kith_err *err);

/** Notes a doubtful pair. */
kith_code kith_resolve_doubt(kith_resolving *work, uint32_t a, uint32_t b, const kith_dynbuf *words,
                             double probability, kith_err *err);

/** Applies decisions: before anything else is joined. */
kith_code kith_resolve_decisions(kith_resolving *work, const kith_exact *exact, const kith_merge_opts *opts,
                                 kith_err *err);

/** Joins mentions that share keys, and notes what was joined or refused. */
kith_code kith_resolve_keys(kith_resolving *work, kith_merge_mode mode, kith_err *err);

/** Joins people who are one beyond reasonable doubt. */
kith_code kith_resolve_graded(kith_resolving *work, const kith_merge_opts *opts, kith_err *err);

/** Finds sources that say the same as an earlier one, and joins their mentions one by one. */
void kith_resolve_duplicates(kith_resolving *work);

/** Fills ties and relations of `people`, whose `person_of` is there. */
kith_code kith_resolve_relations(const kith_resolving *work, kith_people *people, kith_arena *arena,
                                 kith_err *err);

/** Fills tenures of `people`, who have their numbers. */
kith_code kith_resolve_tenures(const kith_resolving *work, kith_people *people, kith_arena *arena,
                               kith_err *err);

/** The strongest texts by which a person goes, each the first in byte order of those they have. */
typedef struct kith_identity {
    uint32_t id;       /**< text, or KITH_NO_TEXT; so are the next two */
    uint32_t id_space; /**< of `id` */
    uint32_t slug;     /**< with the address before it */
    uint32_t email;
} kith_identity;

/** Fills `identity`, shape [n_people]. */
void kith_resolve_identities(const kith_resolving *work, kith_identity *identity);

/** Fills attributes, or of them the names alone, and flags of `people`. */
kith_code kith_resolve_describe(const kith_resolving *work, const kith_identity *identity, bool names_only,
                                kith_people *people, kith_arena *arena, kith_err *err);

/** Fills keys, and where they are wanted aliases, of `people`, whose attributes are there. */
kith_code kith_resolve_names(const kith_resolving *work, const kith_identity *identity, bool aliases,
                             kith_people *people, kith_arena *arena, kith_err *err);

/** Lists the merge log. */
kith_code kith_resolve_merges(const kith_resolving *work, kith_people *people, kith_arena *arena,
                              kith_err *err);

/** Lists the doubtful pairs. */
kith_code kith_resolve_doubts(const kith_resolving *work, kith_people *people, kith_arena *arena,
                              kith_err *err);

/** The order of pairings in kith_people, total. */
int kith_compare_pairings(const void *left, const void *right);

/** Joins the rows that tell of one mentorship, and sorts what is left. @cost O(n log n) */
void kith_pairings_fold(kith_pairing *pairings, size_t *n);

#endif
