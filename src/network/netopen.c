/* Opening a network file, and the checked way to its rows. */
#include <inttypes.h>
#include <string.h>

#include <xxhash.h>

#include "base/mem.h"
#include "network/netstate.h"

/** A message names the file, but not so much of it that the rest is cut off. */
#define NAME "%.300s"

bool kith_net_recognise(const void *bytes, size_t length)
{
    return length >= KITH_NETFILE_MAGIC_BYTES &&
           memcmp(bytes, KITH_NETFILE_MAGIC, KITH_NETFILE_MAGIC_BYTES) == 0;
}

static kith_code fail_damaged(const char *name, const char *what, kith_err *err)
{
    return kith_fail(err, KITH_EDATA, NAME " is damaged (%s): build it again", name, what);
}

static kith_code check_kind(const unsigned char *bytes, size_t length, const char *name, kith_err *err)
{
    kith_net_header start;
    size_t known = offsetof(kith_net_header, file_bytes);

    if (!kith_net_recognise(bytes, length)) {
        if (length >= KITH_NETFILE_MAGIC_BYTES && memcmp(bytes + 1, &KITH_NETFILE_MAGIC[1], 4) == 0)
            return fail_damaged(name, "copied as if it were text", err);
        return kith_fail(err, KITH_EDATA, NAME " is no kith network file", name);
    }
    if (length < known)
        return fail_damaged(name, "cut short", err);
    memcpy(&start, bytes, known);
    if (start.byte_order == __builtin_bswap32(KITH_NETFILE_BYTE_ORDER))
        return kith_fail(err, KITH_EDATA,
                         NAME " comes from a machine with another byte order: build it again on this one",
                         name);
    if (start.byte_order != KITH_NETFILE_BYTE_ORDER)
        return fail_damaged(name, "byte order mark", err);
    if (start.version > KITH_NETFILE_VERSION)
        return kith_fail(err, KITH_EDATA,
                         NAME " has file version %" PRIu32
                              ", written by a newer kith; this one reads version %d",
                         name, start.version, KITH_NETFILE_VERSION);
    if (start.version < KITH_NETFILE_OLDEST)
        return kith_fail(err, KITH_EDATA,
                         NAME " has file version %" PRIu32 ", written by an older kith: build it again", name,
                         start.version);
    return KITH_OK;
}

/** Whether the numbers of rows fit one another and the 32 bits that ids have. */
static bool counts_agree(const kith_net_header *h, const kith_net_section *s)
{
    uint64_t n = h->people;

    if (n == UINT32_MAX || h->ties > UINT64_MAX / 2)
        return false;
    for (int i = KITH_SECTION_MENTORSHIPS; i <= KITH_SECTION_PARAMETERS; i++)
        if (i != KITH_SECTION_REJECTS && s[i].count > UINT32_MAX)
            return false;
    return s[KITH_SECTION_DOUBTS].count <= h->doubts && s[KITH_SECTION_STRING_OFFSETS].count >= 2 &&
           s[KITH_SECTION_STRING_OFFSETS].count - 1 <= UINT32_MAX && s[KITH_SECTION_PERSON_KEYS].count == n &&
           s[KITH_SECTION_PERSON_FLAGS].count == n && s[KITH_SECTION_OWNERS].count <= n &&
           s[KITH_SECTION_ATTR_OFFSETS].count == n + 1 &&
           s[KITH_SECTION_ATTR_VALUES].count == s[KITH_SECTION_ATTR_FIELDS].count &&
           s[KITH_SECTION_ALIAS_PEOPLE].count == s[KITH_SECTION_ALIAS_TEXTS].count &&
           s[KITH_SECTION_TIE_OFFSETS].count == n + 1 && s[KITH_SECTION_TIE_TARGETS].count == 2 * h->ties &&
           s[KITH_SECTION_TIE_COSTS].count == 2 * h->ties &&
           s[KITH_SECTION_TIE_EVIDENCE].count == 2 * h->ties &&
           s[KITH_SECTION_EVIDENCE_OFFSETS].count == n + 1 && s[KITH_SECTION_TENURE_OFFSETS].count == n + 1 &&
           s[KITH_SECTION_WORD_OFFSETS].count >= 1 &&
           s[KITH_SECTION_WORD_OFFSETS].count == s[KITH_SECTION_WORD_PEOPLE_OFFSETS].count;
}

