/** @file
 * What one row says of one person, gathered field by field.
 */
#ifndef KITH_INGEST_CARD_H
#define KITH_INGEST_CARD_H

#include "base/dynbuf.h"
#include "ingest/record.h"

/** What one card holds at most; values beyond that are left out. */
#define KITH_CARD_VALUES 1000
#define KITH_CARD_BYTES ((size_t)1 << 20)

/** Zeroed is empty. Failures stick, as in a kith_dynbuf: add freely, ask once at the end. */
typedef struct kith_card {
    kith_dynbuf text; /**< the values, each with its NUL */
    size_t *value_at; /**< [n] into text */
    kith_attr *attrs; /**< [n]; values are set by kith_card_attrs */
    size_t n, value_capacity, attr_capacity;
    size_t left_out; /**< values for which there was no room */
    kith_code status;
} kith_card;

/** A name as it was written; NULL and "" stand for what was not. */
typedef struct kith_name_parts {
    const char *whole, *given, *middle, *family;
    const char *suffix; /**< Jr, III, PhD */
} kith_name_parts;

void kith_card_clear(kith_card *card);

/** Adds one value, tidied; an empty one, or one the card has already, adds nothing. */
void kith_card_add(kith_card *card, kith_field field, const char *value);

/** Adds every value of a list, which is split at the first of `separators` that occurs in it. */
void kith_card_add_list(kith_card *card, kith_field field, const char *list, const char *separators);

/** Adds an email as people write it: mailto: and "Name <…>" dropped, lower-cased. What is none adds nothing.
 */
void kith_card_add_email(kith_card *card, const char *text);

/** Adds a name in parts and as a whole: `whole` where it says something, else the parts joined. NULL is fine.
 */
void kith_card_add_name(kith_card *card, const char *whole, const char *given, const char *middle,
                        const char *family);

/** The same, where the parts joined may end in a suffix. */
void kith_card_add_name_parts(kith_card *card, const kith_name_parts *name);

/** Adds everything `other` holds. */
void kith_card_add_card(kith_card *card, const kith_card *other);

/** The first value of a field, or ""; borrowed until the card is changed. */
const char *kith_card_first(const kith_card *card, kith_field field);

bool kith_card_has(const kith_card *card, kith_field field);

/** Whether it says who is meant: a name, an email or an address. */
bool kith_card_has_identity(const kith_card *card);

/** Its values, borrowed until the card is changed. */
kith_code kith_card_attrs(kith_card *card, const kith_attr **attrs, size_t *n, kith_err *err);

void kith_card_free(kith_card *card);

/** Whether a cell is meant as an email: it holds an @ and no space. */
bool kith_looks_like_email(const char *text);

/** Whether a cell is the address of a LinkedIn profile. */
bool kith_looks_like_profile(const char *text);

/** The part of such an address that tells whose profile it is, borrowed from it; NULL where it is none. */
const char *kith_profile_part(const char *address, size_t *length);

/** Whether a cell is such an address and nothing else. */
bool kith_is_profile(const char *text);

/** Whether two such addresses lead to one profile. */
bool kith_same_profile(const char *a, const char *b);

#endif
