/* Mentors for mentees: what makes a fit, part by part. */
#include <criterion/criterion.h>
#include <math.h>

#include "pair_world.h"

static const double exact = 1e-6;

/** The one pair of a world. Frees nothing: texts are the network's. */
static kith_pair only_pair(const kith_match_result *r)
{
    cr_assert_eq(r->n_pairs, 1);
    return r->pairs[0];
}

Test(mentor_fit, skills_count_by_how_rare_they_are_and_are_told_as_written)
{
    small_net *s = pair_world();
    kith_match_result r = match(s, NULL);
    const kith_pair pair = only_pair(&r);

    cr_assert_float_eq(pair.parts[KITH_FIT_SKILLS], log(1.5) / (log(1.5) + log(2)), exact);
    cr_assert_float_eq(pair.fit, pair.parts[KITH_FIT_SKILLS], exact); /* nothing else gives ground */
    cr_assert(isnan(pair.parts[KITH_FIT_GOALS]) && isnan(pair.parts[KITH_FIT_INDUSTRY]));
    cr_assert(isnan(pair.parts[KITH_FIT_TRANSITION]) && isnan(pair.parts[KITH_FIT_DISTANCE]));
    cr_assert_eq(pair.n_skills, 1);
    cr_assert_str_eq(pair.skills[0], "Python");
    kith_match_free(&r);
    small_net_free(s);
}

/** A mentor in marketing who was in sales before, or the other way round. */
static void add_career(small_net *s, uint32_t id, const char *before, const char *now)
{
    small_net_value(s, id, KITH_FIELD_TITLE, now);
    small_net_tenure(s, id,
                     &(kith_tenure_view){.kind = KITH_TENURE_WORK,
                                         .place = "Initech",
                                         .title = before,
                                         .start = small_net_day(2010, 1, 1),
                                         .end = small_net_day(2015, 1, 1)});
    small_net_tenure(s, id,
                     &(kith_tenure_view){.kind = KITH_TENURE_WORK,
                                         .place = "Acme",
                                         .title = now,
                                         .start = small_net_day(2015, 1, 1),
                                         .end = KITH_NO_DATE,
                                         .current = true});
}

Test(mentor_fit, the_change_that_the_mentor_made_is_the_one_that_is_wanted)
{
    static const char *const goals[] = {"Move from sales to marketing", "from Account Executive into Brand"};

    for (size_t g = 0; g < sizeof goals / sizeof *goals; g++) {
        small_net *s = small_net_new(3);
        small_net_value(s, MENTEE, KITH_FIELD_ROLE, "mentee");
        small_net_value(s, MENTEE, KITH_FIELD_GOAL, goals[g]);
        small_net_value(s, MENTOR, KITH_FIELD_ROLE, "mentor");
        small_net_value(s, OTHER, KITH_FIELD_ROLE, "mentor");
        add_career(s, MENTOR, "Marketing Specialist", "Sales Specialist"); /* the other way round */
        add_career(s, OTHER, "Sales Specialist", "Marketing Specialist");
        kith_match_result r = match(s, NULL);
        const kith_pair pair = only_pair(&r);
        cr_assert_eq(pair.mentor, OTHER);
        cr_assert_eq(pair.parts[KITH_FIT_TRANSITION], 1);
        cr_assert_str_eq(pair.from, "sales");
        cr_assert_str_eq(pair.to, "marketing");
        kith_match_free(&r);
        small_net_free(s);
    }
}

Test(mentor_fit, without_from_the_present_title_is_where_the_mentee_comes_from)
{
    small_net *s = small_net_new(2);

    small_net_value(s, MENTEE, KITH_FIELD_ROLE, "mentee");
    small_net_value(s, MENTEE, KITH_FIELD_TITLE, "Nurse");
    small_net_value(s, MENTEE, KITH_FIELD_GOAL, "Work in product management");
    small_net_value(s, MENTOR, KITH_FIELD_ROLE, "mentor");
    add_career(s, MENTOR, "Midwife", "Product Owner");
    kith_match_result r = match(s, NULL);
    cr_assert_eq(only_pair(&r).parts[KITH_FIT_TRANSITION], 1);
    kith_match_free(&r);
    small_net_free(s);
}

