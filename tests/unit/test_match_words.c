/* Names, phones and words as graded matching compares them. */
#include <math.h>
#include <string.h>

#include <criterion/criterion.h>

#include "base/rng.h"
#include "people/graded.h"

Test(match_words, jaro_winkler_has_the_published_values)
{ /* Winkler 1990 and 1994 */
    static const struct {
        const char *a, *b;
        double similarity;
    } published[] = {{"martha", "marhta", 0.961},
                     {"dwayne", "duane", 0.840},
                     {"dixon", "dicksonx", 0.813},
                     {"jones", "johnson", 0.832},
                     {"massey", "massie", 0.933},
                     {"abroms", "abrams", 0.922},
                     {"shackleford", "shackelford", 0.982},
                     {"jeraldine", "geraldine", 0.926},
                     {"nichleson", "nichulson", 0.956},
                     {"ann", "ann", 1},
                     {"ann", "bob", 0},
                     {"", "", 1},
                     {"ann", "", 0}};

    for (size_t i = 0; i < sizeof published / sizeof *published; i++) {
        double there = kith_jaro_winkler(published[i].a, published[i].b);
        double back = kith_jaro_winkler(published[i].b, published[i].a);
        cr_expect(fabs(there - published[i].similarity) < 0.0006, "%s %s: %f", published[i].a, published[i].b,
                  there);
        cr_expect_float_eq(there, back, 1e-12);
    }
}

Test(match_words, letters_are_counted_and_not_bytes)
{
    cr_expect_float_eq(kith_jaro_winkler("мартха", "мархта"), kith_jaro_winkler("martha", "marhta"), 1e-12);
}

/** Jaro's definition, letter by letter. */
static double plain_jaro_winkler(const char *a, const char *b)
{
    size_t n = strlen(a), m = strlen(b), pairs = 0, moved = 0, start = 0, longest = n > m ? n : m;
    size_t reach = longest / 2 > 0 ? longest / 2 - 1 : 0;
    bool in_a[64] = {false}, in_b[64] = {false};

    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < m && !in_a[i]; k++)
            if (!in_b[k] && a[i] == b[k] && i <= k + reach && k <= i + reach)
                in_a[i] = in_b[k] = ++pairs;
    for (size_t i = 0, k = 0; i < n; i++) {
        if (!in_a[i])
            continue;
        while (!in_b[k])
            k++;
        moved += a[i] != b[k++];
    }
    if (pairs == 0)
        return n == m && n == 0;
    double found = (double)pairs;
    size_t exchanged = moved / 2;
    double jaro = (found / (double)n + found / (double)m + (found - (double)exchanged) / found) / 3;
    while (start < 4 && start < n && start < m && a[start] == b[start])
        start++;
    return jaro + (double)start * 0.1 * (1 - jaro);
}

/** A word of up to 47 letters of a few. */
static void spell_anything(kith_rng *rng, char word[48])
{
    size_t length = kith_rng_below(rng, 4) ? kith_rng_below(rng, 9) : kith_rng_below(rng, 48);
    uint64_t letters = 1 + kith_rng_below(rng, 6);

    for (size_t i = 0; i < length; i++)
        word[i] = (char)('a' + kith_rng_below(rng, letters));
    word[length] = '\0';
}

Test(match_words, similarity_is_what_its_definition_says)
{
    kith_rng rng;
    char a[48] = "", b[48] = "";

    kith_rng_seed(&rng, 7);
    for (int i = 0; i < 20000; i++) {
        spell_anything(&rng, a);
        spell_anything(&rng, b);
        double plain = plain_jaro_winkler(a, b);
        cr_assert_float_eq(kith_jaro_winkler(a, b), plain, 1e-12, "%s %s", a, b);
        for (int percent = 70; percent < 100; percent += 5)
            cr_assert_eq(kith_words_alike(a, b, percent / 100.0), kith_jaro_winkler(a, b) >= percent / 100.0,
                         "%s %s", a, b);
    }
}

static bool same_nickname(const char *one, const char *other)
{
    size_t n_one, n_other;
    const uint16_t *a = kith_nickname_groups(one, &n_one), *b = kith_nickname_groups(other, &n_other);

    return kith_nickname_shared(a, n_one, b, n_other);
}

Test(match_words, nicknames_go_both_ways)
{
    cr_expect(same_nickname("bob", "robert"));
    cr_expect(same_nickname("robert", "bob"));
    cr_expect(same_nickname("kees", "cornelis"));
    cr_expect(same_nickname("bill", "will"), "forms of one name are forms of each other");
    cr_expect_not(same_nickname("bob", "william"));
    cr_expect_not(same_nickname("nobody", "nobody"), "only names that are in the table");
}

