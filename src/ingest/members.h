/** @file
 * The people that one file tells of by their profile addresses, each mentioned once.
 */
#ifndef KITH_INGEST_MEMBERS_H
#define KITH_INGEST_MEMBERS_H

#include "base/intern.h"
#include "ingest/reading.h"

/** Zeroed is empty. */
typedef struct kith_members {
    kith_intern *addresses;
    struct kith_member {
        uint32_t mention; /**< UINT32_MAX until it is made */
        bool named;       /**< it says the name, too */
    } * all;              /**< [addresses] */
    size_t capacity;
} kith_members;

/** How a row writes a person. Texts may be "" or NULL where it does not say. */
typedef struct kith_member_cells {
    const char *url; /**< not empty */
    const char *whole_name, *given_name, *family_name;
    uint64_t line;
} kith_member_cells;

/** The mention of a person; reading->card is used up where it has to be made. */
kith_code kith_member_mention(kith_members *members, kith_reading *reading, const kith_member_cells *cells,
                              uint32_t *mention, kith_err *err);

void kith_members_free(kith_members *members);

#endif
