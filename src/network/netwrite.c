/* The network file, written front to back. */
#include <string.h>

#include <xxhash.h>

#include "base/mem.h"
#include "base/parallel.h"
#include "base/ticker.h"
#include "base/version.h"
#include "network/netdata.h"
#include "network/netlayout.h"
#include "network/wordindex.h"

/** The rows of every section before the checksums. */
typedef struct columns {
    const void *rows[KITH_SECTION_BLOCKS];
    uint64_t count[KITH_SECTION_BLOCKS];
} columns;

static void set(columns *c, kith_section s, const void *rows, uint64_t count)
{
    c->rows[s] = rows;
    c->count[s] = count;
}

static void gather(const kith_netdata *d, const uint32_t *owners, uint32_t n_owners,
                   const kith_wordindex *words, columns *c)
{
    uint64_t n = d->n;
    uint64_t n_attrs = d->attr_offset[n];

    set(c, KITH_SECTION_STRING_OFFSETS, d->string_offset, d->n_strings + 1);
    set(c, KITH_SECTION_STRING_BYTES, d->string_bytes, d->string_offset[d->n_strings]);
    set(c, KITH_SECTION_PERSON_KEYS, d->person_key, n);
    set(c, KITH_SECTION_PERSON_FLAGS, d->person_flags, n);
    set(c, KITH_SECTION_OWNERS, owners, n_owners);
    set(c, KITH_SECTION_ATTR_OFFSETS, d->attr_offset, n + 1);
    set(c, KITH_SECTION_ATTR_FIELDS, d->attr_field, n_attrs);
    set(c, KITH_SECTION_ATTR_VALUES, d->attr_value, n_attrs);
    set(c, KITH_SECTION_ALIAS_TEXTS, d->alias_text, d->n_aliases);
    set(c, KITH_SECTION_ALIAS_PEOPLE, d->alias_person, d->n_aliases);
    set(c, KITH_SECTION_TIE_OFFSETS, d->tie_offset, n + 1);
    set(c, KITH_SECTION_TIE_TARGETS, d->tie_target, 2 * d->m);
    set(c, KITH_SECTION_TIE_COSTS, d->tie_cost, 2 * d->m);
    set(c, KITH_SECTION_TIE_EVIDENCE, d->tie_evidence, 2 * d->m);
    set(c, KITH_SECTION_EVIDENCE_OFFSETS, d->evidence_offset, n + 1);
    set(c, KITH_SECTION_EVIDENCE, d->evidence, d->evidence_offset[n]);
    set(c, KITH_SECTION_TENURE_OFFSETS, d->tenure_offset, n + 1);
    set(c, KITH_SECTION_TENURES, d->tenures, d->tenure_offset[n]);
    set(c, KITH_SECTION_MENTORSHIPS, d->mentorships, d->n_mentorships);
    set(c, KITH_SECTION_SOURCES, d->sources, d->n_sources);
    set(c, KITH_SECTION_REJECTS, d->rejects, d->n_rejects);
    set(c, KITH_SECTION_MERGES, d->merges, d->n_merges);
    set(c, KITH_SECTION_PARAMETERS, d->parameters, d->n_parameters);
    set(c, KITH_SECTION_WORD_OFFSETS, words->text_offset, words->n_words + 1);
    set(c, KITH_SECTION_WORD_BYTES, words->text, words->text_offset[words->n_words]);
    set(c, KITH_SECTION_WORD_PEOPLE_OFFSETS, words->people_offset, words->n_words + 1);
    set(c, KITH_SECTION_WORD_PEOPLE, words->people, words->people_offset[words->n_words]);
    set(c, KITH_SECTION_DOUBTS, d->doubts, d->n_doubts);
}

/** Ids of the owners, ascending, caller-owned; NULL when out of memory. */
static uint32_t *list_owners(const kith_netdata *d, uint32_t *count)
{
    uint32_t n = 0;

    for (uint32_t i = 0; i < d->n; i++)
        n += (d->person_flags[i] & KITH_PERSON_OWNER) != 0;
    uint32_t *owners = kith_alloc_array(n, sizeof *owners);
    *count = n;
    if (!owners)
        return NULL;
    n = 0;
    for (uint32_t i = 0; i < d->n; i++)
        if (d->person_flags[i] & KITH_PERSON_OWNER)
            owners[n++] = i;
    return owners;
}