/** Somebody who was at a company and is in an industry now. */
static void add_mover(small_net *s, uint32_t id, const char *company, const char *industry)
{
    small_net_value(s, id, KITH_FIELD_ROLE, "mentor");
    small_net_value(s, id, KITH_FIELD_INDUSTRY, industry);
    small_net_tenure(s, id,
                     &(kith_tenure_view){.kind = KITH_TENURE_WORK,
                                         .place = company,
                                         .title = "Sales Specialist",
                                         .start = small_net_day(2010, 1, 1),
                                         .end = small_net_day(2015, 1, 1)});
}

/** Somebody who tells of their company and industry, and takes no part. */
static void add_colleague(small_net *s, uint32_t id, const char *company, const char *industry)
{
    small_net_value(s, id, KITH_FIELD_COMPANY, company);
    small_net_value(s, id, KITH_FIELD_INDUSTRY, industry);
}

/** Mentors 1 to 3 for 0, who is in logistics and has this goal; 4 to 6 tell where Initech and Acme belong. */
static small_net *movers_world(const char *goal)
{
    small_net *s = small_net_new(7);

    small_net_value(s, 0, KITH_FIELD_ROLE, "mentee");
    small_net_value(s, 0, KITH_FIELD_INDUSTRY, "Logistics");
    small_net_value(s, 0, KITH_FIELD_GOAL, goal);
    add_mover(s, 1, "Acme", "Health");       /* always in health */
    add_mover(s, 2, "INITECH", "Health");    /* came from logistics */
    add_mover(s, 3, "Initech", "Logistics"); /* still there */
    add_colleague(s, 4, "Initech", "Logistics");
    add_colleague(s, 5, "Initech", "logistics");
    add_colleague(s, 6, "Initech", "Finance"); /* but two of three say otherwise */
    return s;
}

Test(mentor_fit, a_change_of_industry_is_told_by_the_companies_one_was_at)
{
    const double weights[KITH_FIT_PARTS] = {[KITH_FIT_TRANSITION] = 1};
    static const char *const goals[] = {"Work in healthcare", "From logistics to health technology"};

    for (size_t g = 0; g < sizeof goals / sizeof *goals; g++) {
        small_net *s = movers_world(goals[g]);
        kith_match_result r = match(s, &(kith_match_opts){.weights = weights, .all_pairs = true});
        const kith_pair pair = only_pair(&r);
        cr_assert_eq(r.n_all_pairs, 1, "the others made no such change");
        cr_assert_eq(pair.mentor, 2);
        cr_assert_str_eq(pair.from, "logistics");
        cr_assert_str_eq(pair.to, "health");
        kith_match_free(&r);
        small_net_free(s);
    }
}

Test(mentor_fit, a_title_of_before_and_an_industry_of_today_make_no_change)
{
    const double weights[KITH_FIT_PARTS] = {[KITH_FIT_TRANSITION] = 1};
    small_net *s = movers_world("From sales to health"); /* all mentors sold before */
    kith_match_result r = match(s, &(kith_match_opts){.weights = weights, .all_pairs = true});
    cr_assert_eq(r.n_all_pairs, 0);
    kith_match_free(&r);
    small_net_free(s);
}

Test(mentor_fit, industries_that_no_mentor_changed_to_are_no_ground)
{
    small_net *s = small_net_new(2);

    small_net_value(s, MENTEE, KITH_FIELD_ROLE, "mentee");
    small_net_value(s, MENTEE, KITH_FIELD_INDUSTRY, "Logistics");
    small_net_value(s, MENTEE, KITH_FIELD_GOAL, "Work in healthcare");
    small_net_value(s, MENTOR, KITH_FIELD_ROLE, "mentor");
    small_net_value(s, MENTOR, KITH_FIELD_INDUSTRY, "Health");
    kith_match_result r = match(s, NULL);
    cr_assert(isnan(only_pair(&r).parts[KITH_FIT_TRANSITION]));
    kith_match_free(&r);
    small_net_free(s);
}

Test(mentor_fit, a_thing_to_learn_is_a_goal_but_no_change_of_field)
{
    small_net *s = small_net_new(2);

    small_net_value(s, MENTEE, KITH_FIELD_ROLE, "mentee");
    small_net_value(s, MENTEE, KITH_FIELD_TITLE, "Nurse");
    small_net_value(s, MENTEE, KITH_FIELD_GOAL, "Speak at a conference");
    small_net_value(s, MENTOR, KITH_FIELD_ROLE, "mentor");
    small_net_value(s, MENTOR, KITH_FIELD_SKILL, "Public Speaking");
    kith_match_result r = match(s, NULL);
    const kith_pair pair = only_pair(&r);
    cr_assert(isnan(pair.parts[KITH_FIT_TRANSITION]));
    cr_assert_eq(pair.parts[KITH_FIT_GOALS], 1);
    cr_assert_eq(__builtin_popcountll(pair.goal_topics), 1);
    cr_assert_str_eq(r.topic_names[__builtin_ctzll(pair.goal_topics)], "public speaking");
    kith_match_free(&r);
    small_net_free(s);
}

