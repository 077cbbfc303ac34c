#include "ingest/pair_pack.h"

#include <string.h>

#include "base/mem.h"

/** Text of names that a pack holds; more rows than that are for others to read. */
#define TEXT_BYTES ((size_t)1 << 30)

/** Bytes of a name that no tidying would change; 0 where it might. */
static size_t plain_length(const char *name)
{
    const char *end = name;

    while (*end > ' ' && *end < 0x7F)
        end++;
    return *end ? 0 : (size_t)(end - name);
}

static bool make_room(kith_pair_pack *pack)
{
    return kith_grow((void **)&pack->names, &pack->name_capacity, 2 * pack->n + 2, sizeof *pack->names) &&
           kith_grow((void **)&pack->mentions, &pack->mention_capacity, 2 * pack->n + 2,
                     sizeof *pack->mentions) &&
           kith_grow((void **)&pack->lines, &pack->line_capacity, pack->n + 1, sizeof *pack->lines);
}

static void keep_name(kith_pair_pack *pack, size_t at, const char *name, size_t length)
{
    pack->names[at] = (kith_span){(uint32_t)pack->text.length, (uint32_t)length};
    pack->mentions[at] = UINT32_MAX;
    kith_dynbuf_append(&pack->text, name, length + 1);
}

kith_code kith_pair_pack_add(kith_pair_pack *pack, const char *a, const char *b, uint64_t line, bool *kept,
                             kith_err *err)
{
    size_t length_a = plain_length(a), length_b = plain_length(b);

    *kept = length_a && length_b && (length_a != length_b || memcmp(a, b, length_a) != 0) &&
            pack->text.length + length_a + length_b < TEXT_BYTES;
    if (!*kept)
        return KITH_OK;
    pack->text.limit = SIZE_MAX;
    if (!make_room(pack))
        return kith_fail_memory(err, "the rows of a table");
    keep_name(pack, 2 * pack->n, a, length_a);
    keep_name(pack, 2 * pack->n + 1, b, length_b);
    pack->lines[pack->n++] = line;
    return kith_dynbuf_check(&pack->text, "the rows of a table", err);
}

void kith_pair_pack_find(kith_pair_pack *pack, const kith_endpoints *people)
{
    if (pack->n && people->seen)
        kith_endpoints_find_all(people, pack->text.data, pack->names, 2 * pack->n, pack->mentions);
}

static const char *name_at(const kith_pair_pack *pack, size_t at)
{
    return pack->text.data + pack->names[at].at;
}

void kith_pair_pack_names(const kith_pair_pack *pack, size_t i, const char **a, const char **b)
{
    *a = name_at(pack, 2 * i);
    *b = name_at(pack, 2 * i + 1);
}

static kith_code mention(kith_pair_pack *pack, size_t at, kith_endpoints *people, kith_reading *reading,
                         uint64_t line, kith_err *err)
{
    return pack->mentions[at] != UINT32_MAX
               ? KITH_OK
               : kith_endpoint_of_cell(people, reading, name_at(pack, at), line, &pack->mentions[at], err);
}

kith_code kith_pair_pack_tie(kith_pair_pack *pack, size_t i, kith_endpoints *people, kith_reading *reading,
                             uint64_t lines_before, bool *tied, kith_err *err)
{
    const uint32_t *ends = pack->mentions + 2 * i;
    uint64_t line = lines_before + pack->lines[i];
    kith_code rc = mention(pack, 2 * i, people, reading, line, err);

    if (rc == KITH_OK)
        rc = mention(pack, 2 * i + 1, people, reading, line, err);
    *tied = rc == KITH_OK && ends[0] != ends[1];
    if (!*tied)
        return rc;
    kith_reading_used(reading);
    return kith_reading_relation(reading,
                                 kith_plain_relation(KITH_EVIDENCE_STATED_TIE, ends[0], ends[1], line), err);
}

void kith_pair_pack_clear(kith_pair_pack *pack)
{
    pack->n = 0;
    kith_dynbuf_clear(&pack->text);
}

void kith_pair_pack_free(kith_pair_pack *pack)
{
    kith_dynbuf_free(&pack->text);
    kith_free(pack->names);
    kith_free(pack->lines);
    kith_free(pack->mentions);
    *pack = (kith_pair_pack){0};
}