/** Whether the section table is the one that its own counts lead to. */
static bool table_is_right(const kith_net_head *head, kith_netlayout *layout)
{
    uint64_t count[KITH_SECTION_BLOCKS];

    for (int s = 0; s < KITH_SECTION_BLOCKS; s++)
        count[s] = head->section[s].count;
    if (!kith_netlayout_place(count, head->header.version, layout) ||
        layout->file_bytes != head->header.file_bytes)
        return false;
    for (int s = 0; s < KITH_SECTION_COUNT; s++) {
        const kith_net_section *entry = &head->section[s];
        if (entry->id != (uint32_t)s + 1 || entry->row_bytes != kith_section_row_bytes[s] ||
            entry->offset != layout->offset[s] || entry->count != layout->count[s])
            return false;
    }
    return true;
}

/** Makes the head of version 2 the one it would be now: with a section of doubtful pairs that is empty. */
static void bring_up(kith_net_head *head)
{
    kith_net_section *doubts = &head->section[KITH_SECTION_DOUBTS], *blocks = doubts + 1;

    *blocks = *doubts;
    *doubts = (kith_net_section){.id = KITH_SECTION_DOUBTS + 1,
                                 .row_bytes = kith_section_row_bytes[KITH_SECTION_DOUBTS],
                                 .offset = blocks->offset};
    blocks->id++;
}

static bool is_zero(const unsigned char *bytes, uint64_t from, uint64_t to)
{
    for (uint64_t at = from; at < to; at++)
        if (bytes[at] != 0)
            return false;
    return true;
}

static kith_code check_head(kith_net *net, size_t length, kith_err *err)
{
    const kith_net_header *h = &net->head.header;
    uint32_t version;

    memcpy(&version, net->bytes + offsetof(kith_net_header, version), sizeof version);
    const size_t head_bytes = kith_netlayout_head_bytes(version);
    if (length < head_bytes)
        return fail_damaged(net->name, "cut short", err);
    memcpy(&net->head, net->bytes, head_bytes);
    if (h->sections != (head_bytes - sizeof *h) / sizeof *net->head.section ||
        h->head_checksum != kith_netlayout_head_checksum(&net->head))
        return fail_damaged(net->name, "checksum of the header", err);
    if (h->file_bytes != length)
        return kith_fail(err, KITH_EDATA,
                         NAME " is damaged: it has %zu bytes and should have %" PRIu64 ": build it again",
                         net->name, length, h->file_bytes);
    if (version < KITH_NETFILE_VERSION)
        bring_up(&net->head);
    if ((version < KITH_NETFILE_VERSION && h->doubts != 0) ||
        h->kith_version[sizeof h->kith_version - 1] != '\0' || !kith_net_is_day(h->as_of) ||
        !counts_agree(h, net->head.section) || !table_is_right(&net->head, &net->layout) ||
        !is_zero(net->bytes, head_bytes, net->layout.data_begin))
        return fail_damaged(net->name, "header", err);
    uint64_t blocks = net->layout.count[KITH_SECTION_BLOCKS];
    if (XXH3_64bits(net->bytes + net->layout.offset[KITH_SECTION_BLOCKS],
                    (size_t)blocks * sizeof(uint64_t)) != h->content_checksum)
        return fail_damaged(net->name, "checksum of the checksums", err);
    return KITH_OK;
}

/** Nothing verified yet. The memory of large networks costs nothing before a bit is set. */
static bool make_marks(kith_net *net)
{
    size_t block_words = (size_t)(net->layout.count[KITH_SECTION_BLOCKS] / 64 + 1);
    size_t row_words = (size_t)net->head.header.people / 64 + 1;
    size_t bits_bytes = (block_words + row_words) * sizeof *net->verified;

    if (!(net->marks = kith_calloc(1, sizeof *net->marks + bits_bytes)))
        return false;
    net->verified = net->marks->bits;
    net->row_checked = net->marks->bits + block_words;
    return true;
}

