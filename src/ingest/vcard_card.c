#include "ingest/vcard_card.h"

#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "base/text.h"
#include "ingest/stated_words.h"

static const struct {
    const char *name;
    kith_vcard_kind kind;
} kinds[] = {
    {"FN", KITH_VCARD_FULL_NAME},
    {"N", KITH_VCARD_NAME},
    {"NICKNAME", KITH_VCARD_NICKNAME},
    {"ORG", KITH_VCARD_COMPANY},
    {"TITLE", KITH_VCARD_TITLE},
    {"ROLE", KITH_VCARD_FUNCTION},
    {"CATEGORIES", KITH_VCARD_CATEGORIES},
    {"EMAIL", KITH_VCARD_EMAIL},
    {"TEL", KITH_VCARD_PHONE},
    {"URL", KITH_VCARD_PAGE},
    {"X-SOCIALPROFILE", KITH_VCARD_PAGE},
    {"SOCIALPROFILE", KITH_VCARD_PAGE},
    {"X-LINKEDIN", KITH_VCARD_PAGE},
    {"ADR", KITH_VCARD_ADDRESS},
    {"RELATED", KITH_VCARD_RELATED},
    {"X-ABRELATEDNAMES", KITH_VCARD_RELATED},
    {"X-MANAGER", KITH_VCARD_RELATED},
    {"X-ASSISTANT", KITH_VCARD_RELATED},
    {"X-SPOUSE", KITH_VCARD_RELATED},
    {"X-MS-MANAGER", KITH_VCARD_RELATED},
    {"X-MS-ASSISTANT", KITH_VCARD_RELATED},
    {"X-EVOLUTION-MANAGER", KITH_VCARD_RELATED},
    {"X-EVOLUTION-ASSISTANT", KITH_VCARD_RELATED},
    {"X-EVOLUTION-SPOUSE", KITH_VCARD_RELATED},
    {"X-ABLABEL", KITH_VCARD_LABEL},
    {"UID", KITH_VCARD_ID},
    {"KIND", KITH_VCARD_SORT},
    {"X-ADDRESSBOOKSERVER-KIND", KITH_VCARD_SORT},
    {"X-ABSHOWAS", KITH_VCARD_SHOWN_AS},
};

/** Types of a RELATED that say what somebody is to the card's person. */
static const char *const related_types[] = {
    "manager", "assistant", "mentor",     "referred-by", "colleague", "co-worker", "friend",
    "partner", "spouse",    "sweetheart", "kin",         "parent",    "mother",    "father",
    "child",   "son",       "daughter",   "sibling",     "brother",   "sister",    "family",
};

/** Groups that are not the person's but Google's own. */
static const char *const system_groups[] = {"myContacts", "starred"};

/** Places in an N and in an ADR. */
enum { FAMILY, GIVEN, ADDITIONAL, PREFIX, SUFFIX, NAME_PARTS };
enum { LOCALITY = 3, REGION = 4, COUNTRY = 6, ADDRESS_PARTS = 7 };

void kith_vcard_clear(kith_vcard *vcard)
{
    vcard->n = 0;
    kith_dynbuf_clear(&vcard->values);
    kith_dynbuf_clear(&vcard->group);
}

kith_vcard_kind kith_vcard_kind_of(const kith_vcard_property *property)
{
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (kith_vcard_property_is(property, kinds[i].name))
            return kinds[i].kind;
    return KITH_VCARD_NOTHING;
}

/** Adds what the words in the scratch say that somebody is to the card's person. */
static kith_code add_stated(kith_vcard *vcard, uint32_t *stated, kith_err *err)
{
    kith_dynbuf squeezed = {0};
    kith_code rc = kith_dynbuf_check(&vcard->part, "a vCard", err);

    *stated |= kith_stated_of_words(kith_dynbuf_cstr(&vcard->part), &squeezed);
    if (rc == KITH_OK)
        rc = kith_dynbuf_check(&squeezed, "a vCard", err);
    kith_dynbuf_free(&squeezed);
    return rc;
}

/** What the entry's person is by the property's name, such as X-MANAGER, and by its types. Notes its group.
 */
static kith_code read_related(kith_vcard *vcard, const kith_vcard_property *property, kith_vcard_entry *entry,
                              kith_err *err)
{
    const char *dash = memrchr(property->name, '-', property->name_length);
    const char *end = property->name + property->name_length;

    kith_dynbuf_clear(&vcard->part);
    if (dash)
        kith_dynbuf_append(&vcard->part, dash + 1, (size_t)(end - dash - 1));
    for (size_t i = 0; i < sizeof related_types / sizeof *related_types; i++)
        if (kith_vcard_property_has(property, "TYPE", related_types[i])) {
            kith_dynbuf_put(&vcard->part, ';');
            kith_dynbuf_text(&vcard->part, related_types[i]);
        }
    kith_dynbuf_clear(&vcard->group);
    kith_dynbuf_append(&vcard->group, property->group, property->group_length);
    kith_code rc = kith_dynbuf_check(&vcard->group, "a vCard", err);
    return rc == KITH_OK ? add_stated(vcard, &entry->stated, err) : rc;
}

