/* How near mentors are: one search for 64 mentees at once, a bit each. */
#include <string.h>

#include "analysis/match_parts.h"
#include "base/mem.h"

enum { FARTHEST = 3 };

/** People met, to be gone on from or cleaned up. */
typedef struct crowd {
    uint32_t *ids;
    size_t count, capacity;
} crowd;

static bool crowd_add(crowd *c, uint32_t id)
{
    if (!kith_grow((void **)&c->ids, &c->capacity, c->count + 1, sizeof *c->ids))
        return false;
    c->ids[c->count++] = id;
    return true;
}

/** Goes one tie on from everyone in `from`; whom that reaches is in `to`. */
static bool step(const kith_graph *graph, const kith_hop_marks *m, const crowd *from, crowd *to, crowd *met)
{
    to->count = 0;
    for (size_t i = 0; i < from->count; i++) {
        const uint32_t v = from->ids[i];
        const kith_tie_row row = kith_graph_row(graph, v);
        for (uint64_t t = row.begin; t < row.end; t++) {
            const uint32_t w = graph->target[t];
            const uint64_t fresh = m->here[v] & ~m->seen[w] & ~m->next[w];
            if (fresh == 0)
                continue;
            if (m->next[w] == 0 && !crowd_add(to, w))
                return false;
            if (m->seen[w] == 0 && m->next[w] == 0 && !crowd_add(met, w))
                return false;
            m->next[w] |= fresh;
        }
    }
    for (size_t i = 0; i < from->count; i++)
        m->here[from->ids[i]] = 0;
    for (size_t i = 0; i < to->count; i++) {
        const uint32_t w = to->ids[i];
        m->here[w] = m->next[w];
        m->seen[w] |= m->next[w];
        m->next[w] = 0;
    }
    return true;
}

static bool search(const kith_graph *graph, const kith_taker *from, uint32_t n_from, const kith_taker *to,
                   uint32_t n_to, const kith_hop_marks *m, crowd steps[2], crowd *met, uint8_t *hops)
{
    for (uint32_t i = 0; i < n_from; i++) {
        const uint32_t v = from[i].person;
        if (m->seen[v] == 0 && (!crowd_add(&steps[0], v) || !crowd_add(met, v)))
            return false;
        m->seen[v] |= UINT64_C(1) << i;
        m->here[v] = m->seen[v];
    }
    for (uint32_t far = 1; far <= FARTHEST; far++) {
        if (!step(graph, m, &steps[(far - 1) % 2], &steps[far % 2], met))
            return false;
        for (uint32_t j = 0; j < n_to; j++)
            for (uint64_t bits = m->here[to[j].person]; bits != 0; bits &= bits - 1)
                hops[(size_t)__builtin_ctzll(bits) * n_to + j] = (uint8_t)far;
    }
    return true;
}

kith_code kith_match_hops(const kith_graph *graph, const kith_taker *from, uint32_t n_from,
                          const kith_taker *to, uint32_t n_to, const kith_hop_marks *m, uint8_t *hops,
                          kith_err *err)
{
    crowd steps[2] = {{0}, {0}}, met = {0};

    memset(hops, 0, (size_t)n_from * n_to);
    const bool fine = search(graph, from, n_from, to, n_to, m, steps, &met, hops);
    for (size_t i = 0; i < met.count; i++)
        m->seen[met.ids[i]] = m->here[met.ids[i]] = m->next[met.ids[i]] = 0;
    kith_free(steps[0].ids);
    kith_free(steps[1].ids);
    kith_free(met.ids);
    return fine ? KITH_OK : kith_fail_memory(err, "distances");
}
