/* The index of words, read. */
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "network/netstate.h"
#include "network/wordindex.h"

uint64_t kith_net_word_count(const kith_net *net)
{
    return kith_net_count(net, KITH_SECTION_WORD_OFFSETS) - 1;
}

/** How the text of a word stands to the word of `length` bytes in `field`. */
static int compare_word(const char *text, kith_field field, const char *word, size_t length)
{
    int order = text[0] - kith_word_field(field);

    if (order == 0)
        order = strncmp(text + 1, word, length);
    return order ? order : text[1 + length] != '\0';
}

uint64_t kith_net_find_word(const kith_net *net, kith_field field, const char *word, size_t length)
{
    uint64_t low = 0;
    uint64_t high = kith_net_word_count(net);

    while (low < high) {
        uint64_t middle = low + (high - low) / 2;
        const char *text = kith_net_text_in(net, KITH_SECTION_WORD_OFFSETS, KITH_SECTION_WORD_BYTES, middle);
        int order = text[0] ? compare_word(text, field, word, length) : 1; /* "" is damage: any way will do */
        if (order == 0)
            return middle;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return UINT64_MAX;
}

uint32_t kith_net_word_people(const kith_net *net, uint64_t word, const uint32_t **people)
{
    const uint32_t n = net->head.header.people;
    uint64_t first, count;

    *people = NULL;
    if (!kith_net_span(net, KITH_SECTION_WORD_PEOPLE_OFFSETS, KITH_SECTION_WORD_PEOPLE, word, &first, &count))
        return 0;
    const uint32_t *rows = kith_net_rows(net, KITH_SECTION_WORD_PEOPLE, first, count);
    if (!rows)
        return 0;
    for (uint64_t i = 0; i < count; i++)
        if (rows[i] >= n || (i > 0 && rows[i - 1] >= rows[i])) {
            (void)kith_net_mark_damage(net, "the people of a word");
            return 0;
        }
    *people = rows;
    return (uint32_t)count;
}

void kith_ids_keep(kith_ids *ids, const uint32_t *others, uint32_t count)
{
    uint32_t kept = 0;

    for (uint32_t i = 0, j = 0; i < ids->count && j < count;) {
        if (ids->ids[i] == others[j])
            ids->ids[kept++] = ids->ids[i];
        if (ids->ids[i] < others[j])
            i++;
        else
            j++;
    }
    ids->count = kept;
}

/** Adds whoever is called by a plain key of `length` bytes: that name is not in the index. */
static kith_code add_key_holder(const kith_net *net, const char *word, size_t length, kith_ids *ids,
                                kith_err *err)
{
    kith_dynbuf key = {0};

    kith_dynbuf_append(&key, word, length);
    kith_code rc = kith_dynbuf_check(&key, "finding people", err);
    uint32_t person = rc == KITH_OK && kith_is_plain_key(kith_dynbuf_cstr(&key))
                          ? kith_net_find_key(net, kith_dynbuf_cstr(&key))
                          : UINT32_MAX;
    kith_dynbuf_free(&key);
    return person == UINT32_MAX ? rc : kith_ids_add(ids, &(kith_ids){&person, 1}, err);
}

/** Everyone who may have a word in a value of `field`, added to `ids`. */
static kith_code add_people_of(const kith_net *net, kith_field field, const char *word, size_t length,
                               kith_ids *ids, kith_err *err)
{
    const uint32_t *people = NULL;
    const uint64_t found = kith_net_find_word(net, field, word, length);
    const uint32_t count = found == UINT64_MAX ? 0 : kith_net_word_people(net, found, &people);

    if (count > 0) {
        if (!(ids->ids = kith_alloc_array(count, sizeof *ids->ids)))
            return kith_fail_memory(err, "finding people");
        memcpy(ids->ids, people, count * sizeof *people);
        ids->count = count;
    }
    return field == KITH_FIELD_NAME ? add_key_holder(net, word, length, ids, err) : KITH_OK;
}

kith_code kith_net_candidates(const kith_net *net, kith_field field, const char *sought, kith_ids *ids,
                              kith_err *err)
{
    const char *word;
    size_t length, at = 0;
    bool first = true;
    kith_code rc = KITH_OK;

    *ids = (kith_ids){0};
    while (rc == KITH_OK && kith_text_next_piece(sought, &at, &word, &length)) {
        kith_ids some = {0};
        rc = add_people_of(net, field, word, length, first ? ids : &some, err);
        if (!first && rc == KITH_OK)
            kith_ids_keep(ids, some.ids, some.count);
        kith_ids_free(&some);
        first = false;
    }
    return rc;
}
