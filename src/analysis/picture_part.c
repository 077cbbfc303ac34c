/* The strongest part: people by the sum of the strengths of their ties, ties by their cost. */
#include "analysis/picture_part.h"

#include <stdlib.h>

#include "base/err.h"
#include "base/mem.h"

enum { COSTS = UINT16_MAX + 1 };

/** Somebody, and how strongly tied. */
typedef struct weighed {
    double strength;
    uint32_t id;
} weighed;

/** Which ties are drawn: the cheapest, and everyone's best. */
typedef struct tie_choice {
    const kith_graph *graph;
    const uint32_t *place; /**< [n] of each person in the picture, UINT32_MAX for those not drawn */
    uint64_t *best;        /**< [people drawn] where their best tie to somebody drawn stands in their row */
    uint32_t cut;          /**< ties below this cost are drawn */
    uint64_t at_cut;       /**< and so many of this cost, in the order of people */
} tie_choice;

static int by_strength(const void *a, const void *b)
{
    const weighed *x = a, *y = b;

    if (x->strength != y->strength)
        return x->strength > y->strength ? -1 : 1;
    return (x->id > y->id) - (x->id < y->id);
}

static int by_id(const void *a, const void *b)
{
    const kith_place *x = a, *y = b;

    return (x->id > y->id) - (x->id < y->id);
}

/** Sums up strengths of all who have ties. @return how many they are. */
static uint32_t weigh(const kith_graph *graph, const double *strength_of, weighed *all)
{
    uint32_t count = 0;

    for (uint32_t v = 0; v < graph->n; v++) {
        const kith_tie_row row = kith_graph_row(graph, v);
        double sum = 0;

        for (uint64_t e = row.begin; e < row.end; e++)
            sum += strength_of[graph->cost[e]];
        if (row.end > row.begin)
            all[count++] = (weighed){sum, v};
    }
    return count;
}

static kith_code choose_people(const kith_graph *graph, uint32_t most, kith_picture *picture, kith_err *err)
{
    weighed *all = kith_alloc_array(graph->n, sizeof *all);
    double *strength_of = kith_alloc_array(COSTS, sizeof *strength_of);
    kith_code rc = all && strength_of ? KITH_OK : kith_fail_memory(err, "who is in the picture");

    for (uint32_t cost = 0; !rc && cost < COSTS; cost++)
        strength_of[cost] = kith_strength_of_cost(cost);
    if (!rc) {
        picture->people_tied = weigh(graph, strength_of, all);
        picture->n_people = picture->people_tied < most ? picture->people_tied : most;
        if (picture->people_tied > most)
            qsort(all, picture->people_tied, sizeof *all, by_strength);
        picture->people = kith_calloc(picture->n_people, sizeof *picture->people);
        if (!picture->people)
            rc = kith_fail_memory(err, "who is in the picture");
    }
    for (uint32_t i = 0; !rc && i < picture->n_people; i++)
        picture->people[i].id = all[i].id;
    if (!rc)
        qsort(picture->people, picture->n_people, sizeof *picture->people, by_id);
    kith_free(all);
    kith_free(strength_of);
    return rc;
}

/** Finds everyone's best tie, and counts ties by cost; each once. */
static uint64_t survey(const kith_picture *picture, tie_choice *choice, uint64_t *of_cost)
{
    uint64_t between = 0;

    for (uint32_t i = 0; i < picture->n_people; i++) {
        const kith_tie_row row = kith_graph_row(choice->graph, picture->people[i].id);

        choice->best[i] = UINT64_MAX;
        for (uint64_t e = row.begin; e < row.end; e++) {
            const uint32_t other = choice->place[choice->graph->target[e]];

            if (other == UINT32_MAX)
                continue;
            if (choice->best[i] == UINT64_MAX ||
                choice->graph->cost[e] < choice->graph->cost[choice->best[i]])
                choice->best[i] = e;
            if (other > i) {
                of_cost[choice->graph->cost[e]]++;
                between++;
            }
        }
    }
    return between;
}

/** Sets where the ties that are drawn for their cost end. */
static void cut_at(tie_choice *choice, const uint64_t *of_cost, uint64_t most)
{
    for (choice->cut = 0; choice->cut < COSTS && of_cost[choice->cut] <= most; choice->cut++)
        most -= of_cost[choice->cut];
    choice->at_cut = most;
}

/** Whether the tie at `e` of person `i` to `other` is the best one of either. */
static bool is_best(const tie_choice *choice, uint32_t i, uint32_t other, uint64_t e)
{
    return choice->best[i] == e || (choice->best[other] != UINT64_MAX &&
                                    choice->place[choice->graph->target[choice->best[other]]] == i);
}

static kith_code take_ties(tie_choice *choice, kith_picture *picture, kith_err *err)
{
    size_t capacity = 0;

    for (uint32_t i = 0; i < picture->n_people; i++) {
        const kith_tie_row row = kith_graph_row(choice->graph, picture->people[i].id);

        for (uint64_t e = row.begin; e < row.end; e++) {
            const uint32_t other = choice->place[choice->graph->target[e]], cost = choice->graph->cost[e];

            if (other == UINT32_MAX || other < i)
                continue;
            const bool is_cheap = cost < choice->cut || (cost == choice->cut && choice->at_cut > 0);
            if (cost == choice->cut && choice->at_cut > 0)
                choice->at_cut--;
            if (!is_cheap && !is_best(choice, i, other, e))
                continue;
            if (!kith_grow((void **)&picture->ties, &capacity, picture->n_ties + 1, sizeof *picture->ties))
                return kith_fail_memory(err, "the ties in the picture");
            picture->ties[picture->n_ties++] = (kith_drawn_tie){i, other, cost};
        }
    }
    return KITH_OK;
}

static kith_code choose_ties(const kith_graph *graph, uint64_t most, kith_picture *picture, kith_err *err)
{
    uint32_t *place = kith_alloc_array(graph->n, sizeof *place);
    uint64_t *best = kith_alloc_array(picture->n_people, sizeof *best);
    uint64_t *of_cost = kith_calloc(COSTS, sizeof *of_cost);
    tie_choice choice = {.graph = graph, .place = place, .best = best};
    kith_code rc = place && best && of_cost ? KITH_OK : kith_fail_memory(err, "the ties in the picture");

    if (!rc) {
        for (uint32_t v = 0; v < graph->n; v++)
            place[v] = UINT32_MAX;
        for (uint32_t i = 0; i < picture->n_people; i++)
            place[picture->people[i].id] = i;
        picture->ties_between = survey(picture, &choice, of_cost);
        cut_at(&choice, of_cost, most);
        rc = take_ties(&choice, picture, err);
    }
    kith_free(place);
    kith_free(best);
    kith_free(of_cost);
    return rc;
}

kith_code kith_picture_choose(const kith_graph *graph, const kith_picture_opts *opts, kith_picture *picture,
                              kith_err *err)
{
    kith_code rc =
        choose_people(graph, opts->most_people ? opts->most_people : KITH_PICTURE_PEOPLE, picture, err);

    return rc ? rc : choose_ties(graph, opts->most_ties ? opts->most_ties : KITH_PICTURE_TIES, picture, err);
}
