/* Over the whole of datasets/: no draft holds a field that the asker does not own. */
#include <criterion/criterion.h>

#include <stdlib.h>
#include <string.h>

#include <kith/build.h>
#include <kith/draft.h>

#include "temp_folder.h"

#define DATASETS KITH_SOURCE_DIR "/datasets/"

/** Whose the export in seeker/ is; it does not tell. */
#define SEEKER "https://www.linkedin.com/in/noor-haddad-4404"

static kith_net *load_net(const char *const *paths, uint32_t n_paths, const char *owner)
{
    const kith_build_opts opts = {
        .inputs = paths, .n_inputs = n_paths, .owners = &owner, .n_owners = owner ? 1 : 0};
    kith_net *net = NULL;
    kith_err err = KITH_ERR_NONE;

    cr_assert_eq(kith_load(&opts, &net, NULL, &err), KITH_OK, "%s: %s", paths[0], err.message);
    return net;
}

/** A network of what one owner's export holds, and nothing else. */
static kith_net *load_own(const kith_net *whole, const char *owner)
{
    kith_source source;
    char path[4096];
    const char *input = path;

    for (uint32_t i = 0; kith_net_source(whole, i, &source); i++)
        if (strcmp(source.owner, owner) == 0) {
            const size_t folder =
                strcspn(source.name, "/"); /* "ben-ito/Connections.csv", "Connections.csv" */
            const bool seeker = !source.name[folder];
            (void)snprintf(path, sizeof path, DATASETS "%s%.*s", seeker ? "seeker/" : "cohort/", (int)folder,
                           source.name);
            return load_net(&input, 1, seeker ? SEEKER : NULL);
        }
    cr_assert_fail("%s has no source", owner);
    return NULL;
}

/** Whether this is a value that a network has in a field of somebody so named. */
static bool is_said_of(const kith_net *net, const char *name, kith_field field, const char *text)
{
    kith_net_summary summary;
    kith_person person;
    const char *value;

    kith_net_summarise(net, &summary);
    for (uint32_t p = 0; p < summary.people; p++) {
        kith_net_person(net, p, &person);
        for (uint32_t n = 0; strcmp(person.name, name) == 0 && (value = kith_net_value(net, p, field, n));
             n++)
            if (strcmp(value, text) == 0)
                return true;
    }
    return false;
}

/** Whether a person entered this place themself. */
static bool was_at(const kith_net *net, uint32_t person, const char *place)
{
    kith_tenure_view stay;

    for (uint32_t n = 0; kith_net_tenure(net, person, n, &stay); n++)
        if (strcmp(stay.place, place) == 0)
            return true;
    return false;
}

/** The fields of a draft, which stands on one line with a bar behind each. */
enum field {
    ASKER_NAME,
    INTRODUCER_NAME,
    NEXT_NAME,
    TARGET_NAME,
    TARGET_TITLE,
    TARGET_COMPANY,
    SHARED_COMPANY,
    SHARED_YEARS,
    SHARED_SCHOOL,
    MENTORSHIP_SINCE,
    LAST_CONTACT,
    FIELDS
};

static const char all_fields[] = "{asker}|{introducer}|{next}|{target}|{target_title}|{target_company}|"
                                 "{shared_company}|{shared_years}|{shared_school}|{mentorship_since}|"
                                 "{last_contact}|";

typedef struct fields {
    char text[2048];
    char *field[FIELDS];
} fields;

static void take_apart(const char *draft, fields *f)
{
    char *at = f->text;

    cr_assert_lt(strlen(draft), sizeof f->text);
    strcpy(f->text, draft);
    for (int i = 0; i < FIELDS; i++) {
        cr_assert_not_null(f->field[i] = strsep(&at, "|"), "%s", draft);
        cr_assert_not_null(at, "%s", draft);
    }
    cr_assert_str_empty(at, "%s", draft);
}

enum { MOST_TIES = 3 /* of the routes asked for */ };

/** What the drafts of one asker are held against. */
typedef struct holding {
    const kith_net *whole, *own;
    uint32_t asker;     /**< in the whole network */
    uint32_t own_asker; /**< the same person in the network of their own export */
} holding;

/** Whether a text is empty or names a month, as "March 2020" does. */
static bool is_month(const char *text)
{
    static const char *const months[] = {"January",   "February", "March",    "April",
                                         "May",       "June",     "July",     "August",
                                         "September", "October",  "November", "December"};
    const char *year = strchr(text, ' ');

    if (!*text || !year)
        return !*text;
    for (size_t i = 0; i < sizeof months / sizeof *months; i++)
        if (strlen(months[i]) == (size_t)(year - text) && strncmp(months[i], text, strlen(months[i])) == 0)
            return strlen(year + 1) == 4 && strspn(year + 1, "0123456789") == 4;
    return false;
}

/** Whether a text is empty or years, as "2013–2016" is. */
static bool is_years(const char *text)
{
    return strspn(text, "0123456789\u2013") == strlen(text);
}

/** No way to reach this person stands anywhere in a draft. */
static void expect_no_contacts(const holding *h, const char *draft, uint32_t person)
{
    static const kith_field ways[] = {KITH_FIELD_EMAIL, KITH_FIELD_URL, KITH_FIELD_PHONE};
    const char *value;

    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++)
        for (uint32_t n = 0; (value = kith_net_value(h->whole, person, ways[i], n)); n++)
            cr_assert_null(strstr(draft, value), "not to be told: %s", value);
}

