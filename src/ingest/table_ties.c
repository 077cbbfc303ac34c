/* A table with one tie a row. */
#include <math.h>
#include <string.h>

#include "ingest/aliases.h"
#include "ingest/decimal.h"
#include "ingest/endpoint.h"
#include "ingest/format.h"
#include "ingest/stated_words.h"

bool kith_ties_fits(const kith_header *header)
{
    return kith_header_has(header, KITH_COLUMN_SOURCE) && kith_header_has(header, KITH_COLUMN_TARGET);
}

/** Words that say what kind of evidence a row is, squeezed. Words that say what the two are to each other
 * make it a stated relation, others a plain stated tie. */
static const struct {
    const char *word;
    kith_evidence kind;
} kinds[] = {
    {"listed", KITH_EVIDENCE_LISTED},
    {"message", KITH_EVIDENCE_MESSAGES},
    {"messages", KITH_EVIDENCE_MESSAGES},
    {"recommendation", KITH_EVIDENCE_RECOMMENDATION},
    {"recommended", KITH_EVIDENCE_RECOMMENDATION},
    {"endorsement", KITH_EVIDENCE_ENDORSEMENT},
    {"endorsed", KITH_EVIDENCE_ENDORSEMENT},
    {"workedtogether", KITH_EVIDENCE_WORKED},
    {"studiedtogether", KITH_EVIDENCE_STUDIED},
    {"mentorship", KITH_EVIDENCE_MENTORSHIP},
    {"statedrelation", KITH_EVIDENCE_STATED_RELATION},
};

static void read_kind(const char *words, kith_dynbuf *squeezed, kith_relation *tie)
{
    kith_dynbuf_clear(squeezed);
    kith_column_squeeze(words, squeezed);
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (strcmp(kith_dynbuf_cstr(squeezed), kinds[i].word) == 0) {
            tie->kind = kinds[i].kind;
            return;
        }
    if (squeezed->status == KITH_OK && (tie->stated = kith_stated_of_words(words, squeezed)) != 0)
        tie->kind = KITH_EVIDENCE_STATED_RELATION;
}

/** Whether rows of a kind count interactions, of which there may be halves. */
static bool counts_interactions(kith_evidence kind)
{
    return kind == KITH_EVIDENCE_MESSAGES || kind == KITH_EVIDENCE_STATED_TIE;
}

/** Fills in how often; false where that cannot be. */
static bool read_count(const char *count, kith_relation *tie)
{
    double value, halves;

    if (!counts_interactions(tie->kind))
        return kith_whole_parse(count, &tie->count) && tie->count > 0;
    if (!kith_decimal_parse(count, strlen(count), &value))
        return false;
    halves = 2 * value;
    if (!(halves > 0 && halves < UINT32_MAX && halves == floor(halves)))
        return false;
    tie->halves = (uint32_t)halves;
    tie->count = (uint32_t)ceil(value);
    return true;
}

/** Words of a column that says which way a tie leads, squeezed. */
static const struct {
    const char *word;
    uint32_t leads;
} directions[] = {
    {"directed", KITH_LEADS_OUT},
    {"yes", KITH_LEADS_OUT},
    {"true", KITH_LEADS_OUT},
    {"1", KITH_LEADS_OUT},
    {"undirected", KITH_LEADS_OUT | KITH_LEADS_IN},
    {"mutual", KITH_LEADS_OUT | KITH_LEADS_IN},
    {"both", KITH_LEADS_OUT | KITH_LEADS_IN},
    {"no", KITH_LEADS_OUT | KITH_LEADS_IN},
    {"false", KITH_LEADS_OUT | KITH_LEADS_IN},
    {"0", KITH_LEADS_OUT | KITH_LEADS_IN},
};

