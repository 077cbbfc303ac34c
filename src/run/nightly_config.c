#include "run/nightly_config.h"

#include <ctype.h>
#include <errno.h>
#include <math.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <kith/coefficients.h>
#include <kith/ini.h>

#include "base/dynbuf.h"
#include "base/mem.h"

typedef enum setting_kind {
    TEXT,
    TEXTS, /**< may be given again */
    PATH,
    PATHS,
    SHARE, /**< "5 %" */
    COUNT, /**< from 1 */
    YES_OR_NO,
    CHOICE
} setting_kind;

typedef struct setting {
    const char *section, *name;
    setting_kind kind;
    size_t at; /**< in kith_nightly_config */
    const char *const *words;
} setting;

#define AT(member) offsetof(kith_nightly_config, member)

static const char *const merge_words[] = {"balanced", "strict", "off", NULL};
static const char *const date_words[] = {"detect", "dmy", "mdy", "ymd", NULL};

static const char *const group_words[] = {"none",     "company", "cohort", "industry",
                                          "location", "title",   "role",   NULL};

const kith_field kith_nightly_groups[] = {KITH_FIELD_COUNT,    KITH_FIELD_COMPANY,  KITH_FIELD_COHORT,
                                          KITH_FIELD_INDUSTRY, KITH_FIELD_LOCATION, KITH_FIELD_TITLE,
                                          KITH_FIELD_ROLE};

static const setting settings[] = {
    {"nightly", "inputs", PATHS, AT(inputs), NULL},
    {"nightly", "output", PATH, AT(output), NULL},
    {"nightly", "owner", TEXTS, AT(owners), NULL},
    {"nightly", "map", TEXTS, AT(maps), NULL},
    {"nightly", "ids", TEXT, AT(ids), NULL},
    {"nightly", "encoding", TEXT, AT(encoding), NULL},
    {"nightly", "region", TEXT, AT(region), NULL},
    {"nightly", "date_order", CHOICE, AT(dates), date_words},
    {"nightly", "merge", CHOICE, AT(merge), merge_words},
    {"nightly", "decisions", PATH, AT(decisions), NULL},
    {"nightly", "as_of", TEXT, AT(as_of), NULL},
    {"nightly", "max_memory", COUNT, AT(max_memory_mb), NULL},
    {"nightly", "cache", PATH, AT(cache), NULL},
    {"nightly", "max_cache", COUNT, AT(max_cache_mb), NULL},
    {"nightly", "keep_going", YES_OR_NO, AT(keep_going), NULL},
    {"nightly", "max_rejects", SHARE, AT(max_rejects), NULL},
    {"nightly", "max_people_drop", SHARE, AT(max_people_drop), NULL},
    {"nightly", "keep", COUNT, AT(keep), NULL},
    {"nightly", "redact", PATH, AT(redact), NULL},
    {"nightly", "redact_keep", TEXT, AT(redact_keep), NULL},
    {"reports", "group", CHOICE, AT(group), group_words},
    {"reports", "with_contacts", YES_OR_NO, AT(with_contacts), NULL},
    {"reports", "from", TEXTS, AT(from), NULL},
    {"reports", "to", TEXTS, AT(to), NULL},
};

/** Names that sections have whose lines are no settings of the table above. */
static const char queries_section[] = "queries", coefficients_section[] = "strength";

typedef struct reading {
    kith_nightly_config *config;
    const char *path; /**< of the file */
} reading;

kith_code kith_texts_add(kith_texts *list, const char *text, kith_err *err)
{
    char *copy = kith_strdup(text);

    if (!copy ||
        !kith_grow((void **)&list->items, &list->capacity, (size_t)list->count + 1, sizeof *list->items)) {
        kith_free(copy);
        return kith_fail_memory(err, "the settings");
    }
    list->items[list->count++] = copy;
    return KITH_OK;
}

bool kith_texts_have(const kith_texts *list, const char *text)
{
    for (uint32_t i = 0; i < list->count; i++)
        if (!strcmp(list->items[i], text))
            return true;
    return false;
}

void kith_texts_free(kith_texts *list)
{
    for (uint32_t i = 0; i < list->count; i++)
        kith_free((void *)list->items[i]);
    kith_free(list->items);
    *list = (kith_texts){0};
}

