/* Rows parsed in chunks are the rows that one parser gives, whatever the text and wherever it is cut. */
#include <criterion/criterion.h>
#include <omp.h>
#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "base/rng.h"
#include "each_failure.h"
#include "ingest/csv_chunks.h"

/** A text that a stream gives out in pieces. */
typedef struct pieces {
    const char *text;
    size_t length, at, piece;
    bool broken; /**< what follows the text cannot be read */
} pieces;

static kith_code give_piece(void *ctx, char *bytes, size_t room, size_t *got, kith_err *err)
{
    pieces *p = ctx;

    if (p->broken && p->at == p->length)
        return kith_fail(err, KITH_EIO, "a bad block");
    *got = p->length - p->at;
    if (*got > p->piece)
        *got = p->piece;
    if (*got > room)
        *got = room;
    if (*got)
        memcpy(bytes, p->text + p->at, *got);
    p->at += *got;
    return KITH_OK;
}

/** Rows written down one after another, with all that is said of them. */
typedef struct notes {
    kith_dynbuf rows; /**< what each row holds, behind its line */
    uint64_t *line;
    size_t n, line_capacity;
} notes;

static kith_code note_row(void *ctx, const kith_csv_row *row, bool *stop, kith_err *err)
{
    notes *all = ctx;

    *stop = false;
    if (!kith_grow((void **)&all->line, &all->line_capacity, all->n + 1, sizeof *all->line))
        return kith_fail_memory(err, "notes");
    all->line[all->n++] = row->line;
    kith_dynbuf_printf(&all->rows, "%s", row->problem ? row->problem : "fine");
    for (size_t i = 0; i < row->n; i++)
        kith_dynbuf_printf(&all->rows, "|%s", row->fields[i]);
    kith_dynbuf_put(&all->rows, '\0');
    return kith_dynbuf_check(&all->rows, "notes", err);
}

static void forget(void *ctx)
{
    notes *all = ctx;

    all->n = 0;
    kith_dynbuf_clear(&all->rows);
}

static void free_notes(notes *all)
{
    kith_dynbuf_free(&all->rows);
    kith_free(all->line);
}

/** Puts the rows of a pack behind those in `ctx`. */
static kith_code join_notes(void *ctx, void *pack, uint64_t lines_before, kith_err *err)
{
    notes *all = ctx, *part = pack;

    for (size_t i = 0; i < part->n; i++) {
        if (!kith_grow((void **)&all->line, &all->line_capacity, all->n + 1, sizeof *all->line))
            return kith_fail_memory(err, "notes");
        all->line[all->n++] = lines_before + part->line[i];
    }
    kith_dynbuf_append(&all->rows, part->rows.data, part->rows.length);
    forget(part);
    return kith_dynbuf_check(&all->rows, "notes", err);
}

/** @param first  bytes that the encoding is told by. */
static void read_whole(const char *text, size_t length, size_t first, notes *all, uint64_t *replaced)
{
    kith_csv *csv;
    kith_err err = {0};

    cr_assert_eq(kith_csv_open(',', NULL, &csv, &err), KITH_OK);
    cr_assert_eq(kith_csv_feed(csv, text, first, false, note_row, all, &err), KITH_OK);
    cr_assert_eq(kith_csv_feed(csv, text + first, length - first, true, note_row, all, &err), KITH_OK);
    *replaced = kith_csv_replaced(csv);
    kith_csv_close(csv);
}

/** How a text is read in chunks. The first bytes, which tell the encoding, are fed as they are. */
typedef struct cutting {
    const char *text;
    size_t length, first, piece, chunk_bytes;
    bool broken;
    notes all;
    uint64_t replaced;
} cutting;