/** Words that are not known state no direction: many a column is called "type". */
static void read_direction(const char *word, bool directed, kith_dynbuf *squeezed, kith_relation *tie)
{
    uint32_t leads = directed && !*word ? KITH_LEADS_OUT : 0;

    kith_dynbuf_clear(squeezed);
    kith_column_squeeze(word, squeezed);
    for (size_t i = 0; i < sizeof directions / sizeof *directions; i++)
        if (strcmp(kith_dynbuf_cstr(squeezed), directions[i].word) == 0)
            leads = directions[i].leads;
    tie->stated |= leads << KITH_STATED_LEADS;
}

/** Why the numbers of a row cannot be, or NULL; fills in `tie`, whose kind is known. */
static const char *read_numbers(const kith_record *record, kith_relation *tie)
{
    const char *strength = kith_record_get(record, KITH_COLUMN_STRENGTH);
    const char *weight = kith_record_get(record, KITH_COLUMN_WEIGHT);
    const char *count = kith_record_get(record, KITH_COLUMN_COUNT_OF);

    if (*strength && (!kith_decimal_parse(strength, strlen(strength), &tie->strength) || tie->strength < 0 ||
                      tie->strength > 1))
        return "strength is no number from 0 to 1";
    if (*weight && (!kith_decimal_parse(weight, strlen(weight), &tie->weight) || !(tie->weight > 0)))
        return "weight is no number above 0";
    if (*count && !read_count(count, tie))
        return counts_interactions(tie->kind) ? "count is no whole or half number above 0"
                                              : "count is no whole number above 0";
    return NULL;
}

kith_code kith_ties_row(kith_reading *reading, void *ctx, const kith_record *record, kith_err *err)
{
    const kith_tie_ends *ends = ctx;
    const char *source = kith_record_get(record, KITH_COLUMN_SOURCE);
    const char *target = kith_record_get(record, KITH_COLUMN_TARGET);
    kith_relation tie = kith_plain_relation(KITH_EVIDENCE_STATED_TIE, 0, 0, record->line);
    const char *problem = NULL;
    bool ok;

    if (kith_record_is_empty_but(record, KITH_COLUMN_NONE)) {
        kith_reading_skip(reading);
        return KITH_OK;
    }
    if (!*source || !*target)
        problem = *source ? "no target" : "no source";
    read_kind(kith_record_get(record, KITH_COLUMN_KIND), &reading->columns, &tie);
    if (reading->columns.status == KITH_OK)
        read_direction(kith_record_get(record, KITH_COLUMN_DIRECTED), ends->directed, &reading->columns,
                       &tie);
    if (!problem)
        problem = read_numbers(record, &tie);
    if (problem)
        return kith_reading_reject(reading, record, err, "%s", problem);
    kith_code rc = kith_reading_date(reading, record, KITH_COLUMN_DATE, KITH_DATE_DMY, &tie.date, &ok, err);
    if (rc != KITH_OK || !ok)
        return rc;
    if ((rc = kith_dynbuf_check(&reading->columns, "the kind of a tie", err)) != KITH_OK ||
        (rc = kith_endpoint_of_cell(ends->sources, reading, source, record->line, &tie.a, err)) != KITH_OK ||
        (rc = kith_endpoint_of_cell(ends->targets, reading, target, record->line, &tie.b, err)) != KITH_OK)
        return rc;
    if (tie.a == tie.b && reading->format->loops) {
        kith_reading_skip(reading);
        return KITH_OK;
    }
    if (tie.a == tie.b)
        return kith_reading_reject(reading, record, err, "source and target are the same");
    kith_reading_used(reading);
    return kith_reading_relation(reading, tie, err);
}

static kith_code read_ties(kith_reading *reading, bool directed, kith_err *err)
{
    kith_endpoints people = {.by_name = true};
    kith_tie_ends ends = {.sources = &people, .targets = &people, .directed = directed};
    kith_code rc = kith_reading_ties(reading, kith_ties_row, &ends, &people, err);

    kith_endpoints_free(&people);
    return rc;
}

kith_code kith_ties_read(kith_reading *reading, kith_err *err)
{
    return read_ties(reading, false, err);
}

kith_code kith_directed_ties_read(kith_reading *reading, kith_err *err)
{
    return read_ties(reading, true, err);
}
