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

static kith_code keep(kith_sayings *sayings, const kith_card *card, kith_said what, kith_err *err)
{
    if (!kith_grow((void **)&sayings->all, &sayings->capacity, sayings->n + 1, sizeof *sayings->all))
        return kith_fail_memory(err, "what is said of people by name");
    kith_said *said = &sayings->all[sayings->n++];
    *said = what;
    kith_card_add_card(&said->card, card);
    return said->card.status == KITH_OK ? KITH_OK : kith_fail_memory(err, "what is said of people by name");
}

kith_code kith_named_say(kith_named *named, const kith_card *card, kith_relation relation, bool to_contacts,
                         kith_err *err)
{
    return keep(&named->said, card, (kith_said){.relation = relation, .to_contacts = to_contacts}, err);
}

kith_code kith_named_list(kith_named *named, const kith_card *card, kith_relation listed, kith_err *err)
{
    const char *name = kith_card_first(card, KITH_FIELD_NAME);
    uint32_t number = 0;
    kith_code rc = kith_holders_number(&named->listed_names, name, "", &number, err);

    if (rc == KITH_OK)
        rc = keep(&named->listed, card, (kith_said){.relation = listed}, err);
    if (rc == KITH_OK)
        kith_holders_add(&named->listed_names, number, (uint32_t)(named->listed.n - 1));
    return rc;
}

static const char *address_of(const kith_said *said)
{
    return kith_card_first(&said->card, KITH_FIELD_URL);
}

kith_code kith_named_member(kith_named *named, const kith_card *card, kith_err *err)
{
    const char *name = kith_card_first(card, KITH_FIELD_NAME);
    uint32_t number = 0;
    kith_code rc = kith_holders_number(&named->member_names, name, "", &number, err);

    if (rc != KITH_OK)
        return rc;
    uint32_t holder = named->member_names.holder[number];
    if (holder == KITH_HELD_BY_SEVERAL)
        return KITH_OK;
    if (holder != KITH_HELD_BY_NOBODY &&
        kith_same_profile(address_of(&named->members.all[holder]), kith_card_first(card, KITH_FIELD_URL)))
        return KITH_OK;
    rc = keep(&named->members, card, (kith_said){.to_contacts = true}, err);
    if (rc == KITH_OK)
        kith_holders_add(&named->member_names, number, (uint32_t)(named->members.n - 1));
    return rc;
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

/** The only member who goes by the name of contact `i` without an address, or NULL; NULL as well where it is
 * not the only contact of that name. */
static const kith_said *member_like(kith_named *named, uint32_t i)
{
    const char *name = kith_card_first(&named->listed.all[i].card, KITH_FIELD_NAME);
    uint32_t member = kith_holders_find(&named->member_names, name, "");

    if (!*name || member == KITH_HELD_BY_NOBODY || member == KITH_HELD_BY_SEVERAL ||
        kith_holders_find(&named->listed_names, name, "") != i ||
        kith_holders_find(&named->contacts, name, "") != KITH_HELD_BY_NOBODY)
        return NULL;
    return &named->members.all[member];
}

/** Gives contacts without an address the one that other files tell. */
static kith_code find_addresses(kith_named *named, kith_err *err)
{
    kith_code rc = KITH_OK;

    for (uint32_t i = 0; i < named->listed.n && rc == KITH_OK; i++) {
        kith_card *card = &named->listed.all[i].card;
        const kith_said *member = member_like(named, i);
        if (member) {
            kith_card_add(card, KITH_FIELD_URL, address_of(member));
            named->n_found++;
        }
        if (card->status != KITH_OK || named->member_names.key.status != KITH_OK ||
            named->listed_names.key.status != KITH_OK || named->contacts.key.status != KITH_OK)
            rc = kith_fail_memory(err, "the names of contacts");
    }
    return rc;
}

/** Hands on the contacts without an address, as they would have been where they stand. */
static kith_code settle_listed(kith_named *named, const kith_sink *sink, kith_err *err)
{
    kith_code rc = find_addresses(named, err);

    for (size_t i = 0; i < named->listed.n && rc == KITH_OK; i++) {
        kith_said *contact = &named->listed.all[i];
        rc = mention_them(contact, sink, &contact->relation.b, err);
        if (rc == KITH_OK)
            rc = kith_named_contact(named, &contact->card, contact->relation.b, err);
        if (rc == KITH_OK)
            rc = sink->relation(sink->ctx, &contact->relation, err);
    }
    return rc;
}

kith_code kith_named_settle(kith_named *named, const kith_sink *sink, kith_err *err)
{
    kith_holders others = {0};
    kith_code rc = settle_listed(named, sink, err);

    for (size_t i = 0; i < named->said.n && rc == KITH_OK; i++) {
        kith_relation relation = named->said.all[i].relation;
        uint32_t *end = relation.a == KITH_HELD_BY_NOBODY ? &relation.a : &relation.b;
        if ((rc = find_them(named, &others, &named->said.all[i], sink, end, err)) == KITH_OK &&
            *end != KITH_HELD_BY_NOBODY)
            rc = sink->relation(sink->ctx, &relation, err);
    }
    kith_holders_free(&others);
    return rc;
}

static void free_sayings(kith_sayings *sayings)
{
    for (size_t i = 0; i < sayings->n; i++)
        kith_card_free(&sayings->all[i].card);
    kith_free(sayings->all);
}

void kith_named_free(kith_named *named)
{
    kith_holders_free(&named->contacts);
    kith_holders_free(&named->listed_names);
    kith_holders_free(&named->member_names);
    free_sayings(&named->said);
    free_sayings(&named->listed);
    free_sayings(&named->members);
    *named = (kith_named){0};
}
