/** @file
 * The mentorships of a network that have begun, and which of them are asked for.
 */
#ifndef KITH_ANALYSIS_BEGUN_ROWS_H
#define KITH_ANALYSIS_BEGUN_ROWS_H

#include <kith/network.h>

#include "analysis/mentor_graph.h"
#include "base/intern.h"

/** Zeroed is empty. */
typedef struct kith_begun {
    kith_mentor_edge *all;
    uint32_t n_all;
    kith_mentor_edge *chosen;     /**< those of the programme and cohort asked for */
    uint32_t *programme, *cohort; /**< [n_chosen] numbers of their names, UINT32_MAX: none */
    uint32_t n_chosen;
    uint32_t n_future; /**< of those, not begun */
    kith_intern *programmes, *cohorts;
} kith_begun;

/**
 * @param programme,cohort  words that those of a mentorship must have, folded; NULL: any.
 * @param out               caller-owned: kith_begun_free; zeroed on failure.
 * @return KITH_ENOMEM.
 */
kith_code kith_begun_read(const kith_net *net, const char *programme, const char *cohort, kith_begun *out,
                          kith_err *err);

void kith_begun_free(kith_begun *begun);

#endif
