/* Who is who in two networks, by the keys that people share. */
#include <stdlib.h>
#include <string.h>

#include "analysis/diff_parts.h"
#include "base/mem.h"

/** Two people, one of each network, who share keys. */
typedef struct link {
    uint32_t person[SIDES];
    uint32_t shared; /**< keys that lead to both */
    bool one_key;    /**< both go by one of them */
    uint64_t first;  /**< place of the first of them among all shared keys, which ascend */
} link;

typedef struct linking {
    const kith_net *const *net;
    link *links;
    size_t count, capacity;
} linking;

static bool go_by(const kith_net *net, uint32_t person, const char *key)
{
    return strcmp(kith_net_stored_key(net, person), key) == 0;
}

static kith_code add_link(linking *l, const uint32_t *person, const char *key, kith_err *err)
{
    if (!kith_grow((void **)&l->links, &l->capacity, l->count + 1, sizeof *l->links))
        return kith_fail_memory(err, "people to follow");
    l->links[l->count] = (link){.person = {person[BEFORE], person[AFTER]},
                                .shared = 1,
                                .one_key = go_by(l->net[BEFORE], person[BEFORE], key) &&
                                           go_by(l->net[AFTER], person[AFTER], key),
                                .first = l->count};
    l->count++;
    return KITH_OK;
}

/** A link for each key that leads to somebody in both networks. */
static kith_code find_shared_keys(linking *l, kith_err *err)
{
    uint64_t at[SIDES] = {0};
    const char *key[SIDES];
    uint32_t person[SIDES];
    kith_code rc = KITH_OK;

    while (!rc && kith_net_alias(l->net[BEFORE], at[BEFORE], &key[BEFORE], &person[BEFORE]) &&
           kith_net_alias(l->net[AFTER], at[AFTER], &key[AFTER], &person[AFTER])) {
        const int order = strcmp(key[BEFORE], key[AFTER]);
        if (order == 0)
            rc = add_link(l, person, key[AFTER], err);
        at[BEFORE] += order <= 0;
        at[AFTER] += order >= 0;
    }
    return rc;
}

static int compare_people(const void *a, const void *b)
{
    const link *x = a, *y = b;

    for (int side = 0; side < SIDES; side++)
        if (x->person[side] != y->person[side])
            return x->person[side] < y->person[side] ? -1 : 1;
    return (x->first > y->first) - (x->first < y->first);
}

/** What holds most comes first; every link has a first key of its own. */
static int compare_hold(const void *a, const void *b)
{
    const link *x = a, *y = b;

    if (x->one_key != y->one_key)
        return x->one_key ? -1 : 1;
    if (x->shared != y->shared)
        return x->shared > y->shared ? -1 : 1;
    return (x->first > y->first) - (x->first < y->first);
}

/** Makes the links of the same two people one, and puts what holds most first. */
static void unite_links(linking *l)
{
    size_t kept = 0;

    if (l->count == 0)
        return;
    qsort(l->links, l->count, sizeof *l->links, compare_people);
    for (size_t i = 1; i < l->count; i++) {
        link *last = &l->links[kept];
        if (l->links[i].person[BEFORE] == last->person[BEFORE] &&
            l->links[i].person[AFTER] == last->person[AFTER]) {
            last->shared++;
            last->one_key |= l->links[i].one_key;
        } else {
            l->links[++kept] = l->links[i];
        }
    }
    l->count = kept + 1;
    qsort(l->links, l->count, sizeof *l->links, compare_hold);
}

static kith_code make_room(kith_followed *who, kith_err *err)
{
    const size_t most = (size_t)who->n[BEFORE] + who->n[AFTER];

    for (int side = 0; side < SIDES; side++) {
        who->of[side] = kith_alloc_array(who->n[side], sizeof *who->of[side]);
        who->also[side] = kith_alloc_array(who->n[side], sizeof *who->also[side]);
        who->person[side] = kith_alloc_array(most, sizeof *who->person[side]);
        if (!who->of[side] || !who->also[side] || !who->person[side] || most >= KITH_NOBODY)
            return kith_fail_memory(err, "people to follow");
        for (uint32_t v = 0; v < who->n[side]; v++)
            who->of[side][v] = who->also[side][v] = KITH_NOBODY;
    }
    return KITH_OK;
}

/** Gives the next number to one person of each side, or to nobody there. */
static void number(kith_followed *who, uint32_t before, uint32_t after)
{
    const uint32_t person[SIDES] = {before, after};

    for (int side = 0; side < SIDES; side++) {
        who->person[side][who->count] = person[side];
        if (person[side] != KITH_NOBODY)
            who->of[side][person[side]] = who->count;
    }
    who->count++;
}

/** Puts somebody who has no number behind those who have that of `other`, of the other side. */
static void attach(kith_followed *who, int side, uint32_t person, uint32_t other)
{
    const uint32_t number_of_both = who->of[!side][other], first = who->person[side][number_of_both];

    who->of[side][person] = number_of_both;
    who->also[side][person] = who->also[side][first];
    who->also[side][first] = person;
}

/** Pairs people, what holds most first: until they are numbered, `of` tells whom each is paired with. */
static void pair(const linking *l, kith_followed *who)
{
    for (const link *k = l->links; k < l->links + l->count; k++) {
        const uint32_t before = k->person[BEFORE], after = k->person[AFTER];
        if (who->of[BEFORE][before] != KITH_NOBODY || who->of[AFTER][after] != KITH_NOBODY)
            continue;
        who->of[BEFORE][before] = after;
        who->of[AFTER][after] = before;
    }
}

/** Numbers pairs, in the order of the later network, where rows of ties then mostly ascend already; whoever
 * is left over joins the pair that holds most of them, or is alone. */
static void number_all(const linking *l, kith_followed *who)
{
    for (uint32_t v = 0; v < who->n[AFTER]; v++)
        if (who->of[AFTER][v] != KITH_NOBODY)
            number(who, who->of[AFTER][v], v);
    for (const link *k = l->links; k < l->links + l->count; k++)
        for (int side = 0; side < SIDES; side++)
            if (who->of[side][k->person[side]] == KITH_NOBODY)
                attach(who, side, k->person[side], k->person[!side]);
    for (uint32_t v = 0; v < who->n[AFTER]; v++)
        if (who->of[AFTER][v] == KITH_NOBODY)
            number(who, KITH_NOBODY, v);
    for (uint32_t v = 0; v < who->n[BEFORE]; v++)
        if (who->of[BEFORE][v] == KITH_NOBODY)
            number(who, v, KITH_NOBODY);
}

kith_code kith_follow_people(const kith_net *const net[SIDES], kith_followed *who, kith_err *err)
{
    linking l = {.net = net};
    kith_net_summary about;

    *who = (kith_followed){0};
    for (int side = 0; side < SIDES; side++) {
        kith_net_summarise(net[side], &about);
        who->n[side] = about.people;
    }
    kith_code rc = make_room(who, err);
    if (!rc)
        rc = find_shared_keys(&l, err);
    if (!rc) {
        unite_links(&l);
        pair(&l, who);
        number_all(&l, who);
    }
    kith_free(l.links);
    return rc;
}

void kith_followed_free(kith_followed *who)
{
    for (int side = 0; side < SIDES; side++) {
        kith_free(who->of[side]);
        kith_free(who->person[side]);
        kith_free(who->also[side]);
    }
    *who = (kith_followed){0};
}
