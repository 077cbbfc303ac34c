#include "ingest/owner.h"

#include <string.h>

#include "base/mem.h"

kith_code kith_owners_parse(const char *const *options, uint32_t n, kith_owners *out, kith_err *err)
{
    *out = (kith_owners){.all = kith_calloc(n, sizeof *out->all)};
    if (!out->all)
        return kith_fail_memory(err, "the --owner options");
    for (uint32_t i = 0; i < n; i++) {
        const char *equals = strchr(options[i], '=');
        const char *profile = strcasestr(options[i], "linkedin.com/in/");
        if (equals && profile && profile < equals) /* the = is within the address */
            equals = NULL;
        kith_owner_option option = {.text = options[i],
                                    .path_length = equals ? (size_t)(equals - options[i]) : 0,
                                    .who = equals ? equals + 1 : options[i],
                                    .mention = UINT32_MAX};
        if (!option.who[strspn(option.who, " ")] || (equals && option.path_length == 0))
            return kith_fail(err, KITH_EUSAGE,
                             "--owner %s: say [PATH=]WHO, with a name, an email or a LinkedIn URL",
                             options[i]);
        while (option.path_length > 1 && option.text[option.path_length - 1] == '/')
            option.path_length--;
        for (size_t j = 0; j < out->n; j++)
            if (out->all[j].path_length == option.path_length &&
                memcmp(out->all[j].text, option.text, option.path_length) == 0)
                return kith_fail(err, KITH_EUSAGE,
                                 "--owner %s and --owner %s: which export is whose? Say PATH=WHO",
                                 out->all[j].text, option.text);
        out->all[out->n++] = option;
    }
    return KITH_OK;
}

void kith_owners_free(kith_owners *owners)
{
    for (size_t i = 0; i < owners->n; i++)
        kith_card_free(&owners->all[i].about);
    kith_free(owners->all);
    *owners = (kith_owners){0};
}

/** Whether the path of an option is `name` or a folder or archive it lies in. */
static bool leads_to(const kith_owner_option *option, const char *name)
{
    return strncmp(option->text, name, option->path_length) == 0 &&
           (name[option->path_length] == '\0' || name[option->path_length] == '/' ||
            name[option->path_length - 1] == '/');
}

kith_owner_option *kith_owners_for_path(kith_owners *owners, const kith_entry *entry)
{
    kith_owner_option *best = NULL;

    for (size_t i = 0; i < owners->n; i++) {
        kith_owner_option *option = &owners->all[i];
        if (option->path_length && (leads_to(option, entry->name) || leads_to(option, entry->path)) &&
            (!best || option->path_length > best->path_length))
            best = option;
    }
    if (best)
        best->fits = true;
    return best;
}

kith_code kith_owners_all_fit(const kith_owners *owners, kith_err *err)
{
    for (size_t i = 0; i < owners->n; i++)
        if (owners->all[i].path_length && !owners->all[i].fits)
            return kith_fail(err, KITH_EUSAGE, "--owner %s: no export lies at %.*s", owners->all[i].text,
                             (int)owners->all[i].path_length, owners->all[i].text);
    return KITH_OK;
}

static kith_code make_mention(kith_card *card, const kith_sink *sink, uint32_t source, uint64_t line,
                              uint32_t *handle, kith_err *err)
{
    kith_mention mention = {.source = source, .line = line, .space = KITH_NO_SPACE, .owner = true};
    kith_code rc = kith_card_attrs(card, &mention.attrs, &mention.n_attrs, err);

    return rc == KITH_OK ? sink->mention(sink->ctx, &mention, handle, err) : rc;
}

static kith_code make_option_owner(kith_owner_option *option, const kith_sink *sink, uint32_t source,
                                   kith_err *err)
{
    kith_card card = {0};

    if (kith_looks_like_profile(option->who))
        kith_card_add(&card, KITH_FIELD_URL, option->who);
    else if (strchr(option->who, '@'))
        kith_card_add_email(&card, option->who);
    if (card.n == 0)
        kith_card_add_name(&card, option->who, NULL, NULL, NULL);
    kith_card_add_card(&card, &option->about);
    kith_code rc = make_mention(&card, sink, source, 1, &option->mention, err);
    kith_card_free(&card);
    return rc;
}

/** Where the owner goes by an address in the export; "" where nowhere. */
static const char *address_in(const kith_bundle *bundle)
{
    const char *url = kith_card_first(&bundle->inviter, KITH_FIELD_URL);

    return *url ? url : kith_card_first(&bundle->writer, KITH_FIELD_URL);
}

static const char *name_in(const kith_bundle *bundle)
{
    const char *name = kith_card_first(&bundle->profile, KITH_FIELD_NAME);

    if (!*name)
        name = kith_card_first(&bundle->inviter, KITH_FIELD_NAME);
    return *name ? name : kith_card_first(&bundle->writer, KITH_FIELD_NAME);
}

