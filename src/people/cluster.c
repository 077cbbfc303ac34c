/* From likely pairs to people: rivals weighed, clusters verified. */
#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "base/parallel.h"
#include "base/ticker.h"
#include "people/graded.h"

/** Log odds from which a pair is kept in mind: it may be a rival of a better one. */
#define LEAST_LOG_ODDS (-2.0)

/** Odds beyond which nothing becomes surer. */
#define MOST_LOG_ODDS 20.0

/** People so far that one person may be made of by graded matching. */
#define MOST_PARTS 64

/** A pair that may be one person. */
typedef struct link {
    uint32_t a, b; /**< a < b */
    double log_odds;
    double probability; /**< rivals weighed */
    bool allowed;
} link;

typedef struct clustering {
    kith_resolving *work;
    const kith_profiles *profiles;
    kith_scale scale;
    bool knows_namesakes;
    link *links;
    size_t n, capacity;
    size_t *link_offset; /**< [n people + 1] into `links_of` */
    uint32_t *links_of;  /**< links of each person, by whom they lead to */
    uint32_t *next;      /**< [n people] ring of those that are one person */
    uint32_t *size;      /**< [n people] of the ring */
    kith_dynbuf words;
} clustering;

static double clamp(double log_odds)
{
    return log_odds < MOST_LOG_ODDS ? log_odds : MOST_LOG_ODDS;
}

static double probability_of(double log_odds)
{
    return 1 / (1 + exp(-log_odds));
}

/** How likely two are one person, rivals aside. */
static double score(const clustering *job, uint32_t a, uint32_t b, kith_comparison *pair)
{
    kith_profiles_compare(job->profiles, a, b, pair);
    return clamp(kith_scale_log_odds(&job->scale, pair));
}

/** A name alone joins nobody, unless so many people are known that another one of that name would be among
 * them. */
static bool may_join(const clustering *job, uint32_t a, uint32_t b, const kith_comparison *pair)
{
    return kith_comparison_allows(pair) ||
           (job->knows_namesakes && (job->profiles->has_slug[a] || job->profiles->has_slug[b]) &&
            kith_comparison_same_name(pair) && pair->grade[KITH_TRAIT_SUFFIX] == KITH_GRADE_UNKNOWN);
}

/** Pairs that are scored at a time, all threads together. */
#define BATCH_PAIRS ((size_t)1 << 16)

/** Pairs being scored. */
typedef struct batch {
    const clustering *job;
    const kith_keyed *pairs;
    size_t n;
    link *links; /**< [BATCH_PAIRS] */
} batch;

static bool score_lane(void *ctx, uint32_t lane)
{
    const batch *b = ctx;
    const size_t end = kith_lane_begin(b->n, lane + 1);

    for (size_t i = kith_lane_begin(b->n, lane); i < end; i++) {
        const kith_keyed *at = &b->pairs[i];
        kith_profiles_ask_ahead(b->job->profiles, at, 1, end - i);
        kith_comparison pair;
        double log_odds = score(b->job, at->key, at->value, &pair);
        b->links[i] = (link){at->key, at->value, log_odds, 0, may_join(b->job, at->key, at->value, &pair)};
    }
    return true;
}

/** Keeps the pairs that are not unlikely. */
static kith_code take_links(clustering *job, const kith_pairs *pairs, kith_err *err)
{
    batch b = {.job = job, .links = kith_alloc_array(BATCH_PAIRS, sizeof *b.links)};
    bool fits = b.links;

    kith_code rc = KITH_OK;
    for (size_t begin = 0; fits && begin < pairs->n; begin += b.n) {
        if ((rc = kith_tick_now(job->work->progress, "comparing pairs", begin, pairs->n, err)) != KITH_OK)
            break;
        b.pairs = pairs->at + begin;
        b.n = pairs->n - begin < BATCH_PAIRS ? pairs->n - begin : BATCH_PAIRS;
        (void)kith_parallel_lanes(score_lane, &b);
        fits = job->n < UINT32_MAX - BATCH_PAIRS &&
               kith_grow((void **)&job->links, &job->capacity, job->n + b.n, sizeof *job->links);
        for (size_t i = 0; fits && i < b.n; i++)
            if (b.links[i].log_odds >= LEAST_LOG_ODDS)
                job->links[job->n++] = b.links[i];
    }
    kith_free(b.links);
    return fits ? rc : kith_fail_memory(err, "likely pairs");
}

