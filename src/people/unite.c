/* Who is the same person: sets of mentions joined by exact keys, with guards. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/radix.h"
#include "base/text.h"
#include "people/resolve.h"

/** An email under this many different names belongs to an office, not to a person. */
#define SHARED_EMAIL_NAMES 4

/** Strongest first. */
typedef enum key_kind { KEY_SLUG, KEY_ID, KEY_EMAIL, KEY_KIND_COUNT } key_kind;

static const char *const evidence_joined[KEY_KIND_COUNT] = {"same LinkedIn address", "same id", "same email"};
static const char *const evidence_contradicted[KEY_KIND_COUNT] = {
    NULL, "same id, but another LinkedIn address", "same email, but another LinkedIn address"};
static const char evidence_decided[] = "decided to be different";
static const char evidence_shared[] = "same email, but several people use it";

/** Most spaces of ids: what is left of 64 bits beside a kind and a text. */
#define MOST_SPACES (UINT32_C(1) << 30)

/** A run of mentions that hold the same key. */
typedef struct key_group {
    const kith_long_keyed *keys; /**< as make_key gives them */
    size_t count;
    const char *text;
} key_group;

/** One key of the mention at a place, as a number: by kind, text and space. */
static kith_long_keyed make_key(key_kind kind, uint32_t text, uint32_t space, uint32_t place)
{
    return (kith_long_keyed){(uint64_t)kind << 62 | (uint64_t)text << 30 | space, place};
}

static key_kind kind_of(const kith_long_keyed *key)
{
    return (key_kind)(key->key >> 62);
}

static uint32_t text_of(const kith_long_keyed *key)
{
    return (uint32_t)(key->key >> 30);
}

static uint32_t place_of(const kith_long_keyed *key)
{
    return (uint32_t)key->value;
}

uint32_t kith_resolve_find(kith_resolving *work, uint32_t place)
{
    uint32_t *parent = work->parent;

    while (parent[place] != place) {
        parent[place] = parent[parent[place]];
        place = parent[place];
    }
    return place;
}

/** What kept `other` apart from anybody now keeps `root`. */
static void join_aparts(kith_resolving *work, uint32_t root, uint32_t other)
{
    uint32_t *last = &work->first_apart[root];

    while (*last != KITH_NO_TEXT)
        last = &work->aparts[*last].next;
    *last = work->first_apart[other];
}

bool kith_resolve_may_unite(const kith_resolving *work, uint32_t a, uint32_t b)
{
    if (!work->first_apart)
        return true;
    for (uint32_t i = work->first_apart[a]; i != KITH_NO_TEXT; i = work->aparts[i].next)
        for (uint32_t k = work->first_apart[b]; k != KITH_NO_TEXT; k = work->aparts[k].next)
            if (work->aparts[i].side == (work->aparts[k].side ^ 1))
                return false;
    return true;
}

kith_code kith_resolve_set_apart(kith_resolving *work, uint32_t place, uint32_t side, kith_err *err)
{
    if (!work->first_apart) {
        work->first_apart = kith_alloc_array(work->n_mentions, sizeof *work->first_apart);
        for (uint32_t i = 0; work->first_apart && i < work->n_mentions; i++)
            work->first_apart[i] = KITH_NO_TEXT;
    }
    if (!work->first_apart || work->n_aparts >= KITH_NO_TEXT ||
        !kith_grow((void **)&work->aparts, &work->apart_capacity, work->n_aparts + 1, sizeof *work->aparts))
        return kith_fail_memory(err, "decisions");
    work->aparts[work->n_aparts] = (kith_apart){side, work->first_apart[place]};
    work->first_apart[place] = (uint32_t)work->n_aparts++;
    return KITH_OK;
}

/** The earlier place becomes the root: which mention stands for a set does not depend on the way there. */
void kith_resolve_unite(kith_resolving *work, uint32_t a, uint32_t b)
{
    uint32_t x = kith_resolve_find(work, a), y = kith_resolve_find(work, b);
    uint32_t root = x < y ? x : y, other = x < y ? y : x;

    work->parent[other] = root;
    work->has_slug[root] |= work->has_slug[other];
    if (work->first_apart && x != y)
        join_aparts(work, root, other);
}

/** Numbers of texts depend on the order of inputs, so groups are taken in the order of the texts. */
static int compare_groups(const void *left, const void *right)
{
    const key_group *a = left, *b = right;
    int order = kith_order_u64(kind_of(a->keys), kind_of(b->keys));

    if (order == 0)
        order = strcmp(a->text, b->text);
    return order ? order : kith_order_u64(a->keys->key, b->keys->key); /* of one text: by space */
}

