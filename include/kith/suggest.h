/** @file
 * Which single introductions would hold a network together better.
 */
#ifndef KITH_SUGGEST_H
#define KITH_SUGGEST_H

#include <kith/bridges.h>
#include <kith/network.h>
#include <kith/progress.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Most groups, the largest, between which ways are sought; where each search of the network would make them
 * more than KITH_SUGGEST_WORK people and ties looked at, fewer, but no fewer than KITH_SUGGEST_GROUPS. */
enum { KITH_SUGGEST_MOST_GROUPS = 1000, KITH_SUGGEST_GROUPS = 64 };

#define KITH_SUGGEST_WORK ((uint64_t)1000000000)

/** What is asked; groups as in kith_bridges_opts. */
typedef struct kith_suggest_opts {
    uint32_t top;           /**< most suggestions; 0: all there are */
    kith_grouping grouping; /**< KITH_GROUPING_NONE: companies */
    kith_field field;
    double resolution;
    uint32_t runs;
    uint64_t seed;
    const kith_progress *progress;
} kith_suggest_opts;

/** Two people without a tie, two or three ties apart, and what their tie alone would change. */
typedef struct kith_suggestion {
    uint32_t a, b;           /**< a < b; both may be introduced */
    uint32_t common_contact; /**< who can introduce them, or UINT32_MAX */
    uint32_t people_secured; /**< by how many fewer people cut people's leaving would cut off then */
    uint32_t eased[2];       /**< [n_eased] these cut people */
    uint32_t n_eased;
    uint32_t cut_people_removed; /**< of them, who would be none any more */
    uint32_t group[2];           /**< of a and b, or UINT32_MAX */
    uint32_t distance_before;    /**< ties on the shortest way between the two groups; 0: not two groups */
    uint32_t distance_after;
} kith_suggestion;

typedef struct kith_suggest_result {
    kith_suggestion *suggestions;
    uint32_t n_suggestions;
    uint32_t top;
    const char **group_names; /**< [n_groups] */
    uint32_t n_groups;
    uint32_t n_sought; /**< groups between which ways were sought, the largest */
} kith_suggest_result;

/**
 * Suggests introductions: those come first that secure most people at cut people where none before them does,
 * which counts half where nobody can introduce the two; then by cut_people_removed, how much shorter the way
 * between the groups gets, whether somebody can introduce the two, people in both groups, then ids. Each one
 * brings something that none before it brings: a cut person on whom fewer hang, or two groups joined.
 *
 * @param result  out, caller-owned: kith_suggest_free; zeroed on failure.
 * @return KITH_ENOMEM, KITH_EDATA, KITH_EINTERRUPT.
 * @cost   O((groups + suggestions) (n + m)).
 */
KITH_API kith_code kith_suggest(const kith_net *net, const kith_suggest_opts *opts,
                                kith_suggest_result *result, kith_err *err);

KITH_API void kith_suggest_free(kith_suggest_result *result);

#ifdef __cplusplus
}
#endif
#endif