static kith_code keep_text(const char **slot, const char *value, kith_err *err)
{
    kith_free((void *)*slot);
    *slot = kith_strdup(value);
    return *slot ? KITH_OK : kith_fail_memory(err, "the settings");
}

/** Appends a path as seen from the working folder: in the file it is relative to the file's folder. */
static kith_code resolve(const reading *r, const char *value, kith_dynbuf *out, kith_err *err)
{
    const char *slash = strrchr(r->path, '/');

    if (*value != '/' && slash)
        kith_dynbuf_append(out, r->path, (size_t)(slash - r->path) + 1);
    kith_dynbuf_text(out, value);
    return kith_dynbuf_check(out, "a path", err);
}

static kith_code keep_path(const reading *r, const setting *s, void *slot, const char *value, kith_err *err)
{
    kith_dynbuf path = {0};
    kith_code rc = resolve(r, value, &path, err);

    if (!rc)
        rc = s->kind == PATHS ? kith_texts_add(slot, path.data, err) : keep_text(slot, path.data, err);
    kith_dynbuf_free(&path);
    return rc;
}

static kith_code keep_share(const setting *s, double *slot, const char *value, kith_err *err)
{
    char *end = NULL;
    double percent = strtod(value, &end);

    while (end != value && isspace((unsigned char)*end))
        end++;
    end += end != value && *end == '%';
    if (end == value || *end || !(percent >= 0 && percent <= 100))
        return kith_fail(err, KITH_ECONFIG, "%s is a percentage from 0 to 100, not \"%.100s\"", s->name,
                         value);
    *slot = percent / 100;
    return KITH_OK;
}

static kith_code keep_count(const setting *s, uint32_t *slot, const char *value, kith_err *err)
{
    char *end = NULL;
    unsigned long count = isdigit((unsigned char)*value) ? strtoul(value, &end, 10) : 0;

    if (count == 0 || *end || count > UINT32_MAX)
        return kith_fail(err, KITH_ECONFIG, "%s is a whole number from 1, not \"%.100s\"", s->name, value);
    *slot = (uint32_t)count;
    return KITH_OK;
}

static kith_code keep_yes(const setting *s, bool *slot, const char *value, kith_err *err)
{
    *slot = !strcmp(value, "yes");
    return *slot || !strcmp(value, "no")
               ? KITH_OK
               : kith_fail(err, KITH_ECONFIG, "%s is yes or no, not \"%.100s\"", s->name, value);
}

static kith_code keep_choice(const setting *s, int *slot, const char *value, kith_err *err)
{
    kith_dynbuf known = {0};

    for (int i = 0; s->words[i]; i++) {
        if (!strcmp(value, s->words[i])) {
            *slot = i;
            kith_dynbuf_free(&known);
            return KITH_OK;
        }
        kith_dynbuf_printf(&known, "%s%s", i ? ", " : "", s->words[i]);
    }
    kith_code rc = kith_fail(err, KITH_ECONFIG, "%s is one of %s, not \"%.100s\"", s->name,
                             kith_dynbuf_cstr(&known), value);
    kith_dynbuf_free(&known);
    return rc;
}

