/** @file
 * The settings of the night shift.
 */
#ifndef KITH_RUN_NIGHTLY_CONFIG_H
#define KITH_RUN_NIGHTLY_CONFIG_H

#include <kith/build.h>

#include "base/err.h"

/** Texts in the order of the file. */
typedef struct kith_texts {
    const char **items;
    uint32_t count;
    size_t capacity;
} kith_texts;

/** Adds a copy of `text`. @return KITH_ENOMEM. */
kith_code kith_texts_add(kith_texts *list, const char *text, kith_err *err);
bool kith_texts_have(const kith_texts *list, const char *text);
void kith_texts_free(kith_texts *list);

/** What the file says. Paths are relative to its folder there, and here to the working folder. */
typedef struct kith_nightly_config {
    kith_texts inputs; /**< patterns, as the shell has them */
    const char *output;
    kith_texts owners, maps;
    const char *ids, *encoding, *region, *decisions;
    const char *as_of;                   /**< a date, "newest" or "run"; NULL: newest */
    int merge;                           /**< kith_merge_mode */
    int dates;                           /**< kith_date_reading */
    double max_rejects, max_people_drop; /**< shares; negative: no limit */
    uint32_t keep;                       /**< nights; 0: all */
    uint32_t max_memory_mb;              /**< 0: what there is */
    const char *cache;                   /**< folder of what was read before; NULL: none */
    uint32_t max_cache_mb;               /**< 0: the default */
    bool keep_going;
    const char *redact, *redact_keep; /**< as kith_net_redact has them; NULL: true names */
    bool with_contacts;
    int group;           /**< what groups are compared by: 0 none, else place in kith_nightly_groups */
    kith_texts from, to; /**< routes of the report */
    kith_texts query_names, query_files;
    kith_parameter *coefficients;
    uint32_t n_coefficients;
    size_t coefficients_capacity;
} kith_nightly_config;

/** Fields that groups may be compared by; the first stands for none. */
extern const kith_field kith_nightly_groups[];

/**
 * Reads the file.
 * @param config  out, caller-owned: kith_nightly_config_free, also after a failure.
 * @return KITH_ENOINPUT; KITH_ECONFIG with file and line; KITH_ENOMEM.
 */
kith_code kith_nightly_config_read(const char *path, kith_nightly_config *config, kith_err *err);

void kith_nightly_config_free(kith_nightly_config *config);

#endif
