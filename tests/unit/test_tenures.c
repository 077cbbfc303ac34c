/* Time at companies and schools: from what readers hand on to ties and the network file. */
#include "each_failure.h"
#include "network/assemble.h"
#include "network/netfile.h"
#include "small_net.h"
#include "tie_world.h"

static kith_tenure work_at(uint32_t who, const char *place, kith_day start, kith_day end)
{
    return (kith_tenure){.mention = who,
                         .kind = KITH_TENURE_WORK,
                         .line = 1,
                         .place = place,
                         .title = "",
                         .start = start,
                         .end = end,
                         .current = end == KITH_NO_DATE};
}

static kith_tenure class_of(uint32_t who, const char *place, kith_day start, kith_day end)
{
    kith_tenure tenure = work_at(who, place, start, end);

    tenure.kind = KITH_TENURE_STUDY;
    tenure.current = false;
    return tenure;
}

/** Cost of the tie of two people, one of whom lists the other since today, with these tenures. */
static uint32_t cost_with(const kith_tenure *tenures, size_t n)
{
    world w = world_of(2);

    relate(&w, relation_of(0, 1, KITH_EVIDENCE_LISTED, TODAY));
    for (size_t i = 0; i < n; i++)
        hand_tenure(&w.hand, tenures[i]);
    assemble(&w);
    uint32_t cost = cost_of(&w.net, 0, 1);
    world_end(&w);
    return cost;
}

#define COST(...)                                                                                            \
    cost_with((const kith_tenure[]){__VA_ARGS__},                                                            \
              sizeof((const kith_tenure[]){__VA_ARGS__}) / sizeof(kith_tenure))

/** What being listed today and one more kind of evidence come to. */
static uint32_t cost_beside_listed(double weight, double factor)
{
    return cost_for(1 - (1 - 0.1) * (1 - weight * factor));
}

static uint32_t cost_of_years(double years)
{
    return cost_beside_listed(0.4, 1 - exp(-years / 3));
}

Test(tenures, time_at_one_company_counts)
{
    const uint32_t alone = cost_for(0.1);

    cr_expect_eq(COST(work_at(0, "Acme", 0, YEARS(8)), work_at(1, "ACME", YEARS(4), YEARS(20))),
                 cost_of_years(4));
    cr_expect_eq(COST(work_at(0, "Acme", 0, YEARS(4)), work_at(1, "Acme", YEARS(4), YEARS(8))), alone);
    cr_expect_eq(COST(work_at(0, "Acme", 0, YEARS(4)), work_at(1, "Acme Ltd", 0, YEARS(4))), alone);
    cr_expect_eq(COST(work_at(0, "Acme", 0, YEARS(4))), alone);
}

Test(tenures, what_is_not_over_counts_up_to_today)
{
    cr_expect_eq(
        COST(work_at(0, "Acme", TODAY - YEARS(4), KITH_NO_DATE), work_at(1, "Acme", 0, KITH_NO_DATE)),
        cost_of_years(4));
    cr_expect_eq(
        COST(work_at(0, "Acme", TODAY - YEARS(4), TODAY + YEARS(4)), work_at(1, "Acme", 0, KITH_NO_DATE)),
        cost_of_years(4));
    cr_expect_eq(
        COST(work_at(0, "Acme", TODAY + 1, KITH_NO_DATE), work_at(1, "Acme", TODAY + 1, KITH_NO_DATE)),
        cost_for(0.1), "planned");
}

Test(tenures, companies_add_up_and_nothing_counts_twice)
{
    cr_expect_eq(COST(work_at(0, "Acme", 0, YEARS(4)), work_at(0, "Brill", YEARS(4), YEARS(8)),
                      work_at(1, "Acme", 0, YEARS(4)), work_at(1, "Brill", 0, YEARS(8))),
                 cost_of_years(8));
    cr_expect_eq(COST(work_at(0, "Acme", 0, YEARS(4)), work_at(0, "Acme", YEARS(2), YEARS(4)),
                      work_at(1, "Acme", 0, YEARS(3)), work_at(1, "Acme", YEARS(3), YEARS(20))),
                 cost_of_years(4));
    cr_expect_eq(COST(work_at(0, "Acme", 0, YEARS(1)), work_at(0, "Acme", YEARS(2), YEARS(3)),
                      work_at(1, "Acme", 0, YEARS(20))),
                 cost_of_years(730 / 365.25), "years between do not count");
}

Test(tenures, a_company_without_dates_counts_a_little)
{
    const uint32_t little = cost_beside_listed(0.4, 0.2);
    kith_tenure ended = work_at(1, "Acme", KITH_NO_DATE, YEARS(4));

    cr_expect_eq(COST(work_at(0, "Acme", 0, YEARS(4)), ended), little);
    cr_expect_eq(COST(work_at(0, "Acme", KITH_NO_DATE, KITH_NO_DATE), ended), little);
    cr_expect_eq(COST(work_at(0, "Acme", 0, YEARS(4)), work_at(1, "Acme", 0, YEARS(4)), ended),
                 cost_of_years(4), "dates say more");
}

