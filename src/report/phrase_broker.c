#include "report/phrase_broker.h"

#include <math.h>

#include "report/phrase.h"
#include "report/words.h"

/** Companies cut off that are named; the others are counted. */
enum { COMPANIES_NAMED = 3 };

const char *kith_phrase_role(kith_role role)
{
    static const char *const words[KITH_ROLE_COUNT] = {"coordinator", "itinerant", "gatekeeper",
                                                       "representative", "liaison"};

    return words[role];
}

/** " joins 12 contacts in Acme; 7 in Brill; and 3 more groups." */
static void put_joined(kith_dynbuf *text, const kith_bridges_result *result, const kith_broker_groups *of)
{
    const uint32_t told = of->n_groups < KITH_BRIDGES_JOINED ? of->n_groups : KITH_BRIDGES_JOINED;

    kith_dynbuf_text(text, of->n_groups > 0 ? " joins " : " joins no groups");
    for (uint32_t i = 0; i < told; i++) {
        if (i == 0)
            kith_words_counted(text, of->joined[i].contacts, "contact", "contacts");
        else
            kith_words_count(text, of->joined[i].contacts);
        kith_dynbuf_printf(text, " in %s", result->group_names[of->joined[i].group]);
        kith_dynbuf_text(text, i + 1 < of->n_groups ? "; " : "");
    }
    if (of->n_groups > told) {
        kith_dynbuf_text(text, "and ");
        kith_words_counted(text, of->n_groups - told, "more group", "more groups");
    }
    kith_dynbuf_text(text, ".");
}

/** "Without them 61 people and all contact to 9 companies (Acme, Brill, Cobalt, …) are cut off." */
static void put_loss(kith_dynbuf *text, const kith_cut *cut)
{
    kith_dynbuf_text(text, " Without them ");
    kith_words_counted(text, cut->people_cut_off, "person", "people");
    if (cut->n_companies > 0) {
        kith_dynbuf_text(text, " and all contact to ");
        kith_words_counted(text, cut->n_companies, "company", "companies");
        for (uint32_t i = 0; i < cut->n_companies && i < COMPANIES_NAMED; i++)
            kith_dynbuf_printf(text, "%s%s", i > 0 ? ", " : " (", cut->companies[i]);
        kith_dynbuf_text(text, cut->n_companies > COMPANIES_NAMED ? ", …)" : ")");
    }
    kith_dynbuf_text(text,
                     cut->people_cut_off == 1 && cut->n_companies == 0 ? " is cut off." : " are cut off.");
}

/** "The next best way from Acme to Brill has 3 ties." */
static void put_detour(kith_dynbuf *text, const kith_bridges_result *result, const kith_broker_groups *of)
{
    const bool none = of->detour == UINT32_MAX;

    if (of->detour == 0)
        return;
    kith_dynbuf_printf(text, " %s from %s to %s", none ? "There is no other way" : "The next best way",
                       result->group_names[of->joined[0].group], result->group_names[of->joined[1].group]);
    if (!none) {
        kith_dynbuf_text(text, " has ");
        kith_words_counted(text, of->detour, "tie", "ties");
    }
    kith_dynbuf_text(text, ".");
}

/** Standard deviations above what is expected from which a role is worth a word. */
#define LEAST_Z 2

/** "Stands out as liaison: 412 times, 5.1 standard deviations above what is expected." */
static void put_role(kith_dynbuf *text, const kith_broker_roles *roles)
{
    kith_role most = KITH_ROLE_COUNT;

    for (kith_role role = 0; role < KITH_ROLE_COUNT; role++)
        if (roles->count[role] > 0 && roles->z[role] >= LEAST_Z &&
            (most == KITH_ROLE_COUNT || roles->z[role] > roles->z[most]))
            most = role;
    if (most == KITH_ROLE_COUNT)
        return;
    kith_dynbuf_printf(text, " Stands out as %s: ", kith_phrase_role(most));
    kith_words_counted(text, roles->count[most], "time", "times");
    kith_dynbuf_text(text, ", ");
    kith_words_fixed(text, roles->z[most], 1);
    kith_dynbuf_text(text, " standard deviations above what is expected.");
}

void kith_phrase_broker(kith_dynbuf *text, const kith_net *net, const kith_bridges_result *result, uint32_t i)
{
    const kith_broker *broker = &result->people[i];

    kith_phrase_name(text, net, broker->person);
    put_joined(text, result, &result->groups[i]);
    if (broker->cut.parts > 0)
        put_loss(text, &broker->cut);
    put_detour(text, result, &result->groups[i]);
    if (result->roles)
        put_role(text, &result->roles[i]);
}
