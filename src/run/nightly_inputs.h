/** @file
 * What goes into a night, and whether it is what went into an earlier one.
 */
#ifndef KITH_RUN_NIGHTLY_INPUTS_H
#define KITH_RUN_NIGHTLY_INPUTS_H

#include <jansson.h>
#include <kith/progress.h>

#include "run/nightly_config.h"

/** 32 hex digits and a NUL. */
#define KITH_DIGEST_SIZE 33

/**
 * The files and folders that fit the patterns, each once.
 * @param left_out  NULL, or an array that takes in patterns that nothing fits; without it they are failures.
 * @return KITH_ENOINPUT, KITH_EIO, KITH_ENOMEM; KITH_ECONFIG where one holds the output folder.
 */
kith_code kith_nightly_find(const kith_nightly_config *config, json_t *left_out, kith_texts *paths,
                            kith_err *err);

/** Notes that an input is not used. @return KITH_ENOMEM. */
kith_code kith_nightly_leave_out(json_t *left_out, const char *input, const char *reason, kith_err *err);

/** What files are taken by. */
typedef enum kith_digest_kind {
    KITH_DIGEST_CONTENTS, /**< every byte of every file */
    KITH_DIGEST_STAMPS    /**< size, time of change and place on disk: whether they were touched meanwhile */
} kith_digest_kind;

/**
 * One checksum, XXH3-128, over `seed` and all files, with those in folders but without hidden ones, by name
 * and by what `kind` says.
 * @param digest  out: "" where something cannot be read, for which there is no checksum.
 * @return KITH_ENOMEM, KITH_EINTERRUPT.
 */
kith_code kith_nightly_digest(const kith_texts *paths, kith_digest_kind kind, const char *seed,
                              const kith_progress *progress, char digest[KITH_DIGEST_SIZE], kith_err *err);

#endif
