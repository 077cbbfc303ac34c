/** @file
 * What one vCard says, property by property, and what of that is known of a person.
 */
#ifndef KITH_INGEST_VCARD_CARD_H
#define KITH_INGEST_VCARD_CARD_H

#include "ingest/card.h"
#include "ingest/vcard_property.h"

/** What properties mean, where they mean something here. */
typedef enum kith_vcard_kind {
    KITH_VCARD_NOTHING,
    KITH_VCARD_FULL_NAME,
    KITH_VCARD_NAME,
    KITH_VCARD_NICKNAME,
    KITH_VCARD_COMPANY,
    KITH_VCARD_TITLE,
    KITH_VCARD_FUNCTION, /**< stands for the title where there is none */
    KITH_VCARD_CATEGORIES,
    KITH_VCARD_EMAIL,
    KITH_VCARD_PHONE,
    KITH_VCARD_PAGE,
    KITH_VCARD_ADDRESS,
    KITH_VCARD_RELATED,
    KITH_VCARD_LABEL, /**< of the property in the same group */
    KITH_VCARD_ID,
    KITH_VCARD_SORT,
    KITH_VCARD_SHOWN_AS
} kith_vcard_kind;

/** One property, its value decoded, with its escapes. */
typedef struct kith_vcard_entry {
    kith_vcard_kind kind;
    uint32_t stated; /**< of somebody related: as in kith_relation, what they are to the card's person */
    size_t at;       /**< into values */
} kith_vcard_entry;

/** The properties that mean something, in their order. Zeroed is empty. */
typedef struct kith_vcard {
    kith_vcard_entry *entries;
    size_t n, capacity;
    kith_dynbuf values;   /**< each with its NUL */
    kith_dynbuf group;    /**< of the last who is related */
    kith_dynbuf part;     /**< scratch */
    kith_dynbuf names[5]; /**< scratch: family, given, additional, prefix, suffix */
    kith_code status;     /**< of what went through the scratch */
} kith_vcard;

void kith_vcard_clear(kith_vcard *vcard);

kith_vcard_kind kith_vcard_kind_of(const kith_vcard_property *property);

/**
 * Adds a property of a kind that means something.
 * @param ok  out, false where it is left out: no text, or no room, which is for KITH_CARD_VALUES values
 *            in KITH_CARD_BYTES.
 */
kith_code kith_vcard_add(kith_vcard *vcard, kith_vcard_decoder *decoder, kith_vcard_kind kind,
                         const kith_vcard_property *property, bool *ok, kith_err *err);

/** Takes a label, which tells what the last who is related is, where it is in the same group. */
kith_code kith_vcard_take_label(kith_vcard *vcard, const kith_vcard_property *property, kith_err *err);

/** Value `i`, with its escapes. Borrowed until the next is added. */
const char *kith_vcard_value(const kith_vcard *vcard, size_t i);

/** The first value of this kind, without escapes, or "". Borrowed until the next call. */
const char *kith_vcard_first(kith_vcard *vcard, kith_vcard_kind kind);

/** Whether it is of a person: not of a company, a group, a place. */
bool kith_vcard_is_person(kith_vcard *vcard);

/** Writes all that is known of the person on an emptied card. */
kith_code kith_vcard_fill(kith_vcard *vcard, kith_card *card, kith_err *err);

void kith_vcard_free(kith_vcard *vcard);

#endif
