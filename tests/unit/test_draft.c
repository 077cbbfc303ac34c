/* What a draft may tell, rule by rule. */
#include <criterion/criterion.h>

#include <stdlib.h>
#include <string.h>

#include <kith/draft.h>

#include "each_failure.h"
#include "small_net.h"
#include "temp_folder.h"

/* ---- rule by rule ---- */

enum { ASKER, INTRODUCER, TARGET, OTHER, FURTHER, PEOPLE };

/** 0 (owner) - 1 (owner) - 2, and 0 lists 2 and 3 too; 1 - 3. */
static small_net *world(void)
{
    small_net *s = small_net_from_ties(
        PEOPLE, (const uint32_t[][2]){{ASKER, INTRODUCER}, {INTRODUCER, TARGET}, {ASKER, TARGET}, {1, 3}}, 4,
        NULL);

    small_net_value(s, ASKER, KITH_FIELD_NAME, "Ann Lee");
    small_net_value(s, INTRODUCER, KITH_FIELD_NAME, "Ben Ito");
    small_net_value(s, TARGET, KITH_FIELD_NAME, "Dana Roe");
    small_net_value(s, TARGET, KITH_FIELD_TITLE, "Buyer");
    small_net_value(s, TARGET, KITH_FIELD_COMPANY, "Acme Robotics");
    small_net_flags(s, ASKER, KITH_PERSON_OWNER);
    small_net_flags(s, INTRODUCER, KITH_PERSON_OWNER);
    return s;
}

static void tenure(small_net *s, uint32_t person, kith_tenure_kind kind, const char *place, int from, int to)
{
    const kith_tenure_view view = {.kind = kind,
                                   .place = place,
                                   .title = "",
                                   .start = small_net_day(from, 1, 1),
                                   .end = small_net_day(to, 12, 1)};

    small_net_tenure(s, person, &view);
}

static void reason(small_net *s, uint32_t a, uint32_t b, kith_evidence kind, kith_day first, kith_day last)
{
    const kith_reason r = {.kind = kind, .count = 1, .first = first, .last = last, .weight = 1, .factor = 1};

    small_net_evidence(s, a, b, &r);
}

static const uint32_t way[] = {ASKER, INTRODUCER, TARGET};

/** Drafts of one route, whose template is all fields; free with kith_drafts_free(…, 1). */
static kith_draft *draft(small_net *s, const uint32_t *people, uint32_t hops, const char *question)
{
    static const char all[] = "{asker}|{asker_position}|{introducer}|{next}|{target}|{target_title}|"
                              "{target_company}|{shared_company}|{shared_years}|{shared_school}|"
                              "{mentorship_since}|{last_contact}";
    kith_route route = {.people = people, .hops = hops};
    const kith_intro_result routes = {.routes = &route, .n_routes = 1};
    kith_draft_templates *templates = NULL;
    kith_draft *drafts = NULL;
    kith_err err = KITH_ERR_NONE;

    put_file("all.txt", all);
    cr_assert_eq(kith_draft_templates_load("all.txt", NULL, &templates, &err), KITH_OK, "%s", err.message);
    cr_assert_eq(kith_drafts_write(small_net_open(s), templates, question, &routes, &drafts, &err), KITH_OK);
    kith_draft_templates_free(templates);
    return drafts;
}

/** The fields of the usual route must be these; frees the network. */
static void expect_to(small_net *s, const char *question, const char *fields)
{
    kith_draft *drafts = draft(s, way, 2, question);

    cr_assert_str_eq(drafts[0].request, fields);
    kith_drafts_free(drafts, 1);
    small_net_free(s);
}

TestSuite(draft, .init = temp_folder_enter, .fini = temp_folder_leave);

Test(draft, of_a_contact_known_by_ones_own_list_alone_position_is_told)
{
    expect_to(world(), "", "Ann Lee||Ben Ito||Dana Roe|Buyer|Acme Robotics|||||");
}

Test(draft, of_someone_the_asker_does_not_list_the_name_alone_is_told)
{
    const uint32_t other[] = {ASKER, INTRODUCER, OTHER};
    small_net *s = world();

    small_net_value(s, OTHER, KITH_FIELD_TITLE, "Buyer");
    kith_draft *drafts = draft(s, other, 2, "");
    cr_assert_str_eq(drafts[0].request, "Ann Lee||Ben Ito||p3|||||||");
    kith_drafts_free(drafts, 1);
    small_net_free(s);
}

