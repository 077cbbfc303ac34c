#include "ingest/members.h"

#include <string.h>

#include "base/mem.h"

static kith_code number_of(kith_members *members, const char *url, uint32_t *number, kith_err *err)
{
    kith_code rc = members->addresses ? KITH_OK : kith_intern_new(0, &members->addresses, err);

    if (rc != KITH_OK)
        return rc;
    uint32_t known = kith_intern_count(members->addresses);
    if (!kith_grow((void **)&members->all, &members->capacity, (size_t)known + 1, sizeof *members->all))
        return kith_fail_memory(err, "the people of a file");
    members->all[known] = (struct kith_member){.mention = UINT32_MAX};
    return kith_intern_add(members->addresses, url, strlen(url), number, err);
}

kith_code kith_member_mention(kith_members *members, kith_reading *reading, const kith_member_cells *cells,
                              uint32_t *mention, kith_err *err)
{
    uint32_t number = 0;
    kith_code rc = number_of(members, cells->url, &number, err);

    if (rc != KITH_OK)
        return rc;
    struct kith_member *member = &members->all[number];
    bool known = member->mention != UINT32_MAX;
    if (!known || !member->named) {
        kith_card_clear(&reading->card);
        kith_card_add_name(&reading->card, cells->whole_name, cells->given_name, NULL, cells->family_name);
        member->named = kith_card_has(&reading->card, KITH_FIELD_NAME);
        kith_card_add(&reading->card, KITH_FIELD_URL, cells->url);
        if (!known || member->named)
            rc = kith_reading_mention(reading, (kith_mention){.line = cells->line, .space = KITH_NO_SPACE},
                                      &member->mention, err);
        if (rc == KITH_OK && member->named)
            rc = kith_reading_member(reading, err);
    }
    *mention = member->mention;
    return rc;
}

void kith_members_free(kith_members *members)
{
    kith_intern_free(members->addresses);
    kith_free(members->all);
    *members = (kith_members){0};
}