/** Most bytes that are handed on at a time. */
#define PIECE_BYTES (UINT64_C(4) << 20)

/** Where the bytes go, and who is told how many went there. */
typedef struct emitting {
    kith_byte_sink *out;
    void *ctx;
    const kith_progress *progress;
    uint64_t done, total;
    kith_err *err;
    kith_code rc; /**< KITH_EIO: the owner of the sink knows why, and which file it is */
} emitting;

static bool emit(emitting *to, const void *bytes, uint64_t length)
{
    const unsigned char *at = bytes;

    while (length > 0 && to->rc == KITH_OK) {
        const uint64_t piece = length < PIECE_BYTES ? length : PIECE_BYTES;
        if (!to->out(to->ctx, at, (size_t)piece))
            to->rc = KITH_EIO;
        else
            to->rc =
                kith_tick_now(to->progress, "writing the network", to->done += piece, to->total, to->err);
        at += piece;
        length -= piece;
    }
    return to->rc == KITH_OK;
}

/** Zeros from `from` until `until`, less than one alignment apart. */
static bool pad(emitting *to, uint64_t from, uint64_t until)
{
    static const unsigned char zeros[KITH_NETFILE_ALIGNMENT];

    return emit(to, zeros, until - from);
}

/** What the blocks cover: every section with the padding behind it. */
static bool emit_data(emitting *to, const columns *c, const kith_netlayout *layout)
{
    for (int s = 0; s < KITH_SECTION_BLOCKS; s++) {
        uint64_t bytes = c->count[s] * kith_section_row_bytes[s];
        /* The place of the checksums is the end of the data. */
        if (!emit(to, c->rows[s], bytes) || !pad(to, layout->offset[s] + bytes, layout->offset[s + 1]))
            return false;
    }
    return true;
}

/** What lanes take the checksums of blocks from. */
typedef struct hashing {
    const columns *c;
    const kith_netlayout *layout;
    uint64_t *checksum; /**< [blocks] */
} hashing;

/** Copies what the sections hold of a range of the file; what lies between them is 0. */
static void copy_range(const hashing *job, uint64_t begin, uint64_t end, unsigned char *out)
{
    memset(out, 0, (size_t)(end - begin));
    for (int s = 0; s < KITH_SECTION_BLOCKS; s++) {
        const uint64_t at = job->layout->offset[s];
        const uint64_t bytes = job->c->count[s] * kith_section_row_bytes[s];
        const uint64_t from = at > begin ? at : begin, to = at + bytes < end ? at + bytes : end;
        if (job->c->rows[s] && from < to)
            memcpy(out + (from - begin), (const unsigned char *)job->c->rows[s] + (from - at),
                   (size_t)(to - from));
    }
}

/** Where a range of the file stands in memory as a whole; NULL where several sections share it. */
static const unsigned char *whole_range(const hashing *job, uint64_t begin, uint64_t end)
{
    for (int s = 0; s < KITH_SECTION_BLOCKS; s++) {
        const uint64_t at = job->layout->offset[s];
        const uint64_t bytes = job->c->count[s] * kith_section_row_bytes[s];
        if (begin >= at && end <= at + bytes)
            return (const unsigned char *)job->c->rows[s] + (begin - at);
    }
    return NULL;
}

static bool hash_lane(void *ctx, uint32_t lane)
{
    const hashing *job = ctx;
    const uint64_t blocks = job->layout->count[KITH_SECTION_BLOCKS];
    const uint64_t last = kith_lane_begin(blocks, lane + 1);
    unsigned char *copy = kith_malloc(KITH_NETFILE_BLOCK_BYTES);

    for (uint64_t block = kith_lane_begin(blocks, lane); copy && block < last; block++) {
        const uint64_t begin = job->layout->data_begin + block * KITH_NETFILE_BLOCK_BYTES;
        const uint64_t rest = job->layout->data_end - begin;
        const uint64_t length = rest < KITH_NETFILE_BLOCK_BYTES ? rest : KITH_NETFILE_BLOCK_BYTES;
        const unsigned char *bytes = whole_range(job, begin, begin + length);
        if (!bytes) {
            copy_range(job, begin, begin + length, copy);
            bytes = copy;
        }
        job->checksum[block] = XXH3_64bits(bytes, (size_t)length);
    }
    kith_free(copy);
    return copy != NULL;
}