static kith_code index_links(clustering *job, kith_err *err)
{
    const size_t n = job->profiles->n;
    size_t *offset = job->link_offset = kith_calloc(n + 1, sizeof *offset);

    job->links_of = kith_alloc_array(2 * job->n, sizeof *job->links_of);
    if (!offset || !job->links_of)
        return kith_fail_memory(err, "likely pairs");
    for (size_t i = 0; i < job->n; i++) {
        offset[job->links[i].a]++;
        offset[job->links[i].b]++;
    }
    for (size_t person = 0, sum = 0; person <= n; person++)
        sum = offset[person] += sum;
    for (size_t i = job->n; i-- > 0;) {
        job->links_of[--offset[job->links[i].a]] = (uint32_t)i;
        job->links_of[--offset[job->links[i].b]] = (uint32_t)i;
    }
    return KITH_OK;
}

static uint32_t other_of(const link *pair, uint32_t one)
{
    return pair->a == one ? pair->b : pair->a;
}

/** Odds that `a` is one with somebody else who is not `b`. The links of both lead to others in ascending
 * order. */
static double rival_odds(const clustering *job, uint32_t a, uint32_t b)
{
    size_t known = job->link_offset[b];
    double sum = 0;

    for (size_t i = job->link_offset[a]; i < job->link_offset[a + 1]; i++) {
        const link *pair = &job->links[job->links_of[i]];
        const uint32_t rival = other_of(pair, a);
        double same = 0;
        while (known < job->link_offset[b + 1] && other_of(&job->links[job->links_of[known]], b) < rival)
            known++;
        if (known < job->link_offset[b + 1] && other_of(&job->links[job->links_of[known]], b) == rival)
            same = probability_of(job->links[job->links_of[known]].log_odds);
        if (rival != b)
            sum += (1 - same) * exp(pair->log_odds);
    }
    return sum;
}

/** Whoever could as well be somebody else is less surely the one. */
static bool weigh_rivals(void *ctx, uint32_t lane)
{
    const clustering *job = ctx;
    const size_t end = (size_t)kith_lane_begin(job->n, lane + 1);

    for (size_t i = (size_t)kith_lane_begin(job->n, lane); i < end; i++) {
        link *pair = &job->links[i];
        double odds = exp(pair->log_odds), rivals = 0;
        if (probability_of(pair->log_odds) >= KITH_MATCH_DOUBT)
            rivals = rival_odds(job, pair->a, pair->b) + rival_odds(job, pair->b, pair->a);
        pair->probability = odds / (1 + odds + rivals);
    }
    return true;
}

/** The surest first; links were found by person, so the order is total. */
static int compare_links(const void *left, const void *right)
{
    const link *x = left, *y = right;

    if (x->probability > y->probability || x->probability < y->probability)
        return x->probability > y->probability ? -1 : 1;
    int order = kith_order_u64(x->a, y->a);
    return order ? order : kith_order_u64(x->b, y->b);
}

/** Whether every pair across two clusters clears the bar. */
static bool all_clear(const clustering *job, uint32_t a, uint32_t b)
{
    uint32_t x = a;

    do {
        uint32_t y = b;
        do {
            kith_comparison pair;
            if (kith_profiles_contradict(job->profiles, x, y) ||
                probability_of(score(job, x, y, &pair)) < KITH_MATCH_BAR)
                return false;
            y = job->next[y];
        } while (y != b);
        x = job->next[x];
    } while (x != a);
    return true;
}

static kith_code note_join(clustering *job, const link *pair, kith_err *err)
{
    kith_comparison compared;

    score(job, pair->a, pair->b, &compared);
    kith_dynbuf_clear(&job->words);
    kith_comparison_tell(&compared, &job->words);
    return kith_resolve_note_words(job->work, job->profiles->place[pair->b], &job->words, pair->probability,
                                   err);
}

/** Makes one person of two clusters where nothing speaks against it. */
static kith_code join(clustering *job, const link *pair, kith_err *err)
{
    const uint32_t *place = job->profiles->place;
    uint32_t a = kith_resolve_find(job->work, place[pair->a]),
             b = kith_resolve_find(job->work, place[pair->b]);
    uint32_t size = job->size[pair->a] + job->size[pair->b];

    if (a == b || size > MOST_PARTS || !kith_resolve_may_unite(job->work, a, b) ||
        !all_clear(job, pair->a, pair->b))
        return KITH_OK;
    kith_resolve_unite(job->work, a, b);
    uint32_t after = job->next[pair->a];
    job->next[pair->a] = job->next[pair->b];
    job->next[pair->b] = after;
    uint32_t member = pair->a;
    do {
        job->size[member] = size;
        member = job->next[member];
    } while (member != pair->a);
    return note_join(job, pair, err);
}