/** Writes the keys of the mention at `place` where `out` is not NULL. @return how many. */
static size_t keys_of(const kith_resolving *work, uint32_t place, kith_long_keyed *out)
{
    const kith_kept_mention *mention = kith_mention_at(work, place);
    size_t count = 0;

    if (mention->id != KITH_NO_TEXT) {
        if (out)
            out[count] = make_key(KEY_ID, mention->id, work->space_rank[mention->space], place);
        count++;
    }
    for (uint32_t i = 0; i < mention->n_attrs; i++) {
        const kith_kept_attr *attr = kith_roster_attr(work->roster, mention, i);
        if (!attr->is_key)
            continue;
        if (out)
            out[count] = make_key(attr->field == KITH_FIELD_URL ? KEY_SLUG : KEY_EMAIL, attr->text, 0, place);
        count++;
    }
    return count;
}

/** Collects all keys, sorted. */
static kith_code collect_keys(kith_resolving *work, kith_long_keyed **out, size_t *count, kith_err *err)
{
    size_t total = 0;

    for (uint32_t place = 0; place < work->n_mentions; place++)
        total += keys_of(work, place, NULL);
    kith_long_keyed *keys = work->n_spaces < MOST_SPACES ? kith_alloc_array(total, sizeof *keys) : NULL;
    if (!keys)
        return kith_fail_memory(err, "the keys of all records");
    size_t at = 0;
    for (uint32_t place = 0; place < work->n_mentions; place++) {
        size_t begin = at;
        at += keys_of(work, place, keys + at);
        for (size_t i = begin; i < at; i++)
            work->has_slug[place] |= kind_of(&keys[i]) == KEY_SLUG;
    }
    *out = keys;
    *count = total;
    return kith_radix_sort_long(keys, total) ? KITH_OK : kith_fail_memory(err, "the keys of all records");
}

/** Keys that several mentions hold, strongest kind first, then by text. */
static kith_code group_keys(const kith_resolving *work, const kith_long_keyed *keys, size_t n_keys,
                            key_group **out, size_t *count, kith_err *err)
{
    key_group *groups = NULL;
    size_t n = 0, capacity = 0, end;

    for (size_t begin = 0; begin < n_keys; begin = end) {
        for (end = begin + 1; end < n_keys && keys[begin].key == keys[end].key;)
            end++;
        if (end - begin == 1)
            continue;
        if (!kith_grow((void **)&groups, &capacity, n + 1, sizeof *groups)) {
            kith_free(groups);
            return kith_fail_memory(err, "shared keys");
        }
        groups[n++] =
            (key_group){keys + begin, end - begin, kith_roster_text(work->roster, text_of(&keys[begin]))};
    }
    if (n)
        qsort(groups, n, sizeof *groups, compare_groups);
    *out = groups;
    *count = n;
    return KITH_OK;
}

/** Names as they are compared by: folded words before a comma or parenthesis, which begin credentials. */
static kith_code name_mark(kith_intern *marks, const char *name, uint32_t *mark, kith_err *err)
{
    kith_dynbuf folded = {0}, words = {0};
    const char *word;
    size_t at = 0, length;

    kith_text_fold(name, &folded);
    if (folded.data)
        folded.data[strcspn(folded.data, ",(")] = '\0';
    while (kith_text_next_word(kith_dynbuf_cstr(&folded), &at, &word, &length)) {
        kith_dynbuf_append(&words, word, length);
        kith_dynbuf_put(&words, ' ');
    }
    kith_code rc = kith_dynbuf_check(&folded, "a name", err);
    if (rc == KITH_OK)
        rc = kith_dynbuf_check(&words, "a name", err);
    if (rc == KITH_OK)
        rc = kith_intern_add(marks, kith_dynbuf_cstr(&words), words.length, mark, err);
    kith_dynbuf_free(&folded);
    kith_dynbuf_free(&words);
    return rc;
}

/** A set of mentions, and its first holder of the key who has a name. */
typedef struct holder {
    uint32_t root, place;
} holder;

static int compare_holders(const void *left, const void *right)
{
    const holder *a = left, *b = right;
    int order = kith_order_u64(a->root, b->root);

    return order ? order : kith_order_u64(a->place, b->place);
}

