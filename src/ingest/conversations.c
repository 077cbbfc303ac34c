#include "ingest/conversations.h"

#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "ingest/card.h"

static kith_code number_text(kith_intern **table, const void *bytes, size_t length, uint32_t *number,
                             kith_err *err)
{
    kith_code rc = *table ? KITH_OK : kith_intern_new(0, table, err);

    return rc == KITH_OK ? kith_intern_add(*table, bytes, length, number, err) : rc;
}

kith_code kith_conversation_of(kith_conversations *all, const char *id, uint32_t *conversation, kith_err *err)
{
    return number_text(&all->ids, id, strlen(id), conversation, err);
}

static kith_code number_person(kith_conversations *all, const char *who, bool by_name, uint32_t *person,
                               kith_err *err)
{
    size_t length = 0;
    const char *profile = by_name ? NULL : kith_profile_part(who, &length);

    kith_dynbuf_clear(&all->key);
    if (by_name)
        kith_text_fold(who, &all->key);
    else if (profile)
        kith_dynbuf_append(&all->key, profile, length);
    kith_code rc = kith_dynbuf_check(&all->key, "the people of a conversation", err);
    if (rc == KITH_OK)
        rc = number_text(&all->people, kith_dynbuf_cstr(&all->key), all->key.length, person, err);
    size_t known = all->people ? kith_intern_count(all->people) : 0;
    size_t room = all->capacity;
    if (rc == KITH_OK && !kith_grow((void **)&all->talkers, &all->capacity, known, sizeof *all->talkers))
        rc = kith_fail_memory(err, "the people of conversations");
    if (all->capacity > room)
        memset(all->talkers + room, 0, (all->capacity - room) * sizeof *all->talkers);
    return rc;
}

static kith_code take_part(kith_conversations *all, uint32_t conversation, const char *who, bool by_name,
                           uint32_t *person, kith_err *err)
{
    kith_code rc = number_person(all, who, by_name, person, err);
    uint32_t before = all->parts ? kith_intern_count(all->parts) : 0;
    uint32_t part = 0;

    if (rc != KITH_OK)
        return rc;
    const uint32_t both[] = {conversation, *person};
    if ((rc = number_text(&all->parts, both, sizeof both, &part, err)) == KITH_OK && part == before)
        all->talkers[*person].conversations++;
    return rc;
}

kith_code kith_conversation_wrote(kith_conversations *all, uint32_t conversation, const char *name,
                                  const char *url, bool by_name, kith_err *err)
{
    uint32_t person = 0;
    kith_code rc = take_part(all, conversation, by_name ? name : url, by_name, &person, err);

    if (rc != KITH_OK || all->talkers[person].wrote)
        return rc;
    rc = number_text(&all->texts, name, strlen(name), &all->talkers[person].name, err);
    if (rc == KITH_OK)
        rc = number_text(&all->texts, url, strlen(url), &all->talkers[person].url, err);
    all->talkers[person].wrote = rc == KITH_OK;
    return rc;
}

kith_code kith_conversation_heard(kith_conversations *all, uint32_t conversation, const char *who,
                                  bool by_name, kith_err *err)
{
    uint32_t person = 0;

    return take_part(all, conversation, who, by_name, &person, err);
}

bool kith_conversations_common(const kith_conversations *all, const char **name, const char **url)
{
    uint32_t conversations = all->ids ? kith_intern_count(all->ids) : 0;
    uint32_t people = all->people ? kith_intern_count(all->people) : 0;
    const kith_talker *common = NULL;

    for (uint32_t i = 0; i < people; i++) {
        const kith_talker *talker = &all->talkers[i];
        if (!talker->wrote || talker->conversations < conversations)
            continue;
        if (common)
            return false;
        common = talker;
    }
    if (!common)
        return false;
    *name = kith_intern_get(all->texts, common->name, NULL);
    *url = kith_intern_get(all->texts, common->url, NULL);
    return true;
}

void kith_conversations_free(kith_conversations *all)
{
    kith_intern_free(all->ids);
    kith_intern_free(all->people);
    kith_intern_free(all->parts);
    kith_intern_free(all->texts);
    kith_free(all->talkers);
    kith_dynbuf_free(&all->key);
    *all = (kith_conversations){0};
}
