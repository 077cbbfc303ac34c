/** @file
 * Reading inputs of any known kind into a sink.
 */
#ifndef KITH_INGEST_INGEST_H
#define KITH_INGEST_INGEST_H

#include <kith/build.h>

#include "ingest/record.h"

/** What happened to the inputs as a whole. */
typedef struct kith_ingest_tally {
    uint32_t sources;
    uint32_t unrecognised;
    uint32_t recalled; /**< sources that were taken from the cache */
    uint32_t learned;  /**< sources that were read and put into it */
} kith_ingest_tally;

/**
 * Walks the inputs (files, folders, archives, compressed or not), recognises every file by its
 * content and hands its rows to `sink`.
 *
 * Folders and archives are one person's export each where they hold a Profile.csv or are named
 * by an owner option; their tables share one id space (all tables of the run, with opts->ids).
 * Unrecognised files and files that gave no row are told through opts->notice.
 *
 * @return KITH_ENOINPUT; KITH_EDATA when nothing at all was recognised, or an archive is broken;
 *         KITH_EUSAGE when an export does not tell whose it is; KITH_EIO; KITH_ENOMEM; KITH_EINTERRUPT;
 *         and whatever the sink returns.
 */
kith_code kith_ingest(const kith_build_opts *opts, const kith_sink *sink, kith_ingest_tally *tally,
                      kith_err *err);

#endif
