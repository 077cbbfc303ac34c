/** @file
 * Mentorships as a directed graph of the people in them, and the loops among them.
 */
#ifndef KITH_ANALYSIS_MENTOR_GRAPH_H
#define KITH_ANALYSIS_MENTOR_GRAPH_H

#include <stdbool.h>
#include <stdint.h>

#include <kith/day.h>
#include <kith/progress.h>

#include "base/err.h"

/** One mentorship, as far as chains care. */
typedef struct kith_mentor_edge {
    uint32_t mentor, mentee;
    kith_day start; /**< KITH_NO_DATE where not known: below every date */
} kith_mentor_edge;

/** A mentorship as one of its two people sees it. */
typedef struct kith_mentor_link {
    uint32_t other; /**< the mentee to the mentor, the mentor to the mentee */
    kith_day start;
    uint32_t edge;
} kith_mentor_link;

/** The mentorships on one side of each person, within a row in the order of the graph's edges. */
typedef struct kith_mentor_side {
    uint32_t *offset;       /**< [n + 1] */
    kith_mentor_link *link; /**< [k] */
} kith_mentor_side;

/**
 * People in it are numbered so that families lie together: depth first from those whom nobody mentors,
 * who come by rising id. A loop is a ring of mentorships that has at most one known date: it runs at one
 * level, a date or KITH_NO_DATE.
 */
typedef struct kith_mentor_graph {
    uint32_t n, k;
    uint32_t *person;         /**< [n] ids in the network */
    kith_mentor_edge *edges;  /**< [k] by start, those without a date first, then ids of mentor and mentee */
    kith_mentor_side mentees; /**< rows of mentors: the mentorships they give */
    kith_mentor_side mentors; /**< rows of mentees: the mentorships they get */
    uint32_t *ring; /**< [n] strong component, numbered so that mentorships lead to the same or a lower one */
    bool *in_loop;  /**< [k] whether the mentorship lies in a loop, and so extends no chain */
    kith_day *loop_level; /**< [k] the lowest level of such a loop */
} kith_mentor_graph;

/** Stands for every level at once in kith_mentor_next. */
#define KITH_ANY_LEVEL INT32_MAX

/**
 * @param edges  borrowed, in any order; nobody mentors themself.
 * @param g      out, caller-owned: kith_mentor_graph_free; zeroed on failure.
 * @return KITH_ENOMEM, KITH_EINTERRUPT.
 * @cost   O(k); within rings also O(d u / 512) for d mentorships with a date and u without, and 128
 *         bytes a person.
 * @source strong components: Tarjan 1972, doi:10.1137/0201010
 */
kith_code kith_mentor_graph_build(const kith_mentor_edge *edges, uint32_t k, const kith_progress *progress,
                                  kith_mentor_graph *g, kith_err *err);

void kith_mentor_graph_free(kith_mentor_graph *g);

/**
 * The first place at or after `at` in v's row that belongs to a level: a mentorship that starts on that day
 * or has no date.
 * @return a place in side->link, or the end of the row.
 */
uint32_t kith_mentor_next(const kith_mentor_side *side, uint32_t v, uint32_t at, kith_day level);

/** Fills in `ring`, `in_loop` and `loop_level`; called by the build. @return KITH_ENOMEM, KITH_EINTERRUPT. */
kith_code kith_mentor_loops_mark(kith_mentor_graph *g, const kith_progress *progress, kith_err *err);

#endif
