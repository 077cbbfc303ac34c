/** @file
 * Whether a build fits into memory: asked while its inputs are read, and again before they are put together.
 */
#ifndef KITH_RUN_MEMORY_PLAN_H
#define KITH_RUN_MEMORY_PLAN_H

#include <kith/build.h>

#include "people/people.h"

/** A plan; all that it points to is borrowed. */
typedef struct kith_memory_plan {
    const kith_build_opts *opts;
    const kith_roster *roster;
    kith_progress progress; /**< to be told of reading instead of what `opts` has: passes on and looks */
    uint64_t next_look;     /**< sixteenths of the inputs */
    kith_code rc;           /**< KITH_ENOMEM once it turned out while reading that it will not fit */
    kith_err err;
} kith_memory_plan;

/** @param plan  must stay where it is. */
void kith_memory_plan_begin(const kith_build_opts *opts, const kith_roster *roster, kith_memory_plan *plan);

/** Tells how much memory the rest will take once all is read. @return KITH_ENOMEM where there is not so much.
 */
kith_code kith_memory_plan_check(const kith_memory_plan *plan, kith_err *err);

#endif
