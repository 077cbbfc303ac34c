/* What people are called by: one unique key each, and every text that leads to them. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include <xxhash.h>

#include "base/mem.h"
#include "base/text_order.h"
#include "base/ticker.h"
#include "people/resolve.h"

/** An id as one person has it. */
typedef struct held_id {
    uint32_t text, space, person;
} held_id;

/** A text that leads to a person. */
typedef struct lead {
    const char *text;
    uint32_t person;
    bool is_key;
} lead;

typedef struct naming {
    const kith_resolving *work;
    const kith_identity *identity;
    kith_people *people;
    kith_arena *arena;
    bool *space_collides; /**< [n_spaces] */
    kith_intern *made;    /**< natural keys, as the data gives them, that are no text of the roster's */
    uint32_t n_texts;     /**< texts of the roster: their numbers come before those of `made` */
    uint32_t *number;     /**< [n] person's natural key; of several people each at worst */
    uint32_t *taken;      /**< per text: one more than the people named by it; 0 where it is no natural key */
    lead *leads;
    size_t n_leads, lead_capacity;
} naming;

static bool is_less(const kith_roster *roster, uint32_t text, uint32_t than)
{
    return than == KITH_NO_TEXT ||
           (text != than && strcmp(kith_roster_text(roster, text), kith_roster_text(roster, than)) < 0);
}

void kith_resolve_identities(const kith_resolving *work, kith_identity *identity)
{
    const kith_roster *roster = work->roster;

    for (uint32_t i = 0; i < work->n_people; i++)
        identity[i] = (kith_identity){KITH_NO_TEXT, 0, KITH_NO_TEXT, KITH_NO_TEXT};
    for (uint32_t place = 0; place < work->n_mentions; place++) {
        const kith_kept_mention *mention = kith_mention_at(work, place);
        kith_identity *known = &identity[work->person[place]];
        if (mention->id != KITH_NO_TEXT && is_less(roster, mention->id, known->id)) {
            known->id = mention->id;
            known->id_space = mention->space;
        }
        for (uint32_t i = 0; i < mention->n_attrs; i++) {
            const kith_kept_attr *attr = kith_roster_attr(roster, mention, i);
            uint32_t *best = attr->field == KITH_FIELD_URL ? &known->slug : &known->email;
            if (attr->is_key && is_less(roster, attr->text, *best))
                *best = attr->text;
        }
    }
}

static int compare_held(const void *left, const void *right)
{
    const held_id *a = left, *b = right;
    int order = kith_order_u64(a->text, b->text);

    if (order == 0)
        order = kith_order_u64(a->space, b->space);
    return order ? order : kith_order_u64(a->person, b->person);
}

/** Two spaces collide where an id means one person here and another one there. */
static void mark_collisions(naming *job, const held_id *held, size_t count)
{
    size_t end;

    for (size_t begin = 0; begin < count; begin = end) {
        bool several = false;
        for (end = begin + 1; end < count && held[end].text == held[begin].text; end++)
            several |= held[end].person != held[begin].person;
        if (!several || held[begin].space == held[end - 1].space)
            continue;
        for (size_t i = begin; i < end; i++)
            job->space_collides[held[i].space] = true;
    }
}

static kith_code find_collisions(naming *job, kith_err *err)
{
    const kith_resolving *work = job->work;
    held_id *held = kith_alloc_array(work->n_mentions, sizeof *held);
    size_t count = 0;

    if (!held)
        return kith_fail_memory(err, "the ids of people");
    for (uint32_t place = 0; work->n_spaces > 1 && place < work->n_mentions; place++) {
        const kith_kept_mention *mention = kith_mention_at(work, place);
        if (mention->id != KITH_NO_TEXT)
            held[count++] = (held_id){mention->id, mention->space, work->person[place]};
    }
    if (count)
        qsort(held, count, sizeof *held, compare_held);
    mark_collisions(job, held, count);
    kith_free(held);
    return KITH_OK;
}