/** Every field of the draft of a route is the asker's to tell. */
static void expect_held(const holding *h, const kith_route *route, const char *draft)
{
    const char *names[MOST_TIES + 1];
    fields f;

    take_apart(draft, &f);
    for (uint32_t i = 0; i <= route->hops; i++) {
        kith_person person;
        kith_net_person(h->whole, route->people[i], &person);
        cr_assert_not(i > 0 && person.do_not_introduce);
        names[i] = person.name;
    }
    cr_assert_str_eq(f.field[ASKER_NAME], names[0]);
    cr_assert_str_eq(f.field[INTRODUCER_NAME], names[1]);
    cr_assert_str_eq(f.field[NEXT_NAME], route->hops > 2 ? names[2] : "");
    cr_assert_str_eq(f.field[TARGET_NAME], names[route->hops]);

    const char *target = names[route->hops], *title = f.field[TARGET_TITLE],
               *company = f.field[TARGET_COMPANY], *place = f.field[SHARED_COMPANY],
               *school = f.field[SHARED_SCHOOL];
    cr_assert(!*title || is_said_of(h->own, target, KITH_FIELD_TITLE, title), "not %s's to tell: %s, %s",
              names[0], target, title);
    cr_assert(!*company || is_said_of(h->own, target, KITH_FIELD_COMPANY, company),
              "not %s's to tell: %s, %s", names[0], target, company);
    cr_assert(!*place || was_at(h->own, h->own_asker, place), "%s was not at %s", names[0], place);
    cr_assert(!*school || was_at(h->own, h->own_asker, school), "%s was not at %s", names[0], school);
    cr_assert(is_years(f.field[SHARED_YEARS]), "no years: %s", f.field[SHARED_YEARS]);
    cr_assert(is_month(f.field[MENTORSHIP_SINCE]), "no month: %s", f.field[MENTORSHIP_SINCE]);
    cr_assert(is_month(f.field[LAST_CONTACT]), "no month: %s", f.field[LAST_CONTACT]);
    for (uint32_t i = 1; i <= route->hops; i++)
        expect_no_contacts(h, draft, route->people[i]);
}

/** The drafts of the best routes from an owner to one person. @return how many tell more than a name. */
static uint32_t check_drafts(const holding *h, const kith_draft_templates *templates, uint32_t to)
{
    kith_intro_opts opts = KITH_INTRO_DEFAULTS;
    kith_intro_result routes = {0};
    kith_draft *drafts = NULL;
    kith_person target;
    uint32_t telling = 0;

    opts.from = h->asker;
    opts.targets = &to;
    opts.n_targets = 1;
    opts.top = 6;
    kith_net_person(h->whole, to, &target);
    cr_assert_eq(kith_intro(h->whole, &opts, &routes, NULL), KITH_OK);
    cr_assert_eq(kith_drafts_write(h->whole, templates, "", &routes, &drafts, NULL), KITH_OK);
    for (uint32_t i = 0; i < routes.n_routes; i++) {
        cr_assert_eq(drafts[i].request != NULL, routes.routes[i].hops > 1);
        if (!drafts[i].request)
            continue;
        expect_held(h, &routes.routes[i], drafts[i].request);
        expect_held(h, &routes.routes[i], drafts[i].note);
        telling += *target.company && strstr(drafts[i].note, target.company);
    }
    kith_drafts_free(drafts, routes.n_routes);
    kith_intro_free(&routes);
    return telling;
}

/** Drafts from every owner to everybody. */
static void check_all_drafts(const kith_net *whole, uint32_t owners)
{
    kith_draft_templates *templates = NULL;
    kith_net_summary summary;
    uint32_t telling = 0;

    put_file("all.txt", all_fields);
    cr_assert_eq(kith_draft_templates_load("all.txt", "all.txt", &templates, NULL), KITH_OK);
    kith_net_summarise(whole, &summary);
    cr_assert_eq(summary.owners, owners);
    for (uint32_t nth = 0; nth < owners; nth++) {
        holding h = {.whole = whole, .asker = kith_net_owner(whole, nth)};
        kith_person asker;
        kith_net_person(whole, h.asker, &asker);
        kith_net *own = load_own(whole, asker.key);
        h.own = own;
        h.own_asker = kith_net_owner(own, 0);
        for (uint32_t to = 0; to < summary.people; to++)
            telling += to != h.asker ? check_drafts(&h, templates, to) : 0;
        kith_net_close(own);
    }
    cr_assert_gt(telling, 0, "there is something to tell");
    kith_draft_templates_free(templates);
}

TestSuite(draft_owned, .init = temp_folder_enter, .fini = temp_folder_leave);

Test(draft_owned, no_draft_of_the_cohort_tells_what_the_asker_does_not_hold)
{
    const char *cohort = DATASETS "cohort";
    kith_net *whole = load_net(&cohort, 1, NULL);

    check_all_drafts(whole, 13);
    kith_net_close(whole);
}

Test(draft_owned, nor_does_one_of_the_cohort_and_the_seeker)
{
    const char *const both[] = {DATASETS "cohort", DATASETS "seeker"};
    kith_net *whole = load_net(both, 2, DATASETS "seeker=" SEEKER);

    check_all_drafts(whole, 14);
    kith_net_close(whole);
}