static void fill_head(const kith_netdata *d, const kith_netlayout *layout, uint64_t content_checksum,
                      kith_net_head *head)
{
    memset(head, 0, sizeof *head);
    kith_net_header *h = &head->header;
    memcpy(h->magic, KITH_NETFILE_MAGIC, sizeof h->magic);
    h->version = KITH_NETFILE_VERSION;
    h->byte_order = KITH_NETFILE_BYTE_ORDER;
    h->file_bytes = layout->file_bytes;
    h->ties = d->m;
    h->people = d->n;
    h->sections = KITH_SECTION_COUNT;
    h->as_of = d->as_of;
    h->doubts = d->n_all_doubts;
    h->content_checksum = content_checksum;
    _Static_assert(sizeof KITH_VERSION <= sizeof h->kith_version, "version");
    memcpy(h->kith_version, KITH_VERSION, sizeof KITH_VERSION);
    for (int s = 0; s < KITH_SECTION_COUNT; s++)
        head->section[s] = (kith_net_section){.id = (uint32_t)s + 1,
                                              .row_bytes = kith_section_row_bytes[s],
                                              .offset = layout->offset[s],
                                              .count = layout->count[s]};
    h->head_checksum = kith_netlayout_head_checksum(head);
}

/** Whether ids and numbers of strings fit the 32 bits they are stored in. */
static bool fits(const kith_netdata *d)
{
    return d->n < UINT32_MAX && d->n_strings > 0 && d->n_strings <= UINT32_MAX && d->m <= UINT64_MAX / 2;
}

kith_code kith_netdata_write(const kith_netdata *data, const kith_progress *progress, kith_byte_sink *out,
                             void *ctx, kith_err *err)
{
    kith_code rc = KITH_OK;
    uint32_t *owners = NULL;
    kith_wordindex words = {0};
    uint64_t *checksum = NULL;
    uint32_t n_owners;
    columns c;
    kith_netlayout layout;
    kith_net_head head;

    if (!fits(data))
        return kith_fail(err, KITH_EDATA, "the network is larger than a network file can be");
    if (!(owners = list_owners(data, &n_owners))) {
        rc = kith_fail_memory(err, "writing the network");
        goto done;
    }
    if ((rc = kith_wordindex_make(data, progress, &words, err)) != KITH_OK)
        goto done;
    gather(data, owners, n_owners, &words, &c);
    if (!kith_netlayout_place(c.count, KITH_NETFILE_VERSION, &layout)) {
        rc = kith_fail(err, KITH_EDATA, "the network is larger than a network file can be");
        goto done;
    }
    uint64_t blocks = layout.count[KITH_SECTION_BLOCKS];
    checksum = kith_alloc_array((size_t)blocks, sizeof *checksum);
    /* The checksums stand in front of what they cover, so the data is gone through twice. */
    if (!checksum || !kith_parallel_lanes(hash_lane, &(hashing){&c, &layout, checksum})) {
        rc = kith_fail_memory(err, "writing the network");
        goto done;
    }
    fill_head(data, &layout, XXH3_64bits(checksum, (size_t)blocks * sizeof *checksum), &head);
    emitting to = {.out = out, .ctx = ctx, .progress = progress, .total = layout.file_bytes, .err = err};
    if (emit(&to, &head, sizeof head) && pad(&to, sizeof head, layout.data_begin) &&
        emit_data(&to, &c, &layout))
        (void)emit(&to, checksum, blocks * sizeof *checksum);
    rc = to.rc;
done:
    kith_free(owners);
    kith_wordindex_free(&words);
    kith_free(checksum);
    return rc;
}
