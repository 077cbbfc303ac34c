/** @file
 * The chains that arrive with the earliest latest date.
 */
#ifndef KITH_ANALYSIS_FIRST_ARRIVALS_H
#define KITH_ANALYSIS_FIRST_ARRIVALS_H

#include "analysis/mentor_graph.h"

/** How the first chain comes to somebody. */
typedef struct kith_arrival {
    kith_day latest;     /**< latest start on the way; KITH_NO_DATE where none is dated */
    uint32_t from;       /**< who comes before them, or UINT32_MAX for those with whom chains begin */
    uint32_t link;       /**< place of the mentorship in the side that was followed */
    uint32_t generation; /**< mentorships on the way; UINT32_MAX: no chain comes */
} kith_arrival;

/**
 * For everyone a chain that begins with one of `origins` and has the earliest latest date; each is one longer
 * than that of the person before. It leaves every way on open that other chains to the same person leave.
 *
 * @param backwards  follow chains that end with the origins, from mentee to mentor: `latest` is then the
 *                   earliest start on the way.
 * @param out        caller-owned, [n].
 * @return KITH_ENOMEM.
 * @cost   O(k log k).
 */
kith_code kith_first_arrivals(const kith_mentor_graph *g, bool backwards, const uint32_t *origins,
                              uint32_t n_origins, kith_arrival *out, kith_err *err);

#endif
