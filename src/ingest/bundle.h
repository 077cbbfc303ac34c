/** @file
 * A folder or an archive: what lies in it belongs together, one person's export or a set of tables.
 */
#ifndef KITH_INGEST_BUNDLE_H
#define KITH_INGEST_BUNDLE_H

#include "base/arena.h"
#include "base/intern.h"
#include "ingest/card.h"
#include "ingest/id_groups.h"
#include "ingest/lookup.h"
#include "ingest/named.h"

typedef struct kith_bundle {
    struct kith_bundle *parent; /**< the folder or archive it lies in; NULL at the top of an input */
    const char *name;           /**< relative to the input; the input's own last part at the top */
    uint32_t space;             /**< its id space, or KITH_NO_SPACE until one is asked for */
    kith_id_groups groups;      /**< of ids that count by group */
    kith_lookup lookup;         /**< what its files tell for others */

    /* What its Profile.csv and Email Addresses.csv tell of the person whose export it is. */
    kith_card profile, primary_emails, other_emails;
    kith_card inviter;     /**< the same person by Invitations.csv */
    kith_card writer;      /**< and by messages.csv */
    kith_card about;       /**< what else its files say of the owner, whoever that is */
    uint32_t owner_source; /**< where the owner is told of first; UINT32_MAX: nowhere yet */
    uint64_t owner_line;
    uint32_t owner; /**< mention of that person, or UINT32_MAX until it is made */

    kith_named named; /**< what is said of people by name alone */
} kith_bundle;

/** Whether its files tell whose export it is. */
bool kith_bundle_tells(const kith_bundle *bundle);

/** Notes by which name and address, which may be "", the owner goes; the first that say something count. */
kith_code kith_bundle_meet_owner(kith_card *card, const char *name, const char *url, kith_err *err);

/** All bundles of a run, each found again by its path. Zeroed is empty. */
typedef struct kith_bundles {
    kith_arena arena;
    kith_intern *paths;
    kith_bundle **all; /**< by number of path */
    size_t capacity;
} kith_bundles;

/** The bundle at `path`, made with this name and parent when first asked for. */
kith_code kith_bundles_at(kith_bundles *bundles, const char *path, const char *name, kith_bundle *parent,
                          kith_bundle **out, kith_err *err);

/** Bundle `i` in the order in which they were found, a parent before its children; NULL past the last. */
kith_bundle *kith_bundles_get(const kith_bundles *bundles, uint32_t i);

void kith_bundles_free(kith_bundles *bundles);

#endif
