/** @file
 * The parts of a tape's events, to bytes and back by the same functions.
 */
#ifndef KITH_INGEST_TAPE_CODE_H
#define KITH_INGEST_TAPE_CODE_H

#include "ingest/card.h"
#include "ingest/reading.h"
#include "ingest/record.h"

typedef enum kith_tape_event {
    KITH_TAPE_END,
    KITH_TAPE_SPACE,
    KITH_TAPE_MENTION,
    KITH_TAPE_RELATION,
    KITH_TAPE_PAIRING,
    KITH_TAPE_TENURE,
    KITH_TAPE_REJECT,
    KITH_TAPE_NOTICE,
    KITH_TAPE_CONTACT,
    KITH_TAPE_MEMBER,
    KITH_TAPE_LISTED,
    KITH_TAPE_SAID,
    KITH_TAPE_WRITER,
    KITH_TAPE_DATES,
    KITH_TAPE_EVENTS
} kith_tape_event;

/** How people go by numbers on a tape; mentions have the others in their order. */
enum { KITH_TAPE_OWNER, KITH_TAPE_NOBODY, KITH_TAPE_MENTIONS };

/** Bytes being written, or being read. Every function below writes what it is given, or sets it. */
typedef struct kith_tape_code {
    kith_dynbuf *to;      /**< NULL: reading */
    const char *at, *end; /**< what is left to read */
    bool bad;             /**< read: it ends early, or a value is none that there is */
    kith_attr *attrs;     /**< read: scratch, to be freed */
    size_t capacity;
} kith_tape_code;

/** A number up to `most`. */
void kith_tape_code_number(kith_tape_code *code, uint64_t *number, uint64_t most);
void kith_tape_code_u32(kith_tape_code *code, uint32_t *number);
void kith_tape_code_bool(kith_tape_code *code, bool *is);
void kith_tape_code_day(kith_tape_code *code, kith_day *day);
/** A number from 0 to `most`, or NaN. */
void kith_tape_code_real(kith_tape_code *code, double *number, double most);
/** Read: borrowed from the bytes. */
void kith_tape_code_text(kith_tape_code *code, const char **text);
/** Read: borrowed until the next list is read. */
void kith_tape_code_attrs(kith_tape_code *code, const kith_attr **attrs, size_t *n);

/** Everything but the source; people by their numbers on the tape. Who has an id has it in the
 * one space of the file. */
void kith_tape_code_mention(kith_tape_code *code, kith_mention *mention);
void kith_tape_code_relation(kith_tape_code *code, kith_relation *relation);
void kith_tape_code_pairing(kith_tape_code *code, kith_pairing *pairing);
void kith_tape_code_tenure(kith_tape_code *code, kith_tenure *tenure);
void kith_tape_code_end(kith_tape_code *code, kith_source_end *end);

#endif
