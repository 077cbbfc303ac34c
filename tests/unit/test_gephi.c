/* Gephi's tables: nodes are people, edges are ties, and ids are ids. */
#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

#include "base/mem.h"
#include "each_failure.h"
#include "recording_sink.h"

#define CORPUS KITH_SOURCE_DIR "/tests/corpus/"

static const char *const inputs[] = {CORPUS "good-gephi-nodes.csv", CORPUS "good-gephi-edges.csv"};

static kith_code read_both(recording *rec, kith_err *err)
{
    return record(rec, &(kith_build_opts){.inputs = inputs, .n_inputs = 2}, err);
}

Test(gephi, edges_join_the_nodes_by_their_ids)
{
    recording rec = {0};

    cr_assert_eq(read_both(&rec, NULL), KITH_OK);
    const recorded_source *edges = source_named(&rec, "good-gephi-edges.csv");
    cr_assert_str_eq(edges->format, "Gephi edges");
    cr_assert_eq(edges->end.used, 2);
    cr_assert_eq(edges->end.skipped, 1); /* the loop */
    cr_assert_eq(rec.n_spaces, 1);
    cr_assert_eq(rec.n_relations, 2);
    const kith_relation *tie = &rec.relations[0];
    cr_assert_str_eq(rec.mentions[tie->a].id, "ann@lee.example"); /* an id, whatever it looks like */
    cr_assert_str_eq(rec.mentions[tie->b].id, "2");
    cr_assert_eq(rec.mentions[tie->a].n_attrs, 0);
    cr_assert_eq(tie->weight, 2.5);
    cr_assert(isnan(tie->strength));
    cr_assert_eq(tie->kind, KITH_EVIDENCE_STATED_TIE);
    uint32_t ann = named(&rec, "Ann Lee");
    cr_assert_str_eq(rec.mentions[ann].id, "ann@lee.example");
    cr_assert_str_eq(value_of(&rec, ann, KITH_FIELD_COMPANY, 0), "Acme");
    cr_assert(!rec.mentions[ann].do_not_introduce);
    cr_assert(rec.mentions[named(&rec, "Ben Ito")].do_not_introduce);
    recording_free(&rec);
    cr_assert_eq(kith_mem_live(), 0);
}
