#include "network/netlayout.h"

#include <xxhash.h>

#include "network/netdata.h"

/* Rows are written as they lie in memory, so the structs must have no gaps. */
_Static_assert(sizeof(kith_net_header) == 96, "header");
_Static_assert(sizeof(kith_net_section) == 24, "section table entry");
_Static_assert(sizeof(kith_net_head) == 96 + 24 * KITH_SECTION_COUNT, "head");
_Static_assert(sizeof(kith_evidence_row) == 24, "evidence");
_Static_assert(sizeof(kith_tenure_row) == 24, "tenure");
_Static_assert(sizeof(kith_mentorship_row) == 56, "mentorship");
_Static_assert(sizeof(kith_source_row) == 72, "source");
_Static_assert(sizeof(kith_reject_row) == 24, "reject");
_Static_assert(sizeof(kith_merge_row) == 32, "merge");
_Static_assert(sizeof(kith_parameter_row) == 16, "parameter");
_Static_assert(sizeof(kith_doubt_row) == 32, "doubtful pair");

const uint32_t kith_section_row_bytes[KITH_SECTION_COUNT] = {
    [KITH_SECTION_STRING_OFFSETS] = sizeof(uint64_t),
    [KITH_SECTION_STRING_BYTES] = 1,
    [KITH_SECTION_PERSON_KEYS] = sizeof(uint32_t),
    [KITH_SECTION_PERSON_FLAGS] = 1,
    [KITH_SECTION_OWNERS] = sizeof(uint32_t),
    [KITH_SECTION_ATTR_OFFSETS] = sizeof(uint64_t),
    [KITH_SECTION_ATTR_FIELDS] = 1,
    [KITH_SECTION_ATTR_VALUES] = sizeof(uint32_t),
    [KITH_SECTION_ALIAS_TEXTS] = sizeof(uint32_t),
    [KITH_SECTION_ALIAS_PEOPLE] = sizeof(uint32_t),
    [KITH_SECTION_TIE_OFFSETS] = sizeof(uint64_t),
    [KITH_SECTION_TIE_TARGETS] = sizeof(uint32_t),
    [KITH_SECTION_TIE_COSTS] = sizeof(uint16_t),
    [KITH_SECTION_TIE_EVIDENCE] = sizeof(uint16_t),
    [KITH_SECTION_EVIDENCE_OFFSETS] = sizeof(uint64_t),
    [KITH_SECTION_EVIDENCE] = sizeof(kith_evidence_row),
    [KITH_SECTION_TENURE_OFFSETS] = sizeof(uint64_t),
    [KITH_SECTION_TENURES] = sizeof(kith_tenure_row),
    [KITH_SECTION_MENTORSHIPS] = sizeof(kith_mentorship_row),
    [KITH_SECTION_SOURCES] = sizeof(kith_source_row),
    [KITH_SECTION_REJECTS] = sizeof(kith_reject_row),
    [KITH_SECTION_MERGES] = sizeof(kith_merge_row),
    [KITH_SECTION_PARAMETERS] = sizeof(kith_parameter_row),
    [KITH_SECTION_WORD_OFFSETS] = sizeof(uint64_t),
    [KITH_SECTION_WORD_BYTES] = 1,
    [KITH_SECTION_WORD_PEOPLE_OFFSETS] = sizeof(uint64_t),
    [KITH_SECTION_WORD_PEOPLE] = sizeof(uint32_t),
    [KITH_SECTION_DOUBTS] = sizeof(kith_doubt_row),
    [KITH_SECTION_BLOCKS] = sizeof(uint64_t),
};

/** Beyond any file system, and far enough from 2^64 that sums of sizes do not wrap. */
static const uint64_t max_file_bytes = UINT64_C(1) << 63;

static uint64_t align(uint64_t offset)
{
    return (offset + KITH_NETFILE_ALIGNMENT - 1) / KITH_NETFILE_ALIGNMENT * KITH_NETFILE_ALIGNMENT;
}

/** Gives section `s` its place at `*end` and moves that behind it; false where it cannot be. */
static bool place_section(kith_netlayout *layout, kith_section s, uint64_t count, uint64_t *end)
{
    layout->offset[s] = align(*end);
    layout->count[s] = count;
    if (count > (max_file_bytes - layout->offset[s]) / kith_section_row_bytes[s])
        return false;
    *end = layout->offset[s] + count * kith_section_row_bytes[s];
    return *end <= max_file_bytes - KITH_NETFILE_ALIGNMENT;
}

size_t kith_netlayout_head_bytes(uint32_t version)
{
    return sizeof(kith_net_head) - (version < 3 ? sizeof(kith_net_section) : 0);
}

bool kith_netlayout_place(const uint64_t count[KITH_SECTION_BLOCKS], uint32_t version, kith_netlayout *layout)
{
    uint64_t end = kith_netlayout_head_bytes(version);

    layout->data_begin = align(end);
    for (int s = 0; s < KITH_SECTION_BLOCKS; s++)
        if (!place_section(layout, (kith_section)s, count[s], &end))
            return false;
    layout->data_end = align(end);
    uint64_t data_bytes = layout->data_end - layout->data_begin;
    uint64_t blocks = data_bytes / KITH_NETFILE_BLOCK_BYTES + (data_bytes % KITH_NETFILE_BLOCK_BYTES != 0);
    if (!place_section(layout, KITH_SECTION_BLOCKS, blocks, &end))
        return false;
    layout->file_bytes = end;
    return true;
}

uint64_t kith_netlayout_head_checksum(const kith_net_head *head)
{
    kith_net_head copy = *head;

    copy.header.head_checksum = 0;
    return XXH3_64bits(&copy, kith_netlayout_head_bytes(head->header.version));
}
