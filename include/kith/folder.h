/** @file
 * What takes a whole network to somewhere else: the report folder, graph files, and checking them.
 */
#ifndef KITH_FOLDER_H
#define KITH_FOLDER_H

#include <kith/network.h>
#include <kith/progress.h>

#ifdef __cplusplus
extern "C" {
#endif

/** What a report folder holds. */
typedef struct kith_report_opts {
    const char *folder;        /**< made where it is missing, mode 0700 */
    const char *const *from; /**< [n_routes] WHO asks, one person each */
    const char *const *to;   /**< [n_routes] WHOM to reach */
    uint32_t n_routes;
    bool with_contacts;
    const kith_progress *progress;
} kith_report_opts;

/**
 * Writes every report (text, CSV, JSON, page; compressed), network.graphml.gz and, last,
 * manifest.json with the size and XXH3-128 of each file.
 * A folder that holds something other than an older report is refused (KITH_ECREATE).
 */
KITH_API kith_code kith_report(const kith_net *net, const kith_report_opts *opts, kith_err *err);

/**
 * Writes the network as a graph file by the ending of `path`: .graphml, also with .gz.
 * @param with_contacts  also emails, phones and URLs.
 * @return KITH_EUSAGE for an ending nobody writes.
 */
KITH_API kith_code kith_export(const kith_net *net, const char *path, bool with_contacts, kith_err *err);

/** What a check covered. */
typedef struct kith_check_summary {
    uint64_t files;
    uint64_t bytes;
} kith_check_summary;

/** Verifies a network file, or a report folder against its manifest. @return KITH_EDATA names the first thing
 * wrong. */
KITH_API kith_code kith_check(const char *path, kith_check_summary *summary, kith_err *err);

#ifdef __cplusplus
}
#endif
#endif
