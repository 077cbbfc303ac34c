/** @file
 * A small network with awkward people in it, and an answer of every kind made by hand, for tests of reports.
 *
 *   0 Ann Lee - 1 Ben Ito - 3 Dana Roe          1 and 0 list each other and are both at Brill
 *        |          |
 *   2 Cara Poe      4 (markup for a name, a formula for a company)
 *        |
 *   5 (control and bidirectional characters) - 6 (a very long name, a formula for a key)
 */
#ifndef KITH_TESTS_REPORT_WORLD_H
#define KITH_TESTS_REPORT_WORLD_H

#include <kith/output.h>

#include "small_net.h"

typedef struct report_world {
    small_net *small;
    const kith_net *net;
    kith_ids everyone;
    kith_intro_result intro;
    kith_bridges_result bridges;
    kith_chains_result chains;
    kith_why_result tie, strangers, ties;
    kith_cohort_result cohort; /**< by company */
} report_world;

/** Markup, a formula and control characters as they stand in the network. */
#define WORLD_MARKUP "<img src=x onerror=alert(1)>"
#define WORLD_TITLE "</script><b>&\"'"
#define WORLD_FORMULA "=HYPERLINK(\"http://x.example\",\"a\")"
#define WORLD_CONTROL "Eve\033[31m \xE2\x80\xAE\xE2\x80\xAC"
#define WORLD_EMAIL "eve@example.org"

/** The answers a world is written as. */
typedef enum world_answer {
    WORLD_INFO,
    WORLD_FIND,
    WORLD_INTRO,
    WORLD_BRIDGES,
    WORLD_CHAINS,
    WORLD_TIE,       /**< why 0 and 1 */
    WORLD_STRANGERS, /**< why 0 and 4, who are not tied */
    WORLD_TIES,      /**< why 5 */
    WORLD_COHORT,
    WORLD_ANSWERS
} world_answer;

/** The command and the name of the main list of each answer. */
extern const char *const world_commands[WORLD_ANSWERS];
extern const char *const world_lists[WORLD_ANSWERS];

void report_world_make(report_world *world);
void report_world_free(report_world *world);

/** Writes one of the answers. */
kith_code report_world_write(const report_world *world, world_answer which, const kith_output *to,
                             kith_err *err);

/** The whole of a file as text, decompressed where it is gzip; free() it. */
char *report_world_read(const char *path, size_t *length);

#endif