/** Adds how invitations or messages have the owner; their name only where no profile says it. */
static void add_as_met(kith_card *card, const kith_bundle *bundle)
{
    if (!kith_card_has(card, KITH_FIELD_NAME))
        kith_card_add_name(card, name_in(bundle), NULL, NULL, NULL);
    kith_card_add(card, KITH_FIELD_URL, address_in(bundle));
}

kith_code kith_bundle_make_owner(kith_bundle *bundle, const kith_sink *sink, kith_err *err)
{
    kith_card card = {0};

    kith_card_add_card(&card, &bundle->profile);
    kith_card_add_card(&card, &bundle->primary_emails);
    kith_card_add_card(&card, &bundle->other_emails);
    add_as_met(&card, bundle);
    kith_card_add_card(&card, &bundle->about);
    kith_code rc = make_mention(&card, sink, bundle->owner_source, bundle->owner_line, &bundle->owner, err);
    kith_card_free(&card);
    return rc;
}

/** The option that holds the mention of this one's person: the first that names them so. */
static kith_owner_option *first_of(kith_owners *owners, const kith_owner_option *option)
{
    for (size_t i = 0;; i++)
        if (strcmp(owners->all[i].who, option->who) == 0)
            return &owners->all[i];
}

static kith_owner_option *without_path(kith_owners *owners)
{
    for (size_t i = 0; i < owners->n; i++)
        if (owners->all[i].path_length == 0)
            return &owners->all[i];
    return NULL;
}

/** The nearest bundle that tells whose `entry` is, or NULL. */
static kith_bundle *telling_bundle(const kith_entry *entry)
{
    kith_bundle *bundle = entry->bundle;

    while (bundle && !kith_bundle_tells(bundle))
        bundle = bundle->parent;
    return bundle;
}

static kith_code make_told_owner(kith_bundle *bundle, const kith_sink *sink, uint32_t source, kith_err *err)
{
    if (bundle->owner_source == UINT32_MAX) {
        bundle->owner_source = source;
        bundle->owner_line = 1;
    }
    return kith_bundle_make_owner(bundle, sink, err);
}

kith_code kith_owners_mention(kith_owners *owners, const kith_entry *entry, const kith_sink *sink,
                              uint32_t source, uint32_t *mention, kith_err *err)
{
    kith_owner_option *option = kith_owners_for_path(owners, entry);
    kith_bundle *bundle = telling_bundle(entry);
    kith_code rc = KITH_OK;

    *mention = UINT32_MAX;
    if (!option && bundle) {
        if (bundle->owner == UINT32_MAX)
            rc = make_told_owner(bundle, sink, source, err);
        *mention = bundle->owner;
        return rc;
    }
    if (!option && !(option = without_path(owners)))
        return KITH_OK;
    option = first_of(owners, option);
    if (option->mention == UINT32_MAX)
        rc = make_option_owner(option, sink, source, err);
    *mention = option->mention;
    return rc;
}

kith_self kith_owners_self(kith_owners *owners, const kith_entry *entry)
{
    const kith_owner_option *option = kith_owners_for_path(owners, entry);
    const kith_bundle *bundle = telling_bundle(entry);
    kith_self self = {"", ""};

    if (bundle)
        self = (kith_self){address_in(bundle), name_in(bundle)};
    if (!option && !bundle)
        option = without_path(owners);
    if (!option)
        return self;
    if (!*self.url && kith_looks_like_profile(option->who))
        self.url = option->who;
    if (!strchr(option->who, '@') && !kith_looks_like_profile(option->who))
        self.name = option->who;
    return self;
}

kith_card *kith_owners_about(kith_owners *owners, const kith_entry *entry)
{
    kith_owner_option *option = kith_owners_for_path(owners, entry);

    return option ? &first_of(owners, option)->about : &entry->bundle->about;
}

kith_code kith_owners_gather(kith_owners *owners, const kith_bundles *bundles, kith_err *err)
{
    kith_owner_option *option = without_path(owners);
    uint32_t count = 0;

    while (kith_bundles_get(bundles, count))
        count++;
    while (count-- > 0) {
        const kith_bundle *bundle = kith_bundles_get(bundles, count);
        kith_card *to = bundle->parent ? &bundle->parent->about
                        : option       ? &first_of(owners, option)->about
                                       : NULL;
        if (kith_bundle_tells(bundle) || !to)
            continue;
        kith_card_add_card(to, &bundle->about);
        if (to->status != KITH_OK)
            return kith_fail_memory(err, "what exports say of their owners");
    }
    return KITH_OK;
}

kith_code kith_owner_missing(const kith_entry *entry, const char *format, kith_err *err)
{
    const char *slash = strrchr(entry->name, '/');
    int folder_length = slash ? (int)(slash - entry->name) : 0;

    return kith_fail_at(err, KITH_EUSAGE, entry->path, 0,
                        "%s do not tell whose they are: add --owner '%.*s%sWHO' with a name, an email or a "
                        "LinkedIn URL",
                        format, folder_length, entry->name, slash ? "=" : "");
}
