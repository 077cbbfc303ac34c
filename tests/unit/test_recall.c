/* What the cache gives back is what reading gives, whatever became of it meanwhile. */
#include <criterion/criterion.h>
#include <dirent.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <xxhash.h>

#include "base/mem.h"
#include "base/rng.h"
#include "each_failure.h"
#include "ingest/cache.h"
#include "recording_sink.h"
#include "temp_folder.h"

#define CACHE "kept"

/** A file of the cache begins with: a word, the key, how many bytes follow, their checksum; 8 bytes each. */
enum { HEAD_BYTES = 48, KEY_AT = 8, CHECKSUM_AT = 32 };

TestSuite(recall, .init = temp_folder_enter, .fini = temp_folder_leave);

static void tell_mentions(const recording *rec, kith_dynbuf *out)
{
    for (size_t i = 0; i < rec->n_mentions; i++) {
        const kith_mention *m = &rec->mentions[i];
        kith_dynbuf_printf(out, "mention %u %" PRIu64 " %u %s %d%d%d", m->source, m->line, m->space,
                           m->id ? m->id : "-", m->owner, m->do_not_introduce, m->only);
        for (size_t k = 0; k < m->n_attrs; k++)
            kith_dynbuf_printf(out, " %d=%s", (int)m->attrs[k].field, m->attrs[k].value);
        kith_dynbuf_put(out, '\n');
    }
}

static void tell_relations(const recording *rec, kith_dynbuf *out)
{
    for (size_t i = 0; i < rec->n_relations; i++) {
        const kith_relation *r = &rec->relations[i];
        kith_dynbuf_printf(out, "relation %u %u %d %u %" PRIu64 " %d %d %u %u %u %a %a\n", r->a, r->b,
                           (int)r->kind, r->source, r->line, r->date, r->end, r->count, r->stated, r->halves,
                           r->strength, r->weight);
    }
    for (size_t i = 0; i < rec->n_pairings; i++) {
        const kith_pairing *p = &rec->pairings[i];
        kith_dynbuf_printf(out, "pairing %u %u %u %" PRIu64 " %d %d %d %d %d %s/%s %u %d %u %u %a %u\n",
                           p->mentor, p->mentee, p->source, p->line, p->start, p->end, p->last_meeting,
                           p->requested, (int)p->status, p->programme, p->cohort, p->meetings,
                           p->only_meetings, p->gaps.count, p->gaps.median_days, p->gaps.regularity,
                           p->agreed_gap_days);
    }
    for (size_t i = 0; i < rec->n_tenures; i++) {
        const kith_tenure *t = &rec->tenures[i];
        kith_dynbuf_printf(out, "tenure %u %d %u %" PRIu64 " %s/%s %d %d %d\n", t->mention, (int)t->kind,
                           t->source, t->line, t->place, t->title, t->start, t->end, t->current);
    }
}

static void tell_sources(const recording *rec, kith_dynbuf *out)
{
    for (size_t i = 0; i < rec->n_spaces; i++)
        kith_dynbuf_printf(out, "space %s\n", rec->spaces[i]);
    for (size_t i = 0; i < rec->n_sources; i++) {
        const recorded_source *s = &rec->sources[i];
        kith_dynbuf_printf(
            out,
            "source %s %s %" PRIx64 " %" PRIx64 " %" PRIu64 " %" PRIu64 " %" PRIu64 " %" PRIu64 " %u %s\n",
            s->name, s->format, s->end.checksum[0], s->end.checksum[1], s->end.bytes, s->end.used,
            s->end.skipped, s->end.rejected, s->end.owner, s->end.columns ? s->end.columns : "-");
    }
    for (size_t i = 0; i < rec->n_rejects; i++)
        kith_dynbuf_printf(out, "reject %u %" PRIu64 " %s: %s\n", rec->rejects[i].source,
                           rec->rejects[i].line, rec->rejects[i].reason, rec->rejects[i].columns);
}

