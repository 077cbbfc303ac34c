#include "analysis/groups.h"

#include <stdlib.h>
#include <string.h>

#include "base/intern.h"
#include "base/mem.h"
#include "base/text.h"

static const uint32_t none = KITH_NO_GROUP;

/** The string of a person's preferred value of a field, or UINT32_MAX. */
static uint32_t preferred(const kith_net *net, uint32_t person, kith_field field)
{
    const uint8_t *fields;
    const uint32_t *strings;
    const uint32_t count = kith_net_attrs(net, person, &fields, &strings);

    for (uint32_t i = 0; i < count; i++)
        if (fields[i] == field)
            return strings[i];
    return UINT32_MAX;
}

/** The number of the value that a string spells; `none` for one that folds to nothing. */
static kith_code number_spelling(const char *spelling, kith_intern *folded_values, kith_dynbuf *folded,
                                 uint32_t *number, kith_err *err)
{
    kith_code rc;

    kith_dynbuf_clear(folded);
    kith_text_fold(spelling, folded);
    if ((rc = kith_dynbuf_check(folded, "a group", err)) != KITH_OK)
        return rc;
    *number = none;
    if (folded->length == 0)
        return KITH_OK;
    return kith_intern_add(folded_values, folded->data, folded->length, number, err);
}

/** Puts one person into the group of a value, which is a new one where it is met for the first time. */
static void join(kith_groups *groups, uint32_t person, uint32_t group, uint32_t spelling)
{
    groups->of[person] = group;
    if (group == none)
        return;
    if (group == groups->count) { /* numbers rise one by one */
        groups->people[group] = 0;
        groups->value[group] = spelling;
        groups->count++;
    }
    groups->people[group]++;
    groups->value[group] = spelling < groups->value[group] ? spelling : groups->value[group];
}

kith_code kith_groups_by_field(const kith_net *net, kith_field field, kith_groups *out, kith_err *err)
{
    kith_code rc = KITH_OK;
    kith_net_summary about;
    kith_intern *folded_values = NULL;
    kith_dynbuf folded = {0};
    const uint64_t n_strings = kith_net_string_count(net);
    uint32_t *of_string = kith_alloc_array(n_strings, sizeof *of_string); /* once folded */
    bool *is_known = kith_calloc(n_strings, sizeof *is_known);

    kith_net_summarise(net, &about);
    *out = (kith_groups){.of = kith_alloc_array(about.people, sizeof *out->of),
                         .people = kith_alloc_array(about.people, sizeof *out->people),
                         .value = kith_alloc_array(about.people, sizeof *out->value),
                         .field = kith_alloc_array(about.people, sizeof *out->field)};
    if (!of_string || !is_known || !out->of || !out->people || !out->value || !out->field) {
        rc = kith_fail_memory(err, "groups");
        goto done;
    }
    if ((rc = kith_intern_new(0, &folded_values, err)) != KITH_OK)
        goto done;
    for (uint32_t v = 0; v < about.people; v++) {
        const uint32_t s = preferred(net, v, field);
        if (s >= n_strings) {
            out->of[v] = none;
            continue;
        }
        if (!is_known[s]) {
            rc = number_spelling(kith_net_string(net, s), folded_values, &folded, &of_string[s], err);
            if (rc != KITH_OK)
                goto done;
            is_known[s] = true;
        }
        join(out, v, of_string[s], s);
    }
    for (uint32_t g = 0; g < out->count; g++)
        out->field[g] = field;

done:
    kith_intern_free(folded_values);
    kith_dynbuf_free(&folded);
    kith_free(of_string);
    kith_free(is_known);
    if (rc != KITH_OK)
        kith_groups_free(out);
    return rc;
}

kith_code kith_groups_find(const kith_net *net, const kith_graph *graph, kith_grouping grouping,
                           kith_field field, const kith_community_opts *how, kith_groups *out, kith_err *err)
{
    kith_community_opts usual = *how;

    if (grouping != KITH_GROUPING_COMMUNITY)
        return kith_groups_by_field(net, grouping == KITH_GROUPING_FIELD ? field : KITH_FIELD_COMPANY, out,
                                    err);
    usual.resolution = how->resolution > 0 ? how->resolution : 1;
    usual.runs = how->runs > 0 ? how->runs : 1;
    return kith_groups_by_community(net, graph, &usual, out, err);
}

/** A group and what it is called by. */
typedef struct called {
    uint32_t value, group;
} called;

static int compare_called(const void *a, const void *b)
{
    const called *x = a, *y = b;

    if (x->value != y->value)
        return x->value < y->value ? -1 : 1;
    return (x->group > y->group) - (x->group < y->group);
}

/** Appends the names one after another, each with its NUL; those of one value are numbered from the second
 * on. */
static kith_code write_names(const kith_net *net, const kith_groups *groups, const called *order,
                             size_t *offset, kith_dynbuf *text, kith_err *err)
{
    uint32_t alike = 0;

    for (uint32_t i = 0; i < groups->count; i++) {
        alike = i > 0 && order[i].value == order[i - 1].value ? alike + 1 : 1;
        offset[order[i].group] = text->length;
        if (order[i].value == UINT32_MAX)
            kith_dynbuf_printf(text, "group %u", order[i].group + 1);
        else
            kith_dynbuf_text(text, kith_net_field_string(net, groups->field[order[i].group], order[i].value));
        if (order[i].value != UINT32_MAX && alike > 1)
            kith_dynbuf_printf(text, " (%u)", alike);
        kith_dynbuf_put(text, '\0');
    }
    return kith_dynbuf_check(text, "names of groups", err);
}

kith_code kith_groups_name(const kith_net *net, const kith_groups *groups, const char ***names, kith_err *err)
{
    kith_code rc;
    kith_dynbuf text = {0};
    const uint32_t count = groups->count;
    called *order = kith_alloc_array(count, sizeof *order);
    size_t *offset = kith_alloc_array(count, sizeof *offset);

    *names = NULL;
    if (!order || !offset) {
        rc = kith_fail_memory(err, "names of groups");
        goto done;
    }
    for (uint32_t g = 0; g < count; g++)
        order[g] = (called){groups->value[g], g};
    qsort(order, count, sizeof *order, compare_called);
    if ((rc = write_names(net, groups, order, offset, &text, err)) != KITH_OK)
        goto done;
    if (!(*names = kith_malloc(count * sizeof **names + text.length + 1))) {
        rc = kith_fail_memory(err, "names of groups");
        goto done;
    }
    char *bytes = (char *)(*names + count);
    if (text.length > 0)
        memcpy(bytes, text.data, text.length);
    for (uint32_t g = 0; g < count; g++)
        (*names)[g] = bytes + offset[g];

done:
    kith_dynbuf_free(&text);
    kith_free(order);
    kith_free(offset);
    return rc;
}

void kith_groups_free(kith_groups *groups)
{
    kith_free(groups->of);
    kith_free(groups->people);
    kith_free(groups->value);
    kith_free(groups->field);
    *groups = (kith_groups){0};
}
