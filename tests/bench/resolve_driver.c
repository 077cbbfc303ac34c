/* Reads exports and prints whom each of their rows is about: source,line,person.
 *
 * Usage: resolve_driver [--merge balanced|strict|off] [--map field=Column]... [--owner PATH=WHO]... INPUT...
 *
 * What was found goes to stdout; time, memory and counts go to stderr. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

#include "base/mem.h"
#include "ingest/ingest.h"
#include "people/people.h"

/** A row that tells of a contact. */
typedef struct row {
    uint64_t line;
    uint32_t source, mention;
} row;

/** Passes everything on to the roster and keeps which mention stands where. */
typedef struct tap {
    kith_sink roster;
    row *rows;
    size_t n, capacity;
    char **sources;
    size_t n_sources, source_capacity;
} tap;

static kith_code tap_space(void *ctx, const char *name, uint32_t *space, kith_err *err)
{
    tap *to = ctx;

    return to->roster.space(to->roster.ctx, name, space, err);
}

static kith_code tap_begin(void *ctx, const kith_source_begin *begin, uint32_t *source, kith_err *err)
{
    tap *to = ctx;

    if (!kith_grow((void **)&to->sources, &to->source_capacity, to->n_sources + 1, sizeof *to->sources))
        return kith_fail_memory(err, "sources");
    to->sources[to->n_sources++] = kith_strdup(begin->name);
    return to->roster.source_begin(to->roster.ctx, begin, source, err);
}

static kith_code tap_end(void *ctx, uint32_t source, const kith_source_end *end, kith_err *err)
{
    tap *to = ctx;

    return to->roster.source_end(to->roster.ctx, source, end, err);
}

static kith_code tap_mention(void *ctx, const kith_mention *mention, uint32_t *handle, kith_err *err)
{
    tap *to = ctx;
    kith_code rc = to->roster.mention(to->roster.ctx, mention, handle, err);

    if (rc != KITH_OK || mention->owner)
        return rc;
    if (!kith_grow((void **)&to->rows, &to->capacity, to->n + 1, sizeof *to->rows))
        return kith_fail_memory(err, "rows");
    to->rows[to->n++] = (row){mention->line, mention->source, *handle};
    return KITH_OK;
}

static kith_code tap_relation(void *ctx, const kith_relation *relation, kith_err *err)
{
    tap *to = ctx;

    return to->roster.relation(to->roster.ctx, relation, err);
}

static kith_code tap_ties(void *ctx, uint32_t source, const uint32_t *ends, size_t n, kith_err *err)
{
    tap *to = ctx;

    return to->roster.ties(to->roster.ctx, source, ends, n, err);
}

static kith_code tap_pairing(void *ctx, const kith_pairing *pairing, kith_err *err)
{
    tap *to = ctx;

    return to->roster.pairing(to->roster.ctx, pairing, err);
}

static kith_code tap_tenure(void *ctx, const kith_tenure *tenure, kith_err *err)
{
    tap *to = ctx;

    return to->roster.tenure(to->roster.ctx, tenure, err);
}

static kith_code tap_reject(void *ctx, uint32_t source, uint64_t line, const char *reason,
                            const char *columns, kith_err *err)
{
    tap *to = ctx;

    return to->roster.reject(to->roster.ctx, source, line, reason, columns, err);
}