kith_code kith_vcard_take_label(kith_vcard *vcard, const kith_vcard_property *property, kith_err *err)
{
    size_t last = vcard->n;

    if (property->group_length == 0 || property->group_length != vcard->group.length ||
        strncasecmp(property->group, vcard->group.data, vcard->group.length) != 0)
        return KITH_OK;
    while (last > 0 && vcard->entries[last - 1].kind != KITH_VCARD_RELATED)
        last--;
    kith_dynbuf_clear(&vcard->part);
    kith_dynbuf_append(&vcard->part, property->value, property->value_length);
    return last > 0 ? add_stated(vcard, &vcard->entries[last - 1].stated, err) : KITH_OK;
}

kith_code kith_vcard_add(kith_vcard *vcard, kith_vcard_decoder *decoder, kith_vcard_kind kind,
                         const kith_vcard_property *property, bool *ok, kith_err *err)
{
    kith_vcard_entry fresh = {.kind = kind, .at = vcard->values.length};

    *ok = vcard->n < KITH_CARD_VALUES && fresh.at < KITH_CARD_BYTES;
    if (!*ok)
        return KITH_OK;
    kith_code rc = kith_vcard_decode(decoder, property, &vcard->values, ok, err);
    if (rc != KITH_OK)
        return rc;
    if (!*ok) {
        vcard->values.length = fresh.at;
        return KITH_OK;
    }
    kith_dynbuf_put(&vcard->values, '\0');
    if (!kith_grow((void **)&vcard->entries, &vcard->capacity, vcard->n + 1, sizeof *vcard->entries))
        return kith_fail_memory(err, "a vCard");
    if (kind == KITH_VCARD_RELATED && (rc = read_related(vcard, property, &fresh, err)) != KITH_OK)
        return rc;
    vcard->entries[vcard->n++] = fresh;
    return kith_dynbuf_check(&vcard->values, "a vCard", err);
}

const char *kith_vcard_value(const kith_vcard *vcard, size_t i)
{
    return kith_dynbuf_cstr(&vcard->values) + vcard->entries[i].at;
}

/** The first value of this kind, with its escapes, or "". */
static const char *first(const kith_vcard *vcard, kith_vcard_kind kind)
{
    for (size_t i = 0; i < vcard->n; i++)
        if (vcard->entries[i].kind == kind)
            return kith_vcard_value(vcard, i);
    return "";
}

static void note_status(kith_vcard *vcard, const kith_dynbuf *scratch)
{
    if (scratch->status != KITH_OK)
        vcard->status = scratch->status;
}

/** The part of `*text` up to a separator, without escapes; `*text` moves behind it. Borrowed until the
 * next. */
static const char *next_part(kith_vcard *vcard, const char **text, const char *separators)
{
    kith_dynbuf_clear(&vcard->part);
    *text = kith_vcard_part(*text, separators, &vcard->part);
    note_status(vcard, &vcard->part);
    return kith_dynbuf_cstr(&vcard->part);
}

static const char *whole(kith_vcard *vcard, const char *text)
{
    return next_part(vcard, &text, "");
}

const char *kith_vcard_first(kith_vcard *vcard, kith_vcard_kind kind)
{
    return whole(vcard, first(vcard, kind));
}

bool kith_vcard_is_person(kith_vcard *vcard)
{
    const char *sort = first(vcard, KITH_VCARD_SORT);

    return (!*sort || strcasecmp(sort, "individual") == 0) &&
           strcasecmp(first(vcard, KITH_VCARD_SHOWN_AS), "COMPANY") != 0;
}

/** Takes an N apart; several names in one place are separated by commas. */
static void split_name(kith_vcard *vcard, const char *text)
{
    for (size_t i = 0; i < NAME_PARTS; i++)
        kith_dynbuf_clear(&vcard->names[i]);
    for (size_t i = 0; i < NAME_PARTS && *text;) {
        kith_dynbuf_text(&vcard->names[i], next_part(vcard, &text, ";,"));
        if (text[-1] == ',')
            kith_dynbuf_put(&vcard->names[i], ' ');
        note_status(vcard, &vcard->names[i]);
        i += text[-1] != ',';
    }
}

static void add_name(kith_vcard *vcard, kith_card *card)
{
    const char *full = first(vcard, KITH_VCARD_FULL_NAME);

    split_name(vcard, first(vcard, KITH_VCARD_NAME));
    if (kith_looks_like_email(full)) /* as programs write that know nothing else */
        full = "";
    kith_card_add_name_parts(card, &(kith_name_parts){.whole = whole(vcard, full),
                                                      .given = kith_dynbuf_cstr(&vcard->names[GIVEN]),
                                                      .middle = kith_dynbuf_cstr(&vcard->names[ADDITIONAL]),
                                                      .family = kith_dynbuf_cstr(&vcard->names[FAMILY]),
                                                      .suffix = kith_dynbuf_cstr(&vcard->names[SUFFIX])});
    if (!kith_card_has(card, KITH_FIELD_NAME)) {
        const char *nicknames = first(vcard, KITH_VCARD_NICKNAME);
        kith_card_add_name(card, next_part(vcard, &nicknames, ","), NULL, NULL, NULL);
    }
}

