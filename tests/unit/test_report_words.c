#include <criterion/criterion.h>
#include <locale.h>
#include <math.h>

#include "report/phrase.h"
#include "report/words.h"
#include "report_world.h"

/** What `call` appends to `buf` is `expected`. */
#define SAYS(expected, call)                                                                                 \
    do {                                                                                                     \
        kith_dynbuf buf = {0};                                                                               \
        call;                                                                                                \
        cr_expect_str_eq(kith_dynbuf_cstr(&buf), expected, "%s, not %s", kith_dynbuf_cstr(&buf), expected);  \
        kith_dynbuf_free(&buf);                                                                              \
    } while (0)

Test(report_words, counts_are_grouped_by_thousands)
{
    SAYS("0", kith_words_count(&buf, 0));
    SAYS("999", kith_words_count(&buf, 999));
    SAYS("1,000", kith_words_count(&buf, 1000));
    SAYS("18,446,744,073,709,551,615", kith_words_count(&buf, UINT64_MAX));
    SAYS("1 person", kith_words_counted(&buf, 1, "person", "people"));
    SAYS("0 people", kith_words_counted(&buf, 0, "person", "people"));
}

Test(report_words, halves_are_told_where_there_are_any)
{
    SAYS("1,204", kith_words_halves(&buf, 1204));
    SAYS("7.5", kith_words_halves(&buf, 7.5));
    SAYS("0 interactions", kith_phrase_interactions(&buf, 0));
    SAYS("0.5 interactions", kith_phrase_interactions(&buf, 0.5));
    SAYS("1 interaction", kith_phrase_interactions(&buf, 1));
}

Test(report_words, numbers_for_programs_have_nine_digits)
{
    SAYS("0.333333333", kith_words_real(&buf, 1.0 / 3));
    SAYS("1e-07", kith_words_real(&buf, 1e-7));
    SAYS("-2.5e+300", kith_words_real(&buf, -2.5e300));
    SAYS("3", kith_words_real(&buf, 3));
}

Test(report_words, numbers_for_readers_are_fixed)
{
    SAYS("1,234,567.1", kith_words_fixed(&buf, 1234567.125, 1));
    SAYS("-1,000.50", kith_words_fixed(&buf, -1000.5, 2));
    SAYS("-100", kith_words_fixed(&buf, -100, 0));
    SAYS("1", kith_words_fixed(&buf, 0.75, 0));
}

Test(report_words, no_locale_changes_a_number)
{
    static const char *const locales[] = {"de_DE.UTF-8", "fr_FR.UTF-8", "ps_AF.UTF-8", "C.UTF-8"};

    for (size_t i = 0; i < sizeof locales / sizeof *locales; i++) {
        (void)setlocale(LC_ALL, locales[i]); /* one that is not installed changes nothing */
        SAYS("0.5", kith_words_real(&buf, 0.5));
        SAYS("1,234.50", kith_words_fixed(&buf, 1234.5, 2));
        SAYS("1.5e-07", kith_words_real(&buf, 1.5e-7));
    }
}

Test(report_words, shares_have_two_significant_digits)
{
    SAYS("0%", kith_words_share(&buf, 0));
    SAYS("35%", kith_words_share(&buf, 0.35));
    SAYS("100%", kith_words_share(&buf, 1));
    SAYS("99%", kith_words_share(&buf, 0.99));
    SAYS("10%", kith_words_share(&buf, 0.0996));
    SAYS("9.9%", kith_words_share(&buf, 0.0991));
    SAYS("1.0%", kith_words_share(&buf, 0.00999));
    SAYS("0.42%", kith_words_share(&buf, 0.0042));
    SAYS("0.01%", kith_words_share(&buf, 0.0001));
    SAYS("<0.01%", kith_words_share(&buf, 4e-6));
}

Test(report_words, dates_are_english)
{
    SAYS("March 2019", kith_words_month(&buf, small_net_day(2019, 3, 7)));
    SAYS("December 1969", kith_words_month(&buf, -1));
    SAYS("", kith_words_month(&buf, KITH_NO_DATE));
    SAYS("2019-03-07", kith_words_day(&buf, small_net_day(2019, 3, 7)));
    SAYS("unknown", kith_words_day(&buf, KITH_NO_DATE));
}

Test(report_words, people_are_told_with_what_is_known)
{
    report_world world;

    report_world_make(&world);
    SAYS("Dana Roe, Hiring Manager at Acme Robotics", kith_phrase_person(&buf, world.net, 3));
    SAYS("Ann Lee of BRILL", kith_phrase_person(&buf, world.net, 0));
    SAYS("Cara Poe", kith_phrase_person(&buf, world.net, 2));
    SAYS("Ann Lee > Cara Poe", kith_phrase_names(&buf, world.net, ((const uint32_t[]){0, 2}), 2, " > "));
    report_world_free(&world);
}

/** A reason between Ann Lee and Ben Ito, who share a company. */
static void say(kith_dynbuf *buf, kith_evidence kind, uint32_t count, kith_day first, kith_day last,
                double factor)
{
    const kith_reason reason = {
        .kind = kind,
        .count = count,
        .first = first,
        .last = last,
        .weight = 0.5,
        .factor = factor,
        .interactions = kind == KITH_EVIDENCE_MESSAGES ? count : 0,
    };
    report_world world;

    report_world_make(&world);
    kith_phrase_reason(buf, world.net, 0, 1, &reason);
    report_world_free(&world);
}