Test(draft, a_tie_that_is_no_list_holds_nothing)
{
    small_net *s = world();

    reason(s, ASKER, TARGET, KITH_EVIDENCE_STATED_TIE, KITH_NO_DATE, KITH_NO_DATE);
    expect_to(s, "", "Ann Lee||Ben Ito||Dana Roe|||||||");
}

Test(draft, an_asker_without_an_export_holds_nothing)
{
    small_net *s = world();

    small_net_flags(s, ASKER, 0);
    expect_to(s, "", "Ann Lee||Ben Ito||Dana Roe|||||||");
}

Test(draft, a_list_of_the_target_is_not_the_askers)
{
    small_net *s = world();

    small_net_flags(s, TARGET, KITH_PERSON_OWNER);
    expect_to(s, "", "Ann Lee||Ben Ito||Dana Roe|||||||");
}

Test(draft, what_another_record_may_have_added_is_not_told)
{
    const kith_merge merge = {
        .person = TARGET, .line = 3, .evidence = "same email", .name = "D", .probability = 1};
    const kith_merge before = {
        .person = ASKER, .line = 2, .evidence = "same email", .name = "A", .probability = 1};
    const kith_merge behind = {
        .person = OTHER, .line = 2, .evidence = "same email", .name = "O", .probability = 1};
    small_net *s = world();

    small_net_source(s, "ann/Connections.csv", "LinkedIn connections", ASKER, (const uint64_t[]){4, 4, 0, 0});
    small_net_merge(s, &before);
    small_net_merge(s, &merge);
    small_net_merge(s, &behind);
    expect_to(s, "", "Ann Lee||Ben Ito||Dana Roe|||||||");
    s = world();
    small_net_source(s, "ann/Connections.csv", "LinkedIn connections", ASKER, (const uint64_t[]){4, 4, 0, 0});
    small_net_merge(s, &before);
    small_net_merge(s, &behind);
    expect_to(s, "", "Ann Lee||Ben Ito||Dana Roe|Buyer|Acme Robotics|||||");
}

Test(draft, where_a_table_of_ties_may_have_stated_the_list_it_proves_nothing)
{
    small_net *s = world();

    small_net_source(s, "ties.csv", "ties table", UINT32_MAX, (const uint64_t[]){4, 4, 0, 0});
    expect_to(s, "", "Ann Lee||Ben Ito||Dana Roe|||||||");
}

Test(draft, what_the_question_says_may_be_told)
{
    small_net *s = world();

    small_net_flags(s, ASKER, 0);
    expect_to(s, "company:\"ACME ROBOTICS\"", "Ann Lee||Ben Ito||Dana Roe||Acme Robotics|||||");
    s = world();
    small_net_flags(s, ASKER, 0);
    expect_to(s, "company:acme", "Ann Lee||Ben Ito||Dana Roe|||||||");
}

Test(draft, what_both_went_through_is_told)
{
    small_net *s = world();

    tenure(s, ASKER, KITH_TENURE_WORK, "Brill", 2010, 2016);
    tenure(s, INTRODUCER, KITH_TENURE_WORK, "brill", 2013, 2019);
    tenure(s, ASKER, KITH_TENURE_STUDY, "Tagus", 2005, 2009);
    tenure(s, INTRODUCER, KITH_TENURE_STUDY, "Tagus", 2007, 2011);
    reason(s, 0, 1, KITH_EVIDENCE_WORKED, small_net_day(2013, 1, 1), small_net_day(2016, 12, 1));
    reason(s, 0, 1, KITH_EVIDENCE_STUDIED, small_net_day(2009, 1, 1), small_net_day(2011, 1, 1));
    reason(s, 0, 1, KITH_EVIDENCE_MENTORSHIP, small_net_day(2020, 3, 1), small_net_day(2020, 9, 1));
    reason(s, 0, 1, KITH_EVIDENCE_MESSAGES, small_net_day(2018, 5, 1), small_net_day(2023, 11, 5));
    expect_to(s, "",
              "Ann Lee||Ben Ito||Dana Roe|Buyer|Acme Robotics|Brill|2013\u20132016|Tagus|March 2020|"
              "November 2023");
}

