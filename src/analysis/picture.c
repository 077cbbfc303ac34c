/* A picture is a small graph of its own: chosen, grouped, laid out. */
#include <kith/picture.h>

#include <math.h>
#include <string.h>

#include "analysis/groups.h"
#include "analysis/picture_part.h"
#include "base/mem.h"
#include "base/rng.h"
#include "igraph_port/igraph_port.h"
#include "network/netfile.h"

enum { SEED = 1, COMMUNITY_RUNS = 3 };

/** Turns of a sunflower's seeds, in radians: places each as far as can be from those before. */
#define GOLDEN_ANGLE 2.399963229728653

/** The ties drawn as compressed rows. */
typedef struct drawn_graph {
    kith_graph graph;
    uint64_t *offset;
    uint32_t *target;
} drawn_graph;

static void free_drawn(drawn_graph *drawn)
{
    kith_free(drawn->offset);
    kith_free(drawn->target);
    *drawn = (drawn_graph){0};
}

/** Makes the graph of `n` vertices; `vertex` tells which one each person drawn is. Ties are in order, so rows
 * fill up in order, too. */
static kith_code make_drawn(const kith_picture *picture, uint32_t n, const uint32_t *vertex, drawn_graph *out,
                            kith_err *err)
{
    uint64_t *offset = kith_calloc((size_t)n + 2, sizeof *offset);
    uint32_t *target = kith_alloc_array(2 * picture->n_ties, sizeof *target);

    *out = (drawn_graph){{.n = n, .m = picture->n_ties, .offset = offset, .target = target}, offset, target};
    if (!offset || !target) {
        free_drawn(out);
        return kith_fail_memory(err, "the picture");
    }
    for (uint64_t t = 0; t < picture->n_ties; t++) {
        offset[vertex[picture->ties[t].a] + 2]++;
        offset[vertex[picture->ties[t].b] + 2]++;
    }
    for (uint32_t v = 0; v < n; v++) /* one further on, as filling in moves them back */
        offset[v + 2] += offset[v + 1];
    for (uint64_t t = 0; t < picture->n_ties; t++) {
        const uint32_t a = vertex[picture->ties[t].a], b = vertex[picture->ties[t].b];

        target[offset[a + 1]++] = b;
        target[offset[b + 1]++] = a;
    }
    return KITH_OK;
}

/** Communities of the ties drawn; their names rest on all people, so the graph has everyone. */
static kith_code find_communities(const kith_net *net, uint32_t n, kith_picture *picture, kith_err *err)
{
    static const kith_community_opts opts = {.resolution = 1, .runs = COMMUNITY_RUNS, .seed = SEED};
    uint32_t *vertex = kith_alloc_array(picture->n_people, sizeof *vertex);
    drawn_graph drawn = {0};
    kith_groups groups = {0};
    kith_code rc = vertex ? KITH_OK : kith_fail_memory(err, "the picture");

    for (uint32_t i = 0; !rc && i < picture->n_people; i++)
        vertex[i] = picture->people[i].id;
    if (!rc)
        rc = make_drawn(picture, n, vertex, &drawn, err);
    if (!rc)
        rc = kith_groups_by_community(net, &drawn.graph, &opts, &groups, err);
    if (!rc)
        rc = kith_groups_name(net, &groups, &picture->communities, err);
    if (!rc)
        picture->n_communities = groups.count;
    for (uint32_t i = 0; !rc && i < picture->n_people; i++) {
        const uint32_t group = groups.of[picture->people[i].id];

        picture->community[i] = group == KITH_NO_GROUP ? UINT32_MAX : group;
    }
    kith_groups_free(&groups);
    free_drawn(&drawn);
    kith_free(vertex);
    return rc;
}

/** A disc for each community, laid like the seeds of a sunflower, and its people scattered over it. */
static kith_code scatter(const kith_picture *picture, double *xy, kith_err *err)
{
    double *size = kith_calloc((size_t)picture->n_communities + 1, sizeof *size);
    double *before = kith_calloc((size_t)picture->n_communities + 1, sizeof *before);
    kith_rng rng;

    if (!size || !before) {
        kith_free(size);
        kith_free(before);
        return kith_fail_memory(err, "the picture");
    }
    kith_rng_seed(&rng, SEED);
    for (uint32_t i = 0; i < picture->n_people; i++)
        if (picture->community[i] != UINT32_MAX)
            size[picture->community[i]]++;
    for (uint32_t c = 0; c < picture->n_communities; c++)
        before[c + 1] = before[c] + size[c];
    for (uint32_t i = 0; i < picture->n_people; i++) {
        const uint32_t c =
            picture->community[i] == UINT32_MAX ? picture->n_communities : picture->community[i];
        const double far = sqrt(before[c] + size[c] / 2), angle = GOLDEN_ANGLE * c;
        const double near = sqrt(kith_rng_unit(&rng) * (size[c] + 1) / 4),
                     turn = 2 * M_PI * kith_rng_unit(&rng);

        xy[2 * (size_t)i] = (c > 0 ? far * cos(angle) : 0) + near * cos(turn);
        xy[2 * (size_t)i + 1] = (c > 0 ? far * sin(angle) : 0) + near * sin(turn);
    }
    kith_free(size);
    kith_free(before);
    return KITH_OK;
}