Test(report_words, reasons_are_plain_and_exact)
{
    const kith_day spring = small_net_day(2019, 3, 7), summer = small_net_day(2021, 6, 30);

    SAYS("connected since March 2019", say(&buf, KITH_EVIDENCE_LISTED, 1, spring, spring, 1));
    SAYS("in the contacts", say(&buf, KITH_EVIDENCE_LISTED, 1, KITH_NO_DATE, KITH_NO_DATE, 1));
    SAYS("both list each other", say(&buf, KITH_EVIDENCE_LISTED_BY_BOTH, 2, spring, summer, 1));
    SAYS("14 messages, last in June 2021", say(&buf, KITH_EVIDENCE_MESSAGES, 14, spring, summer, 0.4));
    SAYS("1 message in June 2021", say(&buf, KITH_EVIDENCE_MESSAGES, 1, summer, summer, 0.4));
    SAYS("3 endorsements", say(&buf, KITH_EVIDENCE_ENDORSEMENT, 3, KITH_NO_DATE, KITH_NO_DATE, 0.4));
    SAYS("both at BRILL", say(&buf, KITH_EVIDENCE_WORKED, 1, KITH_NO_DATE, KITH_NO_DATE, 0.2));
    SAYS("mentored, ended June 2021", say(&buf, KITH_EVIDENCE_MENTORSHIP, 1, spring, summer, 0.6));
    SAYS("mentorship since March 2019", say(&buf, KITH_EVIDENCE_MENTORSHIP, 1, spring, summer, 1));
    SAYS("12 shared contacts", say(&buf, KITH_EVIDENCE_SHARED_CONTACTS, 12, KITH_NO_DATE, KITH_NO_DATE, 0.1));
    SAYS("10% of their contacts shared",
         say(&buf, KITH_EVIDENCE_SHARED_CONTACTS, 0, KITH_NO_DATE, KITH_NO_DATE, 0.1));
}

/** Says a reason of Ann's and Ben's tie where both have told where they were. */
static void say_with_tenures(kith_dynbuf *buf, kith_evidence kind, kith_day first, kith_day last)
{
    const kith_reason reason = {
        .kind = kind, .count = 1, .first = first, .last = last, .weight = 0.4, .factor = 0.5};
    const kith_tenure_view ann[] = {
        {KITH_TENURE_WORK, "Initech", "Clerk", small_net_day(2015, 3, 1), small_net_day(2022, 2, 1), false},
        {KITH_TENURE_STUDY, "Delft", "", KITH_NO_DATE, small_net_day(2010, 1, 1), false}};
    const kith_tenure_view ben[] = {
        {KITH_TENURE_WORK, "Acme", "", small_net_day(2010, 1, 1), small_net_day(2019, 1, 1), false},
        {KITH_TENURE_WORK, "initech", "", small_net_day(2019, 1, 1), KITH_NO_DATE, true},
        {KITH_TENURE_STUDY, "DELFT", "", KITH_NO_DATE, small_net_day(2012, 1, 1), false}};
    small_net *s = small_net_from_ties(2, (const uint32_t[][2]){{0, 1}}, 1, NULL);

    for (size_t i = 0; i < sizeof ann / sizeof *ann; i++)
        small_net_tenure(s, 0, &ann[i]);
    for (size_t i = 0; i < sizeof ben / sizeof *ben; i++)
        small_net_tenure(s, 1, &ben[i]);
    kith_phrase_reason(buf, small_net_open(s), 0, 1, &reason);
    small_net_free(s);
}

Test(report_words, where_they_were_together)
{
    const kith_day begin = small_net_day(2019, 1, 1), end = small_net_day(2022, 2, 1);

    SAYS("worked together at Initech 2019–2022", say_with_tenures(&buf, KITH_EVIDENCE_WORKED, begin, end));
    SAYS("both at Initech", say_with_tenures(&buf, KITH_EVIDENCE_WORKED, KITH_NO_DATE, KITH_NO_DATE));
    SAYS("both studied at Delft, classes of 2010 and 2012",
         say_with_tenures(&buf, KITH_EVIDENCE_STUDIED, small_net_day(2010, 1, 1), small_net_day(2012, 1, 1)));
    SAYS("both studied at Delft, class of 2010",
         say_with_tenures(&buf, KITH_EVIDENCE_STUDIED, small_net_day(2010, 1, 1), small_net_day(2010, 1, 1)));
}

Test(report_words, every_kind_of_evidence_has_words)
{
    for (int kind = 0; kind < KITH_EVIDENCE_COUNT; kind++) {
        kith_dynbuf buf = {0};

        say(&buf, (kith_evidence)kind, 1, KITH_NO_DATE, KITH_NO_DATE, 0.5);
        cr_expect_gt(buf.length, 0u, "kind %d", kind);
        kith_dynbuf_free(&buf);
    }
}

Test(report_words, what_counts_most_is_told_first)
{
    report_world world;

    report_world_make(&world);
    SAYS("both at BRILL; both list each other", kith_phrase_reasons(&buf, world.net, 0, 1));
    SAYS("both at Brill; both list each other", kith_phrase_reasons(&buf, world.net, 1, 0));
    report_world_free(&world);
}
