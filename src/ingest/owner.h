/** @file
 * Whose export is it? Options say so, or files nearby: Profile.csv, Email Addresses.csv,
 * Invitations.csv, messages.csv.
 */
#ifndef KITH_INGEST_OWNER_H
#define KITH_INGEST_OWNER_H

#include "ingest/walk.h"

/** One --owner option. */
typedef struct kith_owner_option {
    const char *text;   /**< as it was given */
    size_t path_length; /**< bytes of `text` that are the PATH; 0 where there is none */
    const char *who;
    bool fits; /**< some export is meant by it */
    kith_card
        about; /**< what that person's exports say of them; the first option with the same `who` has it */
    uint32_t mention; /**< of that person, or UINT32_MAX until it is made; the first option with the same
                         `who` has it */
} kith_owner_option;

typedef struct kith_owners {
    kith_owner_option *all;
    size_t n;
} kith_owners;

/** The owner of an export as its own rows have them; borrowed, "" where not known. */
typedef struct kith_self {
    const char *url, *name;
} kith_self;

/** Reads "[PATH=]WHO" options. @return KITH_EUSAGE where they contradict each other. */
kith_code kith_owners_parse(const char *const *options, uint32_t n, kith_owners *out, kith_err *err);

void kith_owners_free(kith_owners *owners);

/** The option whose PATH is the longest that leads to this file (marked as fitting), or NULL. */
kith_owner_option *kith_owners_for_path(kith_owners *owners, const kith_entry *entry);

/** KITH_EUSAGE where a PATH leads to no export. */
kith_code kith_owners_all_fit(const kith_owners *owners, kith_err *err);

/**
 * The mention of the person whose export `entry` is, made when first asked for: by an option with
 * its path, else by what the nearest folder or archive tells, else by an option without a path.
 * @param source  where the mention is put when nothing says better.
 * @param mention out; UINT32_MAX where nothing tells.
 */
kith_code kith_owners_mention(kith_owners *owners, const kith_entry *entry, const kith_sink *sink,
                              uint32_t source, uint32_t *mention, kith_err *err);

/** The same person as the rows of `entry` have them. */
kith_self kith_owners_self(kith_owners *owners, const kith_entry *entry);

/** Where a reader puts what `entry` says of its owner, before that person is made. */
kith_card *kith_owners_about(kith_owners *owners, const kith_entry *entry);

/** Brings what bundles say of owners whom they do not tell to those who have them. */
kith_code kith_owners_gather(kith_owners *owners, const kith_bundles *bundles, kith_err *err);

/** Makes the mention of the person that a bundle's own files tell of. */
kith_code kith_bundle_make_owner(kith_bundle *bundle, const kith_sink *sink, kith_err *err);

/** KITH_EUSAGE with what to type so that `entry` has an owner. */
kith_code kith_owner_missing(const kith_entry *entry, const char *format, kith_err *err);

#endif
