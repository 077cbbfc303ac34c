#include "ingest/card.h"

#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "base/text.h"

/** Bytes that may stand before the name of a profile: "https://www.linkedin.com/in/", with room to spare. */
#define PROFILE_PREFIX_LIMIT 40

void kith_card_clear(kith_card *card)
{
    kith_dynbuf_clear(&card->text);
    card->n = 0;
    card->left_out = 0;
    card->status = KITH_OK;
}

static const char *value_of(const kith_card *card, size_t i)
{
    return kith_dynbuf_cstr(&card->text) + card->value_at[i];
}

/** Makes a value of what was appended to the text from `at` on, unless it is empty or known. */
static void keep(kith_card *card, kith_field field, size_t at)
{
    if (card->text.status != KITH_OK) {
        card->status = card->text.status;
        return;
    }
    if (card->text.length > at && (card->n == KITH_CARD_VALUES || card->text.length > KITH_CARD_BYTES)) {
        card->left_out++;
        card->text.length = at;
        return;
    }
    const char *value = kith_dynbuf_cstr(&card->text) + at;
    bool known = card->text.length == at;
    for (size_t i = 0; i < card->n && !known; i++)
        known = card->attrs[i].field == field && strcmp(value_of(card, i), value) == 0;
    if (known) {
        card->text.length = at;
        return;
    }
    kith_dynbuf_put(&card->text, '\0');
    if (card->text.status != KITH_OK ||
        !kith_grow((void **)&card->attrs, &card->attr_capacity, card->n + 1, sizeof *card->attrs) ||
        !kith_grow((void **)&card->value_at, &card->value_capacity, card->n + 1, sizeof *card->value_at)) {
        card->status = card->text.status != KITH_OK ? card->text.status : KITH_ENOMEM;
        return;
    }
    card->attrs[card->n] = (kith_attr){.field = field};
    card->value_at[card->n++] = at;
}

void kith_card_add(kith_card *card, kith_field field, const char *value)
{
    size_t at = card->text.length;

    kith_text_tidy(value, &card->text);
    keep(card, field, at);
}

/** The first of `separators` that occurs in `list`, or 0. */
static char separator_of(const char *list, const char *separators)
{
    for (; *separators; separators++)
        if (strchr(list, *separators))
            return *separators;
    return '\0';
}

/** Calls `add` with each part of `list` in turn. */
static void add_parts(kith_card *card, kith_field field, const char *list, const char *separators,
                      void (*add)(kith_card *card, kith_field field, const char *value))
{
    char separator[2] = {separator_of(list, separators), '\0'};
    kith_dynbuf part = {0};

    while (*list && part.status == KITH_OK) {
        size_t length = strcspn(list, separator);
        kith_dynbuf_clear(&part);
        kith_dynbuf_append(&part, list, length);
        add(card, field, kith_dynbuf_cstr(&part));
        list += length + (list[length] != '\0');
    }
    if (part.status != KITH_OK)
        card->status = part.status;
    kith_dynbuf_free(&part);
}

void kith_card_add_list(kith_card *card, kith_field field, const char *list, const char *separators)
{
    if (separator_of(list, separators))
        add_parts(card, field, list, separators, kith_card_add);
    else
        kith_card_add(card, field, list);
}

bool kith_looks_like_email(const char *text)
{
    const char *at = strchr(text, '@');

    return at && at > text && at[1] && !strchr(at + 1, '@') && !strpbrk(text, " \t\r\n");
}

bool kith_looks_like_profile(const char *text)
{
    return strcasestr(text, "linkedin.com/in/") != NULL;
}

const char *kith_profile_part(const char *address, size_t *length)
{
    static const char host[] = "linkedin.com/in/";
    const char *at = strcasestr(address, host);

    if (!at)
        return NULL;
    at += sizeof host - 1;
    *length = strcspn(at, "/?#");
    return at;
}

bool kith_is_profile(const char *text)
{
    size_t length = 0;
    const char *at = kith_profile_part(text, &length);

    return at && length > 0 && !strpbrk(text, " \t\r\n,;\"<>") && at - text <= PROFILE_PREFIX_LIMIT;
}

bool kith_same_profile(const char *a, const char *b)
{
    size_t length_a = 0, length_b = 0;
    const char *at_a = kith_profile_part(a, &length_a), *at_b = kith_profile_part(b, &length_b);

    return at_a && at_b && length_a == length_b && strncasecmp(at_a, at_b, length_a) == 0;
}