kith_code kith_net_parse(const void *bytes, size_t length, const char *name, kith_net **out, kith_err *err)
{
    kith_code rc = KITH_OK;
    kith_net *net = NULL;

    *out = NULL;
    if ((uintptr_t)bytes % sizeof(uint64_t) != 0)
        return kith_fail(err, KITH_EUSAGE, NAME ": the bytes of a network must be aligned to 8", name);
    if ((rc = check_kind(bytes, length, name, err)) != KITH_OK)
        return rc;
    if (!(net = kith_calloc(1, sizeof *net)) || !(net->name = kith_strdup(name))) {
        rc = kith_fail_memory(err, "opening the network");
        goto failed;
    }
    net->bytes = bytes;
    if ((rc = check_head(net, length, err)) != KITH_OK)
        goto failed;
    if (!make_marks(net)) {
        rc = kith_fail_memory(err, "opening the network");
        goto failed;
    }
    *out = net;
    return KITH_OK;
failed:
    kith_net_close(net);
    return rc;
}

kith_code kith_net_open(const char *path, kith_net **out, kith_err *err)
{
    kith_mapfile map;
    kith_code rc;

    *out = NULL;
    if ((rc = kith_mapfile_open(path, &map, err)) != KITH_OK)
        return rc;
    rc = kith_net_parse(map.bytes, map.length, path, out, err);
    if (!*out) {
        kith_mapfile_close(&map);
        return rc;
    }
    (*out)->map = map;
    (*out)->mapped = true;
    return KITH_OK;
}

void kith_net_close(kith_net *net)
{
    if (!net)
        return;
    if (net->mapped)
        kith_mapfile_close(&net->map);
    kith_redaction_free(net->redaction);
    kith_free(net->adopted);
    kith_free(net->name);
    kith_free(net->marks);
    kith_free(net);
}

void kith_net_adopt(kith_net *net, void *bytes)
{
    net->adopted = bytes;
}

bool kith_net_mark_damage(const kith_net *net, const char *what)
{
    const char *none = NULL;

    (void)atomic_compare_exchange_strong(&net->marks->damage, &none, what);
    return false;
}

kith_code kith_net_status(const kith_net *net, kith_err *err)
{
    const char *what = atomic_load(&net->marks->damage);

    return what ? fail_damaged(net->name, what, err) : KITH_OK;
}

static bool verify_block(const kith_net *net, uint64_t block)
{
    const uint64_t *checksums = (const void *)(net->bytes + net->layout.offset[KITH_SECTION_BLOCKS]);
    uint64_t begin = net->layout.data_begin + block * KITH_NETFILE_BLOCK_BYTES;
    uint64_t rest = net->layout.data_end - begin;
    size_t length = rest < KITH_NETFILE_BLOCK_BYTES ? (size_t)rest : KITH_NETFILE_BLOCK_BYTES;

    if (XXH3_64bits(net->bytes + begin, length) != checksums[block])
        return kith_net_mark_damage(net, "checksum of a block");
    kith_net_set_bit(net->verified, block);
    return true;
}

const void *kith_net_rows(const kith_net *net, kith_section section, uint64_t first, uint64_t count)
{
    uint64_t rows = net->layout.count[section];

    if (first > rows || count > rows - first) {
        (void)kith_net_mark_damage(net, "a number that points nowhere");
        return NULL;
    }
    uint64_t row_bytes = kith_section_row_bytes[section];
    uint64_t begin = net->layout.offset[section] + first * row_bytes;
    uint64_t end = begin + count * row_bytes;
    if (count > 0) {
        uint64_t last_block = (end - 1 - net->layout.data_begin) / KITH_NETFILE_BLOCK_BYTES;
        for (uint64_t b = (begin - net->layout.data_begin) / KITH_NETFILE_BLOCK_BYTES; b <= last_block; b++)
            if (!kith_net_bit(net->verified, b) && !verify_block(net, b))
                return NULL;
    }
    return net->bytes + begin;
}
