/* The index of words, held against what is known of people. */
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "network/netstate.h"
#include "network/wordindex.h"

typedef struct checking {
    const kith_net *net;
    const uint64_t *offset; /**< of each word's people */
    const uint32_t *people;
    uint64_t *met; /**< [words] how many of a word's people were met so far */
    kith_dynbuf folded;
} checking;

/** Whether texts ascend and lists make sense, so that they can be searched. */
static bool check_order(const kith_net *net)
{
    const uint64_t n = kith_net_word_count(net);
    const uint64_t *texts = kith_net_rows(net, KITH_SECTION_WORD_OFFSETS, 0, n + 1);
    const uint64_t *lists = kith_net_rows(net, KITH_SECTION_WORD_PEOPLE_OFFSETS, 0, n + 1);
    const uint32_t *people;
    const char *before = "";

    if (!texts || !lists)
        return false;
    if (texts[0] != 0 || texts[n] != kith_net_count(net, KITH_SECTION_WORD_BYTES) || lists[0] != 0 ||
        lists[n] != kith_net_count(net, KITH_SECTION_WORD_PEOPLE))
        return kith_net_mark_damage(net, "offsets of the words");
    for (uint64_t i = 0; i < n; i++) {
        const char *text = kith_net_text_in(net, KITH_SECTION_WORD_OFFSETS, KITH_SECTION_WORD_BYTES, i);
        if (strcmp(before, text) >= 0 || strlen(text) + 1 != texts[i + 1] - texts[i])
            return kith_net_mark_damage(net, "the order of words");
        if (kith_net_word_people(net, i, &people) == 0)
            return kith_net_mark_damage(net, "the people of a word");
        before = text;
    }
    return true;
}

/** A person has this word: they must be the next of its people, unless they were met with it before. */
static bool meet(checking *job, uint32_t person, kith_field field, const char *word, size_t length)
{
    const uint64_t found = kith_net_find_word(job->net, field, word, length);

    if (found == UINT64_MAX)
        return kith_net_mark_damage(job->net, "a word that is missing");
    const uint32_t *list = job->people + job->offset[found];
    uint64_t *met = &job->met[found];
    if (*met > 0 && list[*met - 1] == person)
        return true;
    if (*met == job->offset[found + 1] - job->offset[found] || list[*met] != person)
        return kith_net_mark_damage(job->net, "the people of a word");
    ++*met;
    return true;
}

static bool check_value(checking *job, uint32_t person, kith_field field, const char *value)
{
    const char *word;
    size_t length, at = 0;
    bool fine = true;

    kith_dynbuf_clear(&job->folded);
    kith_text_fold(value, &job->folded);
    while (fine && kith_text_next_piece(kith_dynbuf_cstr(&job->folded), &at, &word, &length))
        fine = meet(job, person, field, word, length);
    return fine && job->folded.status == KITH_OK;
}

static bool check_values(checking *job)
{
    const kith_net *net = job->net;
    bool fine = true;

    for (uint32_t person = 0; fine && person < net->head.header.people; person++) {
        const uint32_t *key = kith_net_rows(net, KITH_SECTION_PERSON_KEYS, person, 1);
        const uint32_t *strings;
        const uint8_t *fields;
        uint32_t count = kith_net_attrs(net, person, &fields, &strings);
        for (uint32_t i = 0; fine && i < count; i++) {
            const char *value = kith_net_text(net, strings[i]);
            bool own_key = fields[i] == KITH_FIELD_NAME && strings[i] == *key && kith_is_plain_key(value);
            if (kith_field_has_words((kith_field)fields[i]) && !own_key)
                fine = check_value(job, person, (kith_field)fields[i], value);
        }
    }
    return fine;
}

/** Whether all people of all words were met. */
static bool check_all_met(const checking *job)
{
    for (uint64_t i = 0; i < kith_net_word_count(job->net); i++)
        if (job->met[i] != job->offset[i + 1] - job->offset[i])
            return kith_net_mark_damage(job->net, "the people of a word");
    return true;
}

kith_code kith_net_verify_words(const kith_net *net, kith_err *err)
{
    checking job = {.net = net};
    kith_code rc = KITH_OK;

    if (!check_order(net))
        return KITH_OK;
    job.offset = kith_net_rows(net, KITH_SECTION_WORD_PEOPLE_OFFSETS, 0, kith_net_word_count(net) + 1);
    job.people =
        kith_net_rows(net, KITH_SECTION_WORD_PEOPLE, 0, kith_net_count(net, KITH_SECTION_WORD_PEOPLE));
    if (!(job.met = kith_calloc(kith_net_word_count(net), sizeof *job.met)))
        return kith_fail_memory(err, "checking the words");
    if (check_values(&job))
        (void)check_all_met(&job);
    rc = kith_dynbuf_check(&job.folded, "checking the words", err);
    kith_free(job.met);
    kith_dynbuf_free(&job.folded);
    return rc;
}
