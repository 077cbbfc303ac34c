/* messages.csv of a LinkedIn export: who wrote to whom, and when. What they wrote is not kept. */
#include <string.h>
#include <strings.h>

#include "base/text.h"
#include "ingest/conversations.h"
#include "ingest/format.h"
#include "ingest/members.h"

static const kith_column_alias aliases[] = {
    {"conversationid", KITH_COLUMN_CONVERSATION},
    {"conversationtitle", KITH_COLUMN_PRIVATE},
    {"from", KITH_COLUMN_FROM},
    {"senderprofileurl", KITH_COLUMN_FROM_URL},
    {"to", KITH_COLUMN_TO},
    {"recipientprofileurls", KITH_COLUMN_TO_URL},
    {"date", KITH_COLUMN_DATE},
    {"subject", KITH_COLUMN_PRIVATE},
    {"content", KITH_COLUMN_PRIVATE},
    {"ismessagedraft", KITH_COLUMN_DRAFT},
    {"isconversationdraft", KITH_COLUMN_DRAFT},
};

const kith_aliases kith_messages_aliases = {.all = aliases, .n = sizeof aliases / sizeof *aliases};

bool kith_messages_fits(const kith_header *header)
{
    return kith_header_has(header, KITH_COLUMN_CONVERSATION) &&
           kith_header_has(header, KITH_COLUMN_FROM_URL) && kith_header_has(header, KITH_COLUMN_DATE);
}

/** Either column may say so. */
static bool is_draft(const kith_record *record)
{
    for (size_t i = 0; i < record->header->n; i++)
        if (record->header->columns[i].column == KITH_COLUMN_DRAFT &&
            strcasecmp(record->cells[i], "yes") == 0)
            return true;
    return false;
}

/** Whether a person wrote it to somebody. A LinkedIn Member has left, sponsored mail comes from no profile:
 * neither has an address. */
static bool is_message(const kith_record *record)
{
    return !is_draft(record) && kith_is_profile(kith_record_get(record, KITH_COLUMN_FROM_URL));
}

/** Finds the next address in a list, from `*at` on, and copies it. */
static bool next_address(const char **at, kith_dynbuf *address)
{
    while (**at) {
        size_t length = strcspn(*at, ",");
        kith_dynbuf_clear(address);
        kith_dynbuf_append(address, *at + strspn(*at, " "), length - strspn(*at, " "));
        *at += length + ((*at)[length] != '\0');
        while (address->length && address->data[address->length - 1] == ' ')
            address->data[--address->length] = '\0';
        if (kith_is_profile(kith_dynbuf_cstr(address)))
            return true;
    }
    return false;
}

/** First round: who takes part in all conversations? */
static kith_code look_at_message(kith_reading *reading, void *ctx, const kith_record *record, kith_err *err)
{
    kith_conversations *all = ctx;
    const char *to = kith_record_get(record, KITH_COLUMN_TO_URL);
    bool has_addresses = kith_header_has(record->header, KITH_COLUMN_TO_URL);
    uint32_t conversation = 0;

    if (!is_message(record))
        return KITH_OK;
    kith_code rc =
        kith_conversation_of(all, kith_record_get(record, KITH_COLUMN_CONVERSATION), &conversation, err);
    if (rc == KITH_OK)
        rc = kith_conversation_wrote(all, conversation, kith_record_get(record, KITH_COLUMN_FROM),
                                     kith_record_get(record, KITH_COLUMN_FROM_URL), !has_addresses, err);
    if (rc == KITH_OK && !has_addresses)
        return kith_conversation_heard(all, conversation, kith_record_get(record, KITH_COLUMN_TO), true, err);
    while (rc == KITH_OK && next_address(&to, &reading->columns))
        rc = kith_conversation_heard(all, conversation, kith_dynbuf_cstr(&reading->columns), false, err);
    return rc == KITH_OK ? kith_dynbuf_check(&reading->columns, "the people of a message", err) : rc;
}

kith_code kith_messages_look(kith_reading *reading, kith_err *err)
{
    kith_conversations all = {0};
    const char *name = NULL, *url = NULL;
    kith_code rc = kith_reading_table(reading, look_at_message, &all, err);

    if (rc == KITH_OK && kith_conversations_common(&all, &name, &url))
        rc = kith_reading_meet_writer(reading, name, url, err);
    kith_conversations_free(&all);
    return rc;
}

/** One file being read. */
typedef struct mailbox {
    kith_members members;
    kith_dynbuf address;
    kith_dynbuf folded;
    bool told_unknown; /**< that the owner cannot be made out */
} mailbox;

static bool same_name(mailbox *box, const char *a, const char *b)
{
    kith_dynbuf_clear(&box->folded);
    kith_text_fold(a, &box->folded);
    size_t length = box->folded.length;
    kith_dynbuf_put(&box->folded, '\0');
    kith_text_fold(b, &box->folded);
    return box->folded.status == KITH_OK && length > 0 &&
           strcmp(kith_dynbuf_cstr(&box->folded), kith_dynbuf_cstr(&box->folded) + length + 1) == 0;
}

/** What the owner has to do with a message. */
typedef enum owners_part { PART_UNKNOWN, PART_WROTE, PART_HEARD } owners_part;

