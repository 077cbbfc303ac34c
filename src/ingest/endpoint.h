/** @file
 * The people that rows of ties and mentorships name, each mentioned once a file.
 */
#ifndef KITH_INGEST_ENDPOINT_H
#define KITH_INGEST_ENDPOINT_H

#include "base/intern.h"
#include "ingest/reading.h"

/** Zeroed is empty. */
typedef struct kith_endpoints {
    kith_intern *seen;  /**< emails, addresses and ids as they were written */
    uint32_t *mentions; /**< [seen], UINT32_MAX until it is made */
    size_t capacity;
    uint32_t space; /**< that ids live in */
    bool has_space;
    bool by_name;          /**< nobody is described by more than a cell: who has an id is mentioned once */
    kith_dynbuf described; /**< scratch */
} kith_endpoints;

/** Who is named at either end of a row of ties; the same twice where the ids of both live in one space. */
typedef struct kith_tie_ends {
    kith_endpoints *sources, *targets;
    bool directed; /**< a row that does not say otherwise leads from source to target */
} kith_tie_ends;

/**
 * The mention of the person whom `length` bytes name by an id in the file's id space; made when
 * first asked for.
 * @cost  O(length), no allocation for an id seen before.
 */
kith_code kith_endpoint_of_id(kith_endpoints *endpoints, kith_reading *reading, const char *id, size_t length,
                              uint64_t line, uint32_t *mention, kith_err *err);

/** The same for a cell, which may hold an email or a LinkedIn address in place of an id. */
kith_code kith_endpoint_of_cell(kith_endpoints *endpoints, kith_reading *reading, const char *cell,
                                uint64_t line, uint32_t *mention, kith_err *err);

/**
 * The mention of the person whom reading->card describes, and `id` where it is not "". A person with an id,
 * email or address is mentioned again when another row says more; one with a name alone is not.
 */
kith_code kith_endpoint_of_card(kith_endpoints *endpoints, kith_reading *reading, const char *id,
                                uint64_t line, uint32_t *mention, kith_err *err);

/**
 * Looks up people by names that stand for themselves: ids, and emails and addresses in canonical form.
 * @param bytes     what the names, shape [count], are places in.
 * @param mentions  out, shape [count]; UINT32_MAX where nobody was mentioned by that name.
 * @note  Any number of threads may look while nobody is being mentioned.
 */
void kith_endpoints_find_all(const kith_endpoints *endpoints, const char *bytes, const kith_span *names,
                             size_t count, uint32_t *mentions);

/** Says that such a name will soon be mentioned or looked up. */
void kith_endpoints_expect(const kith_endpoints *endpoints, const char *name, size_t length);

void kith_endpoints_free(kith_endpoints *endpoints);

#endif
