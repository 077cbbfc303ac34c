/** @file
 * --draft: messages to send with an answer.
 */
#ifndef KITH_CLI_DRAFTING_H
#define KITH_CLI_DRAFTING_H

#include <kith/draft.h>

#include "option.h"

typedef struct draft_args {
    bool draft;
    const char *request, *note;
} draft_args;

extern const option draft_options[];

/** What drafts are made of, and the drafts. Zeroed is none. */
typedef struct drafting {
    kith_draft_templates *templates;
    kith_draft *drafts;
    uint32_t n_drafts;
} drafting;

/**
 * Reads the templates where drafts are asked for: those that the options name, else drafts/request.txt and
 * drafts/note.txt in the folder of kith.ini where they exist, else kith's own.
 * @param d  out, caller-owned: drafting_free, also after a failure.
 */
kith_code drafting_begin(const draft_args *args, drafting *d, kith_err *err);

/** Writes the drafts of an answer, where they are asked for, and lets the answer point at them. */
kith_code drafting_write(drafting *d, const kith_net *net, const char *question, kith_intro_result *routes,
                         kith_err *err);

void drafting_free(drafting *d);

#endif
