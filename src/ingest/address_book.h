/** @file
 * The contacts of one address book: handed on as listed by its owner, and related to those of them
 * whom they name.
 */
#ifndef KITH_INGEST_ADDRESS_BOOK_H
#define KITH_INGEST_ADDRESS_BOOK_H

#include "ingest/holders.h"
#include "ingest/reading.h"

/** Somebody whom a contact is said to be related to. */
typedef struct kith_stated_relation {
    uint32_t contact; /**< mention */
    uint32_t who;     /**< number of a name, or of an id */
    uint32_t stated;  /**< as in kith_relation: what they are to the contact */
    bool by_id;
    uint64_t line;
} kith_stated_relation;

/** Zeroed is empty. */
typedef struct kith_address_book {
    kith_holders names, ids;
    kith_stated_relation *relations;
    size_t n_relations, relation_capacity;
} kith_address_book;

/**
 * Hands on the contact that reading->card describes, who counts as used and is listed by the owner.
 * @param mention  as in kith_reading_mention; its id, where it has one, can be named by relations.
 */
kith_code kith_address_book_add(kith_address_book *book, kith_reading *reading, kith_mention mention,
                                uint32_t *contact, kith_err *err);

/**
 * Notes that a contact is said to be related to whoever of the book has this name.
 * @param relation  contact, stated and line.
 */
kith_code kith_address_book_relate_name(kith_address_book *book, kith_stated_relation relation,
                                        const char *name, kith_err *err);

/** The same with an id; letter case does not count. */
kith_code kith_address_book_relate_id(kith_address_book *book, kith_stated_relation relation, const char *id,
                                      kith_err *err);

/** Hands on the relations to somebody whom exactly one contact can be. */
kith_code kith_address_book_finish(const kith_address_book *book, kith_reading *reading, kith_err *err);

void kith_address_book_free(kith_address_book *book);

#endif
