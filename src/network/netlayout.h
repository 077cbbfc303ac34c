/** @file
 * Where everything stands in a network file; docs/network-file.md tells it in prose.
 *
 * The layout follows from the number of rows in each section alone, so the writer computes it before
 * the first byte and the reader computes it again and accepts no other.
 */
#ifndef KITH_NETWORK_NETLAYOUT_H
#define KITH_NETWORK_NETLAYOUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** A byte above 127, a name, a line end of two bytes and the end-of-file mark of old systems: copying the
 * file as if it were text changes at least one of them. */
#define KITH_NETFILE_MAGIC "\211kith\r\n\032"

enum {
    KITH_NETFILE_MAGIC_BYTES = 8,
    KITH_NETFILE_VERSION = 3,
    KITH_NETFILE_OLDEST = 2, /**< read as well: it has no KITH_SECTION_DOUBTS */
    KITH_NETFILE_BYTE_ORDER = 0x01020304,
    KITH_NETFILE_ALIGNMENT = 64,
    KITH_NETFILE_BLOCK_BYTES = 65536
};

/** Sections in the order they stand in the file; `id` in the section table is one more. */
typedef enum kith_section {
    KITH_SECTION_STRING_OFFSETS,
    KITH_SECTION_STRING_BYTES,
    KITH_SECTION_PERSON_KEYS,
    KITH_SECTION_PERSON_FLAGS,
    KITH_SECTION_OWNERS,
    KITH_SECTION_ATTR_OFFSETS,
    KITH_SECTION_ATTR_FIELDS,
    KITH_SECTION_ATTR_VALUES,
    KITH_SECTION_ALIAS_TEXTS,
    KITH_SECTION_ALIAS_PEOPLE,
    KITH_SECTION_TIE_OFFSETS,
    KITH_SECTION_TIE_TARGETS,
    KITH_SECTION_TIE_COSTS,
    KITH_SECTION_TIE_EVIDENCE,
    KITH_SECTION_EVIDENCE_OFFSETS,
    KITH_SECTION_EVIDENCE,
    KITH_SECTION_TENURE_OFFSETS,
    KITH_SECTION_TENURES,
    KITH_SECTION_MENTORSHIPS,
    KITH_SECTION_SOURCES,
    KITH_SECTION_REJECTS,
    KITH_SECTION_MERGES,
    KITH_SECTION_PARAMETERS,
    KITH_SECTION_WORD_OFFSETS,
    KITH_SECTION_WORD_BYTES,
    KITH_SECTION_WORD_PEOPLE_OFFSETS,
    KITH_SECTION_WORD_PEOPLE,
    KITH_SECTION_DOUBTS,
    KITH_SECTION_BLOCKS, /**< checksums of the blocks that all sections before it are cut into */
    KITH_SECTION_COUNT
} kith_section;

typedef struct kith_net_header {
    unsigned char magic[KITH_NETFILE_MAGIC_BYTES];
    uint32_t version;
    uint32_t byte_order;
    uint64_t file_bytes;
    uint64_t ties;
    uint32_t people;
    uint32_t sections;
    int32_t as_of;
    uint32_t doubts;           /**< doubtful pairs there are, listed or not; 0 in version 2 */
    uint64_t content_checksum; /**< XXH3-64 of section KITH_SECTION_BLOCKS */
    uint64_t head_checksum;    /**< XXH3-64 of the head with this field 0 */
    char kith_version[32];     /**< of the kith that wrote it, padded with NUL */
} kith_net_header;

typedef struct kith_net_section {
    uint32_t id;
    uint32_t row_bytes;
    uint64_t offset; /**< from the start of the file */
    uint64_t count;  /**< rows */
} kith_net_section;

/** What a file begins with. */
typedef struct kith_net_head {
    kith_net_header header;
    kith_net_section section[KITH_SECTION_COUNT];
} kith_net_head;

/** Bytes of one row of each section. */
extern const uint32_t kith_section_row_bytes[KITH_SECTION_COUNT];

typedef struct kith_netlayout {
    uint64_t offset[KITH_SECTION_COUNT];
    uint64_t count[KITH_SECTION_COUNT];
    uint64_t data_begin, data_end; /**< what the blocks cover */
    uint64_t file_bytes;
} kith_netlayout;

/** Bytes of header and section table. */
size_t kith_netlayout_head_bytes(uint32_t version);

/**
 * Computes offsets and sizes from `count`, the rows of all sections before KITH_SECTION_BLOCKS.
 * @return false where the file would be larger than 2^63 bytes.
 */
bool kith_netlayout_place(const uint64_t count[KITH_SECTION_BLOCKS], uint32_t version,
                          kith_netlayout *layout);

/** XXH3-64 of the head, as its version has it, with its own checksum taken as 0. */
uint64_t kith_netlayout_head_checksum(const kith_net_head *head);

#endif
