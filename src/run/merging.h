/** @file
 * The files by which a person has a say in who is who: decisions in, doubtful pairs out.
 */
#ifndef KITH_RUN_MERGING_H
#define KITH_RUN_MERGING_H

#include <kith/build.h>

#include "base/arena.h"
#include "people/people.h"

/**
 * What build options say about merging, decisions read from their file.
 *
 * @param merge  out, borrowed from `opts` and `arena`.
 * @return KITH_EUSAGE (no such region), KITH_ENOINPUT, KITH_EDATA with the line of a decision that makes no
 * sense.
 */
kith_code kith_merging_of(const kith_build_opts *opts, kith_arena *arena, kith_merge_opts *merge,
                          kith_err *err);

/** Writes doubtful pairs as CSV, with an empty column `decision` in front. */
kith_code kith_review_write(const kith_people *people, const char *path, kith_err *err);

#endif
