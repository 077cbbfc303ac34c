/* What a person has decided: two records are one person, or are not, whatever their keys say. */
#include <stdlib.h>
#include <string.h>

#include "base/dynbuf.h"
#include "base/mem.h"
#include "people/resolve.h"

/** One of the two people that a decision names. */
typedef struct side {
    uint32_t person; /**< as exact keys make people */
    uint32_t place;  /**< first record that holds the key itself, else the person's first */
    bool literal;    /**< some record holds the key itself; else it stands for all of the person */
    uint32_t next;   /**< other side about the same person, or KITH_NO_TEXT */
    const char *key; /**< as records hold it */
} side;

typedef struct deciding {
    kith_resolving *work;
    const kith_exact *exact;
    const kith_merge_opts *opts;
    kith_decision *decisions; /**< those that name people, in the order of their keys */
    size_t n;
    side *sides;       /**< two for each decision */
    uint32_t *side_of; /**< [exact people] first side about them, or KITH_NO_TEXT */
} deciding;

static void tell(const kith_merge_opts *opts, const kith_decision *decision, const char *what,
                 const char *key)
{
    kith_dynbuf line = {0};

    if (!opts->notice)
        return;
    kith_dynbuf_printf(&line, "%s:%lu: %s%s", opts->decisions_name, (unsigned long)decision->line, what, key);
    opts->notice(opts->notice_ctx, kith_dynbuf_cstr(&line));
    kith_dynbuf_free(&line);
}

static int compare_alias(const void *key, const void *member)
{
    const kith_alias *alias = member;

    return strcmp(key, alias->text);
}

/** Whom a key leads to as exact keys make people. `*held` becomes the key as records hold it. */
static uint32_t find_person(const kith_people *people, const char *key, const char **held)
{
    const kith_alias *found = NULL;
    kith_dynbuf canonical = {0};

    if (people->n_aliases == 0)
        return UINT32_MAX;
    found = bsearch(key, people->aliases, people->n_aliases, sizeof *people->aliases, compare_alias);
    if (!found && (kith_slug_of_url(key, &canonical) || kith_email_of_text(key, &canonical)))
        found = bsearch(kith_dynbuf_cstr(&canonical), people->aliases, people->n_aliases,
                        sizeof *people->aliases, compare_alias);
    kith_dynbuf_free(&canonical);
    if (found)
        *held = found->text;
    return found ? found->person : UINT32_MAX;
}

/** Decisions of which both keys are known, the lower key first. */
static void find_people(deciding *job)
{
    for (size_t i = 0; i < job->opts->n_decisions; i++) {
        kith_decision decision = job->opts->decisions[i];
        side a = {.next = KITH_NO_TEXT}, b = a;
        a.person = find_person(&job->exact->people, decision.a, &a.key);
        b.person = find_person(&job->exact->people, decision.b, &b.key);
        if (a.person == UINT32_MAX || b.person == UINT32_MAX) {
            tell(job->opts, &decision, "nobody goes by ", a.person == UINT32_MAX ? decision.a : decision.b);
            continue;
        }
        bool swapped = strcmp(a.key, b.key) > 0;
        decision.a = swapped ? b.key : a.key;
        decision.b = swapped ? a.key : b.key;
        job->decisions[job->n++] = decision;
    }
}

static int compare_decisions(const void *left, const void *right)
{
    const kith_decision *x = left, *y = right;
    int order = strcmp(x->a, y->a);

    if (order == 0)
        order = strcmp(x->b, y->b);
    return order ? order : x->same - y->same;
}

static void make_sides(deciding *job)
{
    for (size_t i = 0; i < 2 * job->n; i++) {
        side *one = &job->sides[i];
        *one = (side){.place = KITH_NO_TEXT};
        one->person = find_person(&job->exact->people,
                                  i % 2 ? job->decisions[i / 2].b : job->decisions[i / 2].a, &one->key);
        one->next = job->side_of[one->person];
        job->side_of[one->person] = (uint32_t)i;
    }
}

