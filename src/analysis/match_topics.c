/* What words in titles and goals stand for, by a table that people can edit. */
#include <stdlib.h>
#include <string.h>

#include "analysis/match_parts.h"
#include "analysis/topics.h"
#include "base/mapfile.h"
#include "base/mem.h"
#include "base/text.h"

enum { MOST_TOPICS = 64, LEVEL_OF_A_PLAIN_TITLE = 3 };

static const char level_word[] = "level ", aim_word[] = "aim ";

static bool begins_with(const char *text, size_t length, const char *word)
{
    return length > strlen(word) && strncmp(text, word, strlen(word)) == 0;
}

/** A table being read. */
typedef struct reading {
    kith_topic_table *table;
    const char *file;
    uint64_t line;
    kith_dynbuf plain, folded; /**< of the cell at hand */
    kith_err *err;
} reading;

/** What a line stands for. */
typedef struct meaning {
    uint32_t topic; /**< or level */
    bool is_level;
} meaning;

static kith_code add_form(reading *r, meaning means, const char *cell, size_t length)
{
    kith_topic_table *table = r->table;
    kith_code rc;

    kith_dynbuf_clear(&r->plain);
    kith_dynbuf_clear(&r->folded);
    kith_dynbuf_append(&r->plain, cell, length);
    kith_text_fold(kith_dynbuf_cstr(&r->plain), &r->folded);
    if ((rc = kith_dynbuf_check(&r->plain, "a topic", r->err)) != KITH_OK ||
        (rc = kith_dynbuf_check(&r->folded, "a topic", r->err)) != KITH_OK || r->folded.length == 0)
        return rc;
    const char *words = kith_arena_copy(&table->words, r->folded.data, r->folded.length);
    if (!words ||
        !kith_grow((void **)&table->forms, &table->capacity, table->n_forms + 1, sizeof *table->forms))
        return kith_fail_memory(r->err, "topics");
    table->forms[table->n_forms++] =
        (kith_topic_form){.topic = means.topic, .is_level = means.is_level, .words = words};
    return KITH_OK;
}

/** A topic with its name, or a level. */
static kith_code begin_line(reading *r, const char *name, size_t length, meaning *means)
{
    kith_topic_table *table = r->table;

    means->is_level = begins_with(name, length, level_word);
    if (means->is_level) {
        means->topic = (uint32_t)strtoul(name + strlen(level_word), NULL, 10);
        return means->topic > 0
                   ? KITH_OK
                   : kith_fail_at(r->err, KITH_EDATA, r->file, r->line, "a level is a number from 1");
    }
    if (table->n_topics == MOST_TOPICS)
        return kith_fail_at(r->err, KITH_EDATA, r->file, r->line, "more than %d topics", MOST_TOPICS);
    if (begins_with(name, length, aim_word)) {
        name += strlen(aim_word);
        length -= strlen(aim_word);
        table->aims |= (kith_topics)1 << table->n_topics;
    }
    char *copy = kith_alloc_array(length + 1, 1);
    if (!copy)
        return kith_fail_memory(r->err, "topics");
    memcpy(copy, name, length);
    copy[length] = '\0';
    means->topic = table->n_topics;
    table->names[table->n_topics++] = copy;
    return add_form(r, *means, name, length);
}

static kith_code read_line(reading *r, const char *text, size_t length)
{
    const char *end = text + length;
    meaning means = {0, false};
    kith_code rc;

    while (end > text && (end[-1] == '\r' || end[-1] == ' '))
        end--;
    if (text == end || *text == '#')
        return KITH_OK;
    const char *comma = memchr(text, ',', (size_t)(end - text));
    if (!comma)
        comma = end;
    rc = begin_line(r, text, (size_t)(comma - text), &means);
    while (rc == KITH_OK && comma < end) {
        const char *cell = comma + 1;
        comma = memchr(cell, ',', (size_t)(end - cell));
        if (!comma)
            comma = end;
        rc = add_form(r, means, cell, (size_t)(comma - cell));
    }
    return rc;
}

static kith_code read_text(kith_topic_table *table, const char *text, size_t length, const char *file,
                           kith_err *err)
{
    reading r = {.table = table, .file = file, .err = err};
    kith_code rc = KITH_OK;

    for (size_t at = 0; rc == KITH_OK && at < length;) {
        const char *newline = memchr(text + at, '\n', length - at);
        const size_t end = newline ? (size_t)(newline - text) : length;
        r.line++;
        rc = read_line(&r, text + at, end - at);
        at = end + 1;
    }
    kith_dynbuf_free(&r.plain);
    kith_dynbuf_free(&r.folded);
    return rc;
}

kith_code kith_topic_table_read(const char *path, kith_topic_table *out, kith_err *err)
{
    kith_mapfile file = {0};
    kith_code rc = KITH_OK;

    *out = (kith_topic_table){0};
    if (!(out->names = kith_calloc(MOST_TOPICS, sizeof *out->names)))
        return kith_fail_memory(err, "topics");
    if (!path)
        rc = read_text(out, topics_text, strlen(topics_text), "topics.csv", err);
    else if ((rc = kith_mapfile_open(path, &file, err)) == KITH_OK) {
        if (!kith_text_valid((const char *)file.bytes, file.length))
            rc = kith_fail_at(err, KITH_EDATA, path, 0, "is no UTF-8 text");
        else
            rc = read_text(out, (const char *)file.bytes, file.length, path, err);
        kith_mapfile_close(&file);
    }
    if (rc != KITH_OK)
        kith_topic_table_free(out);
    return rc;
}

void kith_topic_table_free(kith_topic_table *table)
{
    kith_arena_free(&table->words);
    for (uint32_t i = 0; i < table->n_topics; i++)
        kith_free(table->names[i]);
    kith_free(table->forms);
    kith_free(table->names);
    *table = (kith_topic_table){0};
}

kith_topics kith_topics_of(const kith_topic_table *table, const char *folded)
{
    kith_topics found = 0;

    for (size_t i = 0; i < table->n_forms; i++) {
        const kith_topic_form *form = &table->forms[i];
        if (!form->is_level && !(found >> form->topic & 1) && kith_text_has_words(folded, form->words))
            found |= (kith_topics)1 << form->topic;
    }
    return found;
}

uint32_t kith_topics_level(const kith_topic_table *table, const char *folded)
{
    uint32_t level = 0;

    for (size_t i = 0; i < table->n_forms; i++) {
        const kith_topic_form *form = &table->forms[i];
        if (form->is_level && form->topic > level && kith_text_has_words(folded, form->words))
            level = form->topic;
    }
    return level > 0 ? level : LEVEL_OF_A_PLAIN_TITLE;
}
