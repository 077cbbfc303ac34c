/** @file
 * A network: people, the ties between them, and mentorships, as one read-only file.
 *
 * Accessors never fail: they give an empty answer where the file is damaged, and the damage sticks
 * to the network. Whoever reads asks kith_net_status before believing the answer; every analysis
 * of kith does. Strings are borrowed from the network until it is closed, UTF-8, NUL-terminated,
 * never NULL ("" where nothing is known). All accessors may be called from several threads.
 */
#ifndef KITH_NETWORK_H
#define KITH_NETWORK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <kith/error.h>
#include <kith/evidence.h>
#include <kith/field.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct kith_net kith_net;

/**
 * Opens a network file: maps it and checks its structure; blocks are checked when first touched.
 *
 * @param net  out, caller-owned: kith_net_close.
 * @return KITH_ENOINPUT, KITH_EDATA (no network file, another version, damaged), KITH_EIO, KITH_ENOMEM.
 * @cost   milliseconds, whatever the size.
 */
KITH_API kith_code kith_net_open(const char *path, kith_net **net, kith_err *err);

/**
 * The same from bytes in memory, borrowed until the network is closed, aligned to 8.
 * @param name  what error messages call it.
 */
KITH_API kith_code kith_net_parse(const void *bytes, size_t length, const char *name, kith_net **net,
                                  kith_err *err);

/** Frees a network; NULL is fine. */
KITH_API void kith_net_close(kith_net *net);

/** Whether the first bytes of a file say that it is a network file. */
KITH_API bool kith_net_recognise(const void *bytes, size_t length);

/** KITH_OK, or the first damage met so far (KITH_EDATA) with a message that names the file. */
KITH_API kith_code kith_net_status(const kith_net *net, kith_err *err);

/** Reads and checks every byte and every cross-reference. @return as kith_net_status. @cost O(bytes). */
KITH_API kith_code kith_net_verify(const kith_net *net, kith_err *err);

/** What a network is in numbers. */
typedef struct kith_net_summary {
    uint32_t people;
    uint64_t ties;
    uint32_t mentorships;
    uint32_t sources;
    uint64_t rejects; /**< rows kept with their reason */
    uint32_t merges;  /**< entries of the merge log */
    uint32_t doubts;  /**< pairs of records that may be one person; 0 where the file's version has none */
    uint32_t doubts_listed;
    uint32_t owners;     /**< people whose exports were read */
    kith_day as_of;      /**< the day that counts as today */
    const char *version; /**< of the kith that wrote it */
    char checksum[17];   /**< 16 hex digits: XXH3 over all blocks */
    const char *name;    /**< path as it was opened */
} kith_net_summary;

KITH_API void kith_net_summarise(const kith_net *net, kith_net_summary *out);

/** One person as reports show them. */
typedef struct kith_person {
    uint32_t id;
    const char *key; /**< strongest identity the data gave; unique in the network */
    const char *name;
    const char *title;
    const char *company;
    bool is_owner;         /**< an export of theirs was read */
    bool do_not_introduce; /**< never an introducer, never a target */
} kith_person;

/** Person `id`; an id out of range gives an empty person. */
KITH_API void kith_net_person(const kith_net *net, uint32_t id, kith_person *out);

/** The `nth` value of a field, preferred first, or NULL when there are no more. */
KITH_API const char *kith_net_value(const kith_net *net, uint32_t id, kith_field field, uint32_t nth);

/** The `nth` owner's id, ascending, or UINT32_MAX. */
KITH_API uint32_t kith_net_owner(const kith_net *net, uint32_t nth);

/** Who holds this key, or ever did (email, slug, id, older key); UINT32_MAX where nobody does. */
KITH_API uint32_t kith_net_find_key(const kith_net *net, const char *key);

/** Which way a source states that a tie leads, seen from `a`; both bits: both ways. */
enum { KITH_LEADS_OUT = 1, KITH_LEADS_IN = 2 };

/** One tie: who is tied is what counts, which way it leads only where that is asked. */
typedef struct kith_tie {
    uint32_t a, b;
    uint32_t cost;     /**< max(1, round(-1000 ln strength)) */
    uint32_t evidence; /**< mask of kith_evidence */
    uint32_t leads;    /**< KITH_LEADS_*; 0: no source states a direction */
} kith_tie;

/** Number of people that `id` has ties with. */
KITH_API uint32_t kith_net_degree(const kith_net *net, uint32_t id);

/** The `nth` tie of person `id` (then `a` is id), by ascending id of the other; false when there are no more.
 */
KITH_API bool kith_net_tie_at(const kith_net *net, uint32_t id, uint32_t nth, kith_tie *out);

/** The tie between two people; false where there is none. @cost O(log degree). */
KITH_API bool kith_net_tie(const kith_net *net, uint32_t a, uint32_t b, kith_tie *out);

/** Strength that a cost stands for: exp(-cost / 1000). */
KITH_API double kith_strength_of_cost(uint32_t cost);

/** "strong" (0.5 and above), "medium" (0.2 and above) or "weak". Static storage. */
KITH_API const char *kith_tier_of_strength(double strength);

/**
 * The reasons for a tie, what counts most first.
 * @param out  caller-owned, room for KITH_EVIDENCE_COUNT.
 * @return how many; 0 where there is no tie.
 */
