/** @file
 * WHO taken apart; include/kith/who.h tells what may be written.
 */
#ifndef KITH_NETWORK_WHOPARSE_H
#define KITH_NETWORK_WHOPARSE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <kith/field.h>

#include "base/dynbuf.h"

typedef enum kith_who_kind {
    KITH_WHO_ID,
    KITH_WHO_KEY,
    KITH_WHO_EMAIL,
    KITH_WHO_SLUG,
    KITH_WHO_ME,
    KITH_WHO_NAME,
    KITH_WHO_QUERY
} kith_who_kind;

/** One term of a query: a field and what it may be, or whether the person is an owner. */
typedef struct kith_who_term {
    kith_field field; /**< KITH_FIELD_COUNT: about owners */
    bool owner;       /**< whether owners are wanted, or the others */
    size_t first;     /**< where its alternatives begin in `text` */
    size_t count;     /**< how many there are, each folded and ended by NUL */
} kith_who_term;

/** Zeroed is empty. */
typedef struct kith_who {
    kith_who_kind kind;
    uint32_t id;      /**< KITH_WHO_ID */
    kith_dynbuf text; /**< a key, email or slug in canonical form; a folded name; or alternatives */
    kith_who_term *terms;
    size_t n_terms, capacity;
} kith_who;

/** @return KITH_EUSAGE where `text` is malformed, KITH_ENOMEM; `who` is to be freed all the same. */
kith_code kith_who_parse(const char *text, kith_who *who, kith_err *err);

void kith_who_free(kith_who *who);

/** Appends `text` safe to show, in as much room as a message has for it. */
void kith_who_show(const char *text, kith_dynbuf *out);

#endif
