/** @file
 * What an export says of people by their names alone. They are those of its contacts who go by these
 * names; who those are is known when all of the export is read.
 */
#ifndef KITH_INGEST_NAMED_H
#define KITH_INGEST_NAMED_H

#include "ingest/card.h"
#include "ingest/holders.h"

/** A relation to somebody known by name. */
typedef struct kith_said {
    kith_card card; /**< all that is said of them */
    kith_relation relation;
    bool to_contacts; /**< it counts only where they are a contact */
} kith_said;

/** Zeroed is empty. */
typedef struct kith_named {
    kith_holders contacts;
    kith_said *said;
    size_t n_said, said_capacity;
} kith_named;

/** A contact of the export goes by the name on the card. */
kith_code kith_named_contact(kith_named *named, const kith_card *card, uint32_t mention, kith_err *err);

/**
 * Keeps a relation to whom the card describes: the end that is KITH_HELD_BY_NOBODY is theirs.
 * @param to_contacts  it counts only where they are a contact.
 */
kith_code kith_named_say(kith_named *named, const kith_card *card, kith_relation relation, bool to_contacts,
                         kith_err *err);

/**
 * Hands on all that was kept: related is the contact of that name where there is exactly one, else
 * somebody of that name and company who is mentioned once.
 */
kith_code kith_named_settle(kith_named *named, const kith_sink *sink, kith_err *err);

void kith_named_free(kith_named *named);

#endif
