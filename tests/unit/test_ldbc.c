/* LDBC social networks of both generations, and the shortest paths in them. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <kith/build.h>
#include <kith/intro.h>

#include "base/date.h"
#include "base/mem.h"
#include "each_failure.h"
#include "recording_sink.h"
#include "temp_folder.h"

#define CORPUS KITH_SOURCE_DIR "/tests/corpus/"
#define V1 CORPUS "good-ldbc-v1"
#define V2 CORPUS "good-ldbc-v2"

static recording read_well(const char *input)
{
    recording rec = {0};
    kith_err err = KITH_ERR_NONE;

    cr_assert_eq(record(&rec, &(kith_build_opts){.inputs = &input, .n_inputs = 1}, &err), KITH_OK, "%s: %s",
                 input, err.message);
    return rec;
}

/** Whether some mention of the person `id` has this value. */
static bool person_says(const recording *rec, const char *id, kith_field field, const char *value)
{
    for (uint32_t i = 0; i < rec->n_mentions; i++)
        if (rec->mentions[i].id && strcmp(rec->mentions[i].id, id) == 0)
            for (size_t a = 0; a < rec->mentions[i].n_attrs; a++)
                if (rec->mentions[i].attrs[a].field == field &&
                    strcmp(rec->mentions[i].attrs[a].value, value) == 0)
                    return true;
    return false;
}

Test(ldbc, both_generations_are_understood)
{
    static const char *const folders[] = {V1, V2};

    for (size_t i = 0; i < 2; i++) {
        recording rec = read_well(folders[i]);
        cr_assert_eq(rec.n_spaces, 1, "%s: ids live in %zu spaces", folders[i], rec.n_spaces);
        cr_assert_eq(rec.tally.unrecognised, 0);
        cr_assert(person_says(&rec, "933", KITH_FIELD_NAME, "Ann Lee"));
        cr_assert(person_says(&rec, "933", KITH_FIELD_COMPANY, "Air Trewick"));
        cr_assert(person_says(&rec, "933", KITH_FIELD_LABEL, "University of Elm"));
        cr_assert(person_says(&rec, "10", KITH_FIELD_LOCATION, "Porto"));
        cr_assert(person_says(&rec, "933", KITH_FIELD_EMAIL, i == 0 ? "ann@lee.example" : "ann@one.example"));
        cr_assert(
            person_says(&rec, "933", KITH_FIELD_EMAIL, i == 0 ? "ann.lee@work.example" : "ann@two.example"));
        /* a firm, a place and a tag have the ids of people, but are none */
        cr_assert_not(person_says(&rec, "933", KITH_FIELD_NAME, "Air Trewick"));
        cr_assert_not(person_says(&rec, "933", KITH_FIELD_NAME, "Hamid"));
        cr_assert_not(person_says(&rec, "10", KITH_FIELD_NAME, "Porto"));
        recording_free(&rec);
    }
    cr_assert_eq(kith_mem_live(), 0);
}

Test(ldbc, dates_are_read_from_words_and_from_milliseconds)
{
    recording first = read_well(V1), second = read_well(V2);
    bool found = false;

    for (size_t i = 0; i < first.n_relations; i++)
        found |= first.relations[i].date == kith_day_from_civil(2011, 1, 11);
    cr_assert(found);
    for (size_t i = 0; i < second.n_relations; i++)
        cr_assert_eq(second.relations[i].date, kith_day_from_civil(2010, 3, 11)); /* 1268300000000 and on */
    recording_free(&first);
    recording_free(&second);
}

Test(ldbc, what_refers_to_nothing_is_rejected)
{
    recording rec = read_well(V1);
    const recorded_source *work = source_named(&rec, "person_workAt_organisation_0_0.csv");

    cr_assert_eq(work->end.used, 2);
    cr_assert_eq(work->end.rejected, 1);
    cr_assert_eq(rec.n_rejects, 1);
    cr_assert_eq(rec.rejects[0].line, 4);
    recording_free(&rec);
}

#define MOST 64

/** Distances by brute force, over the rows of the file of ties: the two columns by position. */
typedef struct distances {
    char *ids[MOST];
    int n, away[MOST][MOST];
} distances;