static const char *name_of(const kith_people *people, uint32_t person)
{
    const kith_attr *first = &people->attrs[people->attr_offset[person]];

    return people->attr_offset[person] < people->attr_offset[person + 1] && first->field == KITH_FIELD_NAME
               ? first->value
               : "";
}

static void hashed_key(const char *kind, const void *bytes, size_t length, kith_dynbuf *key)
{
    kith_dynbuf_printf(key, "%s-%016" PRIx64, kind, (uint64_t)XXH3_64bits(bytes, length));
}

/** The key of a person who has an id, a slug or an email; false else. */
static bool strong_key(const naming *job, uint32_t person, kith_dynbuf *key)
{
    const kith_roster *roster = job->work->roster;
    const kith_identity *known = &job->identity[person];

    if (known->id != KITH_NO_TEXT) {
        if (job->space_collides[known->id_space])
            kith_dynbuf_printf(key, "%s/", roster->spaces[known->id_space]);
        kith_dynbuf_text(key, kith_roster_text(roster, known->id));
    } else if (known->slug != KITH_NO_TEXT) {
        kith_dynbuf_text(key, kith_roster_text(roster, known->slug) + strlen(KITH_SLUG_ADDRESS));
    } else if (known->email != KITH_NO_TEXT) {
        const char *email = kith_roster_text(roster, known->email);
        hashed_key("mail", email, strlen(email), key);
    } else {
        return false;
    }
    return true;
}

/** A name means something within the list of one owner only, so the key is made of both. */
static void weak_key(const naming *job, uint32_t person, uint32_t first_place, kith_dynbuf *key)
{
    const kith_resolving *work = job->work;
    uint32_t source = work->source_at[kith_rank_at(work, first_place)];
    uint32_t owner = work->roster->sources[source].end.owner;
    const char *name = name_of(job->people, person);
    kith_dynbuf bytes = {0};

    kith_dynbuf_append(&bytes, name, strlen(name) + 1);
    if (owner != UINT32_MAX && !strong_key(job, work->person[work->place[owner]], &bytes))
        kith_dynbuf_text(&bytes, name_of(job->people, work->person[work->place[owner]]));
    hashed_key("name", bytes.data, bytes.length, key);
    if (bytes.status != KITH_OK)
        key->status = bytes.status;
    kith_dynbuf_free(&bytes);
}

static const char *text_of(const naming *job, uint32_t number)
{
    return number < job->n_texts ? kith_roster_text(job->work->roster, number)
                                 : kith_intern_get(job->made, number - job->n_texts, NULL);
}

/** The number of a text, or KITH_NO_TEXT. */
static uint32_t find_text(const naming *job, const kith_dynbuf *text)
{
    uint32_t number = kith_intern_find(job->work->roster->texts, text->data, text->length);

    if (number != KITH_NO_TEXT)
        return number;
    number = kith_intern_find(job->made, text->data, text->length);
    return number == KITH_NO_TEXT ? number : job->n_texts + number;
}

/** Numbers a natural key that had to be put together. */
static kith_code number_made(naming *job, const kith_dynbuf *key, uint32_t *number, kith_err *err)
{
    kith_code rc = kith_dynbuf_check(key, "a key", err);

    if (rc != KITH_OK || (*number = find_text(job, key)) != KITH_NO_TEXT)
        return rc;
    if (kith_intern_count(job->made) >= KITH_NO_TEXT - job->n_texts)
        return kith_fail_memory(err, "keys");
    rc = kith_intern_add(job->made, key->data, key->length, number, err);
    *number += job->n_texts;
    return rc;
}

