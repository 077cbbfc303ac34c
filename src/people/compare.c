/* How much two people agree, trait by trait. */
#include <math.h>
#include <string.h>

#include "people/graded.h"

/** Similarities from which words count as spelt alike. */
#define ALIKE_GIVEN 0.88
#define ALIKE_FAMILY 0.9
#define ALIKE_TEXT 0.92

/** How many more people stand behind the words of a small input: as many have been seen elsewhere. */
#define PEOPLE_ELSEWHERE 1000.0

enum { SAME = 0, ALIKE = 1, PART = 2 };
enum { GIVEN_SAME, GIVEN_NICKNAME, GIVEN_INITIAL, GIVEN_ALIKE, GIVEN_OTHER };
enum { FAMILY_SAME, FAMILY_ALIKE, FAMILY_PART, FAMILY_OTHER };
enum { EMAIL_SAME, EMAIL_USER, EMAIL_ALIKE, EMAIL_OTHER };

/** Grades of each trait, and how common a value is among people elsewhere. */
static const struct {
    uint8_t grades;
    kith_value_kind kind; /**< of values that are the same or not, as text; else KITH_VALUE_KIND_COUNT */
    double elsewhere;
} traits[KITH_TRAIT_COUNT] = {
    [KITH_TRAIT_GIVEN] = {5, KITH_VALUE_KIND_COUNT, 1 / 300.0},
    [KITH_TRAIT_FAMILY] = {4, KITH_VALUE_KIND_COUNT, 1 / 2000.0},
    [KITH_TRAIT_ORDER] = {2, KITH_VALUE_KIND_COUNT, 0},
    [KITH_TRAIT_SUFFIX] = {3, KITH_VALUE_KIND_COUNT, 0},
    [KITH_TRAIT_COMPANY] = {3, KITH_VALUE_COMPANY, 1 / 500.0},
    [KITH_TRAIT_TITLE] = {3, KITH_VALUE_TITLE, 1 / 100.0},
    [KITH_TRAIT_EMAIL] = {4, KITH_VALUE_KIND_COUNT, 1e-5},
    [KITH_TRAIT_CALLING] = {3, KITH_VALUE_KIND_COUNT, 0},
    [KITH_TRAIT_PHONE] = {2, KITH_VALUE_PHONE, 1e-6},
    [KITH_TRAIT_LOCATION] = {3, KITH_VALUE_LOCATION, 1 / 50.0},
    [KITH_TRAIT_INDUSTRY] = {2, KITH_VALUE_INDUSTRY, 1 / 30.0},
    [KITH_TRAIT_BIRTH] = {3, KITH_VALUE_BIRTH, 1 / 20000.0},
    [KITH_TRAIT_ADDRESS] = {3, KITH_VALUE_ADDRESS, 1e-5},
    [KITH_TRAIT_POSTCODE] = {3, KITH_VALUE_POSTCODE, 1 / 1000.0},
    [KITH_TRAIT_NUMBER] = {3, KITH_VALUE_NUMBER, 1e-6},
    [KITH_TRAIT_LIST] = {2, KITH_VALUE_KIND_COUNT, 0},
};

uint32_t kith_trait_grades(kith_trait trait)
{
    return traits[trait].grades;
}

/** Whether two ascending lists share a number. */
static bool share_number(kith_values a, kith_values b)
{
    for (size_t i = 0, k = 0; i < a.n && k < b.n;) {
        if (a.at[i] == b.at[k])
            return true;
        if (a.at[i] < b.at[k])
            i++;
        else
            k++;
    }
    return false;
}

bool kith_profiles_contradict(const kith_profiles *profiles, uint32_t a, uint32_t b)
{
    return (profiles->has_slug[a] && profiles->has_slug[b]) ||
           share_number(kith_profile_values(profiles, a, KITH_VALUE_SPACE),
                        kith_profile_values(profiles, b, KITH_VALUE_SPACE));
}

bool kith_profiles_listed_together(const kith_profiles *profiles, uint32_t a, uint32_t b)
{
    return share_number(kith_profile_values(profiles, a, KITH_VALUE_LIST),
                        kith_profile_values(profiles, b, KITH_VALUE_LIST));
}

