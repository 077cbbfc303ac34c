/* Files whose checksums are right and whose numbers are wild. */
#include <criterion/criterion.h>

#include <stdlib.h>
#include <string.h>

#include "full_net.h"
#include "net_seal.h"

Test(netfile_wild, has_the_layout_that_its_specification_tells)
{
    small_net *s = full_net();
    size_t length;
    const void *bytes = small_net_bytes(s, &length);
    unsigned char *copy = full_net_copy(bytes, length);

    net_seal(copy, length);
    cr_assert_arr_eq(copy, bytes, length);
    cr_assert_eq(net_get64(copy + 16), length);
    cr_assert_eq(net_get32(copy + 32), 5);
    cr_assert_eq(net_get64(copy + 24), 4);
    free(copy);
    small_net_free(s);
}

/** Full check of resealed bytes. */
static kith_code verdict(const unsigned char *bytes, size_t length)
{
    kith_net *net;
    kith_err err = KITH_ERR_NONE;
    kith_code rc = kith_net_parse(bytes, length, "x.kith", &net, &err);

    if (rc == KITH_OK) {
        char *dump = full_net_dump(net);
        kith_code met = kith_net_status(net, NULL);
        rc = kith_net_verify(net, &err);
        cr_assert(met == KITH_OK || rc == met);
        free(dump);
    }
    kith_net_close(net);
    return rc;
}

/** Numbers of the sections in the table. */
enum {
    STRING_OFFSETS,
    STRING_BYTES,
    PERSON_KEYS,
    PERSON_FLAGS,
    OWNERS,
    ATTR_OFFSETS,
    ATTR_FIELDS,
    ATTR_VALUES,
    ALIAS_TEXTS,
    ALIAS_PEOPLE,
    TIE_OFFSETS,
    TIE_TARGETS,
    TIE_COSTS,
    TIE_EVIDENCE,
    EVIDENCE_OFFSETS,
    EVIDENCE,
    TENURE_OFFSETS,
    TENURES,
    MENTORSHIPS,
    SOURCES,
    REJECTS,
    MERGES,
    PARAMETERS,
    WORD_OFFSETS,
    WORD_BYTES,
    WORD_PEOPLE_OFFSETS,
    WORD_PEOPLE,
    DOUBTS,
    BLOCKS
};

