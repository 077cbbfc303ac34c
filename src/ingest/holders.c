#include "ingest/holders.h"

#include "base/mem.h"
#include "base/text.h"

static void make_key(kith_holders *holders, const char *name, const char *more)
{
    kith_dynbuf_clear(&holders->key);
    kith_text_fold(name, &holders->key);
    if (*more) {
        kith_dynbuf_put(&holders->key, '\n'); /* in no folded text */
        kith_text_fold(more, &holders->key);
    }
}

kith_code kith_holders_number(kith_holders *holders, const char *name, const char *more, uint32_t *number,
                              kith_err *err)
{
    make_key(holders, name, more);
    kith_code rc = kith_dynbuf_check(&holders->key, "a name", err);
    if (rc == KITH_OK && !holders->names)
        rc = kith_intern_new(0, &holders->names, err);
    if (rc != KITH_OK)
        return rc;
    uint32_t known = kith_intern_count(holders->names);
    if (!kith_grow((void **)&holders->holder, &holders->capacity, (size_t)known + 1, sizeof *holders->holder))
        return kith_fail_memory(err, "the names of contacts");
    holders->holder[known] = KITH_HELD_BY_NOBODY;
    return kith_intern_add(holders->names, kith_dynbuf_cstr(&holders->key), holders->key.length, number, err);
}

void kith_holders_add(kith_holders *holders, uint32_t number, uint32_t mention)
{
    uint32_t *holder = &holders->holder[number];

    *holder = *holder == KITH_HELD_BY_NOBODY ? mention : KITH_HELD_BY_SEVERAL;
}

uint32_t kith_holders_find(kith_holders *holders, const char *name, const char *more)
{
    if (!holders->names)
        return KITH_HELD_BY_NOBODY;
    make_key(holders, name, more);
    uint32_t number = kith_intern_find(holders->names, kith_dynbuf_cstr(&holders->key), holders->key.length);
    return number == UINT32_MAX ? KITH_HELD_BY_NOBODY : holders->holder[number];
}

void kith_holders_free(kith_holders *holders)
{
    kith_intern_free(holders->names);
    kith_free(holders->holder);
    kith_dynbuf_free(&holders->key);
    *holders = (kith_holders){0};
}