static kith_code read_chunks(void *ctx, kith_err *err)
{
    cutting *how = ctx;
    kith_csv *csv = NULL;
    kith_stream stream = {0};
    notes parts[KITH_CHUNK_PACKS] = {0};
    pieces p = {how->text, how->length, how->first, how->piece, how->broken};
    kith_chunk_packs packs = {.take = note_row, .clear = forget, .unpack = join_notes, .ctx = &how->all};

    for (int i = 0; i < KITH_CHUNK_PACKS; i++) {
        parts[i].rows.limit = SIZE_MAX;
        packs.pack[i] = &parts[i];
    }
    kith_code rc = kith_stream_open(&stream, give_piece, &p, err);
    if (rc == KITH_OK)
        rc = kith_csv_open(',', NULL, &csv, err);
    if (rc == KITH_OK)
        rc = kith_csv_feed(csv, how->text, how->first, false, note_row, &how->all, err);
    if (rc == KITH_OK)
        cr_assert(kith_csv_splits(csv));
    if (rc == KITH_OK)
        rc = kith_csv_chunks(&csv, &stream, how->chunk_bytes, &packs, err);
    if (rc == KITH_OK)
        how->replaced = kith_csv_replaced(csv);
    kith_csv_close(csv);
    kith_stream_close(&stream);
    for (int i = 0; i < KITH_CHUNK_PACKS; i++)
        free_notes(&parts[i]);
    return rc;
}

static void assert_same(const char *text, size_t length, size_t first, size_t piece, size_t chunk_bytes)
{
    notes whole = {.rows.limit = SIZE_MAX};
    cutting cut = {text, length, first, piece, chunk_bytes, false, {.rows.limit = SIZE_MAX}, 0};
    const notes *all = &cut.all;
    uint64_t replaced;
    kith_err err = KITH_ERR_NONE;

    read_whole(text, length, first, &whole, &replaced);
    cr_assert_eq(read_chunks(&cut, &err), KITH_OK);
    cr_assert_eq(all->n, whole.n, "%zu rows, not %zu, in chunks of %zu", all->n, whole.n, chunk_bytes);
    cr_assert_eq(all->rows.length, whole.rows.length);
    cr_assert(whole.n == 0 || memcmp(all->rows.data, whole.rows.data, whole.rows.length) == 0);
    for (size_t i = 0; i < whole.n; i++)
        cr_assert_eq(all->line[i], whole.line[i], "row %zu stands on line %llu, not %llu", i,
                     (unsigned long long)whole.line[i], (unsigned long long)all->line[i]);
    cr_assert_eq(cut.replaced, replaced);
    free_notes(&whole);
    free_notes(&cut.all);
}

/** Letters of which quotes, line ends, cut characters and controls make a large part. */
static size_t write_wild(kith_rng *rng, char *text, size_t room)
{
    static const char *const bits[] = {"a",  "bc",   ",", ",",  "\"", "\"\"", "\n",       "\n",
                                       "\r", "\r\n", " ", "\t", "é",  "\xC3", "\xE2\x82", "\x01"};
    size_t kinds = 2 + kith_rng_below(rng, sizeof bits / sizeof *bits - 1), at = 0;

    while (at + 4 < room) {
        const char *bit = bits[kith_rng_below(rng, kinds)];
        memcpy(text + at, bit, strlen(bit));
        at += strlen(bit);
    }
    return at;
}

Test(csv_chunks, any_text_cut_anywhere_gives_the_same_rows)
{
    char text[700];
    kith_rng rng;

    kith_rng_seed(&rng, 11);
    for (int round = 0; round < 1500; round++) {
        text[0] = 'h'; /* the first byte is none that a mark or another encoding begins with */
        size_t length = 1 + write_wild(&rng, text + 1, kith_rng_below(&rng, sizeof text - 1));
        size_t first = 1; /* valid as UTF-8 */
        while (first < length && first < 100 && (unsigned char)text[first] < 0x80)
            first++;
        first = 1 + kith_rng_below(&rng, first);
        omp_set_num_threads(1 + (int)kith_rng_below(&rng, 3));
        assert_same(text, length, first, 1 + kith_rng_below(&rng, 50), 1 + kith_rng_below(&rng, 60));
    }
}

