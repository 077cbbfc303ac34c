/** @file
 * The inside of small_net.h, shared by the two files that implement it.
 */
#ifndef KITH_TESTS_SMALL_NET_PARTS_H
#define KITH_TESTS_SMALL_NET_PARTS_H

#include "small_net.h"

/** A growing array of anything. */
typedef struct list {
    void *items;
    size_t count, capacity;
} list;

typedef struct known_value {
    uint32_t person;
    kith_field field;
    size_t place; /* keeps values of one field in the order they came */
    char *text;
} known_value;

typedef struct tie {
    uint32_t a, b; /* a < b */
    uint16_t cost;
    uint16_t mask;
    size_t place;
    bool plain; /* rests on nothing but being listed */
} tie;

typedef struct evidence {
    uint32_t a;
    kith_evidence_row row;
    double weight;
} evidence;

/** A row whose texts are numbered once all strings are known. */
typedef struct logged {
    union {
        kith_mentorship_row mentorship;
        kith_tenure_row tenure;
        kith_source_row source;
        kith_reject_row reject;
        kith_merge_row merge;
        kith_parameter_row parameter;
        kith_doubt_row doubt;
    };
    char *first, *second;
    uint32_t person; /* of a tenure */
} logged;

struct small_net {
    uint32_t n;
    kith_day as_of;
    char **key;
    uint8_t *flags;
    list values, aliases, ties, evidence, tenures, mentorships, sources, rejects, merges, doubts, parameters;
    list owned;   /* what free() gets in the end */
    list strings; /* char *, sorted, distinct once closed */
    bool closed;
    kith_netdata data;
    small_bytes file;
    kith_net *net;
};

/** Ends the test run, telling why, unless `fine`. */
void small_must_be(bool fine, const char *what);

/** Appends a copy of `item` and returns where it stands. */
void *small_push(list *l, const void *item, size_t size);

/** Zeroed memory that lives as long as `s`. */
void *small_own_array(small_net *s, size_t count, size_t size);

/** Records evidence for the tie of `low` with `high`, whatever is known of that tie. */
void small_add_evidence(small_net *s, uint32_t low, uint32_t high, const kith_reason *reason);

#endif
