/** @file
 * Pseudonyms: what a redacted network tells instead of its texts.
 */
#ifndef KITH_NETWORK_PSEUDONYMS_H
#define KITH_NETWORK_PSEUDONYMS_H

#include <kith/field.h>
#include <kith/network.h>

#include "base/err.h"

/** What a text is, so that its pseudonym says it and equal texts of two kinds have nothing in common. */
typedef enum kith_secret {
    KITH_SECRET_NONE,   /**< told as it is */
    KITH_SECRET_PERSON, /**< a name: it is the key that is hashed, for namesakes are not one person */
    KITH_SECRET_KEY,
    KITH_SECRET_COMPANY, /**< a company or school */
    KITH_SECRET_TITLE,
    KITH_SECRET_CONTACT, /**< email, phone or address */
    KITH_SECRET_GOAL,
    KITH_SECRET_LABEL,
    KITH_SECRET_SOURCE,
    KITH_SECRET_QUESTION, /**< as it was worded */
    KITH_SECRET_REMARK,   /**< of kith's own words, which may quote a value: only that is hidden */
    KITH_SECRET_COUNT
} kith_secret;

typedef struct kith_redaction kith_redaction;

/** As kith_net_redact. @param out  out, caller-owned: kith_redaction_free. */
kith_code kith_redaction_new(const char *key_file, const char *keep, kith_redaction **out, kith_err *err);

/** NULL is fine. */
void kith_redaction_free(kith_redaction *redaction);

/**
 * What is told instead of a text; case and accents make no difference but in keys. "" stays "".
 * @return borrowed from the redaction, or `text` where it is told as it is; "(hidden)" when out of memory.
 * @note   Any number of threads may ask at once.
 */
const char *kith_redaction_tell(kith_redaction *redaction, kith_secret secret, const char *text);

/** What kind of secret the values of a field are. */
kith_secret kith_secret_of_field(kith_field field);

#endif
