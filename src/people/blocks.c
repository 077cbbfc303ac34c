/* Who is compared with whom: people who share something that the records of one person would share. */
#include <stdlib.h>
#include <string.h>

#include <xxhash.h>

#include "base/mem.h"
#include "people/match.h"

/** Pairs that a block may cost for each of its people. */
#define PAIRS_PER_PERSON 64

/** What a block is about. */
typedef enum block_kind {
    BLOCK_NAMES,    /**< two words of a name, whichever way round */
    BLOCK_INITIAL,  /**< family name and first letter */
    BLOCK_NICKNAME, /**< family name and a group of given names */
    BLOCK_SOUND,    /**< given name and the consonants of the family name */
    BLOCK_GIVEN_COMPANY,
    BLOCK_FAMILY_COMPANY,
    BLOCK_WORD, /**< a value that few share: email user, phone, address, … */
    BLOCK_SPLIT /**< a part of a large block: those of one company */
} block_kind;

typedef struct entry {
    uint64_t block;
    uint32_t person;
} entry;

typedef struct blocking {
    const kith_profiles *profiles;
    entry *entries;
    size_t n, capacity;
    bool failed;
} blocking;

static void enter(blocking *job, uint32_t person, block_kind kind, uint64_t a, uint64_t b)
{
    const uint64_t bytes[] = {kind, a, b};

    if (!kith_grow((void **)&job->entries, &job->capacity, job->n + 1, sizeof *job->entries)) {
        job->failed = true;
        return;
    }
    job->entries[job->n++] = (entry){XXH3_64bits(bytes, sizeof bytes), person};
}

static uint64_t hash_word(const char *word)
{
    return XXH3_64bits(word, strlen(word));
}

/** The consonants of a word, each run once: what spelling mistakes often leave. */
static uint64_t hash_consonants(const char *word)
{
    char kept[64];
    size_t n = 0;

    for (; *word && n < sizeof kept; word++)
        if (!strchr("aeiouyhw ", *word) && (n == 0 || kept[n - 1] != *word))
            kept[n++] = *word;
    return XXH3_64bits(kept, n);
}

/** The first character of a word. */
static uint64_t first_letter(const char *word)
{
    size_t length = 1;

    while (((unsigned char)word[length] & 0xC0) == 0x80)
        length++;
    return XXH3_64bits(word, length);
}

static void enter_names(blocking *job, uint32_t person, const char *given, const char *family)
{
    uint64_t a = hash_word(given), b = hash_word(family);
    size_t n_groups;
    const uint16_t *groups = kith_nickname_groups(given, &n_groups);

    enter(job, person, BLOCK_NAMES, a < b ? a : b, a < b ? b : a);
    enter(job, person, BLOCK_INITIAL, b, first_letter(given));
    enter(job, person, BLOCK_INITIAL, a,
          first_letter(family)); /* "Ann L.", and names written the other way round */
    enter(job, person, BLOCK_SOUND, a, hash_consonants(family));
    for (size_t i = 0; i < n_groups; i++)
        enter(job, person, BLOCK_NICKNAME, b, groups[i]);
}

static void enter_form(blocking *job, uint32_t person, const kith_name_form *form)
{
    const kith_profiles *profiles = job->profiles;
    kith_values companies = kith_profile_values(profiles, person, KITH_VALUE_COMPANY);
    const char *given = form->given == KITH_NO_TEXT ? NULL : kith_profile_word(profiles, form->given);
    const char *family = form->family == KITH_NO_TEXT ? NULL : kith_profile_word(profiles, form->family);

    if (given && family)
        enter_names(job, person, given, family);
    if (family && form->also != KITH_NO_TEXT)
        enter_names(job, person, kith_profile_word(profiles, form->also), family);
    for (size_t i = 0; i < companies.n; i++) {
        if (given)
            enter(job, person, BLOCK_GIVEN_COMPANY, hash_word(given), companies.at[i]);
        if (family)
            enter(job, person, BLOCK_FAMILY_COMPANY, hash_word(family), companies.at[i]);
    }
}