/** Log of how common a value is that `held` people have, those who agree by it not counted twice. */
static float log_common(const kith_profiles *profiles, kith_trait trait, uint32_t held)
{
    double others = held > 1 ? held - 1 : 0;

    return (float)log((others + PEOPLE_ELSEWHERE * traits[trait].elsewhere) /
                      (profiles->n + PEOPLE_ELSEWHERE));
}

/* ---- names ---- */

static bool is_initial(const char *one, const char *other)
{
    size_t length = strcspn(one, " "), letter = 1;

    while (((unsigned char)one[letter] & 0xC0) == 0x80)
        letter++;
    return length == letter && strncmp(one, other, letter) == 0;
}

/** Whether the words of `part` stand in `whole`, in one piece. */
static bool has_part(const char *whole, const char *part)
{
    const char *at = strstr(whole, part);
    size_t length = strlen(part);

    return length > 2 && at && (at == whole || at[-1] == ' ') && (at[length] == '\0' || at[length] == ' ');
}

static uint8_t grade_given(const kith_word *a, const kith_word *b)
{
    if (a == b)
        return GIVEN_SAME;
    if (kith_nickname_shared(a->groups, a->n_groups, b->groups, b->n_groups))
        return GIVEN_NICKNAME;
    if (is_initial(a->text, b->text) || is_initial(b->text, a->text))
        return GIVEN_INITIAL;
    return kith_words_alike(a->text, b->text, ALIKE_GIVEN) ? GIVEN_ALIKE : GIVEN_OTHER;
}

static uint8_t grade_family(const kith_word *a, const kith_word *b)
{
    if (a == b)
        return FAMILY_SAME;
    if (has_part(a->text, b->text) || has_part(b->text, a->text) || is_initial(a->text, b->text) ||
        is_initial(b->text, a->text))
        return FAMILY_PART;
    return kith_words_alike(a->text, b->text, ALIKE_FAMILY) ? FAMILY_ALIKE : FAMILY_OTHER;
}

/** A name being compared; NULL where a part is missing. */
typedef struct spelt_name {
    const kith_word *given, *also, *middle, *family;
} spelt_name;

static const kith_word *spell(const kith_profiles *profiles, uint32_t word)
{
    return word == KITH_NO_TEXT ? NULL : &profiles->words[word];
}

static spelt_name spell_name(const kith_profiles *profiles, const kith_name_form *form)
{
    return (spelt_name){spell(profiles, form->given), spell(profiles, form->also),
                        spell(profiles, form->middle), spell(profiles, form->family)};
}

/** The best grade that given names come to, second and middle names too. */
static uint8_t grade_all_given(const spelt_name *a, const spelt_name *b)
{
    if (!a->given || !b->given)
        return KITH_GRADE_UNKNOWN;
    uint8_t best = grade_given(a->given, b->given);
    if (best > GIVEN_NICKNAME && ((a->also && grade_given(a->also, b->given) <= GIVEN_NICKNAME) ||
                                  (b->also && grade_given(a->given, b->also) <= GIVEN_NICKNAME) ||
                                  (a->middle && has_part(a->middle->text, b->given->text)) ||
                                  (b->middle && has_part(b->middle->text, a->given->text))))
        best = GIVEN_NICKNAME;
    return best;
}

/** Grades of a pair of names, one way round. */
typedef struct name_grades {
    uint8_t given, family;
    bool exchanged;
} name_grades;

static int badness(name_grades grades)
{
    return (grades.given == KITH_GRADE_UNKNOWN ? GIVEN_OTHER : grades.given) +
           (grades.family == KITH_GRADE_UNKNOWN ? FAMILY_OTHER : grades.family) + (grades.exchanged ? 2 : 0);
}

static name_grades grade_names(const spelt_name *a, const spelt_name *b)
{
    name_grades straight = {KITH_GRADE_UNKNOWN, KITH_GRADE_UNKNOWN, false};

    straight.given = grade_all_given(a, b);
    if (a->family && b->family)
        straight.family = grade_family(a->family, b->family);
    if (badness(straight) < 4 || !a->family || !b->family || !a->given || !b->given)
        return straight;
    name_grades exchanged = {grade_given(a->family, b->given), grade_family(a->given, b->family), true};
    return badness(exchanged) < badness(straight) ? exchanged : straight;
}

static uint8_t grade_suffix(uint32_t a, uint32_t b)
{
    if (a == b)
        return a == KITH_SUFFIX_NONE ? KITH_GRADE_UNKNOWN : SAME;
    return a == KITH_SUFFIX_NONE || b == KITH_SUFFIX_NONE ? ALIKE : PART;
}

