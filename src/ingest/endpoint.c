#include "ingest/endpoint.h"

#include <string.h>

#include "base/mem.h"

/** Finds the number of a text, with room for its mention. */
static kith_code number_of(kith_endpoints *endpoints, const char *text, size_t length, uint32_t *number,
                           kith_err *err)
{
    kith_code rc = endpoints->seen ? KITH_OK : kith_intern_new(0, &endpoints->seen, err);

    if (rc != KITH_OK)
        return rc;
    uint32_t known = kith_intern_count(endpoints->seen);
    if (!kith_grow((void **)&endpoints->mentions, &endpoints->capacity, (size_t)known + 1,
                   sizeof *endpoints->mentions))
        return kith_fail_memory(err, "the people of a table");
    endpoints->mentions[known] = UINT32_MAX;
    return kith_intern_add(endpoints->seen, text, length, number, err);
}

kith_code kith_endpoint_of_id(kith_endpoints *endpoints, kith_reading *reading, const char *id, size_t length,
                              uint64_t line, uint32_t *mention, kith_err *err)
{
    uint32_t number = 0;
    kith_code rc = number_of(endpoints, id, length, &number, err);

    if (rc != KITH_OK)
        return rc;
    if (endpoints->mentions[number] == UINT32_MAX) {
        if (!endpoints->has_space && (rc = kith_reading_space(reading, &endpoints->space, err)) != KITH_OK)
            return rc;
        endpoints->has_space = true;
        kith_mention fresh = {.line = line,
                              .space = endpoints->space,
                              .id = kith_intern_get(endpoints->seen, number, NULL),
                              .only = endpoints->by_name};
        kith_card_clear(&reading->card);
        rc = kith_reading_mention(reading, fresh, &endpoints->mentions[number], err);
    }
    *mention = endpoints->mentions[number];
    return rc;
}

kith_code kith_endpoint_of_cell(kith_endpoints *endpoints, kith_reading *reading, const char *cell,
                                uint64_t line, uint32_t *mention, kith_err *err)
{
    kith_card *card = &reading->card;
    uint32_t number = 0;

    if (reading->plain_ids)
        return kith_endpoint_of_id(endpoints, reading, cell, strlen(cell), line, mention, err);
    kith_card_clear(card);
    if (kith_looks_like_profile(cell))
        kith_card_add(card, KITH_FIELD_URL, cell);
    else if (strchr(cell, '@'))
        kith_card_add_email(card, cell);
    if (card->status == KITH_OK && card->n == 0)
        return kith_endpoint_of_id(endpoints, reading, cell, strlen(cell), line, mention, err);

    /* By the value as it will be compared: "Ann@X.org" and "ann@x.org" are one. */
    const kith_attr *attrs;
    size_t n;
    kith_code rc = kith_card_attrs(card, &attrs, &n, err);
    if (rc == KITH_OK)
        rc = number_of(endpoints, attrs[0].value, strlen(attrs[0].value), &number, err);
    if (rc == KITH_OK && endpoints->mentions[number] == UINT32_MAX)
        rc = kith_reading_mention(reading, (kith_mention){.line = line, .space = KITH_NO_SPACE},
                                  &endpoints->mentions[number], err);
    if (rc == KITH_OK)
        *mention = endpoints->mentions[number];
    return rc;
}

/** Writes what tells one description from others: all of it, or the name alone where that is all there is. */
static void describe(kith_dynbuf *out, const char *id, const kith_attr *attrs, size_t n, bool by_name)
{
    kith_dynbuf_clear(out);
    kith_dynbuf_printf(out, "\x1f%s", id); /* no cell holds this byte: it is tidied away */
    for (size_t i = 0; i < n; i++)
        if (!by_name || attrs[i].field == KITH_FIELD_NAME)
            kith_dynbuf_printf(out, "\x1f%d=%s", (int)attrs[i].field, attrs[i].value);
}

kith_code kith_endpoint_of_card(kith_endpoints *endpoints, kith_reading *reading, const char *id,
                                uint64_t line, uint32_t *mention, kith_err *err)
{
    const kith_card *card = &reading->card;
    bool by_name = !*id && !kith_card_has(card, KITH_FIELD_EMAIL) && !kith_card_has(card, KITH_FIELD_URL);
    kith_mention person = {.line = line, .space = KITH_NO_SPACE};
    uint32_t number = 0;
    const kith_attr *attrs;
    size_t n;
    kith_code rc = kith_card_attrs(&reading->card, &attrs, &n, err);

    if (rc != KITH_OK)
        return rc;
    describe(&endpoints->described, id, attrs, n, by_name);
    if ((rc = kith_dynbuf_check(&endpoints->described, "a person", err)) != KITH_OK ||
        (rc = number_of(endpoints, endpoints->described.data, endpoints->described.length, &number, err)) !=
            KITH_OK)
        return rc;
    if (endpoints->mentions[number] == UINT32_MAX) {
        if (*id && (rc = kith_reading_space(reading, &person.space, err)) != KITH_OK)
            return rc;
        person.id = *id ? id : NULL;
        rc = kith_reading_mention(reading, person, &endpoints->mentions[number], err);
    }
    *mention = endpoints->mentions[number];
    return rc;
}

void kith_endpoints_find_all(const kith_endpoints *endpoints, const char *bytes, const kith_span *names,
                             size_t count, uint32_t *mentions)
{
    if (!endpoints->seen) {
        memset(mentions, 0xFF, count * sizeof *mentions); /* UINT32_MAX */
        return;
    }
    kith_intern_find_all(endpoints->seen, bytes, names, count, mentions);
    for (size_t i = 0; i < count; i++)
        if (mentions[i] != UINT32_MAX)
            mentions[i] = endpoints->mentions[mentions[i]];
}

void kith_endpoints_expect(const kith_endpoints *endpoints, const char *name, size_t length)
{
    if (endpoints->seen)
        kith_intern_expect(endpoints->seen, name, length);
}

void kith_endpoints_free(kith_endpoints *endpoints)
{
    kith_dynbuf_free(&endpoints->described);
    kith_intern_free(endpoints->seen);
    kith_free(endpoints->mentions);
    *endpoints = (kith_endpoints){0};
}
