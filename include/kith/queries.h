/** @file
 * Many questions for routes at once: several askers, several groups of people sought, or a file of both;
 * answered in their order, a bounded part of them at a time.
 */
#ifndef KITH_QUERIES_H
#define KITH_QUERIES_H

#include <kith/intro.h>

#ifdef __cplusplus
extern "C" {
#endif

/** One question. */
typedef struct kith_query {
    uint32_t from;   /**< the asker */
    uint32_t sought; /**< place among the groups sought */
    uint32_t max_hops, top;
} kith_query;

/** Questions in the order of their answers. Zeroed is empty. */
typedef struct kith_queries {
    kith_query *list;
    uint64_t count;
    kith_ids *sought;   /**< [n_sought], each a group of people */
    const char **words; /**< [n_sought], how each was asked for */
    uint32_t n_sought;
    size_t list_capacity, sought_capacity, words_capacity;
} kith_queries;

/** Where questions come from; borrowed. Of `path` and the lists of WHO one is given. */
typedef struct kith_query_words {
    const char *path; /**< a CSV file with the columns from and to, and may be max_hops and top; or NULL */
    const char *const *from; /**< [n_from], each a WHO, which may fit many */
    uint32_t n_from;
    const char *const *to; /**< [n_to], each a WHO and a group of its own */
    uint32_t n_to;
    uint32_t max_hops, top; /**< where a row does not say */
} kith_query_words;

/**
 * Makes questions: for each asker each group, or row by row. A row whose `from` fits many people asks for
 * each of them. Somebody whom several of `from` fit asks once.
 *
 * @param queries  out, caller-owned: kith_queries_free; empty on failure.
 * @return KITH_NOT_FOUND, KITH_EUSAGE (as kith_who_many); KITH_ENOINPUT; KITH_EDATA, with its file and line,
 *         for a row of a file that makes no sense or names nobody; KITH_ENOMEM.
 * @cost   That of kith_who_many for each distinct WHO.
 */
KITH_API kith_code kith_queries_make(const kith_net *net, const kith_query_words *words,
                                     kith_queries *queries, kith_err *err);

KITH_API void kith_queries_free(kith_queries *queries);

/** Questions while they are being answered. */
typedef struct kith_query_run kith_query_run;

/**
 * Prepares to answer.
 * @param opts     what is asked of all; its asker, targets, max_hops and top are not looked at. Borrowed, as
 *                 are the network and the questions, until the end.
 * @param run      out, caller-owned: kith_query_run_end.
 * @return KITH_ENOMEM.
 */
KITH_API kith_code kith_query_run_begin(const kith_net *net, const kith_intro_opts *opts,
                                        const kith_queries *queries, kith_query_run **run, kith_err *err);

/**
 * The next answer: what kith_intro says to this question, but that it is not told how near one without a
 * route gets.
 *
 * @param query   out, borrowed; NULL when there are no more.
 * @param result  out, borrowed until the next call.
 * @return as kith_intro.
 * @cost   Answers are found some thousands at a time, with what they have in common done once: see
 *         kith_intro_batch. Memory is that of those answers, whatever their number in all.
 */
KITH_API kith_code kith_query_run_next(kith_query_run *run, const kith_query **query,
                                       const kith_intro_result **result, kith_err *err);

/** How many of the answers given so far hold a route. */
KITH_API uint64_t kith_query_run_found(const kith_query_run *run);

/** Frees a run; NULL is fine. */
KITH_API void kith_query_run_end(kith_query_run *run);

#ifdef __cplusplus
}
#endif
#endif
