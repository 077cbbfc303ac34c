#include "ingest/pair_pack.h"

#include <string.h>

#include "base/mem.h"

/** Bytes of a name that no tidying would change; 0 where it might. */
static size_t plain_length(const char *name)
{
    const char *end = name;

    while (*end > ' ' && *end < 0x7F)
        end++;
    return *end ? 0 : (size_t)(end - name);
}

static kith_code number(kith_pair_pack *pack, const char *name, size_t length, uint32_t *id, kith_err *err)
{
    uint32_t known = kith_intern_count(pack->names);

    if (!kith_grow((void **)&pack->mentions, &pack->mention_capacity, (size_t)known + 1,
                   sizeof *pack->mentions))
        return kith_fail_memory(err, "the people of a table");
    kith_code rc = kith_intern_add(pack->names, name, length, id, err);
    if (rc == KITH_OK && *id == known)
        pack->mentions[known] = UINT32_MAX;
    return rc;
}

kith_code kith_pair_pack_add(kith_pair_pack *pack, const char *a, const char *b, uint64_t line, bool *kept,
                             kith_err *err)
{
    size_t length_a = plain_length(a), length_b = plain_length(b);
    kith_pair pair = {.line = line};

    *kept = length_a && length_b && (length_a != length_b || memcmp(a, b, length_a) != 0);
    if (!*kept)
        return KITH_OK;
    kith_code rc = pack->names ? KITH_OK : kith_intern_new(0, &pack->names, err);
    if (rc == KITH_OK)
        rc = number(pack, a, length_a, &pair.a, err);
    if (rc == KITH_OK)
        rc = number(pack, b, length_b, &pair.b, err);
    if (rc != KITH_OK)
        return rc;
    if (!kith_grow((void **)&pack->pairs, &pack->capacity, pack->n + 1, sizeof *pack->pairs))
        return kith_fail_memory(err, "the rows of a table");
    pack->pairs[pack->n++] = pair;
    return KITH_OK;
}

void kith_pair_pack_find(kith_pair_pack *pack, const kith_endpoints *people)
{
    if (pack->names && people->seen)
        kith_endpoints_find_all(people, pack->names, pack->mentions);
}

void kith_pair_pack_names(const kith_pair_pack *pack, size_t i, const char **a, const char **b)
{
    *a = kith_intern_get(pack->names, pack->pairs[i].a, NULL);
    *b = kith_intern_get(pack->names, pack->pairs[i].b, NULL);
}

static kith_code mention(kith_pair_pack *pack, uint32_t name, kith_endpoints *people, kith_reading *reading,
                         uint64_t line, kith_err *err)
{
    if (pack->mentions[name] != UINT32_MAX)
        return KITH_OK;
    return kith_endpoint_of_cell(people, reading, kith_intern_get(pack->names, name, NULL), line,
                                 &pack->mentions[name], err);
}

kith_code kith_pair_pack_tie(kith_pair_pack *pack, size_t i, kith_endpoints *people, kith_reading *reading,
                             uint64_t lines_before, bool *tied, kith_err *err)
{
    const kith_pair *pair = &pack->pairs[i];
    uint64_t line = lines_before + pair->line;
    kith_code rc = mention(pack, pair->a, people, reading, line, err);

    if (rc == KITH_OK)
        rc = mention(pack, pair->b, people, reading, line, err);
    *tied = rc == KITH_OK && pack->mentions[pair->a] != pack->mentions[pair->b];
    if (!*tied)
        return rc;
    kith_reading_used(reading);
    return kith_reading_relation(
        reading,
        kith_plain_relation(KITH_EVIDENCE_STATED_TIE, pack->mentions[pair->a], pack->mentions[pair->b], line),
        err);
}

void kith_pair_pack_clear(kith_pair_pack *pack)
{
    pack->n = 0;
    if (pack->names)
        kith_intern_clear(pack->names);
}

void kith_pair_pack_free(kith_pair_pack *pack)
{
    kith_intern_free(pack->names);
    kith_free(pack->mentions);
    kith_free(pack->pairs);
    *pack = (kith_pair_pack){0};
}