/** All that is read from an input, as text: what the sink got, in the order of each kind, and what was told.
 */
static char *read_as_text(const char *input, const char *cache, kith_ingest_tally *tally)
{
    static const char *const dana[] = {"Dana"};
    kith_build_opts opts = {.inputs = &input, .n_inputs = 1, .owners = dana, .n_owners = 1, .cache = cache};
    kith_dynbuf out = {0};
    recording rec = {0};
    kith_err err = KITH_ERR_NONE;

    kith_code rc = record(&rec, &opts, &err);
    kith_dynbuf_printf(&out, "%d %s\n%s", rc, err.message, kith_dynbuf_cstr(&rec.notices));
    if (rc == KITH_OK) {
        tell_sources(&rec, &out);
        tell_mentions(&rec, &out);
        tell_relations(&rec, &out);
    }
    if (tally)
        *tally = rec.tally;
    recording_free(&rec);
    cr_assert_eq(out.status, KITH_OK);
    return out.data;
}

/** The path of file `i` of the corpus; false behind the last. */
static bool corpus_path(int i, char path[512])
{
    struct dirent **names;
    int n = scandir(KITH_SOURCE_DIR "/tests/corpus", &names, NULL, alphasort);

    cr_assert_gt(n, 100);
    if (i < n)
        (void)snprintf(path, 512, KITH_SOURCE_DIR "/tests/corpus/%s", names[i]->d_name);
    for (int k = 0; k < n; k++)
        free(names[k]);
    free(names);
    return i < n;
}

static bool is_folder(const char *path)
{
    struct stat facts;

    return stat(path, &facts) == 0 && S_ISDIR(facts.st_mode);
}

Test(recall, every_file_gives_the_same_when_it_is_recalled)
{
    char path[512];
    uint32_t recalled = 0;

    for (int i = 0; corpus_path(i, path); i++) {
        kith_ingest_tally cold, warm;
        char *plain = is_folder(path) ? NULL : read_as_text(path, NULL, NULL);
        if (!plain)
            continue;
        char *first = read_as_text(path, CACHE, &cold), *second = read_as_text(path, CACHE, &warm);
        cr_expect_str_eq(first, plain, "%s", path);
        cr_expect_str_eq(second, plain, "%s", path);
        cr_expect_eq(cold.recalled, 0, "%s", path);
        cr_expect_eq(warm.recalled, cold.learned, "%s", path);
        cr_expect_eq(warm.learned, 0, "%s", path);
        recalled += warm.recalled;
        kith_free(plain);
        kith_free(first);
        kith_free(second);
    }
    cr_expect_gt(recalled, 40);
    cr_assert_eq(kith_mem_live(), 0);
}

Test(recall, a_whole_folder_gives_the_same_when_it_is_recalled)
{
    kith_ingest_tally warm;
    const char *cohort = KITH_SOURCE_DIR "/datasets/cohort";
    char *plain = read_as_text(cohort, NULL, NULL), *first = read_as_text(cohort, CACHE, NULL),
         *second = read_as_text(cohort, CACHE, &warm);

    cr_expect_str_eq(first, plain);
    cr_expect_str_eq(second, plain);
    cr_expect_gt(warm.recalled, 10);
    cr_expect_eq(warm.learned, 0);
    kith_free(plain);
    kith_free(first);
    kith_free(second);
}

/** Calls `change` with every file of the cache. @return how many there are. */
static int for_each_kept(void (*change)(const char *path, kith_rng *rng), kith_rng *rng)
{
    struct dirent **names;
    int n = scandir(CACHE, &names, NULL, alphasort), files = 0;

    for (int i = 0; i < n; i++) {
        char path[300];
        (void)snprintf(path, sizeof path, CACHE "/%s", names[i]->d_name);
        if (!is_folder(path)) {
            files++;
            if (change)
                change(path, rng);
        }
        free(names[i]);
    }
    free(names);
    return files;
}

