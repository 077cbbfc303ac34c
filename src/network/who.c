/* Finding people. */
#include <kith/who.h>

#include <inttypes.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "network/netstate.h"
#include "network/whoparse.h"

/** How well a string fits what is sought. */
typedef enum fit { FIT_NOT_TRIED, FIT_NOT, FIT_WORDS, FIT_WHOLE } fit;

void kith_ids_free(kith_ids *ids)
{
    kith_free(ids->ids);
    *ids = (kith_ids){0};
}

kith_code kith_ids_add(kith_ids *set, const kith_ids *more, kith_err *err)
{
    uint32_t i = 0, j = 0, n = 0;
    uint32_t *ids = kith_alloc_array((size_t)set->count + more->count, sizeof *ids);

    if (!ids)
        return kith_fail_memory(err, "a set of people");
    while (i < set->count || j < more->count) {
        bool from_set = j == more->count || (i < set->count && set->ids[i] <= more->ids[j]);

        if (i < set->count && j < more->count && set->ids[i] == more->ids[j])
            j++;
        ids[n++] = from_set ? set->ids[i++] : more->ids[j++];
    }
    kith_free(set->ids);
    *set = (kith_ids){ids, n};
    return KITH_OK;
}

static kith_code one_id(uint32_t id, kith_ids *ids, kith_err *err)
{
    if (!(ids->ids = kith_alloc_array(1, sizeof *ids->ids)))
        return kith_fail_memory(err, "finding people");
    ids->ids[0] = id;
    ids->count = 1;
    return KITH_OK;
}

/** Remembers for each string how it fits, so that one that thousands share is folded once. */
typedef struct matcher {
    const kith_net *net;
    const char *sought; /* `count` folded alternatives, each ended by NUL */
    size_t count;
    uint8_t *fits; /* a fit for each string */
    kith_dynbuf folded;
} matcher;

static kith_code matcher_begin(matcher *m, const kith_net *net, const char *sought, size_t count,
                               kith_err *err)
{
    *m = (matcher){.net = net, .sought = sought, .count = count};
    if (!(m->fits = kith_calloc((size_t)kith_net_string_count(net), sizeof *m->fits)))
        return kith_fail_memory(err, "finding people");
    return KITH_OK;
}

static void matcher_end(matcher *m)
{
    kith_free(m->fits);
    kith_dynbuf_free(&m->folded);
}

static fit fit_of_string(matcher *m, uint32_t string)
{
    if (m->fits[string] != FIT_NOT_TRIED)
        return (fit)m->fits[string];
    fit best = FIT_NOT;
    const char *sought = m->sought;
    if (m->folded.status == KITH_OK)
        kith_dynbuf_clear(&m->folded);
    kith_text_fold(kith_net_text(m->net, string), &m->folded);
    const char *folded = kith_dynbuf_cstr(&m->folded);
    for (size_t i = 0; i < m->count; i++, sought += strlen(sought) + 1) {
        if (strcmp(folded, sought) == 0)
            best = FIT_WHOLE;
        else if (best == FIT_NOT && kith_text_has_words(folded, sought))
            best = FIT_WORDS;
    }
    m->fits[string] = (uint8_t)best;
    return best;
}

/** The best fit among the values that person `id` has for `field`. */
static fit fit_of_person(matcher *m, uint32_t id, kith_field field)
{
    const uint8_t *fields;
    const uint32_t *strings;
    uint32_t count = kith_net_attrs(m->net, id, &fields, &strings);
    fit best = FIT_NOT;

    for (uint32_t i = 0; i < count && fields[i] <= (unsigned)field; i++)
        if (fields[i] == (unsigned)field) {
            fit now = fit_of_string(m, strings[i]);
            best = now > best ? now : best;
        }
    return best;
}

static kith_code owners(const kith_net *net, kith_ids *ids, kith_err *err)
{
    uint32_t n = (uint32_t)kith_net_count(net, KITH_SECTION_OWNERS);

    if (!(ids->ids = kith_alloc_array(n, sizeof *ids->ids)))
        return kith_fail_memory(err, "finding people");
    for (; ids->count < n; ids->count++)
        ids->ids[ids->count] = kith_net_owner(net, ids->count);
    return KITH_OK;
}

static kith_code everyone(const kith_net *net, kith_ids *ids, kith_err *err)
{
    const uint32_t n = net->head.header.people;

    if (!(ids->ids = kith_alloc_array(n, sizeof *ids->ids)))
        return kith_fail_memory(err, "finding people");
    for (; ids->count < n; ids->count++)
        ids->ids[ids->count] = ids->count;
    return KITH_OK;
}

