/** @file
 * One change at a time, as rows and words tell it.
 */
#ifndef KITH_REPORT_DIFF_TOLD_H
#define KITH_REPORT_DIFF_TOLD_H

#include <kith/diff.h>

#include "report/answer.h"

/** The two sides of everything. */
enum { KITH_TOLD_BEFORE, KITH_TOLD_AFTER, KITH_TOLD_SIDES };

/** What an answer about changes is told from. */
typedef struct kith_diff_told {
    const kith_net *net[KITH_TOLD_SIDES];
    const kith_diff_result *result;
    const kith_output *to;
    kith_table *list;       /**< the main list */
    kith_change_kind *part; /**< the kind that it is at */
    kith_err *err;
} kith_diff_told;

/** What a kind is about, and what became of it. */
typedef struct kith_change_words {
    const char *what;   /**< of a row: "person" */
    const char *about;  /**< member of the JSON: "people" */
    const char *change; /**< of a row, and list within that member: "added" */
} kith_change_words;

extern const kith_change_words kith_change_words_of[KITH_CHANGE_KINDS];

/** Whether what a kind is about was compared at all. */
bool kith_told_compared(const kith_diff_result *result, kith_change_kind kind);

/** Somebody as a network knows them; `net` is NULL where there is nobody. */
typedef struct kith_told_person {
    const kith_net *net;
    uint32_t id;
} kith_told_person;

/** The first or the second (0, 1) person of a change, as told of now, else then. Of people who became one
 * or several, the first is the one who is left or new, the second the other. */
kith_told_person kith_told_who(const kith_diff_told *told, kith_change_kind kind, const kith_change *change,
                               int which);

/** Appends what was or is, for programs ("0.35", "medium") or for readers ("35%"); nothing where there is
 * nothing to tell. */
void kith_told_value(kith_dynbuf *out, const kith_diff_told *told, kith_change_kind kind,
                     const kith_change *change, int side, bool for_readers);

/** What is known of somebody as a list of texts. */
json_t *kith_told_fact_json(kith_json *json, const kith_diff_told *told, int side, uint32_t person,
                            uint32_t fact);

/** What readers see. */
void kith_told_show(const kith_answer *answer, kith_sheet *sheet);

#endif