static void enter_person(blocking *job, uint32_t person)
{
    static const kith_value_kind telling[] = {KITH_VALUE_EMAIL, KITH_VALUE_PHONE, KITH_VALUE_BIRTH,
                                              KITH_VALUE_ADDRESS, KITH_VALUE_NUMBER};
    kith_values forms = kith_profile_values(job->profiles, person, KITH_VALUE_NAME);

    for (size_t i = 0; i < forms.n; i++) {
        kith_name_form form = kith_profile_form(job->profiles, forms.at[i]);
        enter_form(job, person, &form);
    }
    for (size_t k = 0; k < sizeof telling / sizeof *telling; k++) {
        kith_values words = kith_profile_values(job->profiles, person, telling[k]);
        for (size_t i = 0; i < words.n; i++)
            enter(job, person, BLOCK_WORD, words.at[i], 0);
    }
}

static int compare_entries(const void *left, const void *right)
{
    const entry *a = left, *b = right;
    int order = kith_order_u64(a->block, b->block);

    return order ? order : kith_order_u64(a->person, b->person);
}

/** Sorts entries, each once. */
static void sort_entries(blocking *job)
{
    size_t kept = 0;

    if (job->n)
        qsort(job->entries, job->n, sizeof *job->entries, compare_entries);
    for (size_t i = 0; i < job->n; i++)
        if (kept == 0 || compare_entries(&job->entries[i], &job->entries[kept - 1]) != 0)
            job->entries[kept++] = job->entries[i];
    job->n = kept;
}

static size_t end_of_block(const blocking *job, size_t begin)
{
    size_t end = begin + 1;

    while (end < job->n && job->entries[end].block == job->entries[begin].block)
        end++;
    return end;
}

/** Pairs that a block costs: those of whom at least one has no LinkedIn address. */
static uint64_t count_pairs(const blocking *job, size_t begin, size_t end)
{
    uint64_t open = 0, n = end - begin;

    for (size_t i = begin; i < end; i++)
        open += !job->profiles->has_slug[job->entries[i].person];
    return open * (n - open) + open * (open - 1) / 2;
}

/** Enters the people of a large block again, by company; those without one are in no part. */
static void split_block(blocking *parts, const blocking *whole, size_t begin, size_t end)
{
    for (size_t i = begin; i < end; i++) {
        uint32_t person = whole->entries[i].person;
        kith_values companies = kith_profile_values(whole->profiles, person, KITH_VALUE_COMPANY);
        for (size_t k = 0; k < companies.n; k++)
            enter(parts, person, BLOCK_SPLIT, whole->entries[begin].block, companies.at[k]);
    }
}

/** Keeps the blocks that are worth their cost; the large ones go to `parts`, if there is such, or are
 * counted. */
static void keep_blocks(blocking *job, blocking *parts, size_t *n_skipped)
{
    size_t kept = 0, end;

    for (size_t begin = 0; begin < job->n; begin = end) {
        end = end_of_block(job, begin);
        uint64_t pairs = count_pairs(job, begin, end);
        if (pairs == 0)
            continue;
        if (pairs <= PAIRS_PER_PERSON * (uint64_t)(end - begin)) {
            memmove(job->entries + kept, job->entries + begin, (end - begin) * sizeof *job->entries);
            kept += end - begin;
        } else if (parts) {
            split_block(parts, job, begin, end);
        } else {
            ++*n_skipped;
        }
    }
    job->n = kept;
}