Test(mentor_fit, one_to_three_levels_above_is_best)
{
    static const struct {
        const char *mentor;
        double part;
    } cases[] = {{"Intern", 0},
                 {"Clerk", 0.5},
                 {"Senior Clerk", 1},
                 {"Clerk Lead", 1},
                 {"Director of Clerks", 1},
                 {"Vice President", 0.5},
                 {"Chief Clerk", 0},
                 {NULL, 0}};

    for (size_t c = 0; c < sizeof cases / sizeof *cases; c++) {
        small_net *s = pair_world();
        small_net_value(s, MENTEE, KITH_FIELD_TITLE, "Clerk");
        if (cases[c].mentor)
            small_net_value(s, MENTOR, KITH_FIELD_TITLE, cases[c].mentor);
        kith_match_result r = match(s, NULL);
        cr_assert_eq(only_pair(&r).parts[KITH_FIT_SENIORITY], cases[c].part, "%s", cases[c].mentor);
        kith_match_free(&r);
        small_net_free(s);
    }
}

Test(mentor_fit, two_or_three_ties_away_is_best)
{
    /* 0-2-3-4-5-6 is a path; the mentee is 0. */
    static const uint32_t ties[][2] = {{0, 2}, {2, 3}, {3, 4}, {4, 5}, {5, 6}};
    static const double parts[] = {0.5, 1, 1, 0, 0};

    for (uint32_t hops = 1; hops <= 5; hops++) {
        small_net *s = small_net_from_ties(7, ties, 5, NULL);
        small_net_value(s, 0, KITH_FIELD_ROLE, "mentee");
        small_net_value(s, 0, KITH_FIELD_SKILL_WANTED, "python");
        add_mentor(s, hops + 1);
        kith_match_result r = match(s, NULL);
        const kith_pair pair = only_pair(&r);
        cr_assert_eq(pair.parts[KITH_FIT_DISTANCE], parts[hops - 1], "%u ties", hops);
        cr_assert_eq(pair.hops, hops <= 3 ? hops : 0);
        kith_match_free(&r);
        small_net_free(s);
    }
}

Test(mentor_fit, reach_counts_people_sought_whom_only_the_mentor_knows)
{
    /* Of 2, 3 and 4, sought, the mentor knows all, and the mentee knows 2. */
    static const uint32_t ties[][2] = {{1, 2}, {1, 3}, {1, 4}, {0, 2}};
    uint32_t sought[] = {2, 3, 4};
    const kith_ids reach = {sought, 3};
    small_net *s = small_net_from_ties(5, ties, 4, NULL);

    small_net_value(s, MENTEE, KITH_FIELD_ROLE, "mentee");
    add_mentor(s, MENTOR);
    kith_match_result r = match(s, &(kith_match_opts){.reach = &reach});
    cr_assert_float_eq(only_pair(&r).parts[KITH_FIT_REACH], 2.0 / 3, exact);
    cr_assert_eq(only_pair(&r).sought, 2);
    kith_match_free(&r);
    small_net_free(s);
}

Test(mentor_fit, fit_is_the_weighted_mean_of_the_parts_that_have_ground)
{
    const double weights[KITH_FIT_PARTS] = {
        [KITH_FIT_SKILLS] = 3, [KITH_FIT_INDUSTRY] = 1, [KITH_FIT_REACH] = 9};
    small_net *s = pair_world();

    small_net_value(s, MENTEE, KITH_FIELD_INDUSTRY, "Health");
    small_net_value(s, MENTOR, KITH_FIELD_INDUSTRY, "health");
    kith_match_result r = match(s, &(kith_match_opts){.weights = weights});
    const kith_pair pair = only_pair(&r);
    cr_assert_eq(pair.parts[KITH_FIT_INDUSTRY], 1);
    cr_assert_float_eq(pair.fit, (3 * pair.parts[KITH_FIT_SKILLS] + 1) / 4, exact);
    kith_match_free(&r);
    small_net_free(s);
}