/** All whom one term of a query fits, and some whom it does not; a term about owners wants them. */
static kith_code candidates(const kith_net *net, const kith_who *who, const kith_who_term *term,
                            kith_ids *ids, kith_err *err)
{
    const char *sought = who->text.data + term->first;
    kith_code rc = KITH_OK;

    *ids = (kith_ids){0};
    if (term->field == KITH_FIELD_COUNT)
        return owners(net, ids, err);
    for (size_t i = 0; rc == KITH_OK && i < term->count; i++, sought += strlen(sought) + 1) {
        kith_ids some;
        rc = kith_net_candidates(net, term->field, sought, &some, err);
        if (rc == KITH_OK)
            rc = kith_ids_add(ids, &some, err);
        kith_ids_free(&some);
    }
    return rc;
}

/** Drops those whom one term does not fit. */
static kith_code keep_fitting(const kith_net *net, const kith_who *who, const kith_who_term *term,
                              kith_ids *ids, kith_err *err)
{
    uint32_t kept = 0;
    matcher m;
    kith_code rc = matcher_begin(&m, net, who->text.data + term->first, term->count, err);

    if (rc != KITH_OK)
        return rc;
    for (uint32_t i = 0; i < ids->count; i++)
        if (fit_of_person(&m, ids->ids[i], term->field) > FIT_NOT)
            ids->ids[kept++] = ids->ids[i];
    ids->count = kept;
    rc = kith_dynbuf_check(&m.folded, "finding people", err);
    matcher_end(&m);
    return rc;
}

/** Drops the owners, or whoever is none. */
static void keep_owners(const kith_net *net, bool wanted, kith_ids *ids)
{
    uint32_t kept = 0;

    for (uint32_t i = 0; i < ids->count; i++) {
        const uint8_t *flags = kith_net_rows(net, KITH_SECTION_PERSON_FLAGS, ids->ids[i], 1);
        if (flags && ((*flags & KITH_PERSON_OWNER) != 0) == wanted)
            ids->ids[kept++] = ids->ids[i];
    }
    ids->count = kept;
}

/** Those who may fit every term, by the index; then each term is held against what is known of them. */
static kith_code search_query(const kith_net *net, const kith_who *who, kith_ids *ids, kith_err *err)
{
    bool narrowed = false;
    kith_code rc = KITH_OK;

    for (const kith_who_term *t = who->terms; rc == KITH_OK && t < who->terms + who->n_terms; t++) {
        kith_ids some;
        if (t->field == KITH_FIELD_COUNT && !t->owner)
            continue;
        rc = candidates(net, who, t, narrowed ? &some : ids, err);
        if (narrowed) {
            kith_ids_keep(ids, some.ids, some.count);
            kith_ids_free(&some);
        }
        narrowed = true;
    }
    if (rc == KITH_OK && !narrowed)
        rc = everyone(net, ids, err);
    for (const kith_who_term *t = who->terms; rc == KITH_OK && t < who->terms + who->n_terms; t++)
        if (t->field == KITH_FIELD_COUNT)
            keep_owners(net, t->owner, ids);
        else
            rc = keep_fitting(net, who, t, ids, err);
    return rc;
}

/** Those of exactly this name, or where there are none those whose name has its words. */
static kith_code search_name(const kith_net *net, const kith_who *who, kith_ids *ids, kith_err *err)
{
    const char *sought = kith_dynbuf_cstr(&who->text);
    uint32_t whole = 0, kept = 0;
    matcher m;
    kith_code rc = kith_net_candidates(net, KITH_FIELD_NAME, sought, ids, err);

    if (rc == KITH_OK)
        rc = matcher_begin(&m, net, sought, 1, err);
    if (rc != KITH_OK)
        return rc;
    for (uint32_t i = 0; i < ids->count; i++) {
        fit now = fit_of_person(&m, ids->ids[i], KITH_FIELD_NAME);
        if (now == FIT_WHOLE && whole == 0)
            kept = 0; /* the others only have its words */
        if (now == FIT_WHOLE || (now == FIT_WORDS && whole == 0))
            ids->ids[kept++] = ids->ids[i];
        whole += now == FIT_WHOLE;
    }
    ids->count = kept;
    rc = kith_dynbuf_check(&m.folded, "finding people", err);
    matcher_end(&m);
    return rc;
}

static kith_code by_key(const kith_net *net, const kith_who *who, kith_ids *ids, kith_err *err)
{
    uint32_t id = kith_net_find_key(net, kith_dynbuf_cstr(&who->text));

    return id == UINT32_MAX ? KITH_OK : one_id(id, ids, err);
}

/** Nobody: says so in words that suit what was asked. */
static kith_code fail_nobody(const char *text, kith_who_kind kind, kith_err *err)
{
    static const char *const before[] = {
        [KITH_WHO_ID] = "nobody has ",
        [KITH_WHO_KEY] = "nobody has ",
        [KITH_WHO_EMAIL] = "no one person has the email ",
        [KITH_WHO_SLUG] = "nobody has the address ",
        [KITH_WHO_NAME] = "nobody is called \"",
        [KITH_WHO_QUERY] = "nobody fits ",
    };
    kith_dynbuf shown = {0};

    if (kind == KITH_WHO_ME)
        return kith_fail(err, KITH_NOT_FOUND, "nobody is \"me\": no export says whose it is (see --owner)");
    kith_who_show(text, &shown);
    (void)kith_fail(err, KITH_NOT_FOUND, "%s%s%s", before[kind], kith_dynbuf_cstr(&shown),
                    kind == KITH_WHO_NAME ? "\"" : "");
    kith_dynbuf_free(&shown);
    return KITH_NOT_FOUND;
}