static double seconds(void)
{
    struct timespec now;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static double peak_mib(void)
{
    struct rusage usage;

    getrusage(RUSAGE_SELF, &usage);
    return (double)usage.ru_maxrss / 1024;
}

static void print_rows(const tap *to, const kith_people *people)
{
    puts("source,line,person");
    for (size_t i = 0; i < to->n; i++)
        printf("%s,%" PRIu64 ",%" PRIu32 "\n", to->sources[to->rows[i].source], to->rows[i].line,
               people->person_of[to->rows[i].mention]);
}

static void print_merges(const kith_people *people)
{
    for (size_t i = 0; i < people->n_merges; i++) {
        const kith_people_merge *merge = &people->merges[i];
        printf("%s\t%s:%" PRIu64 "\t%s\t%s\t%.4f\n", people->key[merge->person],
               people->sources[merge->source].name, merge->line, merge->name, merge->evidence,
               merge->probability);
    }
    for (size_t i = 0; i < people->n_doubts; i++)
        printf("doubt\t%s\t%s\t%s\t%.4f\n", people->doubts[i].key[0], people->doubts[i].key[1],
               people->doubts[i].evidence, people->doubts[i].probability);
}

static kith_merge_mode mode_of(const char *word)
{
    return strcmp(word, "strict") == 0 ? KITH_MERGE_STRICT
           : strcmp(word, "off") == 0  ? KITH_MERGE_OFF
                                       : KITH_MERGE_BALANCED;
}

static void free_tap(tap *to)
{
    for (size_t i = 0; i < to->n_sources; i++)
        kith_free(to->sources[i]);
    kith_free(to->sources);
    kith_free(to->rows);
}

static kith_code run(const kith_build_opts *opts, const kith_merge_opts *merge, bool merges, kith_err *err)
{
    kith_roster *roster = NULL;
    const kith_people *people = NULL;
    kith_ingest_tally tally;
    tap to = {0};
    double begin = seconds(), read = 0;
    kith_code rc = kith_roster_new(false, &roster, err);

    if (rc == KITH_OK) {
        to.roster = kith_roster_sink(roster);
        kith_sink sink = {.ctx = &to,
                          .space = tap_space,
                          .source_begin = tap_begin,
                          .source_end = tap_end,
                          .mention = tap_mention,
                          .relation = tap_relation,
                          .ties = tap_ties,
                          .pairing = tap_pairing,
                          .tenure = tap_tenure,
                          .reject = tap_reject};
        rc = kith_ingest(opts, &sink, &tally, err);
        read = seconds();
    }
    double read_mib = peak_mib();
    if (rc == KITH_OK)
        rc = kith_roster_resolve(roster, merge, &people, err);
    if (rc == KITH_OK) {
        fprintf(stderr,
                "%zu rows: read %.2f s, %.0f MiB; resolved %.2f s, %.0f MiB; %u people, %zu blocks skipped\n",
                to.n, read - begin, read_mib, seconds() - read, peak_mib(), people->n,
                people->n_skipped_blocks);
        if (merges)
            print_merges(people);
        else
            print_rows(&to, people);
    }
    free_tap(&to);
    kith_roster_free(roster);
    return rc;
}

int main(int argc, char **argv)
{
    const char *inputs[64], *maps[64], *owners[64];
    kith_build_opts opts = {.inputs = inputs, .maps = maps, .owners = owners};
    kith_merge_opts merge = {0};
    kith_err err = KITH_ERR_NONE;
    bool merges = false;

    for (int i = 1; i < argc && opts.n_inputs < 64 && opts.n_maps < 64 && opts.n_owners < 64; i++) {
        if (strcmp(argv[i], "--merges") == 0)
            merges = merge.all_doubts = true;
        else if (strcmp(argv[i], "--merge") == 0 && i + 1 < argc)
            merge.mode = mode_of(argv[++i]);
        else if (strcmp(argv[i], "--map") == 0 && i + 1 < argc)
            maps[opts.n_maps++] = argv[++i];
        else if (strcmp(argv[i], "--owner") == 0 && i + 1 < argc)
            owners[opts.n_owners++] = argv[++i];
        else
            inputs[opts.n_inputs++] = argv[i];
    }
    if (run(&opts, &merge, merges, &err) == KITH_OK)
        return EXIT_SUCCESS;
    fprintf(stderr, "resolve_driver: %s: %s\n", err.file, err.message);
    return EXIT_FAILURE;
}