Test(draft, a_company_without_common_years_is_not_told)
{
    small_net *s = world();

    small_net_value(s, ASKER, KITH_FIELD_COMPANY, "Brill");
    small_net_value(s, INTRODUCER, KITH_FIELD_COMPANY, "Brill");
    reason(s, 0, 1, KITH_EVIDENCE_WORKED, KITH_NO_DATE, KITH_NO_DATE);
    expect_to(s, "", "Ann Lee|Brill|Ben Ito||Dana Roe|Buyer|Acme Robotics|||||");
}

Test(draft, the_next_after_the_introducer_is_named_and_nobody_behind)
{
    const uint32_t longer[] = {ASKER, INTRODUCER, OTHER, FURTHER, TARGET};
    small_net *s = world();
    kith_draft *drafts = draft(s, longer, 4, "");

    cr_assert_str_eq(drafts[0].request, "Ann Lee||Ben Ito|p3|Dana Roe|Buyer|Acme Robotics|||||");
    kith_drafts_free(drafts, 1);
    small_net_free(s);
}

static void expect_none(small_net *s, uint32_t hops)
{
    kith_draft *drafts = draft(s, way, hops, "");

    cr_assert_null(drafts[0].request);
    cr_assert_null(drafts[0].note);
    kith_drafts_free(drafts, 1);
    small_net_free(s);
}

Test(draft, nobody_who_is_not_to_be_introduced_is_written_to_or_of)
{
    for (uint32_t person = INTRODUCER; person <= TARGET; person++) {
        small_net *s = world();
        small_net_flags(s, person, KITH_PERSON_DO_NOT_INTRODUCE);
        expect_none(s, 2);
    }
}

Test(draft, one_who_is_not_to_be_introduced_may_ask)
{
    small_net *s = world();

    small_net_flags(s, ASKER, KITH_PERSON_OWNER | KITH_PERSON_DO_NOT_INTRODUCE);
    expect_to(s, "", "Ann Lee||Ben Ito||Dana Roe|Buyer|Acme Robotics|||||");
}

Test(draft, a_direct_tie_needs_none)
{
    expect_none(world(), 1);
}

/* ---- templates ---- */

static kith_code load(const char *text, kith_err *err)
{
    kith_draft_templates *templates = NULL;

    put_file("t.txt", text);
    kith_code rc = kith_draft_templates_load(NULL, "t.txt", &templates, err);
    cr_assert(rc ? !templates : !!templates);
    kith_draft_templates_free(templates);
    return rc;
}

Test(draft, templates_are_read_as_people_save_them)
{
    kith_err err = KITH_ERR_NONE;

    cr_assert_eq(load("\xEF\xBB\xBF# mine\r\nDear {target},\r\n", &err), KITH_OK, "%s", err.message);
    cr_assert_eq(load("", &err), KITH_OK);
}

Test(draft, faulty_templates_are_refused)
{
    kith_err field = KITH_ERR_NONE, text = KITH_ERR_NONE, missing = KITH_ERR_NONE;
    kith_draft_templates *templates = NULL;

    cr_assert_eq(load("Dear\n{target_email}", &field), KITH_ECONFIG);
    cr_assert_str_eq(field.file, "t.txt");
    cr_assert_eq(field.line, 2);
    cr_assert_eq(load("Dear \xC3", &text), KITH_ECONFIG);
    cr_assert_eq(kith_draft_templates_load("none.txt", NULL, &templates, &missing), KITH_ENOINPUT);
    cr_assert_null(templates);
}

static kith_code write_all(void *ctx, kith_err *err)
{
    static kith_route route = {.people = way, .hops = 2};
    const kith_intro_result routes = {.routes = &route, .n_routes = 1};
    kith_draft_templates *templates = NULL;
    kith_draft *drafts = NULL;
    kith_code rc = kith_draft_templates_load(NULL, NULL, &templates, err);

    if (!rc)
        rc = kith_drafts_write(ctx, templates, "Acme", &routes, &drafts, err);
    kith_drafts_free(drafts, 1);
    kith_draft_templates_free(templates);
    return rc;
}

Test(draft, running_out_of_memory_is_told_and_nothing_leaks)
{
    small_net *s = world();

    small_net_open(s);
    each_failure(write_all, (void *)(uintptr_t)small_net_open(s));
    small_net_free(s);
}