Test(csv_chunks, line_breaks_within_quotes_begin_no_row)
{
    kith_dynbuf text = {0};

    for (int i = 0; i < 200; i++)
        kith_dynbuf_printf(&text, "%d,\"a\nb\r\n\"\"c\"\"\n,d\",e\n", i);
    for (size_t chunk = 1; chunk < 400; chunk += 7)
        assert_same(text.data, text.length, 5, 64, chunk);
    kith_dynbuf_free(&text);
}

Test(csv_chunks, quotes_that_quote_nothing_only_mislead_the_guess)
{
    kith_dynbuf text = {0};

    for (int i = 0; i < 300; i++)
        kith_dynbuf_printf(&text, i % 3 ? "5\" pipe,%d\n" : "\"say \"hi,%d\n", i);
    for (size_t chunk = 1; chunk < 300; chunk += 5)
        assert_same(text.data, text.length, 3, 1000, chunk);
    kith_dynbuf_free(&text);
}

Test(csv_chunks, a_text_without_line_feeds_is_read_on)
{
    kith_dynbuf text = {0};

    for (int i = 0; i < 500; i++)
        kith_dynbuf_printf(&text, "%d,x\r", i);
    assert_same(text.data, text.length, 2, 100, 32);
    kith_dynbuf_free(&text);
}

Test(csv_chunks, a_quote_left_open_takes_the_rest_however_long)
{
    const size_t length = (size_t)3 << 20;
    char *text = kith_malloc(length);

    for (size_t i = 0; i < length; i++)
        text[i] = i % 97 == 95 ? '\r' : i % 97 == 96 ? '\n' : i % 89 == 0 ? ',' : 'x';
    text[1000] = '"';
    text[999] = ',';
    for (size_t chunk = 10000; chunk < 400000; chunk *= 3)
        assert_same(text, length, 500, 65536, chunk);
    text[length / 2] = '"';
    assert_same(text, length, 500, 65536, 70001);
    kith_free(text);
}

Test(csv_chunks, what_stands_before_a_failure_is_handed_on_first)
{
    enum { ROWS = 2000, FIRST = 4, PIECE = 10, CHUNK = 50, BATCH = KITH_LANES * CHUNK };
    kith_dynbuf text = {0};
    size_t n = 0;

    for (int i = 1; i <= ROWS; i++)
        kith_dynbuf_printf(&text, "%d,x\n", i);
    for (size_t at = 0; at < FIRST + (text.length - FIRST) / BATCH * BATCH; at++)
        n += text.data[at] == '\n';
    for (int threads = 1; threads <= 3; threads++) {
        cutting cut = {text.data, text.length, FIRST, PIECE, CHUNK, true, {.rows.limit = SIZE_MAX}, 0};
        kith_err err = KITH_ERR_NONE;
        omp_set_num_threads(threads);
        cr_assert_eq(read_chunks(&cut, &err), KITH_EIO);
        cr_assert_str_eq(err.message, "a bad block");
        cr_assert_eq(cut.all.n, n);
        for (size_t i = 0; i < n; i++)
            cr_assert_eq(cut.all.line[i], i + 1);
        free_notes(&cut.all);
    }
    kith_dynbuf_free(&text);
}

static kith_code read_and_forget(void *ctx, kith_err *err)
{
    cutting how = *(const cutting *)ctx;
    kith_code rc = read_chunks(&how, err);

    free_notes(&how.all);
    return rc;
}

Test(csv_chunks, memory_that_ends_is_told)
{
    kith_dynbuf text = {0};

    for (int i = 0; i < 100; i++)
        kith_dynbuf_printf(&text, "%d,x\n", i);
    omp_set_num_threads(1); /* so that the same allocation fails whenever */
    cr_assert_gt(each_failure(read_and_forget, &(cutting){.text = text.data,
                                                          .length = text.length,
                                                          .first = 10,
                                                          .piece = 50,
                                                          .chunk_bytes = 40}),
                 20);
    kith_dynbuf_free(&text);
}
