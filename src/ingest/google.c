/* Contacts as Google exports them, with the header up to 2024 and the one since. */
#include <ctype.h>
#include <string.h>

#include "base/intern.h"
#include "base/mem.h"
#include "base/text.h"
#include "ingest/format.h"

static const kith_column_alias aliases[] = {
    {"name", KITH_COLUMN_NAME},
    {"firstname", KITH_COLUMN_GIVEN},
    {"givenname", KITH_COLUMN_GIVEN},
    {"middlename", KITH_COLUMN_MIDDLE},
    {"additionalname", KITH_COLUMN_MIDDLE},
    {"lastname", KITH_COLUMN_FAMILY},
    {"familyname", KITH_COLUMN_FAMILY},
    {"nickname", KITH_COLUMN_NICKNAME},
    {"fileas", KITH_COLUMN_NICKNAME},
    {"organizationname", KITH_COLUMN_COMPANY},
    {"organizationtitle", KITH_COLUMN_TITLE},
    {"labels", KITH_COLUMN_LABELS},
    {"groupmembership", KITH_COLUMN_LABELS},
};

/** Columns of the form WORD N - FIELD, without what stands between the words. */
static const struct {
    const char *word, *field;
    kith_column column;
} groups[] = {
    {"email", "value", KITH_COLUMN_EMAIL},         {"phone", "value", KITH_COLUMN_PHONE},
    {"organization", "name", KITH_COLUMN_COMPANY}, {"organization", "title", KITH_COLUMN_TITLE},
    {"relation", "value", KITH_COLUMN_RELATION},
};

static bool find_numbered(const char *name, kith_column *column, uint32_t *rank)
{
    size_t word = strcspn(name, "0123456789");
    size_t digits = strspn(name + word, "0123456789");

    if (word == 0 || digits == 0 || digits > 4)
        return false;
    for (size_t i = 0; i < sizeof groups / sizeof *groups; i++) {
        if (strlen(groups[i].word) != word || strncmp(name, groups[i].word, word) != 0 ||
            strcmp(name + word + digits, groups[i].field) != 0)
            continue;
        *column = groups[i].column;
        *rank = 0;
        for (size_t at = word; at < word + digits; at++)
            *rank = *rank * 10 + (uint32_t)(name[at] - '0');
        return true;
    }
    return false;
}

const kith_aliases kith_google_aliases = {
    .all = aliases, .n = sizeof aliases / sizeof *aliases, .numbered = find_numbered};

/** Labels and a numbered group, or the names of the old header. */
bool kith_google_fits(const kith_header *header)
{
    bool numbered = false;

    for (size_t i = 0; i < header->n; i++)
        numbered |=
            header->columns[i].column == KITH_COLUMN_EMAIL || header->columns[i].column == KITH_COLUMN_PHONE;
    return numbered && kith_header_has(header, KITH_COLUMN_GIVEN) &&
           kith_header_has(header, KITH_COLUMN_LABELS);
}

/** Somebody whom a row names as related to its contact. */
typedef struct stated {
    uint32_t contact, name;
    uint64_t line;
} stated;

/** The contacts of one file by name, and the relations stated between them. */
typedef struct address_book {
    kith_intern *names; /**< folded */
    uint32_t *holder;   /**< [names] mention of that name; NOBODY or SEVERAL */
    size_t holder_capacity;
    stated *relations;
    size_t n_relations, relation_capacity;
    kith_dynbuf folded;
} address_book;

#define NOBODY UINT32_MAX
#define SEVERAL (UINT32_MAX - 1)

static kith_code name_number(address_book *book, const char *name, uint32_t *id, kith_err *err)
{
    uint32_t known = kith_intern_count(book->names);

    kith_dynbuf_clear(&book->folded);
    kith_text_fold(name, &book->folded);
    kith_code rc = kith_dynbuf_check(&book->folded, "a name", err);
    if (rc == KITH_OK &&
        !kith_grow((void **)&book->holder, &book->holder_capacity, (size_t)known + 1, sizeof *book->holder))
        rc = kith_fail_memory(err, "the names of an address book");
    if (rc == KITH_OK)
        rc = kith_intern_add(book->names, kith_dynbuf_cstr(&book->folded), book->folded.length, id, err);
    if (rc == KITH_OK && *id == known)
        book->holder[known] = NOBODY;
    return rc;
}

static kith_code note_relation(address_book *book, uint32_t contact, const char *name, uint64_t line,
                               kith_err *err)
{
    uint32_t id = 0;
    kith_code rc = name_number(book, name, &id, err);

    if (rc != KITH_OK)
        return rc;
    if (!kith_grow((void **)&book->relations, &book->relation_capacity, book->n_relations + 1,
                   sizeof *book->relations))
        return kith_fail_memory(err, "the relations of an address book");
    book->relations[book->n_relations++] = (stated){.contact = contact, .name = id, .line = line};
    return KITH_OK;
}

/** Calls `add` for each of the values that one cell joins with ":::". */
static kith_code each_value(const char *cell, kith_dynbuf *part, kith_err *err,
                            kith_code (*add)(void *ctx, const char *value, kith_err *err), void *ctx)
{
    kith_code rc = KITH_OK;

    while (*cell && rc == KITH_OK) {
        const char *end = strstr(cell, ":::");
        kith_dynbuf_clear(part);
        kith_dynbuf_append(part, cell, end ? (size_t)(end - cell) : strlen(cell));
        if ((rc = kith_dynbuf_check(part, "a cell", err)) == KITH_OK)
            rc = add(ctx, kith_dynbuf_cstr(part) + strspn(kith_dynbuf_cstr(part), " "), err);
        cell = end ? end + 3 : "";
    }
    return rc;
}

