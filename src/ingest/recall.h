/** @file
 * Reading a file, or doing again what its reader did when the same file was last read the same way.
 */
#ifndef KITH_INGEST_RECALL_H
#define KITH_INGEST_RECALL_H

#include "ingest/cache.h"
#include "ingest/date_columns.h"
#include "ingest/reading.h"

/** In which round a file is met. */
typedef enum kith_round { KITH_ROUND_LOOK, KITH_ROUND_READ } kith_round;

typedef struct kith_recall {
    kith_cache *cache; /**< NULL: every file is read */
    uint32_t recalled; /**< files in the second round that were not read */
    uint32_t learned;  /**< files in the second round that were, and can be recalled next time */
} kith_recall;

/** Reads, or looks at, a file to its end. */
typedef kith_code kith_recall_read(kith_reading *reading, kith_date_columns *dates, kith_err *err);

/**
 * Reads a file by `read`, or has it recalled. The key is all that its reading depends on: the bytes of the
 * file on disk that it lies in, its place and name there, how it was recognised, the options that matter,
 * what is known of its owner and of the folder, and the version of kith. Formats that ask for more than that,
 * or tell others more than a tape holds, are read every time: see kith_format.remembered.
 * @param dates  what `read` gets; columns whose order is found are added.
 */
kith_code kith_recall_or_read(kith_recall *recall, kith_reading *reading, kith_round round,
                              kith_date_columns *dates, kith_recall_read *read, kith_err *err);

#endif
