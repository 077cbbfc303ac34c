/** @file
 * Whom a cohort reaches: the best route of each member to each company, and the one introduction that would
 * open most of what nobody has a way to.
 */
#ifndef KITH_COVERAGE_H
#define KITH_COVERAGE_H

#include <kith/queries.h>

#ifdef __cplusplus
extern "C" {
#endif

/** The best route of one asker to one group. */
typedef struct kith_coverage_cell {
    uint32_t hops;       /**< 0: there is no route */
    uint32_t introducer; /**< UINT32_MAX where there is none: no route, or a direct tie */
    uint32_t target;     /**< UINT32_MAX without a route */
    double chance;       /**< 0 without a route */
} kith_coverage_cell;

/** A new tie between an asker and somebody else, and what it would bring. */
typedef struct kith_opening {
    uint32_t asker, person;
    uint64_t pairs; /**< of asker and group that have no route now, and would; 0: no introduction opens any */
} kith_opening;

/** Who reaches what. */
typedef struct kith_coverage {
    uint32_t n_askers, n_sought;
    kith_coverage_cell *cells; /**< [n_askers * n_sought], by asker, then group */
    uint64_t reached;          /**< cells with a route */
    kith_opening opening;
} kith_coverage;

/**
 * Finds the best route of every asker to every group, and the introduction that opens most: of all new ties
 * between an asker and anybody, sought or a go-between, the one that gives most pairs of asker and group
 * their first route within max_hops, whatever its strength. Pairs whose asker is of the group are not
 * counted. Of equal ones one to somebody sought, then that of the lowest asker, then person. Nobody who is
 * not to be introduced is proposed to be, nobody passes on who is not to be asked, and ties that do not count
 * open nothing.
 *
 * @param opts      what is asked of all; its asker, targets, mode and top are not looked at; nobody to go
 *                  through.
 * @param askers    shape [n_askers], distinct.
 * @param sought    shape [n_sought], each a set of people.
 * @param coverage  out, caller-owned: kith_coverage_free; empty on failure.
 * @return as kith_intro_batch.
 * @cost   kith_intro_batch; the ties of people within max_hops of each asker and group with a pair that has
 * no route, 8 bytes for each of those people, and as many steps for each asker; 21 bytes a person.
 */
KITH_API kith_code kith_coverage_find(const kith_net *net, const kith_intro_opts *opts,
                                      const uint32_t *askers, uint32_t n_askers, const kith_ids *sought,
                                      uint32_t n_sought, kith_coverage *coverage, kith_err *err);

KITH_API void kith_coverage_free(kith_coverage *coverage);

#ifdef __cplusplus
}
#endif
#endif