static kith_code list_blocks(const blocking *job, kith_blocks *blocks, kith_err *err)
{
    const uint32_t n = job->profiles->n;
    size_t end, at = 0;

    for (size_t begin = 0; begin < job->n; begin = end, blocks->n_blocks++)
        end = end_of_block(job, begin);
    blocks->offset = kith_alloc_array(blocks->n_blocks + 1, sizeof *blocks->offset);
    blocks->members = kith_alloc_array(job->n, sizeof *blocks->members);
    blocks->block_offset = kith_calloc((size_t)n + 1, sizeof *blocks->block_offset);
    blocks->blocks_of = kith_alloc_array(job->n, sizeof *blocks->blocks_of);
    if (!blocks->offset || !blocks->members || !blocks->block_offset || !blocks->blocks_of)
        return kith_fail_memory(err, "who is compared with whom");
    for (size_t i = 0; i < job->n; i++) {
        if (i == 0 || job->entries[i].block != job->entries[i - 1].block)
            blocks->offset[at++] = i;
        blocks->members[i] = job->entries[i].person;
        blocks->block_offset[job->entries[i].person]++;
    }
    blocks->offset[at] = job->n;
    for (size_t person = 0, sum = 0; person <= n; person++)
        sum = blocks->block_offset[person] += sum;
    for (size_t block = blocks->n_blocks; block-- > 0;)
        for (size_t i = blocks->offset[block]; i < blocks->offset[block + 1]; i++)
            blocks->blocks_of[--blocks->block_offset[blocks->members[i]]] = (uint32_t)block;
    return KITH_OK;
}

kith_code kith_blocks_make(const kith_profiles *profiles, kith_blocks *blocks, kith_err *err)
{
    blocking job = {.profiles = profiles}, parts = {.profiles = profiles};
    kith_code rc = KITH_OK;

    for (uint32_t person = 0; !job.failed && person < profiles->n; person++)
        enter_person(&job, person);
    sort_entries(&job);
    keep_blocks(&job, &parts, &blocks->n_skipped);
    sort_entries(&parts);
    keep_blocks(&parts, NULL, &blocks->n_skipped);
    if (job.failed || parts.failed ||
        !kith_grow((void **)&job.entries, &job.capacity, job.n + parts.n + 1, sizeof *job.entries)) {
        rc = kith_fail_memory(err, "who is compared with whom");
    } else {
        if (parts.n)
            memcpy(job.entries + job.n, parts.entries, parts.n * sizeof *parts.entries);
        job.n += parts.n;
        kith_free(parts.entries);
        parts.entries = NULL;
        rc = list_blocks(&job, blocks, err);
    }
    kith_free(job.entries);
    kith_free(parts.entries);
    return rc;
}

void kith_blocks_free(kith_blocks *blocks)
{
    kith_free(blocks->offset);
    kith_free(blocks->members);
    kith_free(blocks->block_offset);
    kith_free(blocks->blocks_of);
    *blocks = (kith_blocks){0};
}

/** Hands on the pairs of one person without a LinkedIn address: with all who have one, and those after it. */
static kith_code pairs_of(const kith_profiles *profiles, const kith_blocks *blocks, uint32_t a, uint32_t *met,
                          kith_pair_take *take, void *ctx, kith_err *err)
{
    kith_code rc = KITH_OK;

    for (size_t k = blocks->block_offset[a]; k < blocks->block_offset[a + 1]; k++) {
        uint32_t block = blocks->blocks_of[k];
        for (size_t i = blocks->offset[block]; rc == KITH_OK && i < blocks->offset[block + 1]; i++) {
            uint32_t b = blocks->members[i];
            if (b == a || met[b] == a || (b < a && !profiles->has_slug[b]))
                continue;
            met[b] = a;
            if (!kith_profiles_contradict(profiles, a, b))
                rc = take(ctx, a < b ? a : b, a < b ? b : a, err);
        }
    }
    return rc;
}

kith_code kith_blocks_pairs(const kith_profiles *profiles, const kith_blocks *blocks, uint32_t stride,
                            kith_pair_take *take, void *ctx, kith_err *err)
{
    uint32_t *met = kith_alloc_array(profiles->n, sizeof *met), nth = 0;
    kith_code rc = KITH_OK;

    if (!met)
        return kith_fail_memory(err, "who is compared with whom");
    for (uint32_t i = 0; i < profiles->n; i++)
        met[i] = UINT32_MAX;
    for (uint32_t a = 0; rc == KITH_OK && a < profiles->n; a++)
        if (!profiles->has_slug[a] && nth++ % stride == 0)
            rc = pairs_of(profiles, blocks, a, met, take, ctx, err);
    kith_free(met);
    return rc;
}
