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
    const char *folder;      /**< made where it is missing, mode 0700 */
    const char *const *from; /**< [n_routes] WHO asks, one person each */
    const char *const *to;   /**< [n_routes] WHOM to reach */
    uint32_t n_routes;
    bool with_contacts;
    const char *layout_from; /**< an older report or its positions.json.gz, in whose picture people stand
                                where they are to stand in the new one; NULL: laid out afresh */
    const kith_progress *progress;
} kith_report_opts;

/**
 * Writes every report (text, CSV, JSON, page; compressed), network.graphml.gz, positions.json.gz (where
 * people stand in the page's picture) and, last, manifest.json with the size and XXH3-128 of each file. A
 * folder that holds something other than an older report is refused (KITH_ECREATE).
 */
KITH_API kith_code kith_report(const kith_net *net, const kith_report_opts *opts, kith_err *err);

/** What a network can be written as, for other tools or to be read again. */
typedef enum kith_export_format {
    KITH_EXPORT_AUTO, /**< by the ending of the path */
    KITH_EXPORT_GRAPHML,
    KITH_EXPORT_GML,
    KITH_EXPORT_PAJEK, /**< .net: keys and strengths alone */
    KITH_EXPORT_DOT,   /**< for Graphviz; kith does not read it */
    KITH_EXPORT_CSV,   /**< ties as a table */
    KITH_EXPORT_JSONL, /**< a person, tie or mentorship a line */
    KITH_EXPORT_TABLES /**< a folder with people.csv, ties.csv and mentorships.csv */
} kith_export_format;

/** What to write, and where. */
typedef struct kith_export_opts {
    const char
        *path; /**< a file, compressed where its name ends in .gz; of tables a folder, made where missing */
    kith_export_format format;
    bool with_contacts; /**< also emails, phones and URLs */
} kith_export_opts;

/**
 * Writes the network. What is read back from tables is the same network: people with their keys and
 * fields, ties with their costs, mentorships; docs/formats.md tells what each format cannot carry.
 * @return KITH_EUSAGE for an ending nobody writes; KITH_ECREATE, KITH_EIO, KITH_ENOMEM, or the network's
 *         own damage.
 */
KITH_API kith_code kith_export(const kith_net *net, const kith_export_opts *opts, kith_err *err);

/** What a check covered. */
typedef struct kith_check_summary {
    uint64_t files;
    uint64_t bytes;
} kith_check_summary;

/** Verifies a network file, or a report folder against its manifest. @return KITH_EDATA names the first thing
 * wrong. */
KITH_API kith_code kith_check(const char *path, kith_check_summary *summary, kith_err *err);

/** A path that was checked, and what came of it. */
typedef struct kith_checked {
    const char *path;           /**< borrowed */
    kith_check_summary covered; /**< of what is whole */
    kith_err fault;             /**< the first thing wrong; KITH_OK: it is whole */
} kith_checked;

#ifdef __cplusplus
}
#endif
#endif
