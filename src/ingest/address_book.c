#include "ingest/address_book.h"

#include <string.h>

#include "base/mem.h"
#include "base/text.h"

#define NOBODY UINT32_MAX
#define SEVERAL (UINT32_MAX - 1)

/** The number of what stands in book->key. */
static kith_code number_of_key(kith_address_book *book, uint32_t *number, kith_err *err)
{
    kith_code rc = kith_dynbuf_check(&book->key, "a name", err);

    if (rc == KITH_OK && !book->known)
        rc = kith_intern_new(0, &book->known, err);
    if (rc != KITH_OK)
        return rc;
    uint32_t known = kith_intern_count(book->known);
    if (!kith_grow((void **)&book->holder, &book->holder_capacity, (size_t)known + 1, sizeof *book->holder))
        return kith_fail_memory(err, "the names of an address book");
    rc = kith_intern_add(book->known, kith_dynbuf_cstr(&book->key), book->key.length, number, err);
    if (rc == KITH_OK && *number == known)
        book->holder[known] = NOBODY;
    return rc;
}

static kith_code number_of_name(kith_address_book *book, const char *name, uint32_t *number, kith_err *err)
{
    kith_dynbuf_clear(&book->key);
    kith_dynbuf_put(&book->key, 'n');
    kith_text_fold(name, &book->key);
    return number_of_key(book, number, err);
}

static kith_code number_of_id(kith_address_book *book, const char *id, uint32_t *number, kith_err *err)
{
    kith_dynbuf_clear(&book->key);
    kith_dynbuf_put(&book->key, 'i');
    kith_text_lower(id, &book->key);
    return number_of_key(book, number, err);
}

static void hold(kith_address_book *book, uint32_t number, uint32_t contact)
{
    book->holder[number] = book->holder[number] == NOBODY ? contact : SEVERAL;
}

/** The first name on a card whose values are set, or NULL. */
static const char *name_on(const kith_card *card)
{
    for (size_t i = 0; i < card->n; i++)
        if (card->attrs[i].field == KITH_FIELD_NAME)
            return card->attrs[i].value;
    return NULL;
}

kith_code kith_address_book_add(kith_address_book *book, kith_reading *reading, kith_mention mention,
                                uint32_t *contact, kith_err *err)
{
    uint32_t number = 0;
    kith_code rc = kith_reading_mention(reading, mention, contact, err);
    const char *name = rc == KITH_OK ? name_on(&reading->card) : NULL;

    if (rc == KITH_OK && name && (rc = number_of_name(book, name, &number, err)) == KITH_OK)
        hold(book, number, *contact);
    if (rc == KITH_OK && mention.id && (rc = number_of_id(book, mention.id, &number, err)) == KITH_OK)
        hold(book, number, *contact);
    if (rc != KITH_OK)
        return rc;
    kith_reading_used(reading);
    return kith_reading_relation(
        reading, kith_plain_relation(KITH_EVIDENCE_LISTED, reading->owner, *contact, mention.line), err);
}

static kith_code note(kith_address_book *book, kith_stated_relation relation, kith_err *err)
{
    if (!kith_grow((void **)&book->relations, &book->relation_capacity, book->n_relations + 1,
                   sizeof *book->relations))
        return kith_fail_memory(err, "the relations of an address book");
    book->relations[book->n_relations++] = relation;
    return KITH_OK;
}

kith_code kith_address_book_relate_name(kith_address_book *book, uint32_t contact, const char *name,
                                        uint64_t line, kith_err *err)
{
    kith_stated_relation relation = {.contact = contact, .line = line};
    kith_code rc = number_of_name(book, name, &relation.who, err);

    return rc == KITH_OK ? note(book, relation, err) : rc;
}

kith_code kith_address_book_relate_id(kith_address_book *book, uint32_t contact, const char *id,
                                      uint64_t line, kith_err *err)
{
    kith_stated_relation relation = {.contact = contact, .line = line};
    kith_code rc = number_of_id(book, id, &relation.who, err);

    return rc == KITH_OK ? note(book, relation, err) : rc;
}

kith_code kith_address_book_finish(const kith_address_book *book, kith_reading *reading, kith_err *err)
{
    kith_code rc = KITH_OK;

    for (size_t i = 0; i < book->n_relations && rc == KITH_OK; i++) {
        const kith_stated_relation *stated = &book->relations[i];
        uint32_t other = book->holder[stated->who];
        if (other != NOBODY && other != SEVERAL && other != stated->contact)
            rc = kith_reading_relation(
                reading,
                kith_plain_relation(KITH_EVIDENCE_STATED_RELATION, stated->contact, other, stated->line),
                err);
    }
    return rc;
}

void kith_address_book_free(kith_address_book *book)
{
    kith_intern_free(book->known);
    kith_free(book->holder);
    kith_free(book->relations);
    kith_dynbuf_free(&book->key);
    *book = (kith_address_book){0};
}
