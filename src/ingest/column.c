#include "ingest/column.h"

#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "base/utf8.h"

static const char *const words[KITH_COLUMN_COUNT] = {
    [KITH_COLUMN_NONE] = "",
    [KITH_COLUMN_ID] = "id",
    [KITH_COLUMN_NAME] = "name",
    [KITH_COLUMN_GIVEN] = "first_name",
    [KITH_COLUMN_MIDDLE] = "middle_name",
    [KITH_COLUMN_FAMILY] = "last_name",
    [KITH_COLUMN_SUFFIX] = "suffix",
    [KITH_COLUMN_NICKNAME] = "nickname",
    [KITH_COLUMN_EMAIL] = "email",
    [KITH_COLUMN_URL] = "url",
    [KITH_COLUMN_PHONE] = "phone",
    [KITH_COLUMN_COMPANY] = "company",
    [KITH_COLUMN_TITLE] = "title",
    [KITH_COLUMN_INDUSTRY] = "industry",
    [KITH_COLUMN_LOCATION] = "location",
    [KITH_COLUMN_SKILLS] = "skills",
    [KITH_COLUMN_COHORT] = "cohort",
    [KITH_COLUMN_ROLE] = "role",
    [KITH_COLUMN_IS_MENTOR] = "is_mentor",
    [KITH_COLUMN_CAPACITY] = "capacity",
    [KITH_COLUMN_SKILLS_WANTED] = "skills_wanted",
    [KITH_COLUMN_GOALS] = "goals",
    [KITH_COLUMN_LABELS] = "labels",
    [KITH_COLUMN_DO_NOT_INTRODUCE] = "do_not_introduce",
    [KITH_COLUMN_CONNECTED_ON] = "connected_on",
    [KITH_COLUMN_HEADLINE] = "headline",
    [KITH_COLUMN_CONFIRMED] = "confirmed",
    [KITH_COLUMN_PRIMARY] = "primary",
    [KITH_COLUMN_RELATION_KIND] = "relation_kind",
    [KITH_COLUMN_RELATION] = "relation",
    [KITH_COLUMN_SOURCE] = "source",
    [KITH_COLUMN_TARGET] = "target",
    [KITH_COLUMN_WEIGHT] = "weight",
    [KITH_COLUMN_STRENGTH] = "strength",
    [KITH_COLUMN_KIND] = "kind",
    [KITH_COLUMN_DATE] = "date",
    [KITH_COLUMN_COUNT_OF] = "count",
    [KITH_COLUMN_MENTOR] = "mentor",
    [KITH_COLUMN_MENTEE] = "mentee",
    [KITH_COLUMN_START] = "start",
    [KITH_COLUMN_END] = "end",
    [KITH_COLUMN_PROGRAMME] = "programme",
    [KITH_COLUMN_STATUS] = "status",
    [KITH_COLUMN_MEETINGS] = "meetings",
    [KITH_COLUMN_LAST_MEETING] = "last_meeting",
    [KITH_COLUMN_OWN_EXPORT] = "kith",
};

const char *kith_column_word(kith_column column)
{
    return words[column];
}

kith_column kith_column_find(const char *word)
{
    for (kith_column column = KITH_COLUMN_NONE + 1; column < KITH_COLUMN_COUNT; column++)
        if (strcmp(words[column], word) == 0)
            return column;
    return KITH_COLUMN_NONE;
}

static bool is_ascii_mark(unsigned char byte)
{
    return byte < 0x80 && !(byte >= 'a' && byte <= 'z') && !(byte >= '0' && byte <= '9');
}

void kith_column_squeeze(const char *name, kith_dynbuf *out)
{
    size_t kept = out->length;

    kith_text_fold(name, out);
    for (size_t at = kept; at < out->length; at++)
        if (!is_ascii_mark((unsigned char)out->data[at]))
            out->data[kept++] = out->data[at];
    if (out->data && out->status == KITH_OK)
        out->data[out->length = kept] = '\0';
}

kith_code kith_squeezed_names_of(kith_squeezed_names *names, const kith_csv_row *row, kith_err *err)
{
    size_t *at = kith_alloc_array(row->n, sizeof *at);

    *names = (kith_squeezed_names){.all = kith_alloc_array(row->n, sizeof *names->all), .n = row->n};
    for (size_t i = 0; at && i < row->n; i++) {
        at[i] = names->text.length;
        kith_column_squeeze(row->fields[i], &names->text);
        kith_dynbuf_put(&names->text, '\0');
    }
    for (size_t i = 0; at && names->all && i < row->n; i++)
        names->all[i] = kith_dynbuf_cstr(&names->text) + (names->text.status == KITH_OK ? at[i] : 0);
    kith_free(at);
    if (!at || !names->all)
        return kith_fail_memory(err, "the header of a table");
    return kith_dynbuf_check(&names->text, "the header of a table", err);
}

