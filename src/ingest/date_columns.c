#include "ingest/date_columns.h"

#include "base/mem.h"
#include "base/text.h"
#include "ingest/format.h"
#include "ingest/tape.h"

/** Columns on a screen that the name of a column is shown in. */
#define NAME_SHOWN 80

#define ALL_ORDERS (1U << KITH_DATE_YMD | 1U << KITH_DATE_DMY | 1U << KITH_DATE_MDY)

/** A column with dates while its rows are looked at. */
typedef struct column_dates {
    size_t in_header; /**< its place among the header's columns */
    size_t at;        /**< and in a row */
    size_t name_at;   /**< into the names, which must outlive the table */
    uint32_t fitting; /**< orders that fit every row so far, a bit each */
    bool any;         /**< a row needs an order */
} column_dates;

typedef struct look {
    bool begun;
    column_dates *columns;
    size_t n, capacity;
    kith_dynbuf names;
} look;

static kith_code begin(look *l, const kith_header *header, kith_err *err)
{
    l->begun = true;
    for (size_t i = 0; i < header->n; i++) {
        if (!kith_column_is_date(header->columns[i].column))
            continue;
        if (!kith_grow((void **)&l->columns, &l->capacity, l->n + 1, sizeof *l->columns))
            return kith_fail_memory(err, "the dates of a table");
        l->columns[l->n++] = (column_dates){
            .in_header = i, .at = header->columns[i].at, .name_at = l->names.length, .fitting = ALL_ORDERS};
        kith_dynbuf_text(&l->names, kith_header_name(header, i));
        kith_dynbuf_put(&l->names, '\0');
    }
    return kith_dynbuf_check(&l->names, "the dates of a table", err);
}

static kith_code take_row(kith_reading *reading, void *ctx, const kith_record *record, kith_err *err)
{
    look *l = ctx;
    kith_code rc = l->begun ? KITH_OK : begin(l, record->header, err);

    (void)reading;
    for (size_t i = 0; i < l->n && rc == KITH_OK; i++) {
        uint32_t orders = kith_date_orders(record->cells[l->columns[i].in_header]);
        l->columns[i].any |= orders != 0;
        l->columns[i].fitting &= orders ? orders : ALL_ORDERS;
    }
    return rc;
}

/** The only order in a mask, or `fallback` where there are several and it is one of them, or none. */
static kith_date_order choose(uint32_t fitting, kith_date_order fallback)
{
    if (!fitting || fitting & 1U << fallback)
        return fallback;
    return fitting & 1U << KITH_DATE_DMY   ? KITH_DATE_DMY
           : fitting & 1U << KITH_DATE_MDY ? KITH_DATE_MDY
                                           : KITH_DATE_YMD;
}

static void tell(const kith_reading *reading, const look *l, const column_dates *column,
                 kith_date_order order)
{
    static const char *const words[] = {
        [KITH_DATE_YMD] = "year first", [KITH_DATE_DMY] = "day first", [KITH_DATE_MDY] = "month first"};
    const char *name = kith_dynbuf_cstr(&l->names) + column->name_at;
    bool one_order = column->fitting && (column->fitting & (column->fitting - 1)) == 0;

    if (!one_order)
        kith_reading_notice(reading, "dates under \"%.*s\" %s: read %s unless --date-order says otherwise",
                            (int)kith_text_fit(name, NAME_SHOWN), name,
                            column->fitting ? "fit several orders" : "contradict each other", words[order]);
}

kith_code kith_date_columns_add(kith_date_columns *found, kith_date_column column, kith_err *err)
{
    if (!kith_grow((void **)&found->all, &found->capacity, found->n + 1, sizeof *found->all))
        return kith_fail_memory(err, "the dates of a table");
    found->all[found->n++] = column;
    return KITH_OK;
}

static kith_code finish(const kith_reading *reading, const look *l, kith_date_columns *found, kith_err *err)
{
    for (size_t i = 0; i < l->n; i++) {
        const column_dates *column = &l->columns[i];
        kith_date_order order = choose(column->fitting, reading->format->dates);
        if (!column->any)
            continue;
        kith_date_column known = {.at = column->at, .order = order};
        kith_code rc = kith_date_columns_add(found, known, err);
        if (rc != KITH_OK)
            return rc;
        if (reading->tape)
            kith_tape_dates(reading->tape, &known);
        tell(reading, l, column, order);
    }
    return KITH_OK;
}

kith_code kith_date_columns_find(const kith_reading *reading, kith_date_columns *found, kith_err *err)
{
    static const kith_sink nowhere = {.reject = kith_reject_nothing};
    kith_build_opts quiet = *reading->opts;
    kith_reading aside = *reading;
    look l = {0};

    quiet.notice = NULL;
    aside.opts = &quiet;
    aside.sink = &nowhere;
    aside.only_dates = true;
    kith_code rc = kith_reading_table(&aside, take_row, &l, err);
    if (rc == KITH_OK)
        rc = finish(reading, &l, found, err);
    kith_reading_free(&aside);
    kith_dynbuf_free(&l.names);
    kith_free(l.columns);
    return rc;
}

void kith_date_columns_free(kith_date_columns *found)
{
    kith_free(found->all);
    *found = (kith_date_columns){0};
}
