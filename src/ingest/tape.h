/** @file
 * What a reader hands on, taken down as bytes, so that it can be handed on again without reading.
 *
 * A tape is events in their order: people by number from 0 as they are mentioned, the owner of the export and
 * "nobody" by numbers of their own. It ends with the counts of the source. All numbers have a variable
 * length, 7 bits a byte; nothing in a tape is trusted when it is played.
 */
#ifndef KITH_INGEST_TAPE_H
#define KITH_INGEST_TAPE_H

#include "ingest/date_columns.h"
#include "ingest/reading.h"

/** Goes up whenever, within one version of kith, a tape of before is no longer what its reader does. */
#define KITH_TAPE_FORMAT 1

/** One file being taken down. Zeroed is empty. */
typedef struct kith_tape {
    kith_dynbuf bytes;
    bool gave_up; /**< something was handed on that a tape cannot hold */
    kith_reading *reading;
    const kith_sink *sink;       /**< that the reading had before */
    const kith_build_opts *opts; /**< as well */
    kith_sink through;           /**< takes down, and hands on to it */
    kith_build_opts heard;       /**< with a notice that takes down and hands on */
    uint32_t space;              /**< that was asked for, or KITH_NO_SPACE */
    uint32_t first, n_mentions;  /**< the handle of the first mention; how many mentions there were */
    uint32_t *numbers;           /**< [capacity] of a mention by its handle, from `first` on */
    size_t n_numbers, capacity;
} kith_tape;

/** Puts the tape between a reading and its sink. */
void kith_tape_begin(kith_tape *tape, kith_reading *reading);

/** Takes it away again and writes down the counts. @return whether the tape holds all. */
bool kith_tape_end(kith_tape *tape);

void kith_tape_free(kith_tape *tape);

/** What readers do besides handing on; for the functions of reading.h with these names. */
void kith_tape_space(kith_tape *tape, uint32_t space);
void kith_tape_contact(kith_tape *tape, const char *name, uint32_t mention);
void kith_tape_member(kith_tape *tape, kith_card *card);
void kith_tape_listed(kith_tape *tape, kith_card *card, const kith_relation *relation);
void kith_tape_said(kith_tape *tape, kith_card *card, const kith_relation *relation, bool to_contacts);
void kith_tape_writer(kith_tape *tape, const char *name, const char *url);
void kith_tape_dates(kith_tape *tape, const kith_date_column *column);

/** Whether a tape is whole and says nothing that no reader would say of this reading. @cost  O(length). */
bool kith_tape_check(const char *bytes, size_t length, const kith_reading *reading);

/**
 * Does what the reader did whose tape it is.
 * @param bytes  that kith_tape_check has found good.
 * @param dates  where columns of dates go; NULL: there are none.
 * @return KITH_ENOMEM, and whatever the sink returns.
 */
kith_code kith_tape_play(const char *bytes, size_t length, kith_reading *reading, kith_date_columns *dates,
                         kith_err *err);

#endif
