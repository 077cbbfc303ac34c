#include "ingest/vcard_property.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/text.h"

static bool is_word(const char *text, size_t length, const char *word)
{
    return strlen(word) == length && strncasecmp(text, word, length) == 0;
}

bool kith_vcard_property_split(const kith_vcard_line *line, kith_vcard_property *property)
{
    /* Quotes that are never closed hide the colon. */
    const char *colon =
        line->head != SIZE_MAX ? line->text + line->head : memchr(line->text, ':', line->length);

    if (!colon)
        return false;
    size_t head = (size_t)(colon - line->text);
    const char *semicolon = memchr(line->text, ';', head);
    size_t name = semicolon ? (size_t)(semicolon - line->text) : head;
    const char *dot = memrchr(line->text, '.', name);
    size_t group = dot ? (size_t)(dot - line->text) : 0;
    size_t begin = dot ? group + 1 : 0;
    *property = (kith_vcard_property){.group = line->text,
                                      .group_length = group,
                                      .name = line->text + begin,
                                      .name_length = name - begin,
                                      .parameters = line->text + name,
                                      .parameters_length = head - name,
                                      .value = colon + 1,
                                      .value_length = line->length - head - 1};
    return property->name_length > 0;
}

bool kith_vcard_property_is(const kith_vcard_property *property, const char *name)
{
    return is_word(property->name, property->name_length, name);
}

bool kith_vcard_property_says(const kith_vcard_property *property, const char *value)
{
    const char *text = property->value;
    size_t length = property->value_length;

    for (; length && (*text == ' ' || *text == '\t'); length--)
        text++;
    while (length && (text[length - 1] == ' ' || text[length - 1] == '\t'))
        length--;
    return is_word(text, length, value);
}

/** A piece of the parameters: a value, and the name it stands under, which may be empty. */
typedef struct parameter {
    const char *name, *value;
    size_t name_length, value_length;
} parameter;

/** The next parameter value at or after `*at`; `name` of `out` carries over where values share one. */
static bool next_parameter(const kith_vcard_property *property, size_t *at, parameter *out)
{
    const char *text = property->parameters;
    size_t end = property->parameters_length;
    size_t begin = *at;
    bool quoted = false;

    if (begin >= end)
        return false;
    if (text[begin] == ';') /* a new name, or none */
        *out = (parameter){.name = text + begin, .name_length = 0};
    begin++;
    size_t stop = begin;
    for (; stop < end && (quoted || (text[stop] != ';' && text[stop] != ',')); stop++) {
        if (text[stop] == '"') {
            quoted = !quoted;
        } else if (text[stop] == '=' && !quoted && out->name_length == 0) {
            out->name = text + begin;
            out->name_length = stop - begin;
            begin = stop + 1;
        }
    }
    *at = stop;
    out->value = text + begin;
    out->value_length = stop - begin;
    if (out->value_length > 1 && *out->value == '"' && out->value[out->value_length - 1] == '"') {
        out->value++;
        out->value_length -= 2;
    }
    return true;
}

bool kith_vcard_property_has(const kith_vcard_property *property, const char *name, const char *value)
{
    parameter here = {0};
    size_t at = 0;

    while (next_parameter(property, &at, &here)) {
        if (here.name_length && !is_word(here.name, here.name_length, name))
            continue;
        /* "TYPE="WORK,VOICE"" is one value to some, a list to others. */
        for (size_t from = 0; from <= here.value_length;) {
            const char *comma = memchr(here.value + from, ',', here.value_length - from);
            size_t to = comma ? (size_t)(comma - here.value) : here.value_length;
            if (is_word(here.value + from, to - from, value))
                return true;
            from = to + 1;
        }
    }
    return false;
}

/** The name in CHARSET=, or "". */
static void find_charset(const kith_vcard_property *property, char *name, size_t room)
{
    parameter here = {0};
    size_t at = 0;

    *name = '\0';
    while (next_parameter(property, &at, &here))
        if (is_word(here.name, here.name_length, "CHARSET"))
            (void)snprintf(name, room, "%.*s", (int)(here.value_length < room ? here.value_length : room),
                           here.value);
}

static int hex_digit(char digit)
{
    if (digit >= '0' && digit <= '9')
        return digit - '0';
    digit |= 0x20;
    return digit >= 'a' && digit <= 'f' ? digit - 'a' + 10 : -1;
}