static kith_code join_all(clustering *job, kith_err *err)
{
    const uint32_t n = job->profiles->n;
    kith_code rc = KITH_OK;

    job->next = kith_alloc_array(n, sizeof *job->next);
    job->size = kith_alloc_array(n, sizeof *job->size);
    if (!job->next || !job->size)
        return kith_fail_memory(err, "likely pairs");
    for (uint32_t i = 0; i < n; i++) {
        job->next[i] = i;
        job->size[i] = 1;
    }
    if (job->n)
        qsort(job->links, job->n, sizeof *job->links, compare_links);
    for (size_t i = 0; rc == KITH_OK && i < job->n && job->links[i].probability >= KITH_MATCH_BAR; i++)
        if ((rc = kith_tick_step(job->work->progress, "joining people", i, job->n, err)) == KITH_OK &&
            job->links[i].allowed)
            rc = join(job, &job->links[i], err);
    return rc;
}

/** Keeps the pairs that somebody should look at, `most` of them; links are sorted. */
static kith_code keep_doubts(clustering *job, size_t most, kith_err *err)
{
    kith_code rc = KITH_OK;

    for (size_t i = 0; rc == KITH_OK && i < job->n && job->links[i].probability >= KITH_MATCH_DOUBT; i++) {
        const link *pair = &job->links[i];
        uint32_t a = job->profiles->place[pair->a], b = job->profiles->place[pair->b];
        kith_comparison compared;
        if (kith_resolve_find(job->work, a) == kith_resolve_find(job->work, b) ||
            !kith_resolve_may_unite(job->work, kith_resolve_find(job->work, a),
                                    kith_resolve_find(job->work, b)) ||
            job->work->n_all_doubts++ >= most)
            continue;
        score(job, pair->a, pair->b, &compared);
        kith_dynbuf_clear(&job->words);
        kith_comparison_tell(&compared, &job->words);
        rc = kith_resolve_doubt(job->work, a, b, &job->words, pair->probability, err);
    }
    return rc;
}

static kith_code cluster(clustering *job, const kith_pairs *pairs, size_t most_doubts, kith_err *err)
{
    kith_code rc = take_links(job, pairs, err);

    if (rc == KITH_OK)
        rc = index_links(job, err);
    if (rc == KITH_OK)
        rc = kith_tick_lanes(weigh_rivals, job, job->work->progress, "weighing rivals", job->n, err);
    if (rc == KITH_OK)
        rc = join_all(job, err);
    return rc == KITH_OK ? keep_doubts(job, most_doubts, err) : rc;
}

static kith_code tell_skipped(const kith_merge_opts *opts, size_t n_skipped, kith_err *err)
{
    kith_dynbuf line = {0};

    if (n_skipped == 0 || !opts->notice)
        return KITH_OK;
    kith_dynbuf_printf(&line, "%zu %s too large to be compared pair by pair: their records may be left apart",
                       n_skipped, n_skipped == 1 ? "group of like people is" : "groups of like people are");
    kith_code rc = kith_dynbuf_check(&line, "a notice", err);
    if (rc == KITH_OK)
        opts->notice(opts->notice_ctx, kith_dynbuf_cstr(&line));
    kith_dynbuf_free(&line);
    return rc;
}

kith_code kith_resolve_graded(kith_resolving *work, const kith_merge_opts *opts, kith_err *err)
{
    kith_profiles profiles = {0};
    kith_pairs pairs = {0};
    kith_weights weights;
    clustering job = {.work = work, .profiles = &profiles};
    kith_code rc = kith_profiles_make(work, opts->region, &profiles, err);

    if (rc == KITH_OK)
        rc = kith_pairs_propose(&profiles, &pairs, err);
    if (rc == KITH_OK)
        rc = kith_weights_learn(&profiles, &pairs, &weights, err);
    if (rc == KITH_OK) {
        job.scale = kith_weights_scale(&weights);
        job.knows_namesakes = weights.knows_namesakes;
        rc = cluster(&job, &pairs, opts->all_doubts ? SIZE_MAX : KITH_PEOPLE_DOUBTS, err);
    }
    work->n_skipped_blocks = pairs.n_skipped;
    if (rc == KITH_OK)
        rc = tell_skipped(opts, pairs.n_skipped, err);
    kith_free(job.links);
    kith_free(job.link_offset);
    kith_free(job.links_of);
    kith_free(job.next);
    kith_free(job.size);
    kith_dynbuf_free(&job.words);
    kith_free(pairs.at);
    kith_profiles_free(&profiles);
    return rc;
}
