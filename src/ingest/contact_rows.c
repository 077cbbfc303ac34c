#include "ingest/contact_rows.h"

#include <string.h>

#include "ingest/address_book.h"
#include "ingest/stated_words.h"

/** One table being read. */
typedef struct contact_table {
    const char *joint;
    kith_address_book book;
    kith_dynbuf part; /**< one value of a cell */
} contact_table;

typedef kith_code value_take(void *ctx, const char *value, kith_err *err);

/** Calls `take` with each value of a cell. */
static kith_code each_value(contact_table *table, const char *cell, value_take *take, void *ctx,
                            kith_err *err)
{
    kith_code rc = KITH_OK;

    while (*cell && rc == KITH_OK) {
        const char *end = strstr(cell, table->joint);
        kith_dynbuf_clear(&table->part);
        kith_dynbuf_append(&table->part, cell, end ? (size_t)(end - cell) : strlen(cell));
        if ((rc = kith_dynbuf_check(&table->part, "a cell", err)) == KITH_OK) {
            const char *value = kith_dynbuf_cstr(&table->part);
            rc = take(ctx, value + strspn(value, " "), err);
        }
        cell = end ? end + strlen(table->joint) : "";
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
    else if (cell->column == KITH_COLUMN_URL && kith_looks_like_profile(value)) /* else perhaps a company's */
        kith_card_add(cell->card, KITH_FIELD_URL, value);
    else if (cell->column == KITH_COLUMN_LABELS &&
             *value != '*') /* "* myContacts" and the like are the exporting program's own */
        kith_card_add(cell->card, KITH_FIELD_LABEL, value);
    return KITH_OK;
}

/** The position. Where two columns have one name, the first is the form of address: French Outlook says
 * "Titre" for both. */
static const char *title_of(const kith_record *record)
{
    const char *best = "";
    uint32_t best_rank = UINT32_MAX;

    for (size_t i = 0; i < record->header->n; i++) {
        const kith_header_column *here = &record->header->columns[i];
        if (here->column != KITH_COLUMN_TITLE ||
            (here->rank != best_rank && (here->rank > best_rank || !*record->cells[i])))
            continue;
        best = record->cells[i];
        best_rank = here->rank;
    }
    return best;
}

static kith_code fill_card(contact_table *table, kith_card *card, const kith_record *record, kith_err *err)
{
    kith_code rc = KITH_OK;

    kith_card_clear(card);
    kith_card_add_name_parts(card, &(kith_name_parts){.whole = kith_record_get(record, KITH_COLUMN_NAME),
                                                      .given = kith_record_get(record, KITH_COLUMN_GIVEN),
                                                      .middle = kith_record_get(record, KITH_COLUMN_MIDDLE),
                                                      .family = kith_record_get(record, KITH_COLUMN_FAMILY),
                                                      .suffix = kith_record_get(record, KITH_COLUMN_SUFFIX)});
    if (!kith_card_has(card, KITH_FIELD_NAME))
        kith_card_add_name(card, kith_record_get(record, KITH_COLUMN_NICKNAME), NULL, NULL, NULL);
    kith_card_add(card, KITH_FIELD_COMPANY, kith_record_get(record, KITH_COLUMN_COMPANY));
    kith_card_add(card, KITH_FIELD_TITLE, title_of(record));
    kith_card_add(card, KITH_FIELD_LOCATION, kith_record_get(record, KITH_COLUMN_LOCATION));
    for (size_t i = 0; i < record->header->n && rc == KITH_OK; i++) {
        card_cell cell = {.card = card, .column = record->header->columns[i].column};
        if (cell.column == KITH_COLUMN_EMAIL || cell.column == KITH_COLUMN_PHONE ||
            cell.column == KITH_COLUMN_URL || cell.column == KITH_COLUMN_LABELS)
            rc = each_value(table, record->cells[i], add_to_card, &cell, err);
    }
    return rc;
}

/** A contact whose relations are being noted. */
typedef struct noting {
    kith_address_book *book;
    kith_stated_relation relation;
} noting;

static kith_code note_value(void *ctx, const char *value, kith_err *err)
{
    const noting *n = ctx;

    return kith_address_book_relate_name(n->book, n->relation, value, err);
}

/** What those in column `i` are to the contact: by the label of its number, else by the column's name. */
static uint32_t stated_in(contact_table *table, const kith_record *record, size_t i)
{
    const kith_header *header = record->header;
    const char *words = kith_header_name(header, i);

    for (size_t k = 0; k < header->n; k++)
        if (header->columns[k].column == KITH_COLUMN_RELATION_KIND &&
            header->columns[k].rank == header->columns[i].rank)
            words = record->cells[k];
    return kith_stated_of_words(words, &table->part);
}

/** Notes whom the row names as related to the contact. */
static kith_code note_related(contact_table *table, const kith_record *record, uint32_t contact,
                              kith_err *err)
{
    noting note = {.book = &table->book, .relation = {.contact = contact, .line = record->line}};
    kith_code rc = KITH_OK;

    for (size_t i = 0; i < record->header->n && rc == KITH_OK; i++) {
        if (record->header->columns[i].column != KITH_COLUMN_RELATION || !*record->cells[i])
            continue;
        note.relation.stated = stated_in(table, record, i);
        if ((rc = kith_dynbuf_check(&table->part, "a relation", err)) == KITH_OK)
            rc = each_value(table, record->cells[i], note_value, &note, err);
    }
    return rc;
}

static kith_code take_contact(kith_reading *reading, void *ctx, const kith_record *record, kith_err *err)
{
    contact_table *table = ctx;
    kith_card *card = &reading->card;
    uint32_t contact;
    kith_code rc = fill_card(table, card, record, err);

    if (rc != KITH_OK)
        return rc;
    if (card->status == KITH_OK && !kith_card_has_identity(card)) {
        if (card->n)
            return kith_reading_reject(reading, record, err, "no name");
        kith_reading_skip(reading);
        return KITH_OK;
    }
    rc = kith_address_book_add(&table->book, reading,
                               (kith_mention){.line = record->line, .space = KITH_NO_SPACE}, &contact, err);
    return rc == KITH_OK ? note_related(table, record, contact, err) : rc;
}

kith_code kith_contact_rows_read(kith_reading *reading, const char *joint, kith_err *err)
{
    contact_table table = {.joint = joint};
    kith_code rc = kith_reading_table(reading, take_contact, &table, err);

    if (rc == KITH_OK)
        rc = kith_address_book_finish(&table.book, reading, err);
    kith_address_book_free(&table.book);
    kith_dynbuf_free(&table.part);
    return rc;
}

size_t kith_contact_rows_emails(const kith_header *header)
{
    size_t emails = 0;

    for (size_t i = 0; i < header->n; i++)
        emails += header->columns[i].column == KITH_COLUMN_EMAIL;
    return emails;
}