/** A cell whose values go on a card. */
typedef struct card_cell {
    kith_card *card;
    kith_column column;
} card_cell;

static kith_code add_to_card(void *ctx, const char *value, kith_err *err)
{
    const card_cell *cell = ctx;

    (void)err;
    if (cell->column == KITH_COLUMN_EMAIL)
        kith_card_add_email(cell->card, value);
    else if (cell->column == KITH_COLUMN_PHONE)
        kith_card_add(cell->card, KITH_FIELD_PHONE, value);
    else if (*value != '*') /* "* myContacts" and the like are Google's own */
        kith_card_add(cell->card, KITH_FIELD_LABEL, value);
    return KITH_OK;
}

static kith_code fill_card(kith_card *card, const kith_record *record, kith_dynbuf *part, kith_err *err)
{
    kith_code rc = KITH_OK;

    kith_card_clear(card);
    kith_card_add_name(
        card, kith_record_get(record, KITH_COLUMN_NAME), kith_record_get(record, KITH_COLUMN_GIVEN),
        kith_record_get(record, KITH_COLUMN_MIDDLE), kith_record_get(record, KITH_COLUMN_FAMILY));
    if (!kith_card_has(card, KITH_FIELD_NAME))
        kith_card_add_name(card, kith_record_get(record, KITH_COLUMN_NICKNAME), NULL, NULL, NULL);
    kith_card_add(card, KITH_FIELD_COMPANY, kith_record_get(record, KITH_COLUMN_COMPANY));
    kith_card_add(card, KITH_FIELD_TITLE, kith_record_get(record, KITH_COLUMN_TITLE));
    for (size_t i = 0; i < record->header->n && rc == KITH_OK; i++) {
        card_cell cell = {.card = card, .column = record->header->columns[i].column};
        if (cell.column == KITH_COLUMN_EMAIL || cell.column == KITH_COLUMN_PHONE ||
            cell.column == KITH_COLUMN_LABELS)
            rc = each_value(record->cells[i], part, err, add_to_card, &cell);
    }
    return rc;
}

/** A contact whose relations are being noted. */
typedef struct noting {
    address_book *book;
    uint32_t contact;
    uint64_t line;
} noting;

static kith_code note_value(void *ctx, const char *value, kith_err *err)
{
    const noting *n = ctx;

    return note_relation(n->book, n->contact, value, n->line, err);
}

/** Remembers who has this name, and whom the row says to be related. */
static kith_code note_contact(address_book *book, const kith_card *card, uint32_t contact,
                              const kith_record *record, kith_dynbuf *part, kith_err *err)
{
    noting note = {.book = book, .contact = contact, .line = record->line};
    kith_code rc = KITH_OK;

    if (kith_card_has(card, KITH_FIELD_NAME)) { /* the first that goes on a card */
        uint32_t id = 0;
        if ((rc = name_number(book, kith_dynbuf_cstr(&card->text), &id, err)) == KITH_OK)
            book->holder[id] = book->holder[id] == NOBODY ? contact : SEVERAL;
    }
    for (size_t i = 0; i < record->header->n && rc == KITH_OK; i++)
        if (record->header->columns[i].column == KITH_COLUMN_RELATION)
            rc = each_value(record->cells[i], part, err, note_value, &note);
    return rc;
}

static kith_code take_contact(kith_reading *reading, void *ctx, const kith_record *record, kith_err *err)
{
    address_book *book = ctx;
    kith_card *card = &reading->card;
    uint32_t contact;
    kith_code rc = fill_card(card, record, &reading->columns, err);

    if (rc != KITH_OK)
        return rc;
    if (card->status == KITH_OK && !kith_card_has_identity(card)) {
        if (card->n)
            return kith_reading_reject(reading, record, err, "no name");
        kith_reading_skip(reading);
        return KITH_OK;
    }
    if ((rc = kith_reading_mention(reading, (kith_mention){.line = record->line, .space = KITH_NO_SPACE},
                                   &contact, err)) != KITH_OK ||
        (rc = note_contact(book, card, contact, record, &reading->columns, err)) != KITH_OK)
        return rc;
    kith_reading_used(reading);
    return kith_reading_relation(
        reading, kith_plain_relation(KITH_EVIDENCE_LISTED, reading->owner, contact, record->line), err);
}

/** Makes ties of the relations to somebody whom exactly one contact can be. */
static kith_code relate(kith_reading *reading, const address_book *book, kith_err *err)
{
    kith_code rc = KITH_OK;

    for (size_t i = 0; i < book->n_relations && rc == KITH_OK; i++) {
        const stated *relation = &book->relations[i];
        uint32_t other = book->holder[relation->name];
        if (other != NOBODY && other != SEVERAL && other != relation->contact)
            rc = kith_reading_relation(
                reading,
                kith_plain_relation(KITH_EVIDENCE_STATED_RELATION, relation->contact, other, relation->line),
                err);
    }
    return rc;
}

kith_code kith_google_read(kith_reading *reading, kith_err *err)
{
    address_book book = {0};
    kith_code rc = kith_intern_new(0, &book.names, err);

    if (rc == KITH_OK)
        rc = kith_reading_table(reading, take_contact, &book, err);
    if (rc == KITH_OK)
        rc = relate(reading, &book, err);
    kith_intern_free(book.names);
    kith_free(book.holder);
    kith_free(book.relations);
    kith_dynbuf_free(&book.folded);
    return rc;
}
