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

/** Groups between which ways are sought: the largest. */
enum { KITH_SUGGEST_GROUPS = 64 };

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
    uint32_t a, b;               /**< a < b; both may be introduced */
    uint32_t common_contact;     /**< who can introduce them, or UINT32_MAX */
    uint32_t cut_people_removed; /**< cut people who would be none any more */
    uint32_t people_secured;     /**< whom these people's leaving would cut off as things are */
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
} kith_suggest_result;

/**
 * Suggests introductions: those that secure most come first, by cut_people_removed, people_secured, how much
 * shorter the way between the groups gets, whether somebody can introduce the two, people in both groups,
 * then ids. Each one brings something that none before it brings: a cut person removed, or two groups joined.
 *
 * @param result  out, caller-owned: kith_suggest_free; zeroed on failure.
 * @return KITH_ENOMEM, KITH_EDATA, KITH_EINTERRUPT.
 * @cost   O((KITH_SUGGEST_GROUPS + suggestions) (n + m)).
 */
KITH_API kith_code kith_suggest(const kith_net *net, const kith_suggest_opts *opts,
                                kith_suggest_result *result, kith_err *err);

KITH_API void kith_suggest_free(kith_suggest_result *result);

#ifdef __cplusplus
}
#endif
#endif