Test(match_words, phones_are_completed_by_region)
{
    static const struct {
        const char *text, *region, *number;
    } phones[] = {{"+31 6 1234 5678", NULL, "+31612345678"},
                  {"0031-6-12345678", NULL, "+31612345678"},
                  {"06 12345678", "NL", "+31612345678"},
                  {"+31 (0)6 12345678", NULL, "+31612345678"},
                  {"(202) 555-0123", "us", "+12025550123"},
                  {"1-202-555-0123", "US", "+12025550123"},
                  {"011 44 20 7946 0000", "US", "+442079460000"},
                  {"020 7946 0000 ext. 12", "GB", "+442079460000"},
                  {"tel:+442079460000", NULL, "+442079460000"},
                  {"06 1234567", "IT", "+39061234567"},
                  {"020 7946 0000", NULL, NULL},
                  {"0772 123456", "UG", "+256772123456"},
                  {"000 44 20 7946 0000", "UG", "+442079460000"},
                  {"8 029 123-45-67", "BY", "+375291234567"},
                  {"06 20 123 4567", "HU", "+36201234567"},
                  {"6123 4567", "HK", "+85261234567"},
                  {"(787) 555-0123", "PR", "+17875550123"},
                  {"555-0123", "US", NULL},
                  {"12", "NL", NULL},
                  {"", "NL", NULL},
                  {"+1 2345 6789 0123 4567", NULL, NULL}};

    for (size_t i = 0; i < sizeof phones / sizeof *phones; i++) {
        kith_dynbuf out = {0};
        bool is_phone = kith_phone_e164(phones[i].text, phones[i].region, &out);
        cr_expect_eq(is_phone, phones[i].number != NULL, "%s", phones[i].text);
        cr_expect_str_eq(kith_dynbuf_cstr(&out), phones[i].number ? phones[i].number : "", "%s",
                         phones[i].text);
        kith_dynbuf_free(&out);
    }
    cr_expect(kith_region_known("nl"));
    cr_expect_not(kith_region_known("XX"));
    cr_expect_not(kith_region_known("NLD"));
    cr_expect_not(kith_region_known(""));
}

static void expect_name(const char *whole, const char *given, const char *family, const char *parts,
                        kith_suffix suffix)
{
    kith_name_words words = {0};
    kith_err err = KITH_ERR_NONE;
    kith_dynbuf found = {0};

    cr_assert_eq(kith_name_split(whole, given, family, &words, &err), KITH_OK);
    kith_dynbuf_printf(&found, "%s|%s|%s|%s", kith_dynbuf_cstr(&words.given), kith_dynbuf_cstr(&words.also),
                       kith_dynbuf_cstr(&words.middle), kith_dynbuf_cstr(&words.family));
    cr_expect_str_eq(kith_dynbuf_cstr(&found), parts, "%s: %s", whole, kith_dynbuf_cstr(&found));
    cr_expect_eq(words.suffix, suffix, "%s", whole);
    kith_dynbuf_free(&found);
    kith_name_words_free(&words);
}

Test(match_words, names_are_taken_apart)
{
    expect_name("Ann Lee", NULL, NULL, "ann|||lee", KITH_SUFFIX_NONE);
    expect_name("Ann Maria Lee", NULL, NULL, "ann||maria|lee", KITH_SUFFIX_NONE);
    expect_name("Lee, Ann", NULL, NULL, "ann|||lee", KITH_SUFFIX_NONE);
    expect_name("Ann Lee, PhD", NULL, NULL, "ann|||lee", KITH_SUFFIX_NONE);
    expect_name("Ann Lee, CPSM", NULL, NULL, "ann|||lee", KITH_SUFFIX_NONE);
    expect_name("Prof. Dr. Ann Lee MBA", NULL, NULL, "ann|||lee", KITH_SUFFIX_NONE);
    expect_name("Jan van den Berg", NULL, NULL, "jan|||van den berg", KITH_SUFFIX_NONE);
    expect_name("John Smith Jr.", NULL, NULL, "john|||smith", KITH_SUFFIX_JUNIOR);
    expect_name("John Smith, Sr", NULL, NULL, "john|||smith", KITH_SUFFIX_SENIOR);
    expect_name("John Smith III", NULL, NULL, "john|||smith", KITH_SUFFIX_THIRD);
    expect_name("Ann", NULL, NULL, "ann|||", KITH_SUFFIX_NONE);
    expect_name(NULL, "Robert (Bob)", "Smith", "robert|bob||smith", KITH_SUFFIX_NONE);
    expect_name(NULL, "Ann 🚀", "Lee (she/her)", "ann|||lee", KITH_SUFFIX_NONE);
    expect_name(NULL, "Ann", "Lee - We are hiring!", "ann|||lee", KITH_SUFFIX_NONE);
    expect_name(NULL, "Dr. Inês", "Carvalho Falcão", "ines|||carvalho falcao", KITH_SUFFIX_NONE);
    expect_name("", NULL, NULL, "|||", KITH_SUFFIX_NONE);
}

static void expect_words(void (*make)(const char *, kith_dynbuf *), const char *text, const char *expected)
{
    kith_dynbuf out = {0};

    make(text, &out);
    cr_expect_str_eq(kith_dynbuf_cstr(&out), expected, "%s: %s", text, kith_dynbuf_cstr(&out));
    kith_dynbuf_free(&out);
}

static void user_words(const char *email, kith_dynbuf *out)
{
    kith_email_user(email, out);
}

Test(match_words, companies_and_emails)
{
    expect_words(kith_company_words, "The ACME Robotics Inc.", "acme robotics");
    expect_words(kith_company_words, "Acme Robotics GmbH", "acme robotics");
    expect_words(kith_company_words, "Co", "co");
    expect_words(user_words, "ann.lee+news@gmail.com", "annlee");
    expect_words(user_words, "ann.lee@googlemail.com", "annlee");
    expect_words(user_words, "ann.lee@example.org", "ann.lee");
    expect_words(user_words, "info@example.org", "");
    expect_words(kith_email_employer, "ann@mail.acme.co.uk", "acme");
    expect_words(kith_email_employer, "ann@acme.com", "acme");
    expect_words(kith_email_employer, "ann@gmail.com", "");
}