static bool holds(const kith_resolving *work, uint32_t place, const char *key)
{
    const kith_roster *roster = work->roster;
    const kith_kept_mention *mention = kith_mention_at(work, place);

    if (mention->id != KITH_NO_TEXT && strcmp(kith_roster_text(roster, mention->id), key) == 0)
        return true;
    for (uint32_t i = 0; i < mention->n_attrs; i++) {
        const kith_kept_attr *attr = kith_roster_attr(roster, mention, i);
        size_t prefix = attr->field == KITH_FIELD_URL ? strlen(KITH_SLUG_ADDRESS) : 0;
        if (attr->is_key && strcmp(kith_roster_text(roster, attr->text) + prefix, key) == 0)
            return true;
    }
    return false;
}

/** Finds the records that each side is about. */
static void find_places(deciding *job)
{
    for (uint32_t place = 0; place < job->work->n_mentions; place++)
        for (uint32_t i = job->side_of[job->exact->person[place]]; i != KITH_NO_TEXT;
             i = job->sides[i].next) {
            side *one = &job->sides[i];
            bool literal = holds(job->work, place, one->key);
            if (one->place == KITH_NO_TEXT || (literal && !one->literal))
                one->place = place;
            one->literal |= literal;
        }
}

/** Whether a decision can be told from what it names; else it is told and dropped. */
static bool makes_sense(const deciding *job, size_t decision)
{
    const side *a = &job->sides[2 * decision], *b = a + 1;

    return a->person != b->person || (a->literal && b->literal && strcmp(a->key, b->key) != 0);
}

/** Marks the records of both sides of each "different": no two opposite marks come into one person. */
static kith_code mark_different(deciding *job, kith_err *err)
{
    kith_code rc = KITH_OK;

    for (uint32_t place = 0; rc == KITH_OK && place < job->work->n_mentions; place++)
        for (uint32_t i = job->side_of[job->exact->person[place]]; rc == KITH_OK && i != KITH_NO_TEXT;
             i = job->sides[i].next) {
            const side *one = &job->sides[i], *other = &job->sides[i ^ 1];
            bool both = i % 2 && other->person == one->person && holds(job->work, place, other->key);
            if (!job->decisions[i / 2].same && makes_sense(job, i / 2) && !both &&
                (!one->literal || holds(job->work, place, one->key)))
                rc = kith_resolve_set_apart(job->work, place, i, err);
        }
    return rc;
}

static kith_code unite_same(deciding *job, kith_err *err)
{
    kith_code rc = KITH_OK;

    for (size_t i = 0; rc == KITH_OK && i < job->n; i++) {
        const kith_decision *decision = &job->decisions[i];
        uint32_t a = kith_resolve_find(job->work, job->sides[2 * i].place);
        uint32_t b = kith_resolve_find(job->work, job->sides[2 * i + 1].place);
        if (!decision->same && !makes_sense(job, i)) {
            tell(job->opts, decision, "one record holds both keys: ", decision->a);
        } else if (decision->same && a != b && !kith_resolve_may_unite(job->work, a, b)) {
            tell(job->opts, decision, "another decision says that they are different: ", decision->a);
        } else if (decision->same && a != b) {
            kith_resolve_unite(job->work, a, b);
            rc = kith_resolve_note(job->work, job->sides[2 * i + (a < b)].place, "decided to be the same", 1,
                                   err);
        }
    }
    return rc;
}

kith_code kith_resolve_decisions(kith_resolving *work, const kith_exact *exact, const kith_merge_opts *opts,
                                 kith_err *err)
{
    deciding job = {.work = work, .exact = exact, .opts = opts};
    kith_code rc = KITH_OK;

    job.decisions = kith_alloc_array(opts->n_decisions, sizeof *job.decisions);
    job.sides = kith_alloc_array(2 * opts->n_decisions, sizeof *job.sides);
    job.side_of = kith_alloc_array(exact->people.n, sizeof *job.side_of);
    if (!job.decisions || !job.sides || !job.side_of) {
        rc = kith_fail_memory(err, "decisions");
        goto done;
    }
    for (uint32_t i = 0; i < exact->people.n; i++)
        job.side_of[i] = KITH_NO_TEXT;
    find_people(&job);
    if (job.n)
        qsort(job.decisions, job.n, sizeof *job.decisions, compare_decisions);
    make_sides(&job);
    find_places(&job);
    rc = mark_different(&job, err);
    if (rc == KITH_OK)
        rc = unite_same(&job, err);
done:
    kith_free(job.decisions);
    kith_free(job.sides);
    kith_free(job.side_of);
    return rc;
}
