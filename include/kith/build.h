/** @file
 * Exports in, a network out.
 */
#ifndef KITH_BUILD_H
#define KITH_BUILD_H

#include <kith/coefficients.h>
#include <kith/network.h>
#include <kith/progress.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Whether contacts that two people share strengthen their tie. */
typedef enum kith_shared_contacts {
    KITH_SHARED_AUTO, /**< on where ties come from contact exports */
    KITH_SHARED_ON,
    KITH_SHARED_OFF
} kith_shared_contacts;

/** How far records without a common exact key are taken for one person. */
typedef enum kith_merge_mode {
    KITH_MERGE_BALANCED, /**< also by name, company and the like, where the odds are clear */
    KITH_MERGE_STRICT,   /**< exact keys only */
    KITH_MERGE_OFF       /**< nobody is joined but by ids within one space */
} kith_merge_mode;

/** How a numeric date like 03/04/2021 is read where its column does not tell. */
typedef enum kith_date_reading {
    KITH_DATES_DETECT, /**< by all rows of the column; a column that fits both ways is read day first, and
                          told */
    KITH_DATES_DMY,
    KITH_DATES_MDY,
    KITH_DATES_YMD
} kith_date_reading;

/** What archives and nested files may come to; 0 stands for the default. */
typedef struct kith_input_limits {
    uint32_t depth;          /**< archives within archives (4) */
    uint64_t entries;        /**< files in one archive (100,000) */
    uint64_t expanded_bytes; /**< of one input, decompressed (64 GiB) */
    uint32_t ratio;          /**< decompressed over compressed size, beyond the first 16 MiB (1,000) */
} kith_input_limits;

/** Told about things worth a line on the screen that stop nothing. `text` is one line, borrowed. */
typedef void kith_notice(void *ctx, const char *text);

/** A file among the inputs that was not read. */
typedef struct kith_left_out_file {
    char *name;         /**< relative to the input it came in */
    const char *format; /**< what it was recognised as; "" where it was not; static */
    const char *why;    /**< static */
} kith_left_out_file;

/** Files that were not read, in the order of the inputs. Zeroed is empty; free with kith_left_out_free. */
typedef struct kith_left_out {
    kith_left_out_file *files; /**< [n] */
    uint32_t n;
    size_t capacity; /**< of files; the library's own */
} kith_left_out;

KITH_API void kith_left_out_free(kith_left_out *list);

/** How to build. A zeroed struct with inputs is fine; all is borrowed. */
typedef struct kith_build_opts {
    const char *const *inputs; /**< files, folders, archives, "-" for stdin */
    uint32_t n_inputs;
    const char *const *owners; /**< "[PATH=]WHO": whose export is it; WHO is a name, email or URL */
    uint32_t n_owners;
    const char *const *maps; /**< "field=Column": column names of tables beyond the known ones */
    uint32_t n_maps;
    const char *ids;      /**< name of one id space for all tables; NULL: one per folder or archive */
    const char *encoding; /**< of files that are neither Unicode nor UTF-8; NULL: CP1252 */
    char delimiter;       /**< of tables: ',' ';' '|' or a tab; 0: detected */
    bool no_header;       /**< tables have no header: columns are named 1, 2, 3 … in `maps` */
    kith_date_reading dates;
    const char *region; /**< two letters, for phone numbers without a country code; NULL: such numbers
                           identify nobody */
    kith_merge_mode merge;
    const char *decisions; /**< CSV of pairs a person has decided on (same or different); NULL: none */
    const char *review;    /**< also write doubtful pairs to this CSV file; NULL: do not */
    kith_input_limits limits;
    const char *as_of; /**< the day that counts as today, "2026-03-01"; NULL: the newest observed date */
    bool strict;       /**< the first rejected row ends the build with KITH_EDATA */
    bool weight_is_strength; /**< a `weight` column, scaled by its maximum, is the strength */
    kith_shared_contacts shared_contacts;
    const kith_parameter
        *coefficients; /**< other values than the defaults, by name; the last of a name holds */
    uint32_t n_coefficients;
    const char *rejects; /**< also write rejected rows to this CSV file; NULL: do not */
    kith_left_out
        *left_out;     /**< out, added to also where the build fails: files not read; NULL: not listed */
    const char *cache; /**< folder where what was read is kept, checked, for the next build; a source that has
                          not changed is then not read again. Made where it is missing; NULL: none */
    uint64_t cache_bytes;      /**< that it holds at most after the build; 0: 1 GiB */
    const char **failed_input; /**< out: of `inputs` the one whose reading failed, untouched where none did;
                                  NULL: not told */
    uint64_t max_memory_bytes; /**< what would take more ends with KITH_ENOMEM as soon as that is seen; 0:
                                  what there is */
    bool tell_memory; /**< tell, as notices, how much it will take; if false, only where it is much */
    const kith_progress *progress;
    kith_notice *notice; /**< NULL: nobody is told */
    void *notice_ctx;
} kith_build_opts;

/** What a build came to. Plain data. */
typedef struct kith_build_summary {
    uint32_t people;
    uint64_t ties;
    uint32_t mentorships;
    uint32_t sources;      /**< files that were read */
    uint32_t duplicates;   /**< files that hold the same bytes as another: counted once */
    uint32_t unrecognised; /**< files nobody could read */
    uint32_t recalled;     /**< of the sources those that were taken from the cache */
    uint32_t learned;      /**< and those that were read and put into it */
    uint64_t rows, used, skipped, rejected;
} kith_build_summary;

/**
 * Builds a network file. The file appears whole or not at all.
 *
 * @param path     of the network file.
 * @param summary  out, may be NULL.
 * @return KITH_OK also when rows were rejected (the summary tells); KITH_ENOINPUT, KITH_EDATA
 *         (nothing recognised; `strict`), KITH_EUSAGE (an owner is missing or fits nothing),
 *         KITH_ECONFIG (a coefficient that is none, or out of range),
 *         KITH_ECREATE, KITH_EIO, KITH_ENOMEM, KITH_EINTERRUPT.
 */
KITH_API kith_code kith_build(const kith_build_opts *opts, const char *path, kith_build_summary *summary,
                              kith_err *err);

/**
 * Opens what a command was given: one network file, or the inputs of one, which is then built in
 * memory. `net` is caller-owned; `summary` (may be NULL) is zero for a network file.
 * Options that change a build are refused (KITH_EUSAGE) for a network file, where `as_of` must
 * equal the stored one. Coefficients belong to the network: others than it was built with are told as a
 * notice and do not count.
 */
KITH_API kith_code kith_load(const kith_build_opts *opts, kith_net **net, kith_build_summary *summary,
                             kith_err *err);

#ifdef __cplusplus
}
#endif
#endif