void kith_squeezed_names_free(kith_squeezed_names *names)
{
    kith_free(names->all);
    kith_dynbuf_free(&names->text);
}

kith_code kith_column_maps_parse(const char *const *options, uint32_t n, kith_column_maps *out, kith_err *err)
{
    *out = (kith_column_maps){.all = kith_calloc(n, sizeof *out->all)};
    if (!out->all)
        return kith_fail_memory(err, "the --map options");
    for (uint32_t i = 0; i < n; i++) {
        const char *equals = strchr(options[i], '=');
        kith_dynbuf word = {0};
        kith_dynbuf name = {0};
        kith_dynbuf_append(&word, options[i], equals ? (size_t)(equals - options[i]) : 0);
        kith_column_squeeze(equals ? equals + 1 : "", &name);
        kith_column_map *map = &out->all[out->n];
        *map = (kith_column_map){.column = kith_column_find(kith_dynbuf_cstr(&word)), .option = options[i]};
        bool enough = word.status == KITH_OK && name.status == KITH_OK;
        if (enough && map->column != KITH_COLUMN_NONE && name.length)
            enough = (map->name = kith_strdup(kith_dynbuf_cstr(&name))) != NULL;
        kith_dynbuf_free(&word);
        kith_dynbuf_free(&name);
        if (!enough)
            return kith_fail_memory(err, "the --map options");
        if (!map->name)
            return kith_fail(
                err, KITH_EUSAGE,
                "--map %s: say field=Column with a field such as id, name, email, company, source, "
                "target, strength, mentor, mentee, start",
                options[i]);
        out->n++;
    }
    return KITH_OK;
}

void kith_column_maps_free(kith_column_maps *maps)
{
    for (size_t i = 0; i < maps->n; i++)
        kith_free(maps->all[i].name);
    kith_free(maps->all);
    *maps = (kith_column_maps){0};
}

/** Rank 0 goes before every alias. */
static bool find_mapped(kith_column_maps *maps, const char *name, bool mark_used, kith_header_column *found)
{
    for (size_t i = 0; maps && i < maps->n; i++) {
        if (strcmp(maps->all[i].name, name) == 0) {
            found->column = maps->all[i].column;
            found->rank = 0;
            maps->all[i].used |= mark_used;
            return true;
        }
    }
    return false;
}

static bool find_alias(const kith_aliases *aliases, const char *name, kith_header_column *found)
{
    if (aliases->numbered && aliases->numbered(name, &found->column, &found->rank))
        return true;
    for (size_t i = 0; i < aliases->n; i++) {
        if (strcmp(aliases->all[i].name, name) == 0) {
            found->column = aliases->all[i].column;
            found->rank = (uint32_t)i + 1;
            return true;
        }
    }
    return false;
}

kith_code kith_header_match(kith_header *header, const char *const *names, size_t n,
                            const kith_aliases *aliases, kith_column_maps *maps, bool mark_used,
                            kith_err *err)
{
    header->n = 0;
    for (size_t i = 0; i < n; i++) {
        kith_header_column found = {.at = i};
        if (!find_mapped(maps, names[i], mark_used, &found) && !find_alias(aliases, names[i], &found))
            continue;
        if (!kith_grow((void **)&header->columns, &header->capacity, header->n + 1, sizeof *header->columns))
            return kith_fail_memory(err, "the header of a table");
        header->columns[header->n++] = found;
    }
    return KITH_OK;
}

kith_code kith_header_read(kith_header *header, const kith_csv_row *row, const kith_aliases *aliases,
                           kith_column_maps *maps, kith_err *err)
{
    kith_squeezed_names names = {0};
    kith_code rc = kith_squeezed_names_of(&names, row, err);

    if (rc == KITH_OK)
        rc = kith_header_match(header, names.all, names.n, aliases, maps, true, err);
    kith_squeezed_names_free(&names);
    return rc;
}

bool kith_header_has(const kith_header *header, kith_column column)
{
    for (size_t i = 0; i < header->n; i++)
        if (header->columns[i].column == column)
            return true;
    return false;
}

void kith_header_free(kith_header *header)
{
    kith_free(header->columns);
    *header = (kith_header){0};
}

const char *kith_record_get(const kith_record *record, kith_column column)
{
    const char *best = "";
    uint32_t best_rank = UINT32_MAX;

    for (size_t i = 0; i < record->header->n; i++) {
        const kith_header_column *here = &record->header->columns[i];
        if (here->column == column && here->rank < best_rank && *record->cells[i]) {
            best = record->cells[i];
            best_rank = here->rank;
        }
    }
    return best;
}

bool kith_record_is_empty_but(const kith_record *record, kith_column column)
{
    for (size_t i = 0; i < record->header->n; i++)
        if (*record->cells[i] && record->header->columns[i].column != column)
            return false;
    return true;
}
