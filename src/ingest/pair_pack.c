#include "ingest/pair_pack.h"

#include <string.h>

#include "base/ascii.h"
#include "base/mem.h"

/** Text of names that a pack holds; more rows than that are for others to read. */
#define TEXT_BYTES ((size_t)1 << 30)

/** Rows that a pack which is not empty has room for. */
#define FIRST_ROWS ((size_t)8)

static bool double_rows(kith_pair_pack *pack)
{
    const size_t had = pack->capacity, rows = had ? 2 * had : FIRST_ROWS;
    size_t names = 2 * had, mentions = 2 * had, lines = had, open = had;

    if (!kith_grow((void **)&pack->names, &names, 2 * rows, sizeof *pack->names) ||
        !kith_grow((void **)&pack->mentions, &mentions, 2 * rows, sizeof *pack->mentions) ||
        !kith_grow((void **)&pack->lines, &lines, rows, sizeof *pack->lines) ||
        !kith_grow((void **)&pack->open, &open, rows, sizeof *pack->open))
        return false;
    pack->capacity = rows;
    return true;
}

static bool make_room(kith_pair_pack *pack, size_t text_bytes)
{
    return (pack->n < pack->capacity || double_rows(pack)) &&
           (pack->text_capacity - pack->text_bytes >= text_bytes ||
            kith_grow((void **)&pack->text, &pack->text_capacity, pack->text_bytes + text_bytes, 1));
}

/** Bytes of a field. */
static size_t length_of(const kith_csv_row *row, size_t field)
{
    const char *end = field + 1 < row->n ? row->fields[field + 1] : row->fields[0] + row->text_bytes;

    return (size_t)(end - row->fields[field]) - 1;
}

static void keep_name(kith_pair_pack *pack, size_t at, const char *name, size_t length)
{
    memcpy(pack->text + pack->text_bytes, name, length + 1);
    pack->names[at] = (kith_span){(uint32_t)pack->text_bytes, (uint32_t)length};
    pack->text_bytes += length + 1;
}

kith_code kith_pair_pack_add(kith_pair_pack *pack, const kith_csv_row *row, size_t source, size_t target,
                             bool *kept, kith_err *err)
{
    const char *a = row->fields[source], *b = row->fields[target];
    const size_t length_a = length_of(row, source), length_b = length_of(row, target);

    *kept = length_a && length_b && kith_ascii_is_graphic(a, length_a) &&
            kith_ascii_is_graphic(b, length_b) && (length_a != length_b || memcmp(a, b, length_a) != 0) &&
            pack->text_bytes + length_a + length_b < TEXT_BYTES;
    if (!*kept)
        return KITH_OK;
    if (!make_room(pack, length_a + length_b + 2))
        return kith_fail_memory(err, "the rows of a table");
    keep_name(pack, 2 * pack->n, a, length_a);
    keep_name(pack, 2 * pack->n + 1, b, length_b);
    pack->lines[pack->n++] = row->line;
    return KITH_OK;
}

void kith_pair_pack_find(kith_pair_pack *pack, const kith_endpoints *people)
{
    uint32_t *ends = pack->mentions;

    pack->n_open = 0;
    kith_endpoints_find_all(people, pack->text, pack->names, 2 * pack->n, ends);
    for (size_t i = 0; i < pack->n; i++) {
        pack->open[pack->n_open] = (uint32_t)i;
        pack->n_open +=
            ends[2 * i] == UINT32_MAX || ends[2 * i + 1] == UINT32_MAX || ends[2 * i] == ends[2 * i + 1];
    }
}

static const char *name_at(const kith_pair_pack *pack, size_t at)
{
    return pack->text + pack->names[at].at;
}

void kith_pair_pack_names(const kith_pair_pack *pack, size_t i, const char **a, const char **b)
{
    *a = name_at(pack, 2 * i);
    *b = name_at(pack, 2 * i + 1);
}

void kith_pair_pack_expect(const kith_pair_pack *pack, size_t nth, const kith_endpoints *people)
{
    if (nth >= pack->n_open)
        return;
    for (size_t at = 2 * (size_t)pack->open[nth], end = at + 2; at < end; at++)
        if (pack->mentions[at] == UINT32_MAX)
            kith_endpoints_expect(people, name_at(pack, at), pack->names[at].length);
}

static kith_code mention(kith_pair_pack *pack, size_t at, kith_endpoints *people, kith_reading *reading,
                         uint64_t line, kith_err *err)
{
    return pack->mentions[at] != UINT32_MAX
               ? KITH_OK
               : kith_endpoint_of_cell(people, reading, name_at(pack, at), line, &pack->mentions[at], err);
}

kith_code kith_pair_pack_mention(kith_pair_pack *pack, size_t i, kith_endpoints *people,
                                 kith_reading *reading, uint64_t lines_before, bool *tied, kith_err *err)
{
    const uint32_t *ends = pack->mentions + 2 * i;
    const uint64_t line = lines_before + pack->lines[i];
    kith_code rc = mention(pack, 2 * i, people, reading, line, err);

    if (rc == KITH_OK)
        rc = mention(pack, 2 * i + 1, people, reading, line, err);
    *tied = rc == KITH_OK && ends[0] != ends[1];
    return rc;
}

void kith_pair_pack_clear(kith_pair_pack *pack)
{
    pack->n = pack->n_open = pack->text_bytes = 0;
}

void kith_pair_pack_free(kith_pair_pack *pack)
{
    kith_free(pack->text);
    kith_free(pack->names);
    kith_free(pack->lines);
    kith_free(pack->mentions);
    kith_free(pack->open);
    *pack = (kith_pair_pack){0};
}