/** Appends quoted-printable bytes decoded; an "=" that begins no byte stands for itself. */
static void unquote(const char *text, size_t length, kith_dynbuf *out)
{
    for (size_t i = 0; i < length; i++) {
        int high = text[i] == '=' && i + 2 < length ? hex_digit(text[i + 1]) : -1;
        int low = high >= 0 ? hex_digit(text[i + 2]) : -1;
        kith_dynbuf_put(out, low >= 0 ? (char)(unsigned char)(high * 16 + low) : text[i]);
        i += low >= 0 ? 2 : 0;
    }
}

/** Makes decoder->charset the one of this name; false where nobody knows it. */
static kith_code use_charset(kith_vcard_decoder *decoder, const char *name, bool *known, kith_err *err)
{
    kith_err unknown = KITH_ERR_NONE;

    *known = decoder->charset && strcmp(decoder->charset_name, name) == 0;
    if (*known)
        return KITH_OK;
    kith_charset_close(decoder->charset);
    decoder->charset = NULL;
    kith_code rc = kith_charset_open(name, &decoder->charset, &unknown);
    if (rc == KITH_ENOMEM)
        return kith_fail_memory(err, "a text decoder");
    *known = rc == KITH_OK;
    if (*known)
        (void)snprintf(decoder->charset_name, sizeof decoder->charset_name, "%s", name);
    return KITH_OK;
}

/** Appends bytes by the charset that the property names; where it names none that is known, as the UTF-8
 * they are, or by the fallback. */
static kith_code to_utf8(kith_vcard_decoder *decoder, const char *name, const char *bytes, size_t length,
                         kith_dynbuf *text, kith_err *err)
{
    bool is_named = *name && strcasecmp(name, "UTF-8") != 0;
    bool known = false;
    kith_code rc = is_named ? use_charset(decoder, name, &known, err) : KITH_OK;

    if (rc == KITH_OK && !known && kith_text_valid(bytes, length)) {
        kith_dynbuf_append(text, bytes, length);
        return KITH_OK;
    }
    if (rc == KITH_OK && !known)
        rc = use_charset(decoder, decoder->fallback ? decoder->fallback : "CP1252", &known, err);
    if (rc == KITH_OK && !known)
        rc = kith_fail(err, KITH_EUSAGE, "unknown encoding '%s'", decoder->fallback);
    if (rc != KITH_OK)
        return rc;
    uint64_t before = kith_charset_replaced(decoder->charset);
    rc = kith_charset_decode(decoder->charset, bytes, length, true, text, err);
    decoder->replaced += kith_charset_replaced(decoder->charset) - before;
    return rc;
}

kith_code kith_vcard_decode(kith_vcard_decoder *decoder, const kith_vcard_property *property,
                            kith_dynbuf *text, bool *ok, kith_err *err)
{
    bool quoted = kith_vcard_property_has(property, "ENCODING", "QUOTED-PRINTABLE");
    size_t at = text->length;
    char name[sizeof decoder->charset_name];

    *ok = !kith_vcard_property_has(property, "ENCODING", "BASE64") &&
          !kith_vcard_property_has(property, "ENCODING", "B");
    if (!*ok)
        return KITH_OK;
    find_charset(property, name, sizeof name);
    if (decoder->is_unicode && !quoted)
        *name = '\0';
    kith_dynbuf_clear(&decoder->bytes);
    if (quoted)
        unquote(property->value, property->value_length, &decoder->bytes);
    else
        kith_dynbuf_append(&decoder->bytes, property->value, property->value_length);
    kith_code rc = kith_dynbuf_check(&decoder->bytes, "a value", err);
    if (rc == KITH_OK)
        rc = to_utf8(decoder, name, kith_dynbuf_cstr(&decoder->bytes), decoder->bytes.length, text, err);
    if (rc == KITH_OK)
        rc = kith_dynbuf_check(text, "the values of a card", err);
    *ok = rc == KITH_OK && !memchr(kith_dynbuf_cstr(text) + at, '\0', text->length - at);
    return rc;
}

void kith_vcard_decoder_free(kith_vcard_decoder *decoder)
{
    kith_charset_close(decoder->charset);
    kith_dynbuf_free(&decoder->bytes);
}

const char *kith_vcard_part(const char *text, const char *separators, kith_dynbuf *part)
{
    for (; *text && !strchr(separators, *text); text++) {
        bool escaped = *text == '\\' && text[1] && strchr("\\,;:nN", text[1]);
        text += escaped;
        kith_dynbuf_put(part, escaped && (*text == 'n' || *text == 'N') ? '\n' : *text);
    }
    return *text ? text + 1 : text;
}