/** The address in "Ann Lee <ann@example.org>", or the text itself. */
static size_t bare_email(const char **text)
{
    const char *open = strrchr(*text, '<');
    const char *end = open ? strchr(open, '>') : NULL;

    *text = end ? open + 1 : *text;
    *text += strspn(*text, " ");
    if (strncasecmp(*text, "mailto:", 7) == 0)
        *text += 7;
    size_t length = end ? (size_t)(end - *text) : strlen(*text);
    while (length && (*text)[length - 1] == ' ')
        length--;
    return length;
}

static void add_one_email(kith_card *card, kith_field field, const char *value)
{
    kith_dynbuf bare = {0};
    size_t at = card->text.length;
    size_t length = bare_email(&value);

    kith_dynbuf_append(&bare, value, length);
    if (kith_looks_like_email(kith_dynbuf_cstr(&bare))) {
        kith_text_lower(kith_dynbuf_cstr(&bare), &card->text);
        keep(card, field, at);
    }
    if (bare.status != KITH_OK)
        card->status = bare.status;
    kith_dynbuf_free(&bare);
}

void kith_card_add_email(kith_card *card, const char *text)
{
    if (separator_of(text, ";,"))
        add_parts(card, KITH_FIELD_EMAIL, text, ";,", add_one_email);
    else if (*text)
        add_one_email(card, KITH_FIELD_EMAIL, text);
}

void kith_card_add_name_parts(kith_card *card, const kith_name_parts *name)
{
    const char *parts[] = {name->given, name->middle, name->family, name->suffix};
    size_t at = card->text.length;
    bool has_whole = name->whole && *name->whole;

    if (has_whole)
        kith_text_tidy(name->whole, &card->text);
    for (size_t i = 0; i < sizeof parts / sizeof *parts && !has_whole; i++) {
        size_t before = card->text.length;
        if (!parts[i])
            continue;
        if (before > at)
            kith_dynbuf_put(&card->text, ' ');
        size_t part_at = card->text.length;
        kith_text_tidy(parts[i], &card->text);
        if (card->text.length == part_at)
            card->text.length = before;
    }
    keep(card, KITH_FIELD_NAME, at);
    if (name->given)
        kith_card_add(card, KITH_FIELD_GIVEN_NAME, name->given);
    if (name->family)
        kith_card_add(card, KITH_FIELD_FAMILY_NAME, name->family);
}

void kith_card_add_name(kith_card *card, const char *whole, const char *given, const char *middle,
                        const char *family)
{
    kith_card_add_name_parts(
        card, &(kith_name_parts){.whole = whole, .given = given, .middle = middle, .family = family});
}

void kith_card_add_card(kith_card *card, const kith_card *other)
{
    if (other->status != KITH_OK)
        card->status = other->status;
    for (size_t i = 0; i < other->n; i++)
        kith_card_add(card, other->attrs[i].field, value_of(other, i));
}

const char *kith_card_first(const kith_card *card, kith_field field)
{
    for (size_t i = 0; i < card->n; i++)
        if (card->attrs[i].field == field)
            return value_of(card, i);
    return "";
}

bool kith_card_has(const kith_card *card, kith_field field)
{
    for (size_t i = 0; i < card->n; i++)
        if (card->attrs[i].field == field)
            return true;
    return false;
}

bool kith_card_has_identity(const kith_card *card)
{
    return kith_card_has(card, KITH_FIELD_NAME) || kith_card_has(card, KITH_FIELD_EMAIL) ||
           kith_card_has(card, KITH_FIELD_URL);
}

kith_code kith_card_attrs(kith_card *card, const kith_attr **attrs, size_t *n, kith_err *err)
{
    if (card->status == KITH_ENOMEM)
        return kith_fail_memory(err, "a row");
    if (card->status != KITH_OK)
        return kith_fail(err, card->status, "what one row says of a person is over %zu MiB",
                         KITH_DYNBUF_LIMIT >> 20);
    for (size_t i = 0; i < card->n; i++)
        card->attrs[i].value = value_of(card, i);
    *attrs = card->attrs;
    *n = card->n;
    return KITH_OK;
}

void kith_card_free(kith_card *card)
{
    kith_dynbuf_free(&card->text);
    kith_free(card->value_at);
    kith_free(card->attrs);
    *card = (kith_card){0};
}