Test(tenures, a_company_somebody_is_known_to_be_of_counts_as_one_without_dates)
{
    kith_attr attrs[] = {{KITH_FIELD_NAME, "Ann"}, {KITH_FIELD_COMPANY, "Acme"}};
    kith_mention mention = {.line = 1, .space = KITH_NO_SPACE, .attrs = attrs, .n_attrs = 2};
    world w = world_of(1);

    mention.source = w.source;
    uint32_t ann = hand_mention(&w.hand, &mention);
    relate(&w, relation_of(0, ann, KITH_EVIDENCE_LISTED, TODAY));
    hand_tenure(&w.hand, work_at(0, "acme", 0, YEARS(4)));
    assemble(&w);
    cr_expect_eq(cost_of(&w.net, 0, 1), cost_beside_listed(0.4, 0.2));
    world_end(&w);
}

Test(tenures, classes_of_one_school)
{
    const kith_day y2010 = small_net_day(2010, 6, 1), y2012 = small_net_day(2012, 1, 1),
                   y2020 = small_net_day(2020, 1, 1);

    cr_expect_eq(COST(class_of(0, "Delft", KITH_NO_DATE, y2010), class_of(1, "delft", KITH_NO_DATE, y2012)),
                 cost_beside_listed(0.2, 1. / 3));
    cr_expect_eq(COST(class_of(0, "Delft", y2010, y2012), class_of(1, "Delft", y2012, KITH_NO_DATE)),
                 cost_beside_listed(0.2, 1), "the end, else the start");
    cr_expect_eq(COST(class_of(0, "Delft", y2010, y2012), class_of(0, "Delft", y2010, y2020),
                      class_of(1, "Delft", KITH_NO_DATE, y2020), class_of(1, "Leiden", KITH_NO_DATE, y2012)),
                 cost_beside_listed(0.2, 1), "the nearest");
    cr_expect_eq(COST(class_of(0, "Delft", KITH_NO_DATE, KITH_NO_DATE), class_of(1, "Delft", y2010, y2012)),
                 cost_for(0.1));
    cr_expect_eq(COST(class_of(0, "Acme", y2010, y2012), work_at(1, "Acme", y2010, y2012)), cost_for(0.1),
                 "a school is no company");
}

Test(tenures, make_no_tie)
{
    world w = world_of(2);

    hand_tenure(&w.hand, work_at(0, "Acme", 0, YEARS(4)));
    hand_tenure(&w.hand, work_at(1, "Acme", 0, YEARS(4)));
    assemble(&w);
    cr_expect_eq(w.net.m, 0);
    world_end(&w);
}

Test(tenures, evidence_has_the_dates_of_the_time_together)
{
    world w = world_of(2);

    relate(&w, relation_of(0, 1, KITH_EVIDENCE_LISTED, TODAY));
    hand_tenure(&w.hand, work_at(0, "Acme", 100, 900));
    hand_tenure(&w.hand, work_at(1, "Acme", 300, 2000));
    assemble(&w);
    uint64_t i = 0;
    while (w.net.evidence[i].kind != KITH_EVIDENCE_WORKED)
        cr_assert_lt(++i, w.net.evidence_offset[w.net.n]);
    cr_expect_eq(w.net.evidence[i].first, 300);
    cr_expect_eq(w.net.evidence[i].last, 900);
    world_end(&w);
}

enum { PEOPLE = 5, PLACES = 3, DAYS = 64 };

/** Days that two people were both at one place, by looking at every day. */
static uint32_t count_days(bool was[PEOPLE][PLACES][DAYS], uint32_t a, uint32_t b)
{
    uint32_t days = 0;

    for (uint32_t place = 0; place < PLACES; place++)
        for (uint32_t day = 0; day < DAYS; day++)
            days += was[a][place][day] && was[b][place][day];
    return days;
}