static uint32_t least(uint32_t a, uint32_t b)
{
    return a < b ? a : b;
}

/** Notes the grades of the best pair of forms, and how common the words are that they share. */
static void note_names(const kith_profiles *profiles, const kith_name_form *a, const kith_name_form *b,
                       name_grades grades, kith_comparison *out)
{
    out->grade[KITH_TRAIT_GIVEN] = grades.given;
    out->grade[KITH_TRAIT_FAMILY] = grades.family;
    out->grade[KITH_TRAIT_ORDER] = grades.exchanged;
    if (grades.given == GIVEN_SAME)
        out->log_common[KITH_TRAIT_GIVEN] = log_common(
            profiles, KITH_TRAIT_GIVEN,
            grades.exchanged ? least(profiles->words[a->family].held, profiles->words[b->given].held) + 1
                             : profiles->words[a->given].held);
    if (grades.family == FAMILY_SAME)
        out->log_common[KITH_TRAIT_FAMILY] =
            log_common(profiles, KITH_TRAIT_FAMILY,
                       grades.exchanged ? profiles->words[b->family].held_as_family + 1
                                        : profiles->words[a->family].held_as_family);
}

static void compare_names(const kith_profiles *profiles, uint32_t a, uint32_t b, kith_comparison *out)
{
    kith_values forms_a = kith_profile_values(profiles, a, KITH_VALUE_NAME);
    kith_values forms_b = kith_profile_values(profiles, b, KITH_VALUE_NAME);
    int best = INT32_MAX;
    uint8_t suffix = 0;

    for (size_t i = 0; i < forms_a.n; i++)
        for (size_t k = 0; k < forms_b.n; k++) {
            const kith_name_form x = profiles->forms[forms_a.at[i]];
            const kith_name_form y = profiles->forms[forms_b.at[k]];
            spelt_name one = spell_name(profiles, &x), other = spell_name(profiles, &y);
            name_grades grades = grade_names(&one, &other);
            uint8_t generation = grade_suffix(x.suffix, y.suffix);
            if (generation != KITH_GRADE_UNKNOWN && generation >= suffix)
                out->grade[KITH_TRAIT_SUFFIX] = suffix = generation;
            if (badness(grades) < best) {
                best = badness(grades);
                note_names(profiles, &x, &y, grades, out);
            }
        }
}

/* ---- everything else ---- */

/** Whether one mistake in typing leads from one to the other: a character put in, left out, changed, or two
 * exchanged. */
static bool is_slip(const char *a, const char *b)
{
    size_t length_a = strlen(a), length_b = strlen(b), start = 0, end = 0;

    while (a[start] && a[start] == b[start])
        start++;
    while (end < length_a - start && end < length_b - start && a[length_a - 1 - end] == b[length_b - 1 - end])
        end++;
    size_t left_a = length_a - start - end, left_b = length_b - start - end;
    return (left_a <= 1 && left_b <= 1) ||
           (left_a == 2 && left_b == 2 && a[start] == b[start + 1] && a[start + 1] == b[start]);
}

/** Words of `a` that stand in `b` as well, and all of `a`. */
static void count_words(const char *a, const char *b, size_t *shared, size_t *all)
{
    char word[64];

    *shared = *all = 0;
    while (*a) {
        size_t length = strcspn(a, " ");
        size_t kept = length < sizeof word ? length : sizeof word - 1;
        memcpy(word, a, kept);
        word[kept] = '\0';
        ++*all;
        for (const char *at = b; (at = strstr(at, word)); at++)
            if ((at == b || at[-1] == ' ') && (at[kept] == ' ' || !at[kept])) {
                ++*shared;
                break;
            }
        a += length + (a[length] == ' ');
    }
}

/** Whether two texts share half of their words or are spelt alike. */
static bool is_alike(const char *a, const char *b)
{
    size_t shared, words_a, back, words_b;

    count_words(a, b, &shared, &words_a);
    count_words(b, a, &back, &words_b);
    return 2 * shared >= words_a + words_b - shared || kith_words_alike(a, b, ALIKE_TEXT);
}

