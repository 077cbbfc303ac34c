#include "ingest/address_book.h"

#include "base/mem.h"

/** The mention goes by a name or an id from now on; NULL and "" say nothing. */
static kith_code hold(kith_holders *holders, const char *known_as, uint32_t mention, kith_err *err)
{
    uint32_t number = 0;
    kith_code rc = KITH_OK;

    if (known_as && *known_as && (rc = kith_holders_number(holders, known_as, "", &number, err)) == KITH_OK)
        kith_holders_add(holders, number, mention);
    return rc;
}

kith_code kith_address_book_add(kith_address_book *book, kith_reading *reading, kith_mention mention,
                                uint32_t *contact, kith_err *err)
{
    kith_code rc = kith_reading_mention(reading, mention, contact, err);

    if (rc == KITH_OK)
        rc = hold(&book->names, kith_card_first(&reading->card, KITH_FIELD_NAME), *contact, err);
    if (rc == KITH_OK)
        rc = hold(&book->ids, mention.id, *contact, err);
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

kith_code kith_address_book_relate_name(kith_address_book *book, kith_stated_relation relation,
                                        const char *name, kith_err *err)
{
    kith_code rc = kith_holders_number(&book->names, name, "", &relation.who, err);

    relation.by_id = false;
    return rc == KITH_OK ? note(book, relation, err) : rc;
}

kith_code kith_address_book_relate_id(kith_address_book *book, kith_stated_relation relation, const char *id,
                                      kith_err *err)
{
    kith_code rc = kith_holders_number(&book->ids, id, "", &relation.who, err);

    relation.by_id = true;
    return rc == KITH_OK ? note(book, relation, err) : rc;
}

kith_code kith_address_book_finish(const kith_address_book *book, kith_reading *reading, kith_err *err)
{
    kith_code rc = KITH_OK;

    for (size_t i = 0; i < book->n_relations && rc == KITH_OK; i++) {
        const kith_stated_relation *stated = &book->relations[i];
        uint32_t other = (stated->by_id ? &book->ids : &book->names)->holder[stated->who];
        kith_relation relation =
            kith_plain_relation(KITH_EVIDENCE_STATED_RELATION, stated->contact, other, stated->line);
        relation.stated = stated->stated;
        if (other != KITH_HELD_BY_NOBODY && other != KITH_HELD_BY_SEVERAL && other != stated->contact)
            rc = kith_reading_relation(reading, relation, err);
    }
    return rc;
}

void kith_address_book_free(kith_address_book *book)
{
    kith_holders_free(&book->names);
    kith_holders_free(&book->ids);
    kith_free(book->relations);
    *book = (kith_address_book){0};
}