Test(tenures, time_together_is_what_counting_days_gives)
{
    static const char *const names[PLACES] = {"Acme", "Brill", "Cogs"};
    uint64_t state = 11;

    for (int round = 0; round < 300; round++) {
        bool was[PEOPLE][PLACES][DAYS] = {{{false}}};
        world w = world_of(PEOPLE);
        kith_stays stays;
        for (uint32_t i = random_below(&state, 30); i > 0; i--) {
            uint32_t who = random_below(&state, PEOPLE), place = random_below(&state, PLACES);
            uint32_t start = random_below(&state, DAYS), end = start + random_below(&state, DAYS - start);
            hand_tenure(&w.hand, work_at(who, names[place], (kith_day)start, (kith_day)end));
            for (uint32_t day = start; day < end; day++)
                was[who][place][day] = true;
        }
        hand_source_end(&w.hand, w.source, 1, UINT32_MAX);
        cr_assert_eq(kith_stays_find(hand_resolve(&w.hand), KITH_TENURE_WORK, TODAY, &stays, NULL), KITH_OK);
        for (uint32_t a = 0; a < PEOPLE; a++)
            for (uint32_t b = 0; b < PEOPLE; b++)
                cr_assert_eq(kith_stays_together(&stays, a, b).days, count_days(was, a, b), "round %d",
                             round);
        kith_stays_free(&stays);
        world_end(&w);
    }
}

Test(tenures, are_listed_by_person_each_once)
{
    world w = world_of(3);

    hand_tenure(&w.hand, work_at(2, "Acme", 500, 900));
    hand_tenure(&w.hand, work_at(0, "Brill", 700, KITH_NO_DATE));
    hand_tenure(&w.hand, work_at(2, "Acme", 500, 900));
    hand_tenure(&w.hand, class_of(2, "Delft", KITH_NO_DATE, 400));
    hand_tenure(&w.hand, work_at(2, "Acme", 500, 901));
    assemble(&w);
    cr_assert_eq(w.net.tenure_offset[0], 0);
    cr_assert_eq(w.net.tenure_offset[1], 1);
    cr_assert_eq(w.net.tenure_offset[2], 1);
    cr_assert_eq(w.net.tenure_offset[3], 4);
    cr_expect_eq(w.net.tenures[0].current, 1);
    cr_expect_str_eq(string_at(&w.net, w.net.tenures[1].place), "Delft", "not known is first");
    cr_expect_eq(w.net.tenures[2].end, 900);
    cr_expect_eq(w.net.tenures[3].end, 901);
    world_end(&w);
}

Test(tenures, come_out_of_the_file_as_they_went_in)
{
    world w = world_of(2);
    small_bytes file = {0};
    kith_net *net;
    kith_tenure_view t;
    kith_tenure told = work_at(1, "Acme", 500, KITH_NO_DATE);

    told.title = "Clerk";
    hand_tenure(&w.hand, told);
    hand_tenure(&w.hand, class_of(1, "Delft", 100, 400));
    assemble(&w);
    cr_assert_eq(kith_netdata_write(&w.net, NULL, small_bytes_take, &file, NULL), KITH_OK);
    cr_assert_eq(kith_net_parse(file.data, file.length, "x.kith", &net, NULL), KITH_OK);
    cr_assert_not(kith_net_tenure(net, 0, 0, &t));
    cr_assert(kith_net_tenure(net, 1, 0, &t));
    cr_expect(t.kind == KITH_TENURE_STUDY && t.start == 100 && t.end == 400 && !t.current);
    cr_expect_str_eq(t.place, "Delft");
    cr_assert(kith_net_tenure(net, 1, 1, &t));
    cr_expect(t.kind == KITH_TENURE_WORK && t.start == 500 && t.end == KITH_NO_DATE && t.current);
    cr_expect_str_eq(t.title, "Clerk");
    cr_assert_not(kith_net_tenure(net, 1, 2, &t));
    cr_assert_not(kith_net_tenure(net, 2, 0, &t));
    cr_expect_eq(kith_net_verify(net, NULL), KITH_OK);
    kith_net_close(net);
    free(file.data);
    world_end(&w);
}

static kith_code tell_and_assemble(void *ctx, kith_err *err)
{
    hand_made hand = hand_begin(err);
    kith_assemble_opts opts = {.as_of = TODAY, .has_as_of = true};
    kith_arena arena = {0};
    kith_netdata net;

    (void)ctx;
    uint32_t source = hand_source(&hand, "a.csv");
    uint32_t ann = hand_person(&hand, source, 1, "Ann", NULL, "ann@example.org");
    uint32_t ben = hand_person(&hand, source, 2, "Ben", NULL, "ben@example.org");
    hand_relation(&hand, relation_of(ann, ben, KITH_EVIDENCE_LISTED, TODAY));
    hand_tenure(&hand, work_at(ann, "Acme", 0, YEARS(4)));
    hand_tenure(&hand, work_at(ben, "Acme", 0, YEARS(4)));
    hand_source_end(&hand, source, 1, UINT32_MAX);
    const kith_people *people = hand_resolve(&hand);
    kith_code rc = hand.rc == KITH_OK ? kith_assemble(people, &opts, &arena, &net, err) : hand.rc;
    kith_arena_free(&arena);
    hand_end(&hand);
    return rc;
}

Test(tenures, every_failed_allocation)
{
    cr_expect_gt(each_failure(tell_and_assemble, NULL), 50);
}