/** Grade of two different words. */
static uint8_t grade_words(kith_trait trait, const char *a, const char *b)
{
    switch (trait) {
    case KITH_TRAIT_PHONE:
    case KITH_TRAIT_INDUSTRY:
        return ALIKE;
    case KITH_TRAIT_COMPANY:
    case KITH_TRAIT_LOCATION:
        return has_part(a, b) || has_part(b, a) || is_alike(a, b) ? ALIKE : PART;
    case KITH_TRAIT_BIRTH:
    case KITH_TRAIT_POSTCODE:
    case KITH_TRAIT_NUMBER:
        return is_slip(a, b) ? ALIKE : PART;
    default:
        return is_alike(a, b) ? ALIKE : PART;
    }
}

static void compare_words(const kith_profiles *profiles, kith_trait trait, uint32_t a, uint32_t b,
                          kith_comparison *out)
{
    kith_values values_a = kith_profile_values(profiles, a, traits[trait].kind);
    kith_values values_b = kith_profile_values(profiles, b, traits[trait].kind);

    for (size_t i = 0; i < values_a.n; i++)
        for (size_t k = 0; k < values_b.n; k++) {
            uint32_t x = values_a.at[i], y = values_b.at[k];
            if (x == y) {
                float common = log_common(profiles, trait, profiles->words[x].held);
                if (out->grade[trait] != SAME || common < out->log_common[trait])
                    out->log_common[trait] = common;
                out->grade[trait] = SAME;
            } else if (out->grade[trait] > ALIKE) {
                out->grade[trait] = grade_words(trait, profiles->words[x].text, profiles->words[y].text);
            }
        }
}

/** Whether an employer's email host has the name of a company: SAME for all of it, ALIKE for its first word,
 * else PART. */
static uint8_t grade_host(const char *host, const char *company)
{
    size_t first = strcspn(company, " "), at = 0;
    bool whole = true;

    for (const char *c = company; whole && *c; c++)
        whole = *c == ' ' || *c == host[at++];
    if (whole && host[at] == '\0')
        return SAME;
    return first > 3 && strlen(host) == first && strncmp(host, company, first) == 0 ? ALIKE : PART;
}

/** What the email hosts of one tell of the companies of the other. */
static void compare_hosts(const kith_profiles *profiles, uint32_t a, uint32_t b, kith_comparison *out)
{
    kith_values hosts = kith_profile_values(profiles, a, KITH_VALUE_HOST);
    kith_values companies = kith_profile_values(profiles, b, KITH_VALUE_COMPANY);

    for (size_t i = 0; i < hosts.n; i++)
        for (size_t k = 0; k < companies.n; k++) {
            const kith_word *company = &profiles->words[companies.at[k]];
            uint8_t grade = grade_host(profiles->words[hosts.at[i]].text, company->text);
            if (grade == PART || grade >= out->grade[KITH_TRAIT_COMPANY])
                continue;
            out->grade[KITH_TRAIT_COMPANY] = grade;
            out->log_common[KITH_TRAIT_COMPANY] =
                grade == SAME ? log_common(profiles, KITH_TRAIT_COMPANY, company->held) : 0;
        }
}

static bool holds(kith_values values, uint32_t word)
{
    for (size_t i = 0; i < values.n; i++)
        if (values.at[i] == word)
            return true;
    return false;
}

/** Whether an email user has a word of the name in it. */
static bool stands_in(const kith_word *word, const char *user)
{
    return word && strlen(word->text) > 2 && strstr(user, word->text);
}

/** Whether an email user is made of the name: then it tells nothing that the name does not, but for digits.
 */
static bool is_made_of_name(const kith_profiles *profiles, uint32_t person, const char *user)
{
    kith_values forms = kith_profile_values(profiles, person, KITH_VALUE_NAME);

    for (size_t i = 0; i < forms.n; i++) {
        const kith_name_form form = profiles->forms[forms.at[i]];
        spelt_name name = spell_name(profiles, &form);
        if (stands_in(name.given, user) || stands_in(name.family, user))
            return true;
    }
    return false;
}

/** Grade of two email users; KITH_GRADE_UNKNOWN where they tell nothing. */
static uint8_t grade_users(const kith_profiles *profiles, uint32_t a, uint32_t b, uint32_t x, uint32_t y)
{
    const char *user = profiles->words[x].text, *other = profiles->words[y].text;

    if (x == y && holds(kith_profile_values(profiles, a, KITH_VALUE_GMAIL), x) &&
        holds(kith_profile_values(profiles, b, KITH_VALUE_GMAIL), x))
        return EMAIL_SAME;
    bool of_name = is_made_of_name(profiles, a, user);
    if (x == y)
        return of_name && !strpbrk(user, "0123456789") ? KITH_GRADE_UNKNOWN : EMAIL_USER;
    return !of_name && kith_words_alike(user, other, ALIKE_TEXT) ? EMAIL_ALIKE : EMAIL_OTHER;
}