static kith_code find_natural_keys(naming *job, kith_err *err)
{
    const kith_resolving *work = job->work;
    kith_dynbuf key = {0};
    kith_code rc = KITH_OK;

    for (uint32_t place = 0, person = 0; rc == KITH_OK && place < work->n_mentions; place++) {
        if (work->person[place] != person)
            continue; /* people are numbered by their first mention */
        const kith_identity *known = &job->identity[person];
        if (known->id != KITH_NO_TEXT && !job->space_collides[known->id_space]) {
            job->number[person++] = known->id;
            continue;
        }
        kith_dynbuf_clear(&key);
        if (!strong_key(job, person, &key))
            weak_key(job, person, place, &key);
        rc = number_made(job, &key, &job->number[person++], err);
    }
    kith_dynbuf_free(&key);
    return rc;
}

/** The first person keeps a key as it is; others get -2, -3, … that is nobody's natural key. */
static kith_code name_person(naming *job, uint32_t person, kith_dynbuf *key, kith_err *err)
{
    const uint32_t number = job->number[person];
    const char **named = &job->people->key[person];
    uint32_t found;

    if (job->taken[number]++ == 1 && number < job->n_texts) {
        *named = text_of(job, number);
        return KITH_OK;
    }
    for (;; job->taken[number]++) {
        kith_dynbuf_clear(key);
        kith_dynbuf_text(key, text_of(job, number));
        if (job->taken[number] == 2)
            break;
        kith_dynbuf_printf(key, "-%u", job->taken[number] - 1);
        if (key->status != KITH_OK || (found = find_text(job, key)) == KITH_NO_TEXT || !job->taken[found])
            break;
    }
    kith_code rc = kith_dynbuf_check(key, "a key", err);
    if (rc == KITH_OK && !(*named = kith_arena_copy(job->arena, kith_dynbuf_cstr(key), key->length)))
        rc = kith_fail_memory(err, "keys");
    return rc;
}

/** Counts nobody yet for each natural key. */
static kith_code begin_to_name(naming *job, kith_err *err)
{
    job->taken = kith_calloc((size_t)job->n_texts + kith_intern_count(job->made), sizeof *job->taken);
    if (!job->taken)
        return kith_fail_memory(err, "keys");
    for (uint32_t person = 0; person < job->people->n; person++)
        job->taken[job->number[person]] = 1;
    return KITH_OK;
}

static kith_code name_all(naming *job, kith_err *err)
{
    kith_dynbuf key = {0};
    kith_code rc = find_natural_keys(job, err);

    if (rc == KITH_OK)
        rc = begin_to_name(job, err);
    for (uint32_t person = 0; rc == KITH_OK && person < job->people->n; person++) {
        rc = kith_tick_step(job->work->progress, "naming people", person, job->people->n, err);
        if (rc == KITH_OK)
            rc = name_person(job, person, &key, err);
    }
    kith_dynbuf_free(&key);
    return rc;
}

static kith_code add_lead(naming *job, const char *text, uint32_t person, bool is_key, kith_err *err)
{
    if (!kith_grow((void **)&job->leads, &job->lead_capacity, job->n_leads + 1, sizeof *job->leads))
        return kith_fail_memory(err, "aliases");
    job->leads[job->n_leads++] = (lead){text, person, is_key};
    return KITH_OK;
}

static kith_code add_leads_of(naming *job, uint32_t place, kith_err *err)
{
    const kith_roster *roster = job->work->roster;
    const kith_kept_mention *mention = kith_mention_at(job->work, place);
    uint32_t person = job->work->person[place];
    const char *key = job->people->key[person]; /* leads to them already */
    kith_code rc = KITH_OK;

    const char *id = mention->id == KITH_NO_TEXT ? key : kith_roster_text(roster, mention->id);
    if (id != key && strcmp(id, key) != 0)
        rc = add_lead(job, id, person, false, err);
    for (uint32_t i = 0; rc == KITH_OK && i < mention->n_attrs; i++) {
        const kith_kept_attr *attr = kith_roster_attr(roster, mention, i);
        size_t prefix = attr->field == KITH_FIELD_URL ? strlen(KITH_SLUG_ADDRESS) : 0;
        if (attr->is_key)
            rc = add_lead(job, kith_roster_text(roster, attr->text) + prefix, person, false, err);
    }
    return rc;
}

