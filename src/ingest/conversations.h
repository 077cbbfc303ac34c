/** @file
 * Whose messages are these? The owner of an export is the one who takes part in all its conversations.
 */
#ifndef KITH_INGEST_CONVERSATIONS_H
#define KITH_INGEST_CONVERSATIONS_H

#include <stdbool.h>

#include "base/dynbuf.h"
#include "base/intern.h"

/** Somebody who wrote or was written to. */
typedef struct kith_talker {
    uint32_t conversations; /**< that they take part in */
    bool wrote;
    uint32_t name, url; /**< numbers of texts, where they wrote */
} kith_talker;

/** Zeroed is empty. */
typedef struct kith_conversations {
    kith_intern *ids;    /**< of conversations */
    kith_intern *people; /**< by profile, or by folded name */
    kith_intern *parts;  /**< conversation and person: each counts once */
    kith_intern *texts;
    kith_talker *talkers; /**< [people] */
    size_t capacity;
    kith_dynbuf key;
} kith_conversations;

/** The number of a conversation. */
kith_code kith_conversation_of(kith_conversations *all, const char *id, uint32_t *conversation,
                               kith_err *err);

/** Somebody wrote in it. @param by_name  people are told apart by their names, not by their profiles. */
kith_code kith_conversation_wrote(kith_conversations *all, uint32_t conversation, const char *name,
                                  const char *url, bool by_name, kith_err *err);

/** Somebody, a name or an address of a profile, was written to. */
kith_code kith_conversation_heard(kith_conversations *all, uint32_t conversation, const char *who,
                                  bool by_name, kith_err *err);

/** The only one who wrote and takes part in all; borrowed texts. @return false where nobody or several do. */
bool kith_conversations_common(const kith_conversations *all, const char **name, const char **url);

void kith_conversations_free(kith_conversations *all);

#endif