static int number_of(distances *d, const char *id)
{
    for (int i = 0; i < d->n; i++)
        if (strcmp(d->ids[i], id) == 0)
            return i;
    cr_assert_lt(d->n, MOST);
    d->ids[d->n] = strdup(id);
    return d->n++;
}

static void measure(distances *d, const char *path, int column)
{
    char line[256];
    FILE *file = fopen(path, "r");

    cr_assert_not_null(file, "%s", path);
    cr_assert_not_null(fgets(line, sizeof line, file));
    while (fgets(line, sizeof line, file)) {
        char *at = line, *cells[4] = {0};
        for (int i = 0; i < 4 && at; i++)
            cells[i] = strsep(&at, "|\n");
        int a = number_of(d, cells[column]), b = number_of(d, cells[column + 1]);
        d->away[a][b] = d->away[b][a] = 1;
    }
    (void)fclose(file);
}

static void close_up(distances *d)
{
    for (int k = 0; k < d->n; k++)
        for (int i = 0; i < d->n; i++)
            for (int j = 0; j < d->n; j++)
                if (d->away[i][k] && d->away[k][j] && i != j &&
                    (!d->away[i][j] || d->away[i][k] + d->away[k][j] < d->away[i][j]))
                    d->away[i][j] = d->away[i][k] + d->away[k][j];
}

/** The ties on the shortest route, 0 where there is none. */
static int hops(const kith_net *net, const char *from, const char *to)
{
    kith_intro_opts opts = KITH_INTRO_DEFAULTS;
    kith_intro_result found;
    uint32_t target = kith_net_find_key(net, to);

    opts.from = kith_net_find_key(net, from);
    opts.targets = &target;
    opts.n_targets = 1;
    opts.cost = KITH_COST_HOPS;
    opts.max_hops = 0;
    cr_assert(opts.from != UINT32_MAX && target != UINT32_MAX, "%s, %s", from, to);
    cr_assert_eq(kith_intro(net, &opts, &found, NULL), KITH_OK);
    int length = found.n_routes ? (int)found.routes[0].hops : 0;
    kith_intro_free(&found);
    return length;
}

static void hold_paths(const char *folder, distances *d)
{
    kith_net *net = NULL;
    int unconnected = 0, longest = 0;

    cr_assert_eq(kith_load(&(kith_build_opts){.inputs = &folder, .n_inputs = 1, .merge = KITH_MERGE_STRICT},
                           &net, NULL, NULL),
                 KITH_OK);
    close_up(d);
    for (int i = 0; i < d->n; i++)
        for (int j = 0; j < d->n; j++) {
            if (i == j)
                continue;
            cr_assert_eq(hops(net, d->ids[i], d->ids[j]), d->away[i][j], "%s to %s", d->ids[i], d->ids[j]);
            unconnected += d->away[i][j] == 0;
            longest = d->away[i][j] > longest ? d->away[i][j] : longest;
        }
    cr_assert_gt(unconnected, 0);
    cr_assert_geq(longest, 5);
    for (int i = 0; i < d->n; i++)
        free(d->ids[i]);
    kith_net_close(net);
}

Test(ldbc, shortest_paths_are_those_of_the_ties)
{
    distances first = {0}, second = {0};

    measure(&first, V1 "/person_knows_person_0_0.csv", 0);
    hold_paths(V1, &first);
    measure(&second, V2 "/initial_snapshot/dynamic/Person_knows_Person/part-00000.csv", 1);
    measure(&second, V2 "/initial_snapshot/dynamic/Person_knows_Person/part-00001.csv", 1);
    hold_paths(V2, &second);
}

static kith_code read_folder(void *ctx, kith_err *err)
{
    recording rec = {0};
    const char *input = ctx;
    kith_code rc = record(&rec, &(kith_build_opts){.inputs = &input, .n_inputs = 1}, err);

    recording_free(&rec);
    return rc;
}

/* ---- interactions ---- */

