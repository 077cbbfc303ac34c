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

static kith_code add_form(kith_topic_table *table, uint32_t topic, bool is_level, const char *cell,
                          size_t length, kith_err *err)
{
    kith_dynbuf plain = {0}, folded = {0};
    kith_code rc;

    kith_dynbuf_append(&plain, cell, length);
    kith_text_fold(kith_dynbuf_cstr(&plain), &folded);
    if ((rc = kith_dynbuf_check(&plain, "a topic", err)) == KITH_OK &&
        (rc = kith_dynbuf_check(&folded, "a topic", err)) == KITH_OK && folded.length > 0) {
        if (kith_grow((void **)&table->forms, &table->capacity, table->n_forms + 1, sizeof *table->forms) &&
            (table->forms[table->n_forms].words = kith_strdup(kith_dynbuf_cstr(&folded)))) {
            table->forms[table->n_forms].topic = topic;
            table->forms[table->n_forms++].is_level = is_level;
        } else {
            rc = kith_fail_memory(err, "topics");
        }
    }
    kith_dynbuf_free(&plain);
    kith_dynbuf_free(&folded);
    return rc;
}

/** A topic with its name, or a level. */
static kith_code begin_line(kith_topic_table *table, const char *name, size_t length, const char *file,
                            uint64_t line, uint32_t *topic, bool *is_level, kith_err *err)
{
    *is_level = begins_with(name, length, level_word);
    if (*is_level) {
        *topic = (uint32_t)strtoul(name + strlen(level_word), NULL, 10);
        return *topic > 0 ? KITH_OK : kith_fail_at(err, KITH_EDATA, file, line, "a level is a number from 1");
    }
    if (table->n_topics == MOST_TOPICS)
        return kith_fail_at(err, KITH_EDATA, file, line, "more than %d topics", MOST_TOPICS);
    if (begins_with(name, length, aim_word)) {
        name += strlen(aim_word);
        length -= strlen(aim_word);
        table->aims |= (kith_topics)1 << table->n_topics;
    }
    char *copy = kith_alloc_array(length + 1, 1);
    if (!copy)
        return kith_fail_memory(err, "topics");
    memcpy(copy, name, length);
    copy[length] = '\0';
    *topic = table->n_topics;
    table->names[table->n_topics++] = copy;
    return add_form(table, *topic, false, name, length, err);
}

static kith_code read_line(kith_topic_table *table, const char *text, size_t length, const char *file,
                           uint64_t line, kith_err *err)
{
    const char *end = text + length;
    uint32_t topic = 0;
    bool is_level = false;
    kith_code rc;

    while (end > text && (end[-1] == '\r' || end[-1] == ' '))
        end--;
    if (text == end || *text == '#')
        return KITH_OK;
    const char *comma = memchr(text, ',', (size_t)(end - text));
    if (!comma)
        comma = end;
    rc = begin_line(table, text, (size_t)(comma - text), file, line, &topic, &is_level, err);
    while (rc == KITH_OK && comma < end) {
        const char *cell = comma + 1;
        comma = memchr(cell, ',', (size_t)(end - cell));
        if (!comma)
            comma = end;
        rc = add_form(table, topic, is_level, cell, (size_t)(comma - cell), err);
    }
    return rc;
}

static kith_code read_text(kith_topic_table *table, const char *text, size_t length, const char *file,
                           kith_err *err)
{
    kith_code rc = KITH_OK;
    uint64_t line = 1;

    for (size_t at = 0; rc == KITH_OK && at < length; line++) {
        const char *newline = memchr(text + at, '\n', length - at);
        const size_t end = newline ? (size_t)(newline - text) : length;
        rc = read_line(table, text + at, end - at, file, line, err);
        at = end + 1;
    }
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
    for (size_t i = 0; i < table->n_forms; i++)
        kith_free(table->forms[i].words);
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
