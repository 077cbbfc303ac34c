/** @file
 * A network as plain columns: what assembling makes and the network file holds.
 */
#ifndef KITH_NETWORK_NETDATA_H
#define KITH_NETWORK_NETDATA_H

#include <kith/build.h>
#include <kith/network.h>

#include "base/arena.h"
#include "people/people.h"

/** Coefficients of strength and routes; MEASURES in docs/measures.md tells what each does. */
typedef struct kith_coefficients {
    double weight[KITH_EVIDENCE_COUNT]; /**< w per kind of evidence; unused for a stated strength */
    double listed_half_life_years, message_half_life_days, recommendation_half_life_years;
    double mentorship_half_life_years;
    double message_scale;      /**< messages that make f = 1 - 1/e */
    double endorsement_scale;  /**< endorsements that do */
    double worked_scale_years; /**< years at one company that do */
    double message_one_way;    /**< what messages count that were never answered */
    double listed_least;       /**< f of a contact of very long ago */
    double listed_undated;     /**< f of a contact without a date */
    double worked_undated;     /**< f of a shared company without dates */
    double handover;           /**< lambda: chance that an introducer's contact passes it on once more */
} kith_coefficients;

/** The defaults in force. */
extern const kith_coefficients kith_default_coefficients;

/** Name and value of coefficient `i` in a fixed order; false past the last. */
bool kith_coefficient_at(const kith_coefficients *c, uint32_t i, const char **name, double *value);

/** Sets the coefficient of that name; false where there is none. */
bool kith_coefficient_set(kith_coefficients *c, const char *name, double value);

/** One kind of evidence of one tie, as stored. Tie ends are people a < b. */
typedef struct kith_evidence_row {
    uint32_t b;
    uint8_t kind;
    uint8_t in_halves; /**< of messages and stated ties: 1 where `count` is half interactions; else 0 */
    uint16_t detail;   /**< of messages: 1 where each of the two wrote to the other; of a stated relation:
                          which, as kith_net_stated of the lower person and b; else 0 */
    uint32_t count;
    kith_day first, last;
    float factor;
} kith_evidence_row;

/** Bits of a tie's mask before the two of its direction. */
#define KITH_MASK_LEADS 14

/** Whether a row says no more than that its kind occurs: one row behind it, no dates, no detail, all of its
 * weight. Such rows are not stored, the tie's mask tells of them. */
static inline bool kith_evidence_is_plain(const kith_evidence_row *row)
{
    return row->count == 1 && !row->in_halves && row->first == KITH_NO_DATE && row->last == KITH_NO_DATE &&
           row->factor == 1 && row->detail == 0;
}

/** One mentorship, as stored; texts are numbers of strings. */
typedef struct kith_mentorship_row {
    uint32_t mentor, mentee;
    kith_day start, end, last_meeting, requested;
    uint32_t status;
    uint32_t programme, cohort;
    uint32_t meetings;
    uint32_t agreed_gap_days;
    uint32_t gaps, median_gap_days;
    float regularity;
} kith_mentorship_row;

/** Somebody's time at one place, as stored; texts are numbers of strings. */
typedef struct kith_tenure_row {
    uint32_t kind; /**< kith_tenure_kind */
    kith_day start, end;
    uint32_t place, title;
    uint32_t current; /**< 1: not over when it was exported */
} kith_tenure_row;

typedef struct kith_source_row {
    uint64_t checksum[2];
    uint64_t bytes, rows, used, skipped, rejected;
    uint32_t name, format;
    uint32_t owner; /**< person or UINT32_MAX */
    uint32_t columns;
} kith_source_row;

typedef struct kith_reject_row {
    uint64_t line;
    uint32_t source, reason, columns;
    uint32_t reserved;
} kith_reject_row;

typedef struct kith_merge_row {
    uint64_t line;
    double probability;
    uint32_t person, source, evidence, name;
} kith_merge_row;

typedef struct kith_parameter_row {
    double value;
    uint32_t name;
    uint32_t reserved;
} kith_parameter_row;

