/** @file
 * One night while it is made, and the steps it is made in.
 */
#ifndef KITH_RUN_NIGHT_H
#define KITH_RUN_NIGHT_H

#include <jansson.h>
#include <kith/folder.h>
#include <kith/nightly.h>

#include "base/err.h"
#include "base/tempname.h"
#include "run/nightly_config.h"
#include "run/nightly_inputs.h"
#include "run/nightly_log.h"

#define KITH_NIGHT_NETWORK "network.kith"
#define KITH_NIGHT_REPORT "report"

/** How the names of files begin that tell what changed since the night before. */
#define KITH_NIGHT_CHANGES "changes."

typedef struct kith_night {
    const kith_nightly_opts *opts;
    kith_nightly_config config;
    kith_nightly_log log;
    char date[KITH_DATE_SIZE];
    int lock;                           /**< -1: not held */
    char before[KITH_DATE_SIZE];        /**< the last night of an earlier date, or "" */
    char last[KITH_DATE_SIZE];          /**< the last night, which may be of the same date, or "" */
    kith_texts inputs;                  /**< that are read */
    json_t *left_out;                   /**< [{input, reason}] */
    char fingerprint[KITH_DIGEST_SIZE]; /**< of inputs and settings; "" where there is none */
    char stamps[KITH_DIGEST_SIZE];
    bool unchanged;             /**< the answers of `last` stand */
    json_t *last_summary;       /**< where they do */
    kith_tempname *made;        /**< the folder */
    kith_texts files;           /**< in it, but for the report and the summary */
    kith_net *net, *net_before; /**< the second NULL where there is no night before */
    json_t *changes;            /**< how many of each kind; NULL where there is no night before */
} kith_night;

/** One step. @param counts  takes in what it came to. */
typedef kith_code kith_night_step(kith_night *night, json_t *counts, kith_err *err);

/* nightly_plan.c: what there is to do. */
kith_night_step kith_night_find_inputs, kith_night_link_last;

/* nightly_answers.c: what a night says. */
kith_night_step kith_night_build, kith_night_check, kith_night_report, kith_night_ask;

/* nightly_changes.c */
kith_night_step kith_night_compare;

/* nightly_summary.c */
kith_night_step kith_night_summarise;

/** Whether the file of settings wants sources left out that cannot be read, or the caller does. */
static inline bool kith_night_keeps_going(const kith_night *night)
{
    return night->opts->keep_going || night->config.keep_going;
}

/** Sets a count. @return KITH_ENOMEM. */
kith_code kith_night_count(json_t *counts, const char *name, uint64_t count, kith_err *err);

/** Counts people, ties and mentorships. @return KITH_ENOMEM. */
kith_code kith_night_count_network(const kith_net *net, json_t *counts, kith_err *err);

/** The date of the night whose answers stand, as the last night has it; JSON null where none do. */
json_t *kith_night_unchanged_since(const kith_night *night);

/** What became of the rows of all sources; of the rest of `sum` nothing is set. */
void kith_night_sum_rows(const kith_net *net, kith_source *sum);

/** Makes the folder that the night is put together in. @return KITH_ECREATE. */
kith_code kith_night_make_folder(kith_night *night, kith_err *err);

/** Opens the network in it. @return as kith_net_open. */
kith_code kith_night_open(kith_night *night, kith_err *err);

/** The digest of sizes and times of all that goes into the night. @return KITH_ENOMEM. */
kith_code kith_night_stamps(const kith_night *night, char stamps[KITH_DIGEST_SIZE], kith_err *err);

/** Holds a published night against its summary, and its report against the manifest. @return KITH_EDATA. */
kith_code kith_night_verify(const char *folder, const json_t *summary, kith_check_summary *checked,
                            kith_err *err);

#endif