/** Takes over the places that were kept. @return how many of the people drawn have one. */
static uint32_t take_kept(const kith_picture *picture, const kith_picture_opts *opts, double *xy, bool *fixed)
{
    uint32_t count = 0;

    for (uint32_t i = 0, k = 0; i < picture->n_people; i++) {
        while (k < opts->n_kept && opts->kept[k].id < picture->people[i].id)
            k++;
        if (k == opts->n_kept || opts->kept[k].id != picture->people[i].id)
            continue;
        fixed[i] = true;
        xy[2 * (size_t)i] = opts->kept[k].x;
        xy[2 * (size_t)i + 1] = opts->kept[k].y;
        count++;
    }
    return count;
}

/** Lets newcomers begin in the midst of those they are tied to. */
static void begin_near(const kith_graph *graph, const bool *fixed, double *xy)
{
    for (uint32_t v = 0; v < graph->n; v++) {
        const kith_tie_row row = kith_graph_row(graph, v);
        double sum[2] = {0, 0}, count = 0;

        for (uint64_t e = row.begin; !fixed[v] && e < row.end; e++)
            if (fixed[graph->target[e]]) {
                sum[0] += xy[2 * (size_t)graph->target[e]];
                sum[1] += xy[2 * (size_t)graph->target[e] + 1];
                count++;
            }
        if (count > 0) {
            xy[2 * (size_t)v] = sum[0] / count + cos(v); /* so that two with the same contact stand apart */
            xy[2 * (size_t)v + 1] = sum[1] / count + sin(v);
        }
    }
}

static kith_code lay_out(const kith_picture_opts *opts, kith_picture *picture, kith_err *err)
{
    const size_t n = picture->n_people;
    double *start = kith_alloc_array(2 * n, sizeof *start), *xy = kith_alloc_array(2 * n, sizeof *xy);
    bool *fixed = kith_calloc(n, sizeof *fixed);
    uint32_t *vertex = kith_alloc_array(n, sizeof *vertex);
    drawn_graph drawn = {0};
    kith_igraph *port = NULL;
    kith_code rc = start && xy && fixed && vertex ? KITH_OK : kith_fail_memory(err, "the picture");

    for (uint32_t i = 0; !rc && i < n; i++)
        vertex[i] = i;
    if (!rc)
        rc = make_drawn(picture, (uint32_t)n, vertex, &drawn, err);
    if (!rc)
        rc = scatter(picture, start, err);
    if (!rc)
        rc = kith_igraph_new(&drawn.graph, &port, err);
    if (!rc) {
        const bool stays = take_kept(picture, opts, xy, fixed) * UINT64_C(2) >= n;

        if (stays) {
            for (uint32_t i = 0; i < n; i++)
                if (fixed[i])
                    memcpy(&start[2 * (size_t)i], &xy[2 * (size_t)i], 2 * sizeof *xy);
            begin_near(&drawn.graph, fixed, start);
        }
        kith_igraph_watch(port, opts->progress);
        rc = kith_igraph_layout(
            port, &(kith_layout_opts){SEED, start, stays ? fixed : NULL, picture->community}, xy, err);
    }
    for (uint32_t i = 0; !rc && i < n; i++) {
        picture->people[i].x = round(100 * xy[2 * (size_t)i]) / 100;
        picture->people[i].y = round(100 * xy[2 * (size_t)i + 1]) / 100;
    }
    kith_igraph_free(port);
    free_drawn(&drawn);
    kith_free(vertex);
    kith_free(fixed);
    kith_free(xy);
    kith_free(start);
    return rc;
}

kith_code kith_draw_picture(const kith_net *net, const kith_picture_opts *opts, kith_picture *picture,
                            kith_err *err)
{
    kith_coefficients coefficients;
    kith_graph graph;
    kith_code rc = kith_net_graph(net, &graph, err);

    *picture = (kith_picture){0};
    if (!rc)
        rc = kith_picture_choose(&graph, opts, picture, err);
    if (!rc && !(picture->community = kith_alloc_array(picture->n_people, sizeof *picture->community)))
        rc = kith_fail_memory(err, "the picture");
    if (!rc)
        rc = find_communities(net, graph.n, picture, err);
    if (!rc)
        rc = lay_out(opts, picture, err);
    if (!rc) {
        kith_net_coefficients(net, &coefficients);
        picture->handover = (uint32_t)lround(-1000 * log(coefficients.handover));
        rc = kith_net_status(net, err);
    }
    if (rc)
        kith_picture_free(picture);
    return rc;
}

void kith_picture_free(kith_picture *picture)
{
    kith_free(picture->people);
    kith_free(picture->community);
    kith_free(picture->communities);
    kith_free(picture->ties);
    *picture = (kith_picture){0};
}