/** How many different names the holders of a key have; one name counts for those already joined. */
static kith_code count_names(kith_resolving *work, const key_group *group, uint32_t *count, kith_err *err)
{
    kith_intern *marks = NULL;
    holder *holders = kith_alloc_array(group->count, sizeof *holders);
    size_t named = 0;
    kith_code rc = KITH_OK;

    *count = 0;
    if (!holders)
        return kith_fail_memory(err, "a shared email");
    for (size_t i = 0; i < group->count; i++) {
        uint32_t place = place_of(&group->keys[i]);
        if (kith_roster_first(work->roster, kith_mention_at(work, place), KITH_FIELD_NAME) != KITH_NO_TEXT)
            holders[named++] = (holder){kith_resolve_find(work, place), place};
    }
    qsort(holders, named, sizeof *holders, compare_holders);
    rc = kith_intern_new(0, &marks, err);
    for (size_t i = 0; rc == KITH_OK && i < named; i++) {
        if (i > 0 && holders[i].root == holders[i - 1].root)
            continue;
        uint32_t name =
            kith_roster_first(work->roster, kith_mention_at(work, holders[i].place), KITH_FIELD_NAME);
        uint32_t mark;
        rc = name_mark(marks, kith_roster_text(work->roster, name), &mark, err);
    }
    if (rc == KITH_OK)
        *count = kith_intern_count(marks);
    kith_intern_free(marks);
    kith_free(holders);
    return rc;
}

kith_code kith_resolve_note(kith_resolving *work, uint32_t place, const char *evidence, double probability,
                            kith_err *err)
{
    if (!kith_grow((void **)&work->joins, &work->join_capacity, work->n_joins + 1, sizeof *work->joins))
        return kith_fail_memory(err, "the merge log");
    work->joins[work->n_joins++] = (kith_join){place, evidence, probability};
    return KITH_OK;
}

/** Keeps a copy of words with the roster, each once. */
static kith_code keep_words(const kith_resolving *work, const kith_dynbuf *words, const char **kept,
                            kith_err *err)
{
    uint32_t number;
    kith_code rc = kith_dynbuf_check(words, "the merge log", err);

    if (rc == KITH_OK)
        rc = kith_intern_add(work->roster->evidences, kith_dynbuf_cstr(words), words->length, &number, err);
    if (rc == KITH_OK)
        *kept = kith_intern_get(work->roster->evidences, number, NULL);
    return rc;
}

kith_code kith_resolve_note_words(kith_resolving *work, uint32_t place, const kith_dynbuf *words,
                                  double probability, kith_err *err)
{
    const char *evidence;
    kith_code rc = keep_words(work, words, &evidence, err);

    return rc == KITH_OK ? kith_resolve_note(work, place, evidence, probability, err) : rc;
}

kith_code kith_resolve_doubt(kith_resolving *work, uint32_t a, uint32_t b, const kith_dynbuf *words,
                             double probability, kith_err *err)
{
    const char *evidence;
    kith_code rc = keep_words(work, words, &evidence, err);

    if (rc != KITH_OK)
        return rc;
    if (!kith_grow((void **)&work->doubts, &work->doubt_capacity, work->n_doubts + 1, sizeof *work->doubts))
        return kith_fail_memory(err, "doubtful pairs");
    work->doubts[work->n_doubts++] =
        (kith_lookalikes){.place = {a, b}, .evidence = evidence, .probability = probability};
    return KITH_OK;
}

/** The key merges nobody: noted for each person it would have joined to the first. */
static kith_code refuse_all(kith_resolving *work, const key_group *group, kith_err *err)
{
    uint32_t first = kith_resolve_find(work, place_of(&group->keys[0]));
    kith_code rc = KITH_OK;

    for (size_t i = 1; rc == KITH_OK && i < group->count; i++) {
        uint32_t place = place_of(&group->keys[i]);
        if (kith_resolve_find(work, place) != first)
            rc = kith_resolve_note(work, place, evidence_shared, 0, err);
    }
    return rc;
}