/** Two records that may be one person, as stored; texts are numbers of strings. */
typedef struct kith_doubt_row {
    double probability;
    uint32_t person[2];
    uint32_t key[2]; /**< what a decision calls them */
    uint32_t evidence;
    uint32_t reserved;
} kith_doubt_row;

/** The whole network in columns. Strings are numbered in byte order; string 0 is "". */
typedef struct kith_netdata {
    uint32_t n; /**< people */
    uint64_t m; /**< ties */
    kith_day as_of;
    uint64_t n_strings;
    const uint64_t *string_offset; /**< [n_strings + 1] into string_bytes; each string ends in NUL */
    const char *string_bytes;
    const uint32_t *person_key;  /**< [n] string */
    const uint8_t *person_flags; /**< [n] KITH_PERSON_* */
    const uint64_t *attr_offset; /**< [n + 1] */
    const uint8_t *attr_field;   /**< kith_field, ascending per person */
    const uint32_t *attr_value;  /**< string */
    uint64_t n_aliases;
    const uint32_t *alias_text; /**< string, ascending; each person's key is there */
    const uint32_t *alias_person;
    const uint64_t *tie_offset;   /**< [n + 1] */
    const uint32_t *tie_target;   /**< [2 m], ascending per person */
    const uint16_t *tie_cost;     /**< [2 m] */
    const uint16_t *tie_evidence; /**< [2 m] mask; behind KITH_MASK_LEADS KITH_LEADS_* of the lower person */
    const uint64_t *evidence_offset;   /**< [n + 1] by the lower person of a tie */
    const kith_evidence_row *evidence; /**< not plain; by b, then weight * factor falling, then kind */
    const uint64_t *tenure_offset;     /**< [n + 1] */
    const kith_tenure_row *tenures;    /**< by start, end, kind, place, title, current */
    uint32_t n_mentorships;
    const kith_mentorship_row *mentorships; /**< by mentor, start, mentee, end */
    uint32_t n_sources;
    const kith_source_row *sources;
    uint64_t n_rejects;
    const kith_reject_row *rejects;
    uint32_t n_merges;
    const kith_merge_row *merges;
    uint32_t n_parameters;
    const kith_parameter_row *parameters;
    uint32_t n_doubts;
    const kith_doubt_row *doubts; /**< the likeliest first */
    uint32_t n_all_doubts;        /**< there are; at least n_doubts */
} kith_netdata;

enum { KITH_PERSON_OWNER = 1, KITH_PERSON_DO_NOT_INTRODUCE = 2 };

/** How to assemble. */
typedef struct kith_assemble_opts {
    const kith_coefficients *coefficients; /**< NULL: the defaults */
    kith_day as_of;                        /**< used where has_as_of, else the newest observed date */
    bool has_as_of;
    bool weight_is_strength;
    kith_shared_contacts shared_contacts;
    const kith_progress *progress; /**< NULL: nobody is told */
} kith_assemble_opts;

/**
 * Makes ties with evidence and strength, and mentorships, out of people and what relates them.
 *
 * @param people  borrowed for the call.
 * @param arena   owns all columns of `data`.
 * @cost  O(k log k) for k relations, plus O(m^1.5) where shared contacts count.
 * @source doc "Strength of a tie" in docs/measures.md
 */
kith_code kith_assemble(const kith_people *people, const kith_assemble_opts *opts, kith_arena *arena,
                        kith_netdata *data, kith_err *err);

/** Receives the bytes of a network file in order. @return false where they could not be taken. */
typedef bool kith_byte_sink(void *ctx, const void *bytes, size_t length);

/**
 * Writes the network file.
 * @param progress  may be NULL; told in people while their words are indexed, then in bytes.
 * @return KITH_ENOMEM; KITH_EINTERRUPT; KITH_EIO where `out` returned false: `err` is then left to the owner
 * of the sink, who knows why.
 */
kith_code kith_netdata_write(const kith_netdata *data, const kith_progress *progress, kith_byte_sink *out,
                             void *ctx, kith_err *err);

#endif
