/** @file
 * The night shift: build, check, report, compare, publish and prune in one run that nobody watches.
 */
#ifndef KITH_NIGHTLY_H
#define KITH_NIGHTLY_H

#include <kith/build.h>
#include <kith/day.h>

#ifdef __cplusplus
extern "C" {
#endif

/** How to run; all is borrowed. A zeroed struct with a config is fine. */
typedef struct kith_nightly_opts {
    const char *config; /**< path of the settings: share/kith/nightly.ini explains them */
    const char *date;   /**< what the night is called, "2026-03-01"; NULL: the local day */
    bool keep_going;    /**< leave out sources that cannot be read, as keep_going in the settings says */
    bool in_full;       /**< build and report also where nothing has changed */
    bool json;          /**< lines of the log are JSON */
    kith_notice *log;   /**< told a line at the end of every step; NULL: nobody is told */
    void *log_ctx;
    const kith_progress *progress;
    kith_notice *notice; /**< as in kith_build_opts */
    void *notice_ctx;
} kith_nightly_opts;

/** What a night came to. Plain data. */
typedef struct kith_nightly_summary {
    char date[KITH_DATE_SIZE]; /**< name of its folder */
    bool unchanged;            /**< inputs and settings were those of an earlier night: its answers stand */
    uint64_t rejected;         /**< rows */
    uint32_t left_out;         /**< inputs that could not be read */
} kith_nightly_summary;

/**
 * Runs one night. The output folder then holds a folder named for its date, put there whole, with
 * network.kith, report/, the answers to the questions of the settings, what changed since the night before,
 * and summary.json; the link `latest` points to it; nights beyond those to keep are gone. Whatever fails
 * before that leaves `latest` as it was, and nothing else behind.
 *
 * @param summary  out, may be NULL.
 * @return KITH_EBUSY names the process that holds the lock, and since when; KITH_ECONFIG for a setting that
 *         makes no sense, and for a date before the newest night; KITH_EDATA also where a threshold refuses
 * to publish; else as kith_build and kith_report.
 * @cost   That of kith_build and kith_report. Where neither inputs nor settings have changed, one reading of
 *         the inputs and of the night that stands.
 */
KITH_API kith_code kith_nightly(const kith_nightly_opts *opts, kith_nightly_summary *summary, kith_err *err);

#ifdef __cplusplus
}
#endif
#endif