/** Joins all holders to the first, but nobody to a set with another LinkedIn address. */
static kith_code join_all(kith_resolving *work, const key_group *group, kith_err *err)
{
    key_kind kind = kind_of(&group->keys[0]);
    uint32_t first = place_of(&group->keys[0]);
    bool described = !kith_mention_at(work, first)->reference;
    kith_code rc = KITH_OK;

    for (size_t i = 1; rc == KITH_OK && i < group->count; i++) {
        uint32_t place = place_of(&group->keys[i]);
        uint32_t root = kith_resolve_find(work, first), other = kith_resolve_find(work, place);
        bool reference = kith_mention_at(work, place)->reference;
        if (root == other)
            continue;
        if (!kith_resolve_may_unite(work, root, other)) {
            rc = kith_resolve_note(work, place, evidence_decided, 0, err);
            continue;
        }
        if (kind != KEY_SLUG && work->has_slug[root] && work->has_slug[other]) {
            rc = kith_resolve_note(work, place, evidence_contradicted[kind], 0, err);
            continue;
        }
        kith_resolve_unite(work, root, other);
        if (described && !reference)
            rc = kith_resolve_note(work, place, evidence_joined[kind], 1, err);
        described |= !reference;
    }
    return rc;
}

static kith_code take_group(kith_resolving *work, const key_group *group, kith_err *err)
{
    uint32_t names = 0;

    if (kind_of(&group->keys[0]) == KEY_EMAIL && group->count >= SHARED_EMAIL_NAMES) {
        kith_code rc = count_names(work, group, &names, err);
        if (rc != KITH_OK)
            return rc;
    }
    return names >= SHARED_EMAIL_NAMES ? refuse_all(work, group, err) : join_all(work, group, err);
}

kith_code kith_resolve_keys(kith_resolving *work, kith_merge_mode mode, kith_err *err)
{
    kith_long_keyed *keys = NULL;
    key_group *groups = NULL;
    size_t n_keys = 0, n_groups = 0;
    kith_code rc = collect_keys(work, &keys, &n_keys, err);

    if (rc == KITH_OK)
        rc = group_keys(work, keys, n_keys, &groups, &n_groups, err);
    for (size_t i = 0; rc == KITH_OK && i < n_groups; i++)
        if (mode != KITH_MERGE_OFF || kind_of(groups[i].keys) == KEY_ID)
            rc = take_group(work, &groups[i], err);
    kith_free(groups);
    kith_free(keys);
    return rc;
}

static bool same_owner(kith_resolving *work, uint32_t a, uint32_t b)
{
    const kith_roster *roster = work->roster;

    if (a == UINT32_MAX || b == UINT32_MAX)
        return a == b;
    return kith_resolve_find(work, work->place[a]) == kith_resolve_find(work, work->place[b]) ||
           kith_resolve_compare(roster, &roster->mentions[a], &roster->mentions[b]) == 0;
}

static bool same_bytes(const kith_kept_source *a, const kith_kept_source *b)
{
    return a->end.checksum[0] == b->end.checksum[0] && a->end.checksum[1] == b->end.checksum[1];
}

/** Row by row. What was read before may have spared one of the two a mention: somebody who goes by a name
 * alone may be a contact there. */
static void join_sources(kith_resolving *work, uint32_t first, uint32_t again)
{
    const kith_kept_source *x = &work->roster->sources[work->source_at[first]];
    const kith_kept_source *y = &work->roster->sources[work->source_at[again]];
    uint32_t a = work->first_place[first], b = work->first_place[again];

    /* Owners come first, and only with the first of their sources. */
    a += a < work->first_place[first + 1] && work->owns[work->mention_at[a]];
    b += b < work->first_place[again + 1] && work->owns[work->mention_at[b]];
    while (a < work->first_place[first + 1] && b < work->first_place[again + 1]) {
        const kith_kept_mention *m = kith_mention_at(work, a), *n = kith_mention_at(work, b);
        if (m->line == n->line && kith_resolve_compare(work->roster, m, n) == 0)
            kith_resolve_unite(work, a, b);
        a += m->line <= n->line;
        b += n->line <= m->line;
    }
    if (x->end.owner != UINT32_MAX)
        kith_resolve_unite(work, work->place[x->end.owner], work->place[y->end.owner]);
    work->duplicate[again] = true;
}

void kith_resolve_duplicates(kith_resolving *work)
{
    for (uint32_t again = 1; again < work->n_sources; again++) {
        const kith_kept_source *y = &work->roster->sources[work->source_at[again]];
        for (uint32_t first = again; first-- > 0 && !work->duplicate[again];) {
            const kith_kept_source *x = &work->roster->sources[work->source_at[first]];
            if (!same_bytes(x, y))
                break; /* the same bytes stand together */
            if (!work->duplicate[first] && strcmp(x->format, y->format) == 0 &&
                same_owner(work, x->end.owner, y->end.owner))
                join_sources(work, first, again);
        }
    }
}