KITH_API uint32_t kith_net_reasons(const kith_net *net, uint32_t a, uint32_t b, kith_reason *out);

/** Whether each of two people wrote messages to the other. */
KITH_API bool kith_net_both_wrote(const kith_net *net, uint32_t a, uint32_t b);

/** Which relations are stated between two people: a mask, see kith_stated. 0 where none is, or where nothing
 * but that there is one. */
KITH_API uint32_t kith_net_stated(const kith_net *net, uint32_t a, uint32_t b);

/** How far a mentorship got. */
typedef enum kith_mentorship_status {
    KITH_MENTORSHIP_UNKNOWN,
    KITH_MENTORSHIP_PENDING,
    KITH_MENTORSHIP_ACTIVE,
    KITH_MENTORSHIP_COMPLETED,
    KITH_MENTORSHIP_ENDED /**< before its time */
} kith_mentorship_status;

/** "pending", "active", "completed" or "ended"; "" where it is not known. Static storage. */
KITH_API const char *kith_mentorship_status_name(kith_mentorship_status status);

/** Days from one meeting of a pair to the next, where the dates of meetings are known; several on one day are
 * one. */
typedef struct kith_meeting_gaps {
    uint32_t count;       /**< 0: not known, and the others are 0 */
    uint32_t median_days; /**< of two in the middle their mean, rounded down */
    double regularity;    /**< 1 - min(1, standard deviation / mean); says little of fewer than two gaps */
} kith_meeting_gaps;

/** One mentorship, mentor to mentee. */
typedef struct kith_mentorship {
    uint32_t mentor, mentee;
    kith_day start, end; /**< KITH_NO_DATE where not known */
    kith_day requested;  /**< when it was asked for */
    kith_mentorship_status status;
    const char *programme;
    const char *cohort;
    uint32_t meetings; /**< UINT32_MAX where not known */
    kith_day last_meeting;
    kith_meeting_gaps gaps;
    uint32_t agreed_gap_days; /**< how often they said they would meet; 0 where not known */
} kith_mentorship;

/** Mentorship `i` in the order mentor, start, mentee, end; false when out of range. */
KITH_API bool kith_net_mentorship(const kith_net *net, uint32_t i, kith_mentorship *out);

/** Where somebody spent their time. */
typedef enum kith_tenure_kind {
    KITH_TENURE_WORK, /**< at a company */
    KITH_TENURE_STUDY /**< at a school */
} kith_tenure_kind;

/** Somebody's time at one place. */
typedef struct kith_tenure_view {
    kith_tenure_kind kind;
    const char *place;   /**< the company or school */
    const char *title;   /**< position or degree, "" where not known */
    kith_day start, end; /**< KITH_NO_DATE where not known, or not over */
    bool current;        /**< not over when it was exported */
} kith_tenure_view;

/** The `nth` tenure of person `id` in the order of starts; false when there are no more. */
KITH_API bool kith_net_tenure(const kith_net *net, uint32_t id, uint32_t nth, kith_tenure_view *out);

/** One input file that went into the network. */
typedef struct kith_source {
    const char *name;                       /**< path relative to the input it came in */
    const char *format;                     /**< how it was recognised, for example "LinkedIn connections" */
    const char *owner;                      /**< key of the person whose export it is; "" for tables */
    char checksum[33];                      /**< 32 hex digits: XXH3-128 of the decompressed bytes */
    uint64_t bytes;                         /**< decompressed */
    uint64_t rows, used, skipped, rejected; /**< rows = used + skipped + rejected */
    const char *columns; /**< what was read of which: "name=First Name + Last Name; company=Company"; "" where
                            there are no columns */
} kith_source;

KITH_API bool kith_net_source(const kith_net *net, uint32_t i, kith_source *out);

/** One row that could not be used. */
typedef struct kith_reject {
    uint32_t source;
    uint64_t line; /**< counted from 1 in the decompressed file */
    const char *reason;
    const char *columns; /**< "field=value; field=value" of the mapped columns */
} kith_reject;

KITH_API bool kith_net_reject(const kith_net *net, uint64_t i, kith_reject *out);

/** One record that was joined to a person. */
typedef struct kith_merge {
    uint32_t person;
    uint32_t source; /**< of the record that was joined */
    uint64_t line;
    const char *evidence; /**< for example "same email", or why a likely merge was refused */
    const char *name;     /**< as that record wrote it */
    double probability;   /**< 1 for exact keys; 0 for a refused merge */
} kith_merge;

KITH_API bool kith_net_merge(const kith_net *net, uint32_t i, kith_merge *out);

/** Two records that may be one person, and were left apart. */
typedef struct kith_doubt {
    uint32_t person[2];
    const char *key[2];   /**< what a decision calls them, which may not be the key of the person */
    const char *evidence; /**< what speaks for it, and against: "the same name, but another company" */
    double probability;
} kith_doubt;

/** Doubtful pair `i` of those listed, the likeliest first; false when out of range. */
KITH_API bool kith_net_doubt(const kith_net *net, uint32_t i, kith_doubt *out);

/** A coefficient in force when the network was built. */
typedef struct kith_parameter {
    const char *name;
    double value;
} kith_parameter;

KITH_API bool kith_net_parameter(const kith_net *net, uint32_t i, kith_parameter *out);

#ifdef __cplusplus
}
#endif
#endif