static void add_categories(kith_vcard *vcard, kith_card *card, const char *text)
{
    while (*text) {
        const char *label = next_part(vcard, &text, ",;");
        bool system = *label == '*';
        for (size_t i = 0; i < sizeof system_groups / sizeof *system_groups; i++)
            system |= strcmp(label, system_groups[i]) == 0;
        if (!system)
            kith_card_add(card, KITH_FIELD_LABEL, label);
    }
}

/** Place and country, or the region for want of a place. */
static void add_address(kith_vcard *vcard, kith_card *card, const char *text)
{
    kith_dynbuf places[ADDRESS_PARTS] = {0};
    kith_dynbuf location = {0};

    for (size_t i = 0; i < ADDRESS_PARTS && *text; i++) {
        const char *part = next_part(vcard, &text, ";");
        if (i == LOCALITY || i == REGION || i == COUNTRY)
            kith_text_tidy(part, &places[i]);
        note_status(vcard, &places[i]);
    }
    const kith_dynbuf *place = &places[places[LOCALITY].length ? LOCALITY : REGION];
    kith_dynbuf_text(&location, kith_dynbuf_cstr(place));
    if (place->length && places[COUNTRY].length)
        kith_dynbuf_text(&location, ", ");
    kith_dynbuf_text(&location, kith_dynbuf_cstr(&places[COUNTRY]));
    note_status(vcard, &location);
    kith_card_add(card, KITH_FIELD_LOCATION, kith_dynbuf_cstr(&location));
    kith_dynbuf_free(&location);
    for (size_t i = 0; i < ADDRESS_PARTS; i++)
        kith_dynbuf_free(&places[i]);
}

/** A number as it is written; of a tel: address, what is behind that. */
static void add_phone(kith_vcard *vcard, kith_card *card, const char *text)
{
    bool is_address = strncasecmp(text, "tel:", 4) == 0;

    text += is_address ? 4 : 0;
    kith_card_add(card, KITH_FIELD_PHONE, next_part(vcard, &text, is_address ? ";" : ""));
}

static void add_page(kith_vcard *vcard, kith_card *card, const char *text)
{
    const char *page = whole(vcard, text);

    if (kith_looks_like_profile(page)) /* else perhaps a company's */
        kith_card_add(card, KITH_FIELD_URL, page);
}

static void add_value(kith_vcard *vcard, kith_card *card, size_t i)
{
    const char *text = kith_vcard_value(vcard, i);

    switch (vcard->entries[i].kind) {
    case KITH_VCARD_COMPANY:
        kith_card_add(card, KITH_FIELD_COMPANY, next_part(vcard, &text, ";"));
        break;
    case KITH_VCARD_TITLE:
        kith_card_add(card, KITH_FIELD_TITLE, whole(vcard, text));
        break;
    case KITH_VCARD_FULL_NAME:
        if (kith_looks_like_email(text))
            kith_card_add_email(card, text);
        break;
    case KITH_VCARD_EMAIL:
        kith_card_add_email(card, whole(vcard, text));
        break;
    case KITH_VCARD_PAGE:
        add_page(vcard, card, text);
        break;
    case KITH_VCARD_PHONE:
        add_phone(vcard, card, text);
        break;
    case KITH_VCARD_CATEGORIES:
        add_categories(vcard, card, text);
        break;
    case KITH_VCARD_ADDRESS:
        add_address(vcard, card, text);
        break;
    default:
        break;
    }
}

kith_code kith_vcard_fill(kith_vcard *vcard, kith_card *card, kith_err *err)
{
    vcard->status = KITH_OK;
    kith_card_clear(card);
    add_name(vcard, card);
    for (size_t i = 0; i < vcard->n; i++)
        add_value(vcard, card, i);
    if (!kith_card_has(card, KITH_FIELD_TITLE))
        kith_card_add(card, KITH_FIELD_TITLE, kith_vcard_first(vcard, KITH_VCARD_FUNCTION));
    return vcard->status == KITH_OK ? KITH_OK : kith_fail_memory(err, "a vCard");
}

void kith_vcard_free(kith_vcard *vcard)
{
    kith_free(vcard->entries);
    kith_dynbuf_free(&vcard->values);
    kith_dynbuf_free(&vcard->group);
    kith_dynbuf_free(&vcard->part);
    for (size_t i = 0; i < NAME_PARTS; i++)
        kith_dynbuf_free(&vcard->names[i]);
    *vcard = (kith_vcard){0};
}
