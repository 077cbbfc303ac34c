/** @file
 * One person's lineage: who mentored them and by whom those were mentored, whom they mentored and whom those
 * mentored, as two trees of chains (see chains.h).
 *
 * A chain with the earliest latest date leads to each descendant; each stands in the tree where that chain
 * leads, with all who follow from it. Other mentorships that continue a chain of the tree and lead to
 * somebody who stands elsewhere are told by a row that refers there. Ancestors are the same with time turned
 * about: chains that end with the person, those that leave most time for what comes before.
 */
#ifndef KITH_ANCESTRY_H
#define KITH_ANCESTRY_H

#include <kith/network.h>
#include <kith/progress.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct kith_ancestry_opts {
    uint32_t person;
    const char *programme; /**< only mentorships of this programme (folded, whole words); NULL: all */
    const char *cohort;    /**< only mentorships of this cohort (folded, whole words); NULL: all */
    uint32_t depth;        /**< generations that readers see on either side; programs get all. 0: all */
    const kith_progress *progress;
} kith_ancestry_opts;

/** Somebody in a tree. */
typedef struct kith_kin {
    uint32_t person;
    uint32_t generation; /**< mentorships between them and the person asked about, who is generation 0 */
    uint32_t under;      /**< row of the one they stand under; UINT32_MAX for the person asked about */
    uint32_t shown;      /**< row where they stand with all who follow; this one, or the row referred to */
    uint32_t below;      /**< distinct people who stand below this row */
    kith_day start;      /**< of the mentorship with the one they stand under; KITH_NO_DATE where not known */
    bool in_loop; /**< that mentorship lies in a loop of equal or unknown dates: nothing follows from it */
} kith_kin;

/** Rows, each before those that stand under it; those under one row by start, unknown first. Row 0 is the
 * person asked about. */
typedef struct kith_kin_tree {
    kith_kin *rows;
    uint32_t n_rows;
} kith_kin_tree;

typedef struct kith_ancestry_result {
    uint32_t person;
    kith_kin_tree ancestors,
        descendants;                /**< without rows where the person is in no mentorship that counts */
    const char *programme, *cohort; /**< as asked, copied; NULL: all */
    uint32_t depth;                 /**< as asked */
} kith_ancestry_result;

/**
 * @param result  out, caller-owned: kith_ancestry_free; zeroed on failure.
 * @return KITH_ENOMEM, KITH_EDATA, KITH_EINTERRUPT.
 * @cost   as kith_chains without the counting of descendants.
 */
KITH_API kith_code kith_ancestry(const kith_net *net, const kith_ancestry_opts *opts,
                                 kith_ancestry_result *result, kith_err *err);

KITH_API void kith_ancestry_free(kith_ancestry_result *result);

#ifdef __cplusplus
}
#endif
#endif
