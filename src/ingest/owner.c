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
    kith_code rc = make_mention(&card, sink, source, 1, &option->mention, err);
    kith_card_free(&card);
    return rc;
}

kith_code kith_bundle_make_owner(kith_bundle *bundle, const kith_sink *sink, kith_err *err)
{
    kith_card card = {0};

    kith_card_add_card(&card, &bundle->profile);
    kith_card_add_card(&card, &bundle->primary_emails);
    kith_card_add_card(&card, &bundle->other_emails);
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

kith_code kith_owners_mention(kith_owners *owners, const kith_entry *entry, const kith_sink *sink,
                              uint32_t source, uint32_t *mention, kith_err *err)
{
    kith_owner_option *option = kith_owners_for_path(owners, entry);
    const kith_bundle *bundle = entry->bundle;
    kith_code rc = KITH_OK;

    *mention = UINT32_MAX;
    while (bundle && bundle->owner == UINT32_MAX)
        bundle = bundle->parent;
    if (!option && bundle) {
        *mention = bundle->owner;
        return KITH_OK;
    }
    if (!option && !(option = without_path(owners)))
        return KITH_OK;
    option = first_of(owners, option);
    if (option->mention == UINT32_MAX)
        rc = make_option_owner(option, sink, source, err);
    *mention = option->mention;
    return rc;
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
