#include "ingest/lookup.h"

#include <string.h>

#include "base/mem.h"

/** All values of one folder: names of places, firms and the like. */
#define VALUES_LIMIT ((size_t)1 << 30)

static const char *const what = "what files tell for others";

static kith_code make_key(kith_lookup *lookup, const char *kind, const char *id, kith_err *err)
{
    kith_dynbuf_clear(&lookup->key);
    kith_dynbuf_printf(&lookup->key, "%s/%s", kind, id);
    return kith_dynbuf_check(&lookup->key, what, err);
}

kith_code kith_lookup_put(kith_lookup *lookup, const char *kind, const char *id, const char *value,
                          kith_err *err)
{
    uint32_t number = 0;
    kith_code rc = lookup->keys ? KITH_OK : kith_intern_new(0, &lookup->keys, err);

    if (rc == KITH_OK)
        rc = make_key(lookup, kind, id, err);
    if (rc != KITH_OK)
        return rc;
    /* Room and value first: a key that is known must have its value. */
    uint32_t known = kith_intern_count(lookup->keys);
    if (kith_intern_find(lookup->keys, lookup->key.data, lookup->key.length) != UINT32_MAX)
        return KITH_OK;
    if (!kith_grow((void **)&lookup->value_at, &lookup->capacity, (size_t)known + 1,
                   sizeof *lookup->value_at))
        return kith_fail_memory(err, what);
    lookup->values.limit = VALUES_LIMIT;
    lookup->value_at[known] = lookup->values.length;
    kith_dynbuf_append(&lookup->values, value, strlen(value) + 1);
    if ((rc = kith_dynbuf_check(&lookup->values, what, err)) != KITH_OK)
        return rc;
    return kith_intern_add(lookup->keys, lookup->key.data, lookup->key.length, &number, err);
}

kith_code kith_lookup_get(kith_lookup *lookup, const char *kind, const char *id, const char **value,
                          kith_err *err)
{
    *value = NULL;
    if (!lookup->keys)
        return KITH_OK;
    kith_code rc = make_key(lookup, kind, id, err);
    if (rc != KITH_OK)
        return rc;
    uint32_t number = kith_intern_find(lookup->keys, lookup->key.data, lookup->key.length);
    if (number != UINT32_MAX)
        *value = lookup->values.data + lookup->value_at[number];
    return KITH_OK;
}

void kith_lookup_free(kith_lookup *lookup)
{
    kith_intern_free(lookup->keys);
    kith_dynbuf_free(&lookup->values);
    kith_dynbuf_free(&lookup->key);
    kith_free(lookup->value_at);
    *lookup = (kith_lookup){0};
}
