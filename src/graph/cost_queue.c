#include "graph/cost_queue.h"

#include "base/mem.h"

static uint32_t part_of(const kith_cost_queue *queue, uint64_t cost)
{
    uint64_t differs = cost ^ queue->latest;

    return differs ? 64 - (uint32_t)__builtin_clzll(differs) : 0;
}

static bool put(kith_cost_queue *queue, kith_queued entry)
{
    kith_queue_part *part = &queue->parts[part_of(queue, entry.cost)];

    if (!kith_grow((void **)&part->all, &part->capacity, part->count + 1, sizeof *part->all))
        return false;
    part->all[part->count++] = entry;
    return true;
}

bool kith_cost_queue_push(kith_cost_queue *queue, uint64_t cost, uint32_t person)
{
    if (!put(queue, (kith_queued){cost, person}))
        return false;
    queue->count++;
    return true;
}

/** Moves on to the least cost there is. All of its part now agree in the digit they were in for. */
static bool advance(kith_cost_queue *queue)
{
    kith_queue_part *part = &queue->parts[1];

    while (part->count == 0)
        part++;
    queue->latest = part->all[0].cost;
    for (size_t i = 1; i < part->count; i++)
        if (part->all[i].cost < queue->latest)
            queue->latest = part->all[i].cost;
    for (size_t i = 0; i < part->count; i++)
        if (!put(queue, part->all[i]))
            return false;
    part->count = 0;
    return true;
}

bool kith_cost_queue_pop(kith_cost_queue *queue, kith_queued *out)
{
    kith_queue_part *same = &queue->parts[0];

    if (same->count == 0 && !advance(queue))
        return false;
    queue->count--;
    *out = same->all[--same->count];
    return true;
}

void kith_cost_queue_clear(kith_cost_queue *queue)
{
    for (size_t i = 0; i < sizeof queue->parts / sizeof *queue->parts; i++)
        queue->parts[i].count = 0;
    queue->latest = 0;
    queue->count = 0;
}

void kith_cost_queue_free(kith_cost_queue *queue)
{
    for (size_t i = 0; i < sizeof queue->parts / sizeof *queue->parts; i++)
        kith_free(queue->parts[i].all);
    *queue = (kith_cost_queue){0};
}
