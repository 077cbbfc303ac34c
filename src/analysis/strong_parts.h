/** @file
 * Strong components of mentorships, one run after another over the same arrays.
 */
#ifndef KITH_ANALYSIS_STRONG_PARTS_H
#define KITH_ANALYSIS_STRONG_PARTS_H

#include "analysis/mentor_graph.h"

typedef struct kith_strong_parts {
    const kith_mentor_graph *g; /**< borrowed */
    kith_day level;             /**< mentorships of this run: see kith_mentor_next */
    bool within_rings;          /**< whether this run stays within g->ring */
    uint32_t *part;             /**< [n] of the last run that met the person; mentorships of a run lead to the
                                     same or a lower part; numbered on through all runs */
    uint32_t n_parts;           /**< of all runs */
    uint32_t *met;              /**< [n_met] people met in this run */
    uint32_t n_met;
    uint32_t *visit; /**< [n] number of the visit, through all runs; 0: never */
    uint32_t *low;   /**< [n] lowest open visit that is reached */
    uint32_t *place; /**< [n] next place in the row */
    uint32_t *path;  /**< [n] people from the start of the search to the one at hand */
    uint32_t *open;  /**< [n] people whose part is not closed */
    bool *is_open;   /**< [n] */
    uint32_t n_open, visits;
    uint32_t first_visit; /**< of this run */
} kith_strong_parts;

/**
 * @param s  out, caller-owned: kith_strong_parts_free, also on failure.
 * @return KITH_ENOMEM.
 * @source Tarjan 1972, doi:10.1137/0201010
 */
kith_code kith_strong_parts_new(const kith_mentor_graph *g, kith_strong_parts *s, kith_err *err);

void kith_strong_parts_free(kith_strong_parts *s);

/** Begins a run over the mentorships of a level. */
void kith_strong_parts_begin(kith_strong_parts *s, kith_day level, bool within_rings);

/** Numbers the parts of everybody who can be reached from a person in this run. */
void kith_strong_parts_from(kith_strong_parts *s, uint32_t person);

#endif