/** Changes a byte at a random place from `begin` on, and where `seals`, mends the checksum. */
static void change_byte(const char *path, size_t begin, bool seals, kith_rng *rng)
{
    FILE *file = fopen(path, "r+b");
    static unsigned char bytes[1 << 20];
    uint64_t key[2];

    cr_assert_not_null(file);
    size_t length = fread(bytes, 1, sizeof bytes, file);
    cr_assert(length > HEAD_BYTES && length < sizeof bytes);
    bytes[begin + kith_rng_below(rng, length - begin)] ^= (unsigned char)(1 + kith_rng_below(rng, 255));
    if (seals) {
        memcpy(key, bytes + KEY_AT, sizeof key);
        XXH128_hash_t seal = XXH3_128bits_withSeed(bytes + HEAD_BYTES, length - HEAD_BYTES, key[0] ^ key[1]);
        memcpy(bytes + CHECKSUM_AT, &seal.low64, 8);
        memcpy(bytes + CHECKSUM_AT + 8, &seal.high64, 8);
    }
    rewind(file);
    cr_assert_eq(fwrite(bytes, 1, length, file), length);
    cr_assert_eq(fclose(file), 0);
}

static void damage(const char *path, kith_rng *rng)
{
    if (kith_rng_below(rng, 4) == 0)
        cr_assert_eq(truncate(path, (off_t)kith_rng_below(rng, 60)), 0);
    else
        change_byte(path, 0, false, rng);
}

static void tamper(const char *path, kith_rng *rng)
{
    change_byte(path, HEAD_BYTES, true, rng);
}

Test(recall, what_is_damaged_is_read_again_and_replaced)
{
    kith_rng rng;
    kith_ingest_tally after, again;
    const char *cohort = KITH_SOURCE_DIR "/datasets/cohort";
    char *plain = read_as_text(cohort, CACHE, NULL);

    kith_rng_seed(&rng, 41);
    for (int round = 0; round < 3; round++) {
        int files = for_each_kept(damage, &rng);
        char *text = read_as_text(cohort, CACHE, &after);
        cr_expect_str_eq(text, plain);
        cr_expect_eq(after.recalled, 0);
        cr_expect_eq(for_each_kept(NULL, NULL), files);
        kith_free(text);
        text = read_as_text(cohort, CACHE, &again);
        cr_expect_str_eq(text, plain);
        cr_expect_eq(again.recalled, after.learned);
        kith_free(text);
    }
    kith_free(plain);
}

/* A right checksum over wrong bytes: whoever wrote it may have meant harm. It may give another network, and
 * nothing worse. */
Test(recall, what_is_tampered_with_does_no_harm)
{
    kith_rng rng;
    const char *cohort = KITH_SOURCE_DIR "/datasets/cohort";
    kith_build_opts opts = {.inputs = &cohort, .n_inputs = 1, .merge = KITH_MERGE_STRICT, .cache = CACHE};
    kith_err err = KITH_ERR_NONE;

    kith_rng_seed(&rng, 43);
    cr_assert_eq(kith_build(&opts, "good.kith", NULL, &err), KITH_OK, "%s", err.message);
    for (int round = 0; round < 10; round++) {
        (void)for_each_kept(tamper, &rng);
        kith_code rc = kith_build(&opts, "bad.kith", NULL, &err);
        cr_expect(rc == KITH_OK || rc == KITH_EDATA || rc == KITH_ENOMEM, "%d: %s", rc, err.message);
    }
    cr_assert_eq(kith_mem_live(), 0);
}

static kith_code read_once(void *ctx, kith_err *err)
{
    const char *input = KITH_SOURCE_DIR "/tests/corpus/good-mentorships.csv";
    kith_build_opts opts = {.inputs = &input, .n_inputs = 1, .cache = ctx};
    recording rec = {0};

    kith_code rc = record(&rec, &opts, err);
    recording_free(&rec);
    return rc;
}

