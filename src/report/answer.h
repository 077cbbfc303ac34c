/** @file
 * One answer, ready for any writer: how it is told to readers, its main list as a table, and its
 * JSON. Adding an answer is filling in this struct; adding a format is one case in answer.c.
 */
#ifndef KITH_REPORT_ANSWER_H
#define KITH_REPORT_ANSWER_H

#include <kith/output.h>

#include "report/sheet.h"
#include "report/table.h"
#include "report/write_json.h"

typedef struct kith_answer kith_answer;

struct kith_answer {
    const char *command;    /**< "intro" */
    const kith_net *net;    /**< NULL: the answer is about no network */
    const void *result;     /**< of the analysis; each report knows its own */
    const kith_output *to;  /**< borrowed */
    const char *title;      /**< for readers */
    const kith_table *list; /**< the main list; NULL where there is no single one */
    bool with_coefficients; /**< the answer rests on strengths: parameters tell what they rest on */
    void (*show)(const kith_answer *answer, kith_sheet *sheet);
    void (*parameters)(const kith_answer *answer, kith_json *json, json_t *object); /**< NULL: none */
    void (*members)(const kith_answer *answer, kith_json *json); /**< all that follows the parameters */
    json_t *(*row)(const kith_answer *answer, kith_json *json, uint64_t i); /**< of the main list */
    bool (*next)(
        const kith_answer *answer); /**< where the main list comes in parts: makes `list` the next one;
                                       false when there is none, or on failure. NULL: one part */
    kith_code (*status)(const kith_answer *answer); /**< the failure met on the way; NULL: there is none */
};

/** Writes an answer in the format that `answer->to` asks for. */
kith_code kith_answer_write(const kith_answer *answer, kith_err *err);

/** The main list as a JSON list called `key`. */
void kith_answer_list(const kith_answer *answer, kith_json *json, const char *key);

/** Whether there is another part of the main list, which then is the list. */
bool kith_answer_next(const kith_answer *answer);

/** The setting of that name, or NULL; of a redacted network its pseudonym where it may name somebody. */
const char *kith_answer_setting(const kith_answer *answer, const char *name);

/** How group `sought` of many questions was asked for, or its pseudonym. */
const char *kith_answer_sought(const kith_net *net, const kith_queries *queries, uint32_t sought);

/** "coefficients as by default, but for handover 0.8 (default 0.7); shared contacts count": what a network
 * was built with. */
void kith_answer_coefficients(const kith_net *net, kith_dynbuf *out);

/** Text columns of a person that every list has: for programs id, key, name, title, company. */
#define KITH_COLUMNS_PERSON                                                                                  \
    {"id", NULL, KITH_COLUMN_COUNT, 0, false}, {"key", NULL, KITH_COLUMN_TEXT, 0, false},                    \
        {"name", "Name", KITH_COLUMN_TEXT, 0, false}, {"title", NULL, KITH_COLUMN_TEXT, 0, false},           \
        {"company", NULL, KITH_COLUMN_TEXT, 0, false},                                                       \
    {                                                                                                        \
        NULL, "Position", KITH_COLUMN_TEXT, 0, false                                                         \
    }

/** The cells of KITH_COLUMNS_PERSON. */
void kith_row_person(kith_row *row, const kith_net *net, uint32_t id);

/** One cell with a person's name, or their key where there is none. */
void kith_row_name(kith_row *row, const kith_net *net, uint32_t id);

/*
 * The answers, filled in. `list` belongs to the answer; both, and all they borrow, stay where they
 * are while the answer is used.
 */
void kith_answer_info(kith_answer *answer, kith_table *list, const kith_net *net,
                      const kith_info_parts *parts, const kith_output *to);
void kith_answer_intro(kith_answer *answer, kith_table *list, const kith_net *net,
                       const kith_intro_result *result, const kith_output *to);

/** What an answer of routes tells readers: first of its own, then what the numbers mean and what is in force.
 */
void kith_answer_intro_show(const kith_answer *answer, kith_sheet *sheet);
void kith_answer_intro_notes(const kith_answer *answer, kith_sheet *sheet);

void kith_answer_bridges(kith_answer *answer, kith_table *list, const kith_net *net,
                         const kith_bridges_result *result, const kith_output *to);
void kith_answer_chains(kith_answer *answer, kith_table *list, const kith_net *net,
                        const kith_chains_result *result, const kith_output *to);
void kith_answer_cohort(kith_answer *answer, kith_table *list, const kith_net *net,
                        const kith_cohort_result *result, const kith_output *to);
void kith_answer_match(kith_answer *answer, kith_table *list, const kith_net *net,
                       const kith_match_result *result, const kith_output *to);

#endif
