#include "ingest/named.h"

#include "base/mem.h"

kith_code kith_named_contact(kith_named *named, const kith_card *card, uint32_t mention, kith_err *err)
{
    const char *name = kith_card_first(card, KITH_FIELD_NAME);
    uint32_t number = 0;
    kith_code rc = KITH_OK;

    if (*name && (rc = kith_holders_number(&named->contacts, name, "", &number, err)) == KITH_OK)
        kith_holders_add(&named->contacts, number, mention);
    return rc;
}

kith_code kith_named_say(kith_named *named, const kith_card *card, kith_relation relation, bool to_contacts,
                         kith_err *err)
{
    if (!kith_grow((void **)&named->said, &named->said_capacity, named->n_said + 1, sizeof *named->said))
        return kith_fail_memory(err, "what is said of people by name");
    kith_said *said = &named->said[named->n_said++];
    *said = (kith_said){.relation = relation, .to_contacts = to_contacts};
    kith_card_add_card(&said->card, card);
    return said->card.status == KITH_OK ? KITH_OK : kith_fail_memory(err, "what is said of people by name");
}

static kith_code mention_them(kith_said *said, const kith_sink *sink, uint32_t *mention, kith_err *err)
{
    kith_mention fresh = {
        .source = said->relation.source, .line = said->relation.line, .space = KITH_NO_SPACE};
    kith_code rc = kith_card_attrs(&said->card, &fresh.attrs, &fresh.n_attrs, err);

    return rc == KITH_OK ? sink->mention(sink->ctx, &fresh, mention, err) : rc;
}

/** The mention of whom the card describes, KITH_HELD_BY_NOBODY where they do not count. `others` are those
 * who are no contacts, by name and company. */
static kith_code find_them(kith_named *named, kith_holders *others, kith_said *said, const kith_sink *sink,
                           uint32_t *mention, kith_err *err)
{
    const char *name = kith_card_first(&said->card, KITH_FIELD_NAME);
    uint32_t number = 0;

    *mention = kith_holders_find(&named->contacts, name, "");
    kith_code rc = kith_dynbuf_check(&named->contacts.key, "a name", err);
    if (rc != KITH_OK || (*mention != KITH_HELD_BY_NOBODY && *mention != KITH_HELD_BY_SEVERAL))
        return rc;
    *mention = KITH_HELD_BY_NOBODY;
    if (said->to_contacts)
        return KITH_OK;
    rc = kith_holders_number(others, name, kith_card_first(&said->card, KITH_FIELD_COMPANY), &number, err);
    if (rc != KITH_OK)
        return rc;
    if (others->holder[number] == KITH_HELD_BY_NOBODY)
        rc = mention_them(said, sink, &others->holder[number], err);
    *mention = others->holder[number];
    return rc;
}

kith_code kith_named_settle(kith_named *named, const kith_sink *sink, kith_err *err)
{
    kith_holders others = {0};
    kith_code rc = KITH_OK;

    for (size_t i = 0; i < named->n_said && rc == KITH_OK; i++) {
        kith_relation relation = named->said[i].relation;
        uint32_t *end = relation.a == KITH_HELD_BY_NOBODY ? &relation.a : &relation.b;
        if ((rc = find_them(named, &others, &named->said[i], sink, end, err)) == KITH_OK &&
            *end != KITH_HELD_BY_NOBODY)
            rc = sink->relation(sink->ctx, &relation, err);
    }
    kith_holders_free(&others);
    return rc;
}

void kith_named_free(kith_named *named)
{
    kith_holders_free(&named->contacts);
    for (size_t i = 0; i < named->n_said; i++)
        kith_card_free(&named->said[i].card);
    kith_free(named->said);
    *named = (kith_named){0};
}