static owners_part part_of_owner(mailbox *box, const kith_self *self, const kith_record *record)
{
    if (*self->url)
        return kith_same_profile(self->url, kith_record_get(record, KITH_COLUMN_FROM_URL)) ? PART_WROTE
                                                                                           : PART_HEARD;
    if (same_name(box, self->name, kith_record_get(record, KITH_COLUMN_FROM)))
        return PART_WROTE;
    return same_name(box, self->name, kith_record_get(record, KITH_COLUMN_TO)) ? PART_HEARD : PART_UNKNOWN;
}

/** How many others a list of addresses has. */
static uint32_t count_others(mailbox *box, const char *list, const char *than)
{
    uint32_t count = 0;

    while (next_address(&list, &box->address))
        count += !kith_same_profile(kith_dynbuf_cstr(&box->address), than);
    return count;
}

/** A message; the end that is KITH_HELD_BY_NOBODY is open. Each of several recipients got a share of it. */
static kith_relation message_of(const kith_reading *reading, owners_part part, const kith_record *record,
                                kith_day date, uint32_t others)
{
    kith_relation message =
        kith_plain_relation(KITH_EVIDENCE_MESSAGES, part == PART_WROTE ? reading->owner : KITH_HELD_BY_NOBODY,
                            part == PART_WROTE ? KITH_HELD_BY_NOBODY : reading->owner, record->line);

    message.date = date;
    message.weight = 1.0 / (others > 1 ? others : 1);
    return message;
}

static kith_code relate_to_writer(mailbox *box, kith_reading *reading, const kith_record *record,
                                  kith_relation message, kith_err *err)
{
    kith_member_cells writer = {.url = kith_record_get(record, KITH_COLUMN_FROM_URL),
                                .whole_name = kith_record_get(record, KITH_COLUMN_FROM),
                                .line = record->line};
    kith_code rc = kith_member_mention(&box->members, reading, &writer, &message.a, err);

    return rc == KITH_OK ? kith_reading_relation(reading, message, err) : rc;
}

/** The names in TO cannot be told apart; where there is but one recipient, it is theirs. */
static kith_code relate_to_recipients(mailbox *box, kith_reading *reading, const kith_record *record,
                                      kith_relation message, uint32_t others, kith_err *err)
{
    const char *list = kith_record_get(record, KITH_COLUMN_TO_URL);
    kith_member_cells recipient = {.whole_name = others == 1 ? kith_record_get(record, KITH_COLUMN_TO) : "",
                                   .line = record->line};
    kith_code rc = KITH_OK;

    while (rc == KITH_OK && next_address(&list, &box->address)) {
        recipient.url = kith_dynbuf_cstr(&box->address);
        if (kith_same_profile(recipient.url, kith_record_get(record, KITH_COLUMN_FROM_URL)))
            continue;
        rc = kith_member_mention(&box->members, reading, &recipient, &message.b, err);
        if (rc == KITH_OK)
            rc = kith_reading_relation(reading, message, err);
    }
    return rc == KITH_OK ? kith_dynbuf_check(&box->address, "the people of a message", err) : rc;
}

/** Old files do not tell the addresses of recipients: TO may be the name of a contact. */
static kith_code relate_to_named(kith_reading *reading, const kith_record *record, kith_relation message,
                                 kith_err *err)
{
    kith_card_clear(&reading->card);
    kith_card_add_name(&reading->card, kith_record_get(record, KITH_COLUMN_TO), NULL, NULL, NULL);
    return kith_reading_say(reading, message, true, err);
}

/** Skips a message of which it cannot be told what its owner has to do with it. */
static void skip_unknown(mailbox *box, kith_reading *reading)
{
    if (!box->told_unknown)
        kith_reading_notice(reading, "some messages are left out: which of the people in them is the owner? "
                                     "Say --owner with a LinkedIn URL");
    box->told_unknown = true;
    kith_reading_skip(reading);
}

static kith_code take_message(kith_reading *reading, void *ctx, const kith_record *record, kith_err *err)
{
    mailbox *box = ctx;
    bool has_addresses = kith_header_has(record->header, KITH_COLUMN_TO_URL);
    kith_day date;
    bool ok;

    if (!is_message(record)) {
        kith_reading_skip(reading);
        return KITH_OK;
    }
    kith_code rc = kith_reading_date(reading, record, KITH_COLUMN_DATE, KITH_DATE_YMD, &date, &ok, err);
    if (rc != KITH_OK || !ok)
        return rc;
    owners_part part = part_of_owner(box, &reading->self, record);
    uint32_t others = count_others(box, kith_record_get(record, KITH_COLUMN_TO_URL),
                                   kith_record_get(record, KITH_COLUMN_FROM_URL));
    if (box->folded.status != KITH_OK || box->address.status != KITH_OK)
        return kith_fail_memory(err, "the people of a message");
    if (part == PART_UNKNOWN) {
        skip_unknown(box, reading);
        return KITH_OK;
    }
    if (part == PART_WROTE && has_addresses && others == 0) { /* to nobody who is still there */
        kith_reading_skip(reading);
        return KITH_OK;
    }
    kith_relation message = message_of(reading, part, record, date, others);
    kith_reading_used(reading);
    if (part == PART_HEARD)
        return relate_to_writer(box, reading, record, message, err);
    return has_addresses ? relate_to_recipients(box, reading, record, message, others, err)
                         : relate_to_named(reading, record, message, err);
}

kith_code kith_messages_read(kith_reading *reading, kith_err *err)
{
    mailbox box = {.told_unknown = false};
    kith_code rc = kith_reading_table(reading, take_message, &box, err);

    kith_members_free(&box.members);
    kith_dynbuf_free(&box.address);
    kith_dynbuf_free(&box.folded);
    return rc;
}
