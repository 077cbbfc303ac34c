/** @file
 * What a reader of exports hands on, row by row: mentions of people, and what relates them.
 *
 * A mention is one person as one row describes them; two mentions may turn out to be one person.
 * Everything passed to a sink is borrowed for the call only.
 */
#ifndef KITH_INGEST_RECORD_H
#define KITH_INGEST_RECORD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <kith/evidence.h>
#include <kith/field.h>
#include <kith/network.h>

#include "base/err.h"

/** Stands for "no id space". */
#define KITH_NO_SPACE UINT32_MAX

/** One thing known of a person; several of one field are several values. Tidy UTF-8, never empty. */
typedef struct kith_attr {
    kith_field field;
    const char *value;
} kith_attr;

/** One person as one row describes them. */
typedef struct kith_mention {
    uint32_t source; /**< of the row */
    uint64_t line;   /**< first line of the row, from 1 */
    uint32_t space;  /**< id space of `id`, or KITH_NO_SPACE */
    const char *id;  /**< the source's own id of the person, or NULL */
    const kith_attr *attrs;
    size_t n_attrs;
    bool owner; /**< whose export this is */
    bool do_not_introduce;
    bool only; /**< nobody else is mentioned by this id in the source, and this person no second time */
} kith_mention;

/** Bits of kith_relation.stated before the two of the direction. */
#define KITH_STATED_LEADS (2 * (uint32_t)KITH_STATED_COUNT)

/**
 * Something that relates two mentions and makes or strengthens a tie.
 *
 * For messages `a` wrote to `b`, and `weight` is what each of them counts, 1 / max(1, participants - 1);
 * NaN stands for 1. For people who studied together `date` and `end` are the class years of a and b.
 */
typedef struct kith_relation {
    uint32_t a, b; /**< mentions; for KITH_EVIDENCE_LISTED: a lists b */
    kith_evidence kind;
    uint32_t source;
    uint64_t line;
    kith_day date;   /**< when it was observed, or KITH_NO_DATE */
    kith_day end;    /**< when it ended, or KITH_NO_DATE */
    uint32_t count;  /**< how often: messages, endorsements; 1 for a plain row */
    uint32_t stated; /**< for KITH_EVIDENCE_STATED_RELATION: which, as kith_net_stated; and for all, behind
                        KITH_STATED_LEADS, which way the tie is stated to lead: KITH_LEADS_* of a */
    uint32_t halves; /**< half interactions, as a row of messages or of a stated tie says; 0: it says none */
    double strength; /**< as stated, 0..1; NaN where not */
    double weight;   /**< as stated, above 0; NaN where not */
} kith_relation;

/** A mentorship row that counts (not cancelled, not rejected by the programme). */
typedef struct kith_pairing {
    uint32_t mentor, mentee; /**< mentions */
    uint32_t source;
    uint64_t line;
    kith_day start, end, last_meeting;
    kith_day requested; /**< when it was asked for */
    kith_mentorship_status status;
    const char *programme; /**< "" where not known */
    const char *cohort;
    uint32_t meetings;  /**< UINT32_MAX where not known */
    bool only_meetings; /**< nothing is told but how often the pair met, and when */
    kith_meeting_gaps gaps;
    uint32_t agreed_gap_days; /**< 0 where not known */
} kith_pairing;

/** Somebody's time at a company or a school, as they tell it themselves. */
typedef struct kith_tenure {
    uint32_t mention;
    kith_tenure_kind kind;
    uint32_t source;
    uint64_t line;
    const char *place, *title; /**< "" where not known */
    kith_day start, end;       /**< KITH_NO_DATE where not known, or not over */
    bool current;              /**< they are there still */
} kith_tenure;

/** What is known of a source when its reading begins. */
typedef struct kith_source_begin {
    const char *name;   /**< relative to the input it came in */
    const char *format; /**< static, for example "LinkedIn connections" */
} kith_source_begin;

/** What is known of it when its reading has ended. */
typedef struct kith_source_end {
    uint64_t checksum[2];                   /**< XXH3-128 of the decompressed bytes: low, high */
    uint64_t bytes;                         /**< decompressed */
    uint64_t rows, used, skipped, rejected; /**< rows = used + skipped + rejected */
    uint32_t owner;                         /**< mention of whose export it is, or UINT32_MAX */
    const char *columns; /**< "field=Column; field=Column + Column"; NULL where there are none */
} kith_source_end;

/** Where readers put what they read. Every function returns KITH_ENOMEM when memory ends. */
typedef struct kith_sink {
    void *ctx;
    /** A new id space; spaces of one name are distinct. */
    kith_code (*space)(void *ctx, const char *name, uint32_t *space, kith_err *err);
    kith_code (*source_begin)(void *ctx, const kith_source_begin *begin, uint32_t *source, kith_err *err);
    kith_code (*source_end)(void *ctx, uint32_t source, const kith_source_end *end, kith_err *err);
    kith_code (*mention)(void *ctx, const kith_mention *mention, uint32_t *handle, kith_err *err);
    kith_code (*relation)(void *ctx, const kith_relation *relation, kith_err *err);
    /** As `n` relations that state a tie and nothing more. `ends`, shape [2 n], are mentions: both of the
     * first tie, then of the next. */
    kith_code (*ties)(void *ctx, uint32_t source, const uint32_t *ends, size_t n, kith_err *err);
    kith_code (*pairing)(void *ctx, const kith_pairing *pairing, kith_err *err);
    kith_code (*tenure)(void *ctx, const kith_tenure *tenure, kith_err *err);
    /** A row that could not be used; `columns` as in kith_reject. KITH_EDATA under --strict. */
    kith_code (*reject)(void *ctx, uint32_t source, uint64_t line, const char *reason, const char *columns,
                        kith_err *err);
} kith_sink;

#endif
