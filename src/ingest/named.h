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

/** What was said, in its order. Zeroed is empty. */
typedef struct kith_sayings {
    kith_said *all;
    size_t n, capacity;
} kith_sayings;

/** Zeroed is empty. */
typedef struct kith_named {
    kith_holders contacts;
    kith_sayings said;
    kith_sayings listed;       /**< contacts without an address */
    kith_holders listed_names; /**< places in `listed` */
    kith_sayings members;      /**< who has a name and an address in other files */
    kith_holders member_names; /**< places in `members` */
    bool has_members;          /**< there are such files */
    uint64_t n_found;          /**< out of kith_named_settle: contacts whose address other files told */
} kith_named;

/** A contact of the export goes by the name on the card. */
kith_code kith_named_contact(kith_named *named, const kith_card *card, uint32_t mention, kith_err *err);

/** Another file than that of the contacts gives somebody the name and the address on the card. */
kith_code kith_named_member(kith_named *named, const kith_card *card, kith_err *err);

/** Keeps a contact without an address until all is read. @param listed  its b is KITH_HELD_BY_NOBODY. */
kith_code kith_named_list(kith_named *named, const kith_card *card, kith_relation listed, kith_err *err);

/**
 * Keeps a relation to whom the card describes: the end that is KITH_HELD_BY_NOBODY is theirs.
 * @param to_contacts  it counts only where they are a contact.
 */
kith_code kith_named_say(kith_named *named, const kith_card *card, kith_relation relation, bool to_contacts,
                         kith_err *err);

/**
 * Hands on all that was kept. A contact without an address gets that of the member of the same name, where
 * there is exactly one of either. Of what else was said, related is the contact of that name where there is
 * exactly one, else somebody of that name and company who is mentioned once.
 */
kith_code kith_named_settle(kith_named *named, const kith_sink *sink, kith_err *err);

void kith_named_free(kith_named *named);

#endif
