#include "ingest/bundle.h"

#include <string.h>

#include "base/mem.h"

static kith_bundle *new_bundle(kith_bundles *bundles, const char *name, kith_bundle *parent)
{
    kith_bundle *bundle = kith_arena_alloc(&bundles->arena, sizeof *bundle);
    char *own_name = kith_arena_copy(&bundles->arena, name, strlen(name));

    if (!bundle || !own_name)
        return NULL;
    *bundle = (kith_bundle){.parent = parent,
                            .name = own_name,
                            .space = KITH_NO_SPACE,
                            .owner_source = UINT32_MAX,
                            .owner = UINT32_MAX};
    return bundle;
}

kith_code kith_bundles_at(kith_bundles *bundles, const char *path, const char *name, kith_bundle *parent,
                          kith_bundle **out, kith_err *err)
{
    kith_code rc = bundles->paths ? KITH_OK : kith_intern_new(0, &bundles->paths, err);
    uint32_t known = rc == KITH_OK ? kith_intern_count(bundles->paths) : 0;
    uint32_t id = 0;

    /* Room first: a path that is known must have its bundle. */
    if (rc == KITH_OK &&
        !kith_grow((void **)&bundles->all, &bundles->capacity, (size_t)known + 1, sizeof *bundles->all))
        rc = kith_fail_memory(err, "the list of folders");
    if (rc == KITH_OK)
        rc = kith_intern_add(bundles->paths, path, strlen(path), &id, err);
    if (rc != KITH_OK)
        return rc;
    if (id == known && !(bundles->all[id] = new_bundle(bundles, name, parent)))
        return kith_fail_memory(err, "the list of folders");
    *out = bundles->all[id];
    return KITH_OK;
}

bool kith_bundle_tells(const kith_bundle *bundle)
{
    return bundle->profile.n || bundle->primary_emails.n || bundle->other_emails.n || bundle->inviter.n ||
           bundle->writer.n;
}

kith_code kith_bundle_meet_owner(kith_card *card, const char *name, const char *url, kith_err *err)
{
    if (card->n > 0)
        return KITH_OK;
    kith_card_add_name(card, name, NULL, NULL, NULL);
    if (kith_is_profile(url))
        kith_card_add(card, KITH_FIELD_URL, url);
    return card->status == KITH_OK ? KITH_OK : kith_fail_memory(err, "the owner of an export");
}

kith_bundle *kith_bundles_get(const kith_bundles *bundles, uint32_t i)
{
    return bundles->paths && i < kith_intern_count(bundles->paths) ? bundles->all[i] : NULL;
}

void kith_bundles_free(kith_bundles *bundles)
{
    kith_bundle *bundle;

    for (uint32_t i = 0; (bundle = kith_bundles_get(bundles, i)); i++) {
        kith_id_groups_free(&bundle->groups);
        kith_lookup_free(&bundle->lookup);
        kith_card_free(&bundle->profile);
        kith_card_free(&bundle->primary_emails);
        kith_card_free(&bundle->other_emails);
        kith_card_free(&bundle->inviter);
        kith_card_free(&bundle->writer);
        kith_card_free(&bundle->about);
        kith_named_free(&bundle->named);
    }
    kith_intern_free(bundles->paths);
    kith_free(bundles->all);
    kith_arena_free(&bundles->arena);
    *bundles = (kith_bundles){0};
}
