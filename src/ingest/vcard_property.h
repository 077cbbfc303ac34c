/** @file
 * One property of a vCard: its name, its parameters, and its value as text.
 */
#ifndef KITH_INGEST_VCARD_PROPERTY_H
#define KITH_INGEST_VCARD_PROPERTY_H

#include "base/charset.h"
#include "ingest/vcard_lines.h"

/** The parts of a content line, borrowed from it. */
typedef struct kith_vcard_property {
    const char *group; /**< "item1", which parts it from other properties and binds it to its label */
    size_t group_length;
    const char *name; /**< without that */
    size_t name_length;
    const char *parameters; /**< what stands between the name and the colon */
    size_t parameters_length;
    const char *value; /**< as it is written */
    size_t value_length;
} kith_vcard_property;

/** Takes a line apart. @return false where it is no property. */
bool kith_vcard_property_split(const kith_vcard_line *line, kith_vcard_property *property);

/** Whether it has this name; letter case does not count. */
bool kith_vcard_property_is(const kith_vcard_property *property, const char *name);

/** Whether its value is this and nothing else, white space aside; letter case does not count. */
bool kith_vcard_property_says(const kith_vcard_property *property, const char *value);

/** Whether parameter `name` has this value among others; vCard 2.1 writes values without a name. */
bool kith_vcard_property_has(const kith_vcard_property *property, const char *name, const char *value);

/** What turns values into text; fill in the first two, the rest zeroed. */
typedef struct kith_vcard_decoder {
    const char *fallback;  /**< encoding of what is neither UTF-8 nor says what it is; NULL for CP1252 */
    bool is_unicode;       /**< the file is, so only quoted-printable values have an encoding of their own */
    kith_charset *charset; /**< the one used last */
    char charset_name[32];
    kith_dynbuf bytes;
    uint64_t replaced; /**< bytes that meant nothing and became U+FFFD */
} kith_vcard_decoder;

/**
 * Appends a value as UTF-8, its escapes left in.
 * @param ok  out, false where it cannot be text: base64, NULs.
 */
kith_code kith_vcard_decode(kith_vcard_decoder *decoder, const kith_vcard_property *property,
                            kith_dynbuf *text, bool *ok, kith_err *err);

void kith_vcard_decoder_free(kith_vcard_decoder *decoder);

/**
 * Appends the part of a decoded value before the first of `separators` that is not escaped, without its
 * escapes.
 * @return where the next part begins, behind the separator; or the end of the text.
 */
const char *kith_vcard_part(const char *text, const char *separators, kith_dynbuf *part);

#endif