static void compare_emails(const kith_profiles *profiles, uint32_t a, uint32_t b, kith_comparison *out)
{
    kith_values users_a = kith_profile_values(profiles, a, KITH_VALUE_EMAIL);
    kith_values users_b = kith_profile_values(profiles, b, KITH_VALUE_EMAIL);

    for (size_t i = 0; i < users_a.n; i++)
        for (size_t k = 0; k < users_b.n; k++) {
            uint32_t x = users_a.at[i];
            uint8_t grade = grade_users(profiles, a, b, x, users_b.at[k]);
            if (grade >= out->grade[KITH_TRAIT_EMAIL])
                continue;
            out->grade[KITH_TRAIT_EMAIL] = grade;
            out->log_common[KITH_TRAIT_EMAIL] =
                grade <= EMAIL_USER ? log_common(profiles, KITH_TRAIT_EMAIL, profiles->words[x].held) : 0;
        }
}

static void move_grade(kith_comparison *pair, kith_trait from, kith_trait to)
{
    pair->grade[to] = pair->grade[from];
    pair->log_common[to] = pair->log_common[from];
    pair->grade[from] = KITH_GRADE_UNKNOWN;
    pair->log_common[from] = 0;
}

void kith_profiles_compare(const kith_profiles *profiles, uint32_t a, uint32_t b, kith_comparison *out)
{
    for (int trait = 0; trait < KITH_TRAIT_COUNT; trait++) {
        out->grade[trait] = KITH_GRADE_UNKNOWN;
        out->log_common[trait] = 0;
    }
    compare_names(profiles, a, b, out);
    compare_emails(profiles, a, b, out);
    for (int trait = 0; trait < KITH_TRAIT_COUNT; trait++)
        if (traits[trait].kind != KITH_VALUE_KIND_COUNT)
            compare_words(profiles, (kith_trait)trait, a, b, out);
    compare_hosts(profiles, a, b, out);
    compare_hosts(profiles, b, a, out);
    if (out->grade[KITH_TRAIT_COMPANY] == PART)
        move_grade(out, KITH_TRAIT_TITLE, KITH_TRAIT_CALLING);
    out->grade[KITH_TRAIT_LIST] = kith_profiles_listed_together(profiles, a, b);
}

bool kith_comparison_same_name(const kith_comparison *pair)
{
    return pair->grade[KITH_TRAIT_GIVEN] == GIVEN_SAME && pair->grade[KITH_TRAIT_FAMILY] == FAMILY_SAME &&
           pair->grade[KITH_TRAIT_ORDER] == SAME;
}

bool kith_comparison_allows(const kith_comparison *pair)
{
    const uint8_t *grade = pair->grade;
    bool number = grade[KITH_TRAIT_NUMBER] == SAME;
    bool own = number || grade[KITH_TRAIT_EMAIL] <= EMAIL_USER || grade[KITH_TRAIT_PHONE] == SAME ||
               grade[KITH_TRAIT_BIRTH] <= ALIKE;
    bool more = own || grade[KITH_TRAIT_COMPANY] <= ALIKE || grade[KITH_TRAIT_EMAIL] == EMAIL_ALIKE ||
                grade[KITH_TRAIT_ADDRESS] <= ALIKE || grade[KITH_TRAIT_POSTCODE] == SAME ||
                grade[KITH_TRAIT_NUMBER] == ALIKE ||
                ((grade[KITH_TRAIT_TITLE] <= ALIKE || grade[KITH_TRAIT_CALLING] <= ALIKE) &&
                 grade[KITH_TRAIT_LOCATION] <= ALIKE);

    if (grade[KITH_TRAIT_SUFFIX] == ALIKE || grade[KITH_TRAIT_SUFFIX] == PART)
        return false;
    if (grade[KITH_TRAIT_GIVEN] == GIVEN_OTHER)
        return number;
    return grade[KITH_TRAIT_FAMILY] == FAMILY_OTHER ? own : more;
}
