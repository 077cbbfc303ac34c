#include "ingest/column.h"

#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "base/utf8.h"

/** Columns on a screen that the name of one is shown in. */
#define NAME_SHOWN 80

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
    [KITH_COLUMN_IS_BOTH] = "is_mentor_and_mentee",
    [KITH_COLUMN_CAPACITY] = "capacity",
    [KITH_COLUMN_SKILLS_WANTED] = "skills_wanted",
    [KITH_COLUMN_GOALS] = "goals",
    [KITH_COLUMN_LABELS] = "labels",
    [KITH_COLUMN_BIRTH_DATE] = "birth_date",
    [KITH_COLUMN_ADDRESS] = "address",
    [KITH_COLUMN_POSTCODE] = "postcode",
    [KITH_COLUMN_PERSONAL_NUMBER] = "personal_number",
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
    [KITH_COLUMN_DIRECTED] = "directed",
    [KITH_COLUMN_MENTOR] = "mentor",
    [KITH_COLUMN_MENTEE] = "mentee",
    [KITH_COLUMN_START] = "start",
    [KITH_COLUMN_END] = "end",
    [KITH_COLUMN_REQUESTED] = "requested",
    [KITH_COLUMN_PROGRAMME] = "programme",
    [KITH_COLUMN_STATUS] = "status",
    [KITH_COLUMN_MEETINGS] = "meetings",
    [KITH_COLUMN_LAST_MEETING] = "last_meeting",
    [KITH_COLUMN_MINUTES] = "minutes",
    [KITH_COLUMN_GAPS] = "gaps",
    [KITH_COLUMN_MEDIAN_GAP] = "median_gap_days",
    [KITH_COLUMN_REGULARITY] = "regularity",
    [KITH_COLUMN_AGREED_GAP] = "agreed_gap_days",
    [KITH_COLUMN_FROM] = "from",
    [KITH_COLUMN_FROM_URL] = "from_url",
    [KITH_COLUMN_TO] = "to",
    [KITH_COLUMN_TO_URL] = "to_url",
    [KITH_COLUMN_CONVERSATION] = "conversation",
    [KITH_COLUMN_DRAFT] = "draft",
    [KITH_COLUMN_DIRECTION] = "direction",
    [KITH_COLUMN_SCHOOL] = "school",
    [KITH_COLUMN_DEGREE] = "degree",
    [KITH_COLUMN_PRIVATE] = "private",
    [KITH_COLUMN_OWN_EXPORT] = "kith",
};

const char *kith_column_word(kith_column column)
{
    return words[column];
}

const char *kith_part_word(kith_part part)
{
    return part == KITH_PART_MENTOR ? "mentor_" : part == KITH_PART_MENTEE ? "mentee_" : "";
}

kith_column kith_column_find(const char *word, kith_part *part)
{
    for (*part = KITH_PART_ROW; *part <= KITH_PART_MENTEE; (*part)++) {
        const char *prefix = kith_part_word(*part);
        if (strncmp(word, prefix, strlen(prefix)) != 0)
            continue;
        for (kith_column column = KITH_COLUMN_NONE + 1; column < KITH_COLUMN_COUNT; column++)
            if (strcmp(words[column], word + strlen(prefix)) == 0)
                return column;
    }
    return KITH_COLUMN_NONE;
}

