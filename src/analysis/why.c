#include <kith/why.h>

#include <stdlib.h>

#include "base/err.h"
#include "base/mem.h"

static kith_code check_opts(const kith_why_opts *opts, uint32_t n, kith_err *err)
{
    if (opts->who >= n)
        return kith_fail(err, KITH_EUSAGE, "there is no person %u", opts->who);
    if (opts->other != UINT32_MAX && opts->other >= n)
        return kith_fail(err, KITH_EUSAGE, "there is no person %u", opts->other);
    if (opts->other == opts->who)
        return kith_fail(err, KITH_EUSAGE, "a tie has two ends: both of these are person %u", opts->who);
    return KITH_OK;
}

static uint32_t at_most(uint32_t count, uint32_t top)
{
    return top > 0 && count > top ? top : count;
}

/* ---- one person ---- */

static int compare_ties(const void *left, const void *right)
{
    const kith_tie *x = left, *y = right;

    if (x->cost != y->cost)
        return x->cost < y->cost ? -1 : 1;
    return (x->b > y->b) - (x->b < y->b);
}

static kith_code rank_ties(const kith_net *net, kith_why_result *result, kith_err *err)
{
    const uint32_t degree = kith_net_degree(net, result->who);
    uint32_t count = 0;

    if (!(result->ties = kith_alloc_array(degree, sizeof *result->ties)))
        return kith_fail_memory(err, "the ties of a person");
    while (count < degree && kith_net_tie_at(net, result->who, count, &result->ties[count]))
        count++;
    if (count > 1)
        qsort(result->ties, count, sizeof *result->ties, compare_ties);
    result->all_ties = count;
    result->n_ties = at_most(count, result->top);
    return KITH_OK;
}

/* ---- two people ---- */

static int compare_shared(const void *left, const void *right)
{
    const kith_shared_contact *x = left, *y = right;
    const uint32_t x_cost = x->who_cost + x->other_cost, y_cost = y->who_cost + y->other_cost;

    if (x_cost != y_cost)
        return x_cost < y_cost ? -1 : 1;
    return (x->id > y->id) - (x->id < y->id);
}

/** Everyone who is tied to both, found by going along both rows. */
static kith_code find_shared(const kith_net *net, kith_why_result *result, kith_err *err)
{
    const uint32_t who_degree = kith_net_degree(net, result->who);
    const uint32_t other_degree = kith_net_degree(net, result->other);
    uint32_t i = 0, k = 0, count = 0;
    kith_tie x, y;

    result->shared =
        kith_alloc_array(who_degree < other_degree ? who_degree : other_degree, sizeof *result->shared);
    if (!result->shared)
        return kith_fail_memory(err, "shared contacts");
    while (i < who_degree && k < other_degree && kith_net_tie_at(net, result->who, i, &x) &&
           kith_net_tie_at(net, result->other, k, &y)) {
        if (x.b == y.b)
            result->shared[count++] = (kith_shared_contact){x.b, x.cost, y.cost};
        i += x.b <= y.b;
        k += y.b <= x.b;
    }
    if (count > 1)
        qsort(result->shared, count, sizeof *result->shared, compare_shared);
    result->all_shared = count;
    result->n_shared = at_most(count, result->top);
    return KITH_OK;
}

/** The first mentorship of `mentor`, or of those after them. */
static uint32_t first_of_mentor(const kith_net *net, uint32_t mentor, uint32_t count)
{
    uint32_t low = 0, high = count;
    kith_mentorship m;

    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (kith_net_mentorship(net, middle, &m) && m.mentor < mentor)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/** Mentorships of `mentee` by `mentor`, behind those in `out`; NULL only counts them. */
static uint32_t list_mentorships(const kith_net *net, uint32_t mentor, uint32_t mentee, uint32_t count,
                                 kith_mentorship *out)
{
    uint32_t found = 0;
    kith_mentorship m;

    for (uint32_t i = first_of_mentor(net, mentor, count);
         kith_net_mentorship(net, i, &m) && m.mentor == mentor; i++)
        if (m.mentee == mentee) {
            if (out)
                out[found] = m;
            found++;
        }
    return found;
}

static kith_code find_mentorships(const kith_net *net, uint32_t count, kith_why_result *result, kith_err *err)
{
    const uint32_t who = result->who, other = result->other;
    const uint32_t given = list_mentorships(net, who, other, count, NULL);
    const uint32_t taken = list_mentorships(net, other, who, count, NULL);

    result->mentorships = kith_alloc_array((size_t)given + taken, sizeof *result->mentorships);
    if (!result->mentorships)
        return kith_fail_memory(err, "mentorships");
    (void)list_mentorships(net, who, other, count, result->mentorships);
    (void)list_mentorships(net, other, who, count, result->mentorships + given);
    result->n_mentorships = given + taken;
    return KITH_OK;
}

static kith_code look_at_pair(const kith_net *net, uint32_t n_mentorships, kith_why_result *result,
                              kith_err *err)
{
    result->tied = kith_net_tie(net, result->who, result->other, &result->tie);
    result->n_reasons = kith_net_reasons(net, result->who, result->other, result->reasons);
    kith_code rc = find_mentorships(net, n_mentorships, result, err);
    return rc ? rc : find_shared(net, result, err);
}

kith_code kith_why(const kith_net *net, const kith_why_opts *opts, kith_why_result *result, kith_err *err)
{
    kith_net_summary summary;

    *result = (kith_why_result){.who = opts->who, .other = opts->other, .top = opts->top};
    kith_net_summarise(net, &summary);
    kith_code rc = check_opts(opts, summary.people, err);
    if (!rc)
        rc = opts->other == UINT32_MAX ? rank_ties(net, result, err)
                                       : look_at_pair(net, summary.mentorships, result, err);
    if (!rc)
        rc = kith_net_status(net, err);
    if (rc)
        kith_why_free(result);
    return rc;
}

void kith_why_free(kith_why_result *result)
{
    kith_free(result->mentorships);
    kith_free(result->shared);
    kith_free(result->ties);
    *result = (kith_why_result){0};
}
