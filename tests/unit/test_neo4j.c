/* Files for Neo4j's import: typed headers, labels, and headers that are files of their own. */
#include <criterion/criterion.h>
#include <string.h>

#include "base/date.h"
#include "base/mem.h"
#include "each_failure.h"
#include "recording_sink.h"

#define CORPUS KITH_SOURCE_DIR "/tests/corpus/"

static recording read_well(const char *input)
{
    recording rec = {0};
    kith_err err = KITH_ERR_NONE;

    cr_assert_eq(record(&rec, &(kith_build_opts){.inputs = &input, .n_inputs = 1}, &err), KITH_OK, "%s",
                 err.message);
    return rec;
}

Test(neo4j, people_are_people_and_companies_where_they_work)
{
    recording rec = read_well(CORPUS "good-neo4j");
    uint32_t ann = named(&rec, "Ann Lee");
    bool employed = false;

    cr_assert_str_eq(rec.mentions[ann].id, "p1");
    cr_assert_str_eq(value_of(&rec, ann, KITH_FIELD_SKILL, 0), "python");
    cr_assert_str_eq(value_of(&rec, ann, KITH_FIELD_SKILL, 1), "sql");
    (void)named(&rec, "Cy Oh");
    cr_assert(!rec.mentions[ann].do_not_introduce);
    cr_assert(rec.mentions[named(&rec, "Ben Ito")].do_not_introduce);
    for (uint32_t i = 0; i < rec.n_mentions; i++) {
        cr_assert_str_neq(value_of(&rec, i, KITH_FIELD_NAME, 0), "Acme");
        cr_assert_str_neq(value_of(&rec, i, KITH_FIELD_NAME, 0), "The Film");
        employed |= strcmp(rec.mentions[i].id, "p1") == 0 &&
                    strcmp(value_of(&rec, i, KITH_FIELD_COMPANY, 0), "Acme") == 0;
    }
    cr_assert(employed);
    cr_assert_eq(source_named(&rec, "companies.csv")->end.skipped, 2);
    cr_assert_eq(source_named(&rec, "works-at.csv")->end.used, 1);
    cr_assert_eq(source_named(&rec, "works-at.csv")->end.skipped, 2);
    recording_free(&rec);
    cr_assert_eq(kith_mem_live(), 0);
}

Test(neo4j, relationships_are_ties)
{
    recording rec = read_well(CORPUS "good-neo4j");

    cr_assert_eq(rec.n_relations, 2);
    cr_assert_eq(rec.relations[0].date, kith_day_from_civil(2020, 1, 2));
    cr_assert_eq(rec.relations[0].weight, 2.5);
    cr_assert_eq(rec.relations[0].kind, KITH_EVIDENCE_STATED_TIE);
    cr_assert_eq(rec.relations[1].kind, KITH_EVIDENCE_STATED_RELATION); /* FRIEND */
    cr_assert_eq(source_named(&rec, "knows.csv")->end.skipped, 1);      /* the loop */
    recording_free(&rec);
}

/** Whether what relates two mentions relates the people of these groups and ids. */
static bool relates(const recording *rec, uint32_t i, uint32_t a, uint32_t b)
{
    const kith_mention *from = &rec->mentions[rec->relations[i].a], *to = &rec->mentions[rec->relations[i].b];

    return from->space == rec->mentions[a].space && strcmp(from->id, rec->mentions[a].id) == 0 &&
           to->space == rec->mentions[b].space && strcmp(to->id, rec->mentions[b].id) == 0;
}

Test(neo4j, ids_count_within_their_group)
{
    recording rec = read_well(CORPUS "good-neo4j-groups");
    uint32_t ann = named(&rec, "Ann Lee"), ben = named(&rec, "Ben Ito");
    uint32_t cy = named(&rec, "Cy Oh"), di = named(&rec, "Di Fox");

    cr_assert_str_eq(rec.mentions[ann].id, rec.mentions[cy].id);
    cr_assert_neq(rec.mentions[ann].space, rec.mentions[cy].space);
    cr_assert_eq(rec.mentions[ann].space, rec.mentions[ben].space);
    cr_assert_eq(rec.n_relations, 3);
    cr_assert(relates(&rec, 0, cy, di)); /* classmates.csv comes before guides.csv */
    cr_assert(relates(&rec, 1, ann, cy));
    cr_assert(relates(&rec, 2, ben, cy));
    cr_assert_eq(rec.relations[1].date, kith_day_from_civil(2024, 5, 6));
    cr_assert_eq(source_named(&rec, "classmates.csv")->end.skipped, 1); /* the loop */
    for (uint32_t i = 0; i < rec.n_mentions; i++)
        if (strcmp(value_of(&rec, i, KITH_FIELD_COMPANY, 0), "Acme") == 0)
            cr_assert(rec.mentions[i].space == rec.mentions[ann].space &&
                      strcmp(rec.mentions[i].id, "1") == 0);
    cr_assert_eq(source_named(&rec, "works-at.csv")->end.used, 1);
    recording_free(&rec);
}

Test(neo4j, a_header_may_be_a_file_of_its_own)
{
    recording rec = read_well(CORPUS "good-neo4j-headers");

    cr_assert_str_eq(source_named(&rec, "persons-header.csv")->format, "Neo4j header");
    cr_assert_str_eq(source_named(&rec, "persons-part1.csv")->format, "Neo4j nodes");
    cr_assert_str_eq(source_named(&rec, "knows.csv")->format, "Neo4j relationships");
    cr_assert_eq(source_named(&rec, "persons-part1.csv")->end.used, 2);
    cr_assert_eq(source_named(&rec, "persons-part2.csv")->end.used, 1);
    cr_assert_eq(source_named(&rec, "knows.csv")->end.used, 2);
    cr_assert_eq(rec.tally.unrecognised, 0);
    cr_assert_str_eq(rec.mentions[named(&rec, "Cy Oh")].id, "3");
    cr_assert_eq(rec.n_relations, 2);
    recording_free(&rec);
}

Test(neo4j, data_without_its_header_is_told)
{
    recording rec = read_well(CORPUS "bad-neo4j-headless");

    cr_assert_eq(rec.tally.unrecognised, 1);
    cr_assert_eq(rec.n_mentions, 0);
    cr_assert_not_null(strstr(kith_dynbuf_cstr(&rec.notices), "not recognised, left out: persons.csv"));
    recording_free(&rec);
}

static kith_code read_folder(void *ctx, kith_err *err)
{
    recording rec = {0};
    const char *input = ctx;
    kith_code rc = record(&rec, &(kith_build_opts){.inputs = &input, .n_inputs = 1}, err);

    recording_free(&rec);
    return rc;
}

Test(neo4j, gives_back_everything_when_memory_ends)
{
    char plain[] = CORPUS "good-neo4j", headers[] = CORPUS "good-neo4j-headers",
         groups[] = CORPUS "good-neo4j-groups";

    cr_assert_gt(each_failure(read_folder, plain), 20);
    cr_assert_gt(each_failure(read_folder, headers), 20);
    cr_assert_gt(each_failure(read_folder, groups), 20);
}