bool kith_column_is_date(kith_column column)
{
    return column == KITH_COLUMN_CONNECTED_ON || column == KITH_COLUMN_DATE || column == KITH_COLUMN_START ||
           column == KITH_COLUMN_END || column == KITH_COLUMN_LAST_MEETING || column == KITH_COLUMN_REQUESTED;
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
        *map = (kith_column_map){.option = options[i]};
        map->column = kith_column_find(kith_dynbuf_cstr(&word), &map->part);
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
            found->part = maps->all[i].part;
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

/** A name such as "mentoremail": a column of one part of the row. */
static bool find_alias_of_part(const kith_aliases *aliases, const char *name, kith_header_column *found)
{
    for (const kith_part_prefix *prefix = kith_part_prefixes; aliases->of_parts && prefix->name; prefix++) {
        size_t length = strlen(prefix->name);
        if (strncmp(name, prefix->name, length) == 0 && find_alias(aliases->of_parts, name + length, found)) {
            found->part = prefix->part;
            return true;
        }
    }
    return false;
}

kith_code kith_header_add(kith_header *header, kith_header_column found, kith_err *err)
{
    if (!kith_grow((void **)&header->columns, &header->capacity, header->n + 1, sizeof *header->columns))
        return kith_fail_memory(err, "the header of a table");
    header->columns[header->n++] = found;
    return KITH_OK;
}

kith_code kith_header_match(kith_header *header, const char *const *names, size_t n,
                            const kith_aliases *aliases, kith_column_maps *maps, bool mark_used,
                            kith_err *err)
{
    kith_code rc = KITH_OK;

    header->n = 0;
    for (size_t i = 0; i < n && rc == KITH_OK; i++) {
        kith_header_column found = {.at = i};
        if (find_mapped(maps, names[i], mark_used, &found) || find_alias(aliases, names[i], &found) ||
            find_alias_of_part(aliases, names[i], &found))
            rc = kith_header_add(header, found, err);
    }
    return rc;
}

/** Keeps the name of every column of the header. */
kith_code kith_header_keep_names(kith_header *header, const kith_csv_row *row, kith_err *err)
{
    kith_dynbuf_clear(&header->names);
    for (size_t i = 0; i < header->n; i++) {
        header->columns[i].name_at = header->names.length;
        kith_text_tidy(row->fields[header->columns[i].at], &header->names);
        kith_dynbuf_put(&header->names, '\0');
    }
    return kith_dynbuf_check(&header->names, "the header of a table", err);
}

kith_code kith_header_read(kith_header *header, const kith_csv_row *row, const kith_aliases *aliases,
                           kith_column_maps *maps, kith_err *err)
{
    kith_squeezed_names names = {0};
    kith_code rc = kith_squeezed_names_of(&names, row, err);

    if (rc == KITH_OK)
        rc = kith_header_match(header, names.all, names.n, aliases, maps, true, err);
    if (rc == KITH_OK)
        rc = kith_header_keep_names(header, row, err);
    kith_squeezed_names_free(&names);
    return rc;
}

/** The place of column "1", "2", …; SIZE_MAX for what is no such number. */
static size_t place_of_number(const char *name)
{
    size_t number = 0;

    if (strlen(name) > 4 || strspn(name, "0123456789") != strlen(name))
        return SIZE_MAX;
    for (; *name; name++)
        number = number * 10 + (size_t)(*name - '0');
    return number - 1;
}

kith_code kith_header_number(kith_header *header, size_t n, kith_column_maps *maps, bool mark_used,
                             kith_err *err)
{
    kith_code rc = KITH_OK;

    header->n = 0;
    kith_dynbuf_clear(&header->names);
    for (size_t i = 0; i < maps->n && rc == KITH_OK; i++) {
        kith_column_map *map = &maps->all[i];
        kith_header_column found = {.at = place_of_number(map->name),
                                    .column = map->column,
                                    .part = map->part,
                                    .name_at = header->names.length};
        if (found.at >= n)
            continue;
        map->used |= mark_used;
        kith_dynbuf_append(&header->names, map->name, strlen(map->name) + 1);
        rc = kith_header_add(header, found, err);
    }
    return rc == KITH_OK ? kith_dynbuf_check(&header->names, "the columns of a table", err) : rc;
}

/** Whether an earlier column means the same as column `i`. */
static bool is_repeated(const kith_header *header, size_t i)
{
    for (size_t k = 0; k < i; k++)
        if (header->columns[k].column == header->columns[i].column &&
            header->columns[k].part == header->columns[i].part)
            return true;
    return false;
}

static void put_name(const kith_header *header, size_t i, kith_dynbuf *out)
{
    const char *name = kith_header_name(header, i);

    kith_dynbuf_append(out, name, kith_text_fit(name, NAME_SHOWN));
}

void kith_header_describe(const kith_header *header, kith_dynbuf *out)
{
    bool any = false;

    for (size_t i = 0; i < header->n; i++) {
        const kith_header_column *column = &header->columns[i];
        if (is_repeated(header, i) || column->column == KITH_COLUMN_PRIVATE)
            continue;
        kith_dynbuf_printf(out, "%s%s%s=", any ? "; " : "", kith_part_word(column->part),
                           kith_column_word(column->column));
        any = true;
        put_name(header, i, out);
        for (size_t k = i + 1; k < header->n; k++) {
            if (header->columns[k].column != column->column || header->columns[k].part != column->part)
                continue;
            kith_dynbuf_text(out, " + ");
            put_name(header, k, out);
        }
    }
}

const char *kith_header_name(const kith_header *header, size_t i)
{
    return header->names.length ? kith_dynbuf_cstr(&header->names) + header->columns[i].name_at : "";
}

bool kith_header_has(const kith_header *header, kith_column column)
{
    for (size_t i = 0; i < header->n; i++)
        if (header->columns[i].column == column && header->columns[i].part == KITH_PART_ROW)
            return true;
    return false;
}

bool kith_header_reads(const kith_header *header, size_t at)
{
    for (size_t i = 0; i < header->n; i++)
        if (header->columns[i].at == at)
            return true;
    return false;
}

bool kith_header_has_part(const kith_header *header, kith_part part)
{
    for (size_t i = 0; i < header->n; i++)
        if (header->columns[i].part == part)
            return true;
    return false;
}

void kith_header_free(kith_header *header)
{
    kith_free(header->columns);
    kith_dynbuf_free(&header->names);
    *header = (kith_header){0};
}

size_t kith_record_find(const kith_record *record, kith_part part, kith_column column)
{
    const kith_header *header = record->header;
    size_t best = header->n;

    for (size_t i = 0; i < header->n; i++) {
        const kith_header_column *here = &header->columns[i];
        if (here->column == column && here->part == part && *record->cells[i] &&
            (best == header->n || here->rank < header->columns[best].rank))
            best = i;
    }
    return best;
}

const char *kith_record_get_of(const kith_record *record, kith_part part, kith_column column)
{
    size_t found = kith_record_find(record, part, column);

    return found < record->header->n ? record->cells[found] : "";
}

const char *kith_record_get(const kith_record *record, kith_column column)
{
    return kith_record_get_of(record, KITH_PART_ROW, column);
}

bool kith_record_is_empty_but(const kith_record *record, kith_column column)
{
    for (size_t i = 0; i < record->header->n; i++)
        if (*record->cells[i] && record->header->columns[i].column != column)
            return false;
    return true;
}
