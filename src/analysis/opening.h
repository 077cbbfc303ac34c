/** @file
 * The one introduction after which most askers reach most groups that they have no route to.
 */
#ifndef KITH_ANALYSIS_OPENING_H
#define KITH_ANALYSIS_OPENING_H

#include <kith/coverage.h>

/**
 * Finds the opening of a coverage whose cells are known.
 *
 * @param askers    shape [coverage->n_askers], as in kith_coverage_find; `sought` likewise.
 * @return KITH_ENOMEM, KITH_EDATA, KITH_EINTERRUPT.
 * @cost   The ties of people within max_hops of each asker and group with a pair that has no route, and 8
 * bytes for each of these people; as many steps for each asker; 21 bytes a person.
 */
kith_code kith_opening_find(const kith_net *net, const kith_intro_opts *opts, const uint32_t *askers,
                            const kith_ids *sought, kith_coverage *coverage, kith_err *err);

#endif
