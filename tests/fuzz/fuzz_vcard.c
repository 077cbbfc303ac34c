/* Any bytes as a vCard file: read to the end, every row accounted for, nothing left over. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "ingest/bundle.h"
#include "ingest/format.h"

static void expect(bool holds, const char *what)
{
    if (holds)
        return;
    (void)fprintf(stderr, "%s\n", what);
    abort();
}

/** What came out of one file. */
typedef struct outcome {
    uint32_t mentions;
    uint64_t rejects;
} outcome;

static kith_code on_space(void *ctx, const char *name, uint32_t *space, kith_err *err)
{
    (void)ctx;
    (void)name;
    (void)err;
    *space = 0;
    return KITH_OK;
}

static kith_code on_mention(void *ctx, const kith_mention *mention, uint32_t *handle, kith_err *err)
{
    outcome *out = ctx;

    (void)err;
    expect((mention->id != NULL) == (mention->space == 0), "an id without a space, or the reverse");
    expect(mention->n_attrs > 0 && mention->n_attrs <= KITH_CARD_VALUES, "no values, or too many");
    for (size_t i = 0; i < mention->n_attrs; i++)
        expect(*mention->attrs[i].value &&
                   kith_text_valid(mention->attrs[i].value, strlen(mention->attrs[i].value)),
               "a value that is no text");
    *handle = out->mentions++;
    return KITH_OK;
}

static kith_code on_relation(void *ctx, const kith_relation *relation, kith_err *err)
{
    const outcome *out = ctx;

    (void)err;
    expect(relation->a < out->mentions || relation->a == UINT32_MAX, "a relation of nobody");
    expect(relation->b < out->mentions && relation->a != relation->b, "a relation to nobody");
    return KITH_OK;
}

static kith_code on_reject(void *ctx, uint32_t source, uint64_t line, const char *reason, const char *columns,
                           kith_err *err)
{
    outcome *out = ctx;

    (void)source;
    (void)err;
    expect(line > 0 && *reason && kith_text_valid(columns, strlen(columns)), "a reject that tells nothing");
    out->rejects++;
    return KITH_OK;
}

/** The bytes, in pieces of a size that the first of them says. */
typedef struct bytes {
    const char *data;
    size_t length, piece;
} bytes;

static kith_code fill(void *ctx, char *to, size_t room, size_t *got, kith_err *err)
{
    bytes *left = ctx;
    size_t length = left->length < left->piece ? left->length : left->piece;

    (void)err;
    *got = length < room ? length : room;
    if (*got)
        memcpy(to, left->data, *got);
    left->data += *got;
    left->length -= *got;
    return KITH_OK;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    outcome out = {0};
    bytes left = {.data = (const char *)data, .length = size, .piece = size ? data[size - 1] + 1U : 1};
    kith_sink sink = {
        .ctx = &out, .space = on_space, .mention = on_mention, .relation = on_relation, .reject = on_reject};
    kith_build_opts opts = {0};
    kith_stream stream;
    kith_bundle bundle = {.name = "cards", .space = KITH_NO_SPACE};
    kith_entry entry = {.name = "cards.vcf", .path = "cards.vcf", .bundle = &bundle, .stream = &stream};
    kith_reading reading = {
        .opts = &opts, .sink = &sink, .entry = &entry, .home = &bundle, .owner = UINT32_MAX};
    kith_err err = KITH_ERR_NONE;

    expect(kith_stream_open(&stream, fill, &left, &err) == KITH_OK, "no stream");
    expect(kith_vcard_read(&reading, &err) == KITH_OK, "it cannot be read");
    expect(reading.end.rows == reading.end.used + reading.end.skipped + reading.end.rejected,
           "rows are not accounted for");
    expect(reading.end.used == out.mentions && reading.end.rejected == out.rejects, "a count is wrong");
    kith_stream_close(&stream);
    kith_card_free(&reading.card);
    kith_dynbuf_free(&reading.columns);
    expect(kith_mem_live() == 0, "something is left over");
    return 0;
}
