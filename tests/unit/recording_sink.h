/** @file
 * A sink that keeps all that readers hand on, and questions about it.
 */
#ifndef KITH_TESTS_RECORDING_SINK_H
#define KITH_TESTS_RECORDING_SINK_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/dynbuf.h"
#include "ingest/ingest.h"

typedef struct recorded_source {
    char *name, *format;
    kith_source_end end;
    bool ended;
} recorded_source;

typedef struct recorded_reject {
    uint32_t source;
    uint64_t line;
    char *reason, *columns;
} recorded_reject;

/** Everything in the order it came. Zeroed is empty. */
typedef struct recording {
    kith_arena arena;
    char **spaces;
    size_t n_spaces, space_capacity;
    recorded_source *sources;
    size_t n_sources, source_capacity;
    kith_mention *mentions;
    size_t n_mentions, mention_capacity;
    kith_relation *relations;
    size_t n_relations, relation_capacity;
    kith_pairing *pairings;
    size_t n_pairings, pairing_capacity;
    kith_tenure *tenures;
    size_t n_tenures, tenure_capacity;
    recorded_reject *rejects;
    size_t n_rejects, reject_capacity;
    kith_dynbuf notices; /**< a line each */
    kith_ingest_tally tally;
} recording;

/** Reads what `opts` says into an empty recording; its notices are kept as well. */
kith_code record(recording *rec, const kith_build_opts *opts, kith_err *err);

/** Records one file of tests/corpus, which must go well; where it does not tell, it is Dana's. */
recording record_corpus(const char *name);

void recording_free(recording *rec);

/** The `nth` value of a field of a mention, or "". */
const char *value_of(const recording *rec, uint32_t mention, kith_field field, size_t nth);

/** Whether the `nth` value of a field of a mention is `value`. */
bool says(const recording *rec, uint32_t mention, kith_field field, size_t nth, const char *value);

/** The mention with this name, which must be there once. */
uint32_t named(const recording *rec, const char *name);

/** The source of this name, which must be there once. */
const recorded_source *source_named(const recording *rec, const char *name);

/** What is to become of the rows of a file. */
typedef struct file_rows {
    const char *name, *format;
    uint64_t used, skipped, rejected;
} file_rows;

/** Expects the first source to be of this format, and each of its rows to be accounted for: those rejected
 * with a reason. */
void expect_rows(const recording *rec, const file_rows *expected);

/** Relations of this kind. */
size_t of_kind(const recording *rec, kith_evidence kind);

#endif