/** "id:4 Ann Lee (Analyst, Initech)" */
static void show_person(const kith_net *net, uint32_t id, kith_dynbuf *out)
{
    kith_person person;

    kith_net_person(net, id, &person);
    kith_dynbuf_printf(out, "id:%" PRIu32 " ", id);
    kith_who_show(person.name, out);
    if (!person.title[0] && !person.company[0])
        return;
    kith_dynbuf_text(out, " (");
    kith_who_show(person.title, out);
    if (person.title[0] && person.company[0])
        kith_dynbuf_text(out, ", ");
    kith_who_show(person.company, out);
    kith_dynbuf_put(out, ')');
}

/** Several where one was meant: lists as many as a message holds. */
static kith_code fail_several(const kith_net *net, const char *text, kith_who_kind kind, const kith_ids *ids,
                              kith_err *err)
{
    static const char advice[] = "; name one by id:N";
    const char *quote = kind == KITH_WHO_NAME || kind == KITH_WHO_ME ? "\"" : "";
    const size_t room = sizeof err->message - sizeof advice - sizeof " and 4294967295 more";
    kith_dynbuf message = {0};
    kith_dynbuf entry = {0};
    uint32_t listed = 0;

    kith_dynbuf_text(&message, quote);
    kith_who_show(text, &message);
    kith_dynbuf_printf(&message, "%s fits %" PRIu32 " people: ", quote, ids->count);
    for (; listed < ids->count; listed++) {
        kith_dynbuf_clear(&entry);
        kith_dynbuf_text(&entry, listed > 0 ? ", " : "");
        show_person(net, ids->ids[listed], &entry);
        if (message.length + entry.length > room)
            break;
        kith_dynbuf_text(&message, kith_dynbuf_cstr(&entry));
    }
    if (listed < ids->count)
        kith_dynbuf_printf(&message, " and %" PRIu32 " more", ids->count - listed);
    (void)kith_fail(err, KITH_EUSAGE, "%s%s", kith_dynbuf_cstr(&message), advice);
    kith_dynbuf_free(&message);
    kith_dynbuf_free(&entry);
    return KITH_EUSAGE;
}

/** Everyone whom `text` fits, at least one, and what kind of WHO it was. */
static kith_code find(const kith_net *net, const char *text, kith_who_kind *kind, kith_ids *ids,
                      kith_err *err)
{
    kith_who who;
    kith_code rc;

    *ids = (kith_ids){0};
    if ((rc = kith_who_parse(text, &who, err)) != KITH_OK)
        goto done;
    *kind = who.kind;
    if (who.kind == KITH_WHO_ID)
        rc = who.id < net->head.header.people ? one_id(who.id, ids, err) : KITH_OK;
    else if (who.kind == KITH_WHO_ME)
        rc = owners(net, ids, err);
    else if (who.kind == KITH_WHO_NAME)
        rc = search_name(net, &who, ids, err);
    else if (who.kind == KITH_WHO_QUERY)
        rc = search_query(net, &who, ids, err);
    else
        rc = by_key(net, &who, ids, err);
    if (rc == KITH_OK)
        rc = kith_net_status(net, err);
    if (rc == KITH_OK && ids->count == 0)
        rc = fail_nobody(text, who.kind, err);
done:
    kith_who_free(&who);
    if (rc != KITH_OK)
        kith_ids_free(ids);
    return rc;
}

kith_code kith_who_all(const kith_net *net, const char *who, kith_ids *ids, kith_err *err)
{
    kith_who_kind kind;

    return find(net, who, &kind, ids, err);
}

/** As kith_who_all, but several are an error where `who` is a name or "me", or where one is needed. */
static kith_code find_few(const kith_net *net, const char *who, bool one, kith_ids *ids, kith_err *err)
{
    kith_who_kind kind = KITH_WHO_ID;
    kith_code rc = find(net, who, &kind, ids, err);

    if (rc == KITH_OK && ids->count > 1 && (one || kind != KITH_WHO_QUERY)) {
        rc = fail_several(net, who, kind, ids, err);
        kith_ids_free(ids);
    }
    return rc;
}

kith_code kith_who_many(const kith_net *net, const char *who, kith_ids *ids, kith_err *err)
{
    return find_few(net, who, false, ids, err);
}

kith_code kith_who_one(const kith_net *net, const char *who, uint32_t *id, kith_err *err)
{
    kith_ids ids;
    kith_code rc = find_few(net, who, true, &ids, err);

    *id = ids.ids ? ids.ids[0] : UINT32_MAX;
    kith_ids_free(&ids);
    return rc;
}