/** A name of a file in the night's folder: letters, digits and hyphens. */
static kith_code keep_query(const reading *r, const char *name, const char *value, kith_err *err)
{
    kith_dynbuf path = {0};

    if (!*name || name[strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789-")] || strlen(name) > 64)
        return kith_fail(
            err, KITH_ECONFIG,
            "\"%.100s\" will be the name of a file: small letters, digits and hyphens, 64 at most", name);
    if (kith_texts_have(&r->config->query_names, name))
        return kith_fail(err, KITH_ECONFIG, "there are two files of questions named %s", name);
    kith_code rc = resolve(r, value, &path, err);
    if (!rc)
        rc = kith_texts_add(&r->config->query_names, name, err);
    if (!rc)
        rc = kith_texts_add(&r->config->query_files, path.data, err);
    kith_dynbuf_free(&path);
    return rc;
}

static kith_code keep_coefficient(kith_nightly_config *config, const char *name, const char *text,
                                  kith_err *err)
{
    kith_coefficient known;
    char *end = NULL;
    double value = strtod(text, &end);

    if (end == text || *end)
        value = NAN;
    kith_code rc = kith_coefficient_check(name, value, err);
    if (rc)
        return rc;
    if (!kith_coefficient_find(name, &known) ||
        !kith_grow((void **)&config->coefficients, &config->coefficients_capacity,
                   (size_t)config->n_coefficients + 1, sizeof *config->coefficients))
        return kith_fail_memory(err, "the settings");
    config->coefficients[config->n_coefficients++] = (kith_parameter){known.name, value};
    return KITH_OK;
}

static kith_code keep(const reading *r, const setting *s, const char *value, kith_err *err)
{
    void *slot = (char *)r->config + s->at;

    if (!*value) /* a list may begin on the next line */
        return s->kind == TEXTS || s->kind == PATHS
                   ? KITH_OK
                   : kith_fail(err, KITH_ECONFIG, "%s says nothing; leave the line out", s->name);
    switch (s->kind) {
    case TEXT:
        return keep_text(slot, value, err);
    case TEXTS:
        return kith_texts_add(slot, value, err);
    case PATH:
    case PATHS:
        return keep_path(r, s, slot, value, err);
    case SHARE:
        return keep_share(s, slot, value, err);
    case COUNT:
        return keep_count(s, slot, value, err);
    case YES_OR_NO:
        return keep_yes(s, slot, value, err);
    case CHOICE:
        return keep_choice(s, slot, value, err);
    }
    return KITH_EBUG;
}

static kith_code take_line(void *ctx, const char *section, const char *name, const char *value, kith_err *err)
{
    const reading *r = ctx;

    if (!strcmp(section, coefficients_section))
        return keep_coefficient(r->config, name, value, err);
    if (!strcmp(section, queries_section))
        return keep_query(r, name, value, err);
    for (size_t i = 0; i < sizeof settings / sizeof *settings; i++)
        if (!strcmp(section, settings[i].section) && !strcmp(name, settings[i].name))
            return keep(r, &settings[i], value, err);
    return kith_fail(err, KITH_ECONFIG,
                     "\"%.100s\" is no setting of [%.50s]; `kith nightly --sample` shows all there are", name,
                     section);
}

kith_code kith_nightly_config_read(const char *path, kith_nightly_config *config, kith_err *err)
{
    reading r = {.config = config, .path = path};

    *config = (kith_nightly_config){.max_rejects = -1, .max_people_drop = -1};
    kith_code rc = kith_ini_read(path, take_line, &r, err);
    if (rc)
        return rc;
    if (config->inputs.count == 0)
        return kith_fail_at(err, KITH_ECONFIG, path, 0, "names no inputs in [nightly]");
    if (!config->output)
        return kith_fail_at(err, KITH_ECONFIG, path, 0, "names no output in [nightly]");
    if (config->max_cache_mb && !config->cache)
        return kith_fail_at(err, KITH_ECONFIG, path, 0, "max_cache goes with cache");
    if (config->from.count != config->to.count)
        return kith_fail_at(err, KITH_ECONFIG, path, 0, "[reports] wants a `to` for each `from`");
    if (config->redact && config->with_contacts)
        return kith_fail_at(err, KITH_ECONFIG, path, 0,
                            "redact hides what with_contacts shows: give one of them");
    if (config->redact_keep && !config->redact)
        return kith_fail_at(err, KITH_ECONFIG, path, 0, "redact_keep goes with redact");
    return KITH_OK;
}

void kith_nightly_config_free(kith_nightly_config *config)
{
    kith_texts *const lists[] = {&config->inputs, &config->owners,      &config->maps,       &config->from,
                                 &config->to,     &config->query_names, &config->query_files};
    const char *const texts[] = {config->output, config->ids,         config->encoding,
                                 config->region, config->decisions,   config->as_of,
                                 config->redact, config->redact_keep, config->cache};

    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
        kith_texts_free(lists[i]);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        kith_free((void *)texts[i]);
    kith_free(config->coefficients);
    *config = (kith_nightly_config){0};
}