Test(netfile_wild, wild_numbers_under_right_checksums_are_damage)
{
    static const struct {
        int section;
        size_t at; /* bytes into the section */
        size_t width;
        uint64_t value;
    } wild[] = {
        {STRING_OFFSETS, 8, 8, UINT64_MAX},
        {STRING_OFFSETS, 8, 8, 0},
        {STRING_OFFSETS, 16, 8, 1000000},
        {STRING_BYTES, 0, 1, 'x'},
        {STRING_BYTES, 1, 1, 0xFF},
        {STRING_BYTES, 2, 1, 0},
        {PERSON_KEYS, 4, 4, UINT32_MAX},
        {PERSON_KEYS, 4, 4, 0},
        {PERSON_FLAGS, 1, 1, 4},
        {PERSON_FLAGS, 1, 1, 1},
        {PERSON_FLAGS, 0, 1, 0},
        {OWNERS, 0, 4, 5},
        {OWNERS, 0, 4, 1},
        {ATTR_OFFSETS, 8, 8, UINT64_MAX},
        {ATTR_OFFSETS, 0, 8, 1},
        {ATTR_OFFSETS, 40, 8, 1},
        {ATTR_FIELDS, 0, 1, KITH_FIELD_COUNT},
        {ATTR_FIELDS, 0, 1, KITH_FIELD_COUNT - 1},
        {ATTR_VALUES, 0, 4, 1000},
        {ALIAS_TEXTS, 0, 4, UINT32_MAX},
        {ALIAS_TEXTS, 0, 4, 1000},
        {ALIAS_PEOPLE, 0, 4, 5},
        {TIE_OFFSETS, 8, 8, 9},
        {TIE_OFFSETS, 8, 8, UINT64_MAX},
        {TIE_OFFSETS, 40, 8, 7},
        {TIE_TARGETS, 0, 4, 5},
        {TIE_TARGETS, 0, 4, 0},
        {TIE_TARGETS, 0, 4, 2},
        {TIE_COSTS, 0, 2, 0},
        {TIE_COSTS, 0, 2, 701},
        {TIE_EVIDENCE, 0, 2, 0x1000},
        {TIE_EVIDENCE, 0, 2, 0x8001}, /* a direction that the other end does not tell of */
        {TIE_EVIDENCE, 0, 2, 1},
        {EVIDENCE_OFFSETS, 8, 8, UINT64_MAX},
        {EVIDENCE_OFFSETS, 8, 8, 0},
        {EVIDENCE, 0, 4, 3},
        {EVIDENCE, 4, 4, KITH_EVIDENCE_COUNT},
        {EVIDENCE, 4, 4, KITH_EVIDENCE_WORKED},
        {EVIDENCE, 4, 2, 2 << 8 | KITH_EVIDENCE_MESSAGES},
        {EVIDENCE, 4, 2, 1 << 8 | KITH_EVIDENCE_LISTED_BY_BOTH},
        {EVIDENCE, 12, 4, 0x7FFFFFFF},
        {EVIDENCE, 20, 4, 0x7FC00000},
        {EVIDENCE, 20, 4, 0x40000000},
        {TENURE_OFFSETS, 8, 8, UINT64_MAX},
        {TENURE_OFFSETS, 0, 8, 1},
        {TENURE_OFFSETS, 40, 8, 2},
        {TENURES, 0, 4, 2},
        {TENURES, 4, 4, 0x7FFFFFFF},
        {TENURES, 8, 4, 0x7FFFFFFF},
        {TENURES, 4, 4, 20000}, /* later than the next */
        {TENURES, 12, 4, 1000},
        {TENURES, 16, 4, UINT32_MAX},
        {TENURES, 20, 4, 2},
        {MENTORSHIPS, 0, 4, 5},
        {MENTORSHIPS, 4, 4, 0},
        {MENTORSHIPS, 0, 4, 3},
        {MENTORSHIPS, 8, 4, 0x7FFFFFFF},
        {MENTORSHIPS, 20, 4, 0x7FFFFFFF},
        {MENTORSHIPS, 24, 4, 5},
        {MENTORSHIPS, 28, 4, 1000},
        {MENTORSHIPS, 32, 4, 1000},
        {MENTORSHIPS, 52, 4, 0x7FC00000},
        {MENTORSHIPS, 52, 4, 0x40000000},
        {SOURCES, 32, 8, 1},
        {SOURCES, 56, 4, 1000},
        {SOURCES, 64, 4, 5},
        {REJECTS, 8, 4, 2},
        {REJECTS, 12, 4, 1000},
        {MERGES, 8, 8, UINT64_MAX},
        {MERGES, 16, 4, 5},
        {MERGES, 20, 4, 2},
        {MERGES, 24, 4, 1000},
        {PARAMETERS, 0, 8, UINT64_MAX},
        {PARAMETERS, 8, 4, 1000},
        {WORD_OFFSETS, 0, 8, 1},
        {WORD_OFFSETS, 8, 8, UINT64_MAX},
        {WORD_OFFSETS, 8, 8, 0},
        {WORD_BYTES, 0, 1, 0},
        {WORD_BYTES, 0, 1, KITH_FIELD_COUNT + 1},
        {WORD_BYTES, 1, 1, 'b'}, /* "eloise" */
        {WORD_BYTES, 1, 1, 0},
        {WORD_PEOPLE_OFFSETS, 0, 8, 1},
        {WORD_PEOPLE_OFFSETS, 8, 8, UINT64_MAX},
        {WORD_PEOPLE_OFFSETS, 8, 8, 0},
        {WORD_PEOPLE_OFFSETS, 8, 8, 2},
        {WORD_PEOPLE, 0, 4, 5},
        {WORD_PEOPLE, 0, 4, 1},
        {DOUBTS, 0, 8, UINT64_MAX},
        {DOUBTS, 0, 8, 0}, /* the second is likelier */
        {DOUBTS, 8, 4, 5},
        {DOUBTS, 12, 4, 3}, /* with themself */
        {DOUBTS, 16, 4, 1000},
        {DOUBTS, 24, 4, 1000},
        {DOUBTS, 28, 4, 1},
    };
    small_net *s = full_net();
    size_t length;
    const void *bytes = small_net_bytes(s, &length);
    unsigned char *copy = full_net_copy(bytes, length);

    cr_assert_eq(verdict(copy, length), KITH_OK);
    for (size_t i = 0; i < sizeof wild / sizeof *wild; i++) {
        uint64_t begin = net_get64(net_entry(copy, (uint32_t)wild[i].section) + 8);
        memcpy(copy + begin + wild[i].at, &wild[i].value, wild[i].width);
        net_seal(copy, length);
        cr_expect_eq(verdict(copy, length), KITH_EDATA, "section %d byte %zu value %llx", wild[i].section,
                     wild[i].at, (unsigned long long)wild[i].value);
        memcpy(copy, bytes, length);
    }
    free(copy);
    small_net_free(s);
}

Test(netfile_wild, any_number_under_right_checksums_is_survived)
{
    static const uint32_t values[] = {0, 1, 2, 255, 0x7FFFFFFF, 0x80000000, UINT32_MAX - 1, UINT32_MAX};
    small_net *s = full_net();
    size_t length;
    const void *bytes = small_net_bytes(s, &length);
    unsigned char *copy = full_net_copy(bytes, length);
    size_t end = net_get64(net_entry(copy, BLOCKS) + 8);

    for (size_t at = net_get64(net_entry(copy, 0) + 8); at < end; at += 2)
        for (size_t v = 0; v < sizeof values / sizeof *values; v++) {
            memcpy(copy + at, &values[v], sizeof values[v]);
            net_seal(copy, length);
            kith_code rc = verdict(copy, length);
            cr_assert(rc == KITH_OK || rc == KITH_EDATA);
            memcpy(copy, bytes, length);
        }
    free(copy);
    small_net_free(s);
}

Test(netfile_wild, wild_heads_under_a_right_checksum_are_refused)
{
    static const uint64_t values[] = {0, 1, 63, 64, 1U << 20, UINT32_MAX, (uint64_t)1 << 61, UINT64_MAX};
    small_net *s = full_net();
    size_t length;
    const void *bytes = small_net_bytes(s, &length);
    unsigned char *copy = full_net_copy(bytes, length);

    for (size_t at = 16; at < net_get64(net_entry(copy, 0) + 8); at += 4)
        for (size_t v = 0; v < sizeof values / sizeof *values; v++) {
            size_t width = at % 8 == 0 && (at >= 96 || at < 32) ? 8 : 4;
            if (at >= 40 && at < 96)
                break; /* dates, checksums and text: any value may be right */
            memcpy(copy + at, &values[v], width);
            if (memcmp(copy, bytes, length) != 0) {
                if (at >= 36 && at < 40)
                    copy[36] ^= 1; /* a count of sections that can be sealed */
                else
                    net_seal_head(copy);
                cr_assert_eq(verdict(copy, length), KITH_EDATA, "byte %zu value %llu", at,
                             (unsigned long long)values[v]);
            }
            memcpy(copy, bytes, length);
        }
    free(copy);
    small_net_free(s);
}