/** Order of leads that have the same text. */
static int compare_leads(const lead *a, const lead *b)
{
    int order = b->is_key - a->is_key;

    return order ? order : kith_order_u64(a->person, b->person);
}

/** The best of `count` leads of one text; NULL where it leads to several people. A key leads to whom it names
 * whoever else holds the text. */
static const lead *best_lead(const naming *job, const uint32_t *order, size_t count)
{
    const lead *best = &job->leads[order[0]];
    bool several = false;

    for (size_t i = 1; i < count; i++) {
        const lead *other = &job->leads[order[i]];
        several |= other->person != best->person;
        if (compare_leads(other, best) < 0)
            best = other;
    }
    return best->is_key || !several ? best : NULL;
}

static void list_aliases(naming *job, const char *const *texts, const uint32_t *order)
{
    kith_people *people = job->people;
    size_t end;

    for (size_t begin = 0; begin < job->n_leads; begin = end) {
        for (end = begin + 1; end < job->n_leads && strcmp(texts[order[end]], texts[order[begin]]) == 0;)
            end++;
        const lead *best = best_lead(job, order + begin, end - begin);
        if (best)
            people->aliases[people->n_aliases++] = (kith_alias){best->text, best->person};
    }
}

/** Keeps texts that lead to one person only. */
static kith_code keep_aliases(naming *job, kith_err *err)
{
    kith_people *people = job->people;
    const char **texts = kith_alloc_array(job->n_leads, sizeof *texts);
    uint32_t *order = kith_alloc_array(job->n_leads, sizeof *order);
    kith_code rc = KITH_OK;

    people->aliases = kith_arena_alloc(job->arena, job->n_leads * sizeof *people->aliases);
    for (size_t i = 0; texts && i < job->n_leads; i++)
        texts[i] = job->leads[i].text;
    if (people->aliases && texts && order && job->n_leads <= UINT32_MAX &&
        kith_text_order(texts, job->n_leads, order))
        list_aliases(job, texts, order);
    else
        rc = kith_fail_memory(err, "aliases");
    kith_free(texts);
    kith_free(order);
    return rc;
}

static kith_code find_aliases(naming *job, kith_err *err)
{
    kith_code rc = KITH_OK;

    for (uint32_t person = 0; rc == KITH_OK && person < job->people->n; person++)
        rc = add_lead(job, job->people->key[person], person, true, err);
    for (uint32_t place = 0; rc == KITH_OK && place < job->work->n_mentions; place++)
        rc = add_leads_of(job, place, err);
    return rc == KITH_OK ? keep_aliases(job, err) : rc;
}

kith_code kith_resolve_names(const kith_resolving *work, const kith_identity *identity, bool aliases,
                             kith_people *people, kith_arena *arena, kith_err *err)
{
    naming job = {.work = work,
                  .identity = identity,
                  .people = people,
                  .arena = arena,
                  .n_texts = kith_intern_count(work->roster->texts)};
    kith_code rc = kith_intern_new(0, &job.made, err);

    people->key = kith_arena_alloc(arena, people->n * sizeof *people->key);
    job.space_collides = kith_calloc(work->n_spaces, sizeof *job.space_collides);
    job.number = kith_alloc_array(people->n, sizeof *job.number);
    if (rc == KITH_OK && (!people->key || !job.space_collides || !job.number))
        rc = kith_fail_memory(err, "keys");
    if (rc == KITH_OK)
        rc = find_collisions(&job, err);
    if (rc == KITH_OK)
        rc = name_all(&job, err);
    if (rc == KITH_OK && aliases)
        rc = find_aliases(&job, err);
    kith_intern_free(job.made);
    kith_free(job.space_collides);
    kith_free(job.number);
    kith_free(job.taken);
    kith_free(job.leads);
    return rc;
}