/** People 1 to 4, of whom 1 knows 2 and 3, and both know 4; and how often they dealt with each other. */
static kith_net *square_with(const char *interactions)
{
    const char *folder = ".";
    kith_net *net = NULL;
    kith_err err = KITH_ERR_NONE;

    put_file("person_0_0.csv",
             "id|firstName|lastName|gender|birthday|creationDate|locationIP|browserUsed|\n"
             "1|Ann|Lee|female|1984-02-01|2010-03-01T07:37:21.718+0000|192.0.2.0|Firefox|\n"
             "2|Ben|Ito|male|1984-02-01|2010-03-01T07:37:21.718+0000|192.0.2.0|Firefox|\n"
             "3|Cara|Poe|female|1984-02-01|2010-03-01T07:37:21.718+0000|192.0.2.0|Firefox|\n"
             "4|Dana|Roe|female|1984-02-01|2010-03-01T07:37:21.718+0000|192.0.2.0|Firefox|\n");
    put_file("person_knows_person_0_0.csv", "Person.id|Person.id|creationDate|\n"
                                            "1|2|2011-01-11T05:39:49.414+0000|\n"
                                            "1|3|2011-01-11T05:39:49.414+0000|\n"
                                            "2|4|2011-01-11T05:39:49.414+0000|\n"
                                            "3|4|2011-01-11T05:39:49.414+0000|\n");
    put_file("replies.csv", interactions);
    cr_assert_eq(kith_load(&(kith_build_opts){.inputs = &folder, .n_inputs = 1, .merge = KITH_MERGE_STRICT},
                           &net, NULL, &err),
                 KITH_OK, "%s", err.message);
    return net;
}

/** Routes from 1 to 4. */
static kith_intro_result routes(const kith_net *net, kith_intro_opts opts)
{
    const uint32_t target = kith_net_find_key(net, "4");
    kith_intro_result found;

    opts.from = kith_net_find_key(net, "1");
    opts.targets = &target;
    opts.n_targets = 1;
    opts.via = UINT32_MAX;
    cr_assert_eq(kith_intro(net, &opts, &found, NULL), KITH_OK);
    return found;
}

TestSuite(ldbc_interactions, .init = temp_folder_enter, .fini = temp_folder_leave);

Test(ldbc_interactions, a_path_weighs_what_its_people_replied)
{
    /* A reply to a post counts 1, to a comment 0.5: 2 * 1 + 1 * 0.5 + 3 * 1 + 4 * 0.5 by way of 3. */
    kith_net *net = square_with("source,target,interactions\n1,3,2\n3,1,0.5\n3,4,3\n4,3,2\n1,2,1\n");
    kith_intro_result r = routes(
        net, (kith_intro_opts){.mode = KITH_INTRO_SHORTEST, .cost = KITH_COST_HOPS, .by_interactions = true});

    cr_assert_eq(r.n_routes, 2);
    cr_expect_eq(r.routes[0].people[1], kith_net_find_key(net, "3"));
    cr_expect_eq(r.routes[0].interactions, 2 * 1 + 1 * 0.5 + 3 * 1 + 4 * 0.5);
    cr_expect_eq(r.routes[1].interactions, 1, "nothing is told of 2 and 4");
    kith_intro_free(&r);
    kith_net_close(net);
}

Test(ldbc_interactions, costs_follow_what_a_table_counts_and_not_who_knows_whom)
{
    kith_net *net = square_with("source,target,interactions\n1,2,5\n4,2,5\n1,3,400\n");
    kith_intro_result r = routes(net, (kith_intro_opts){.cost = KITH_COST_LDBC_SQRT});

    cr_assert_eq(r.n_routes, 1, "3 and 4 know each other, and have no interactions");
    cr_expect_eq(r.routes[0].cost, 38 + 38);
    kith_intro_free(&r);
    r = routes(net, (kith_intro_opts){.cost = KITH_COST_LDBC_INV});
    cr_assert_eq(r.n_routes, 2);
    cr_expect_eq(r.routes[0].cost, 2 * ((UINT64_C(1) << 32) / 6));
    cr_expect_eq(r.routes[1].cost, (UINT64_C(1) << 32) + (UINT64_C(1) << 32) / 401);
    kith_intro_free(&r);
    kith_net_close(net);
}

Test(ldbc, gives_back_everything_when_memory_ends)
{
    char folder[] = V1;

    cr_assert_gt(each_failure(read_folder, folder), 20);
}