Test(recall, memory_that_ends_is_told_or_does_no_harm)
{
    char cache[] = CACHE;

    cr_expect_gt(each_failure(read_once, cache), 10); /* reading, and keeping */
    cr_expect_gt(each_failure(read_once, cache), 10); /* recalling */
}

static void put(kith_cache *cache, uint64_t key, size_t length)
{
    kith_dynbuf bytes = {0};

    for (size_t i = 0; i < length; i++)
        kith_dynbuf_put(&bytes, (char)key);
    cr_expect(kith_cache_put(cache, (const uint64_t[]){key, 0}, &bytes));
    kith_dynbuf_free(&bytes);
}

static bool has(kith_cache *cache, uint64_t key)
{
    kith_dynbuf bytes = {0};
    bool found = kith_cache_get(cache, (const uint64_t[]){key, 0}, &bytes);

    cr_expect(!found || (unsigned char)*bytes.data == key);
    kith_dynbuf_free(&bytes);
    return found;
}

/** Sets when an entry was last used. */
static void set_used(uint64_t key, time_t when)
{
    char path[100];
    struct timespec times[2] = {{.tv_sec = when}, {.tv_sec = when}};

    (void)snprintf(path, sizeof path, CACHE "/%032" PRIx64 ".tape", key);
    cr_assert_eq(utimensat(AT_FDCWD, path, times, 0), 0);
}

Test(recall, what_was_not_used_for_the_longest_time_goes_first)
{
    kith_cache *cache = NULL;
    kith_err err = KITH_ERR_NONE;

    cr_assert_eq(kith_cache_open(CACHE, 10000, &cache, &err), KITH_OK);
    for (uint64_t key = 1; key <= 4; key++) {
        put(cache, key, 2000);
        set_used(key, (time_t)(1000 * key));
    }
    kith_cache_close(cache);
    put_file(CACHE "/letter.txt", "not ours");
    cr_assert_eq(kith_cache_open(CACHE, 5000, &cache, &err), KITH_OK);
    cr_expect(has(cache, 1)); /* which makes it the last that was used */
    kith_cache_close(cache);
    cr_assert_eq(kith_cache_open(CACHE, 5000, &cache, &err), KITH_OK);
    cr_expect(has(cache, 1) && has(cache, 4) && !has(cache, 2) && !has(cache, 3));
    kith_cache_close(cache);
    cr_expect_eq(access(CACHE "/letter.txt", F_OK), 0);
    cr_assert_eq(kith_mem_live(), 0);
}

Test(recall, an_entry_under_another_name_is_not_taken)
{
    kith_cache *cache = NULL;
    kith_err err = KITH_ERR_NONE;
    char from[100], to[100];

    cr_assert_eq(kith_cache_open(CACHE, 0, &cache, &err), KITH_OK);
    put(cache, 1, 100);
    (void)snprintf(from, sizeof from, CACHE "/%032d.tape", 1);
    (void)snprintf(to, sizeof to, CACHE "/%032d.tape", 2);
    cr_assert_eq(rename(from, to), 0);
    cr_expect(!has(cache, 1) && !has(cache, 2));
    kith_cache_close(cache);
}

Test(recall, nobody_else_may_read_it)
{
    kith_cache *cache = NULL;
    kith_err err = KITH_ERR_NONE;
    struct stat facts;

    (void)umask(0);
    cr_assert_eq(kith_cache_open(CACHE, 0, &cache, &err), KITH_OK);
    put(cache, 1, 100);
    kith_cache_close(cache);
    cr_assert_eq(stat(CACHE, &facts), 0);
    cr_expect_eq(facts.st_mode & 0777, 0700);
    cr_assert_eq(stat(CACHE "/00000000000000000000000000000001.tape", &facts), 0);
    cr_expect_eq(facts.st_mode & 0777, 0600);
}
