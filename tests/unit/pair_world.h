/** @file
 * A mentee, a mentor who fits, and two more: the smallest network to match in.
 */
#ifndef KITH_TESTS_PAIR_WORLD_H
#define KITH_TESTS_PAIR_WORLD_H

#include <kith/match.h>

#include "small_net.h"

/** People of a pair world, by id. */
enum { MENTEE, MENTOR, OTHER, LAST };

/** One mentee who wants python and sql, one mentor who offers python, and two people who take no part. */
small_net *pair_world(void);

/** Another mentor who offers the same. */
void add_mentor(small_net *s, uint32_t id);

/** Matches, which must go well. @param opts  NULL for none */
kith_match_result match(small_net *s, const kith_match_opts *opts);

/** The mentor that the mentee of a world is given; UINT32_MAX: none. Frees the world. */
uint32_t mentor_given(small_net *s, const kith_match_opts *opts);

#endif
