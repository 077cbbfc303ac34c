/* What people are stated to be to each other: from words to the network file and back. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <sys/stat.h>

#include <kith/bridges.h>
#include <kith/build.h>
#include <kith/folder.h>

#include "base/mem.h"
#include "ingest/format.h"
#include "ingest/stated_words.h"
#include "small_net.h"
#include "temp_folder.h"

TestSuite(stated, .init = temp_folder_enter, .fini = temp_folder_leave);

static kith_net *load(const char *input)
{
    const kith_build_opts opts = {.inputs = &input, .n_inputs = 1};
    kith_net *net = NULL;
    kith_err err = KITH_ERR_NONE;

    cr_assert_eq(kith_load(&opts, &net, NULL, &err), KITH_OK, "%s", err.message);
    return net;
}

/** What is stated of the people with these keys. */
static uint32_t stated_of(const kith_net *net, const char *a, const char *b)
{
    const uint32_t x = kith_net_find_key(net, a), y = kith_net_find_key(net, b);

    cr_assert(x != UINT32_MAX && y != UINT32_MAX, "%s, %s", a, b);
    return kith_net_stated(net, x, y);
}

static uint32_t both(kith_stated stated)
{
    return kith_stated_first(stated) | kith_stated_second(stated);
}

static const char ties[] = "source,target,relation,since\n"
                           "ann,ben,manager,2019-02-01\n"
                           "ann,cara,Manages,\n"
                           "ben,cara,Co-worker,\n"
                           "dee,ann,referred by,\n"
                           "ann,eli,mentor; friend,\n"
                           "eli,ben,reports to,\n"
                           "ben,eli,Sister,\n"
                           "eli,dee,stated relation,\n"
                           "dee,ben,drinking companion,\n";

static void check_ties(const kith_net *net)
{
    cr_assert_eq(stated_of(net, "ann", "ben"), kith_stated_second(KITH_STATED_MANAGER));
    cr_assert_eq(stated_of(net, "ben", "ann"), kith_stated_first(KITH_STATED_MANAGER));
    cr_assert_eq(stated_of(net, "ann", "cara"), kith_stated_first(KITH_STATED_MANAGER));
    cr_assert_eq(stated_of(net, "cara", "ann"), kith_stated_second(KITH_STATED_MANAGER));
    cr_assert_eq(stated_of(net, "ben", "cara"), both(KITH_STATED_COLLEAGUE));
    cr_assert_eq(stated_of(net, "cara", "ben"), both(KITH_STATED_COLLEAGUE));
    cr_assert_eq(stated_of(net, "dee", "ann"), kith_stated_second(KITH_STATED_REFERRER));
    cr_assert_eq(stated_of(net, "ann", "eli"),
                 kith_stated_second(KITH_STATED_MENTOR) | both(KITH_STATED_FRIEND));
    cr_assert_eq(stated_of(net, "eli", "ben"),
                 kith_stated_second(KITH_STATED_MANAGER) | both(KITH_STATED_RELATIVE), "of both rows");
    cr_assert_eq(stated_of(net, "eli", "dee"), 0);
    cr_assert_eq(stated_of(net, "dee", "cara"), 0, "who are not tied");
}

/** Whether the tie rests on a stated relation. */
static bool is_relation(const kith_net *net, const char *a, const char *b)
{
    kith_tie tie;

    cr_assert(kith_net_tie(net, kith_net_find_key(net, a), kith_net_find_key(net, b), &tie));
    return tie.evidence >> KITH_EVIDENCE_STATED_RELATION & 1;
}

Test(stated, a_table_of_ties_says_who_is_what_to_whom)
{
    put_file("ties.csv", ties);
    kith_net *net = load("ties.csv");

    check_ties(net);
    cr_assert(is_relation(net, "eli", "dee"));
    cr_assert_not(is_relation(net, "dee", "ben"), "a word that is not known makes a plain tie");
    cr_assert_eq(kith_net_verify(net, NULL), KITH_OK);
    kith_net_close(net);
    cr_assert_eq(kith_mem_live(), 0);
}

Test(stated, exported_tables_bring_it_back)
{
    put_file("ties.csv", ties);
    kith_net *net = load("ties.csv");
    const kith_export_opts opts = {.path = "tables", .format = KITH_EXPORT_TABLES};

    cr_assert_eq(kith_export(net, &opts, NULL), KITH_OK);
    kith_net *back = load("tables");
    check_ties(back);
    cr_assert(is_relation(back, "eli", "dee"));
    cr_assert_not(is_relation(back, "dee", "ben"));
    kith_net_close(back);
    kith_net_close(net);
}

/** KITH_LEADS_* of the tie of two keys, seen from the first. */
static uint32_t leads(const kith_net *net, const char *a, const char *b)
{
    kith_tie tie;

    cr_assert(kith_net_tie(net, kith_net_find_key(net, a), kith_net_find_key(net, b), &tie));
    return tie.leads;
}

static void check_directions(const kith_net *net)
{
    cr_assert_eq(leads(net, "ann", "ben"), KITH_LEADS_OUT);
    cr_assert_eq(leads(net, "ben", "ann"), KITH_LEADS_IN);
    cr_assert_eq(leads(net, "ann", "cara"), KITH_LEADS_IN, "cara comes first in the row");
    cr_assert_eq(leads(net, "ben", "cara"), KITH_LEADS_OUT | KITH_LEADS_IN, "two rows, one each way");
    cr_assert_eq(leads(net, "dee", "ann"), KITH_LEADS_OUT | KITH_LEADS_IN);
    cr_assert_eq(leads(net, "dee", "ben"), 0, "a word that says nothing of it");
    cr_assert_eq(leads(net, "dee", "cara"), 0);
    cr_assert_eq(stated_of(net, "ann", "ben"), kith_stated_second(KITH_STATED_MANAGER));
    cr_assert_eq(stated_of(net, "ann", "cara"), 0);
}

Test(stated, which_way_ties_lead_comes_from_a_column_and_back_from_exported_tables)
{
    put_file("ties.csv", "from,to,relation,directed\n"
                         "ann,ben,manager,Directed\n"
                         "cara,ann,,yes\n"
                         "ben,cara,,TRUE\ncara,ben,,1\n"
                         "ann,dee,,undirected\n"
                         "dee,ben,,purple\n"
                         "dee,cara,,\n");
    kith_net *net = load("ties.csv");
    const kith_export_opts opts = {.path = "tables", .format = KITH_EXPORT_TABLES};

    check_directions(net);
    cr_assert_eq(kith_net_verify(net, NULL), KITH_OK);
    cr_assert_eq(kith_export(net, &opts, NULL), KITH_OK);
    kith_net *back = load("tables");
    check_directions(back);
    kith_net_close(back);
    kith_net_close(net);
    cr_assert_eq(kith_mem_live(), 0);
}

Test(stated, an_edge_of_gephi_without_a_type_is_directed)
{
    put_file("edges.csv", "Source,Target,Type\nann,ben,\nben,cara,Undirected\n");
    kith_net *net = load("edges.csv");

    cr_assert_eq(leads(net, "ben", "ann"), KITH_LEADS_IN);
    cr_assert_eq(leads(net, "ben", "cara"), KITH_LEADS_OUT | KITH_LEADS_IN);
    kith_net_close(net);
}

Test(stated, roles_on_directed_ties_tell_who_lets_in_from_who_carries_out)
{
    const kith_bridges_opts opts = {
        .grouping = KITH_GROUPING_FIELD, .field = KITH_FIELD_COMPANY, .directed = true};
    kith_bridges_result result;

    cr_assert_eq(mkdir("data", 0700), 0);
    put_file("data/people.csv",
             "id,name,company\nann,Ann,Acme\nben,Ben,Acme\ncara,Cara,Brill\ndee,Dee,Brill\n");
    put_file("data/ties.csv", "source,target,directed\ncara,ann,yes\nann,ben,yes\ndee,ann,\n");
    kith_net *net = load("data");
    cr_assert_eq(kith_bridges(net, &opts, &result, NULL), KITH_OK);
    cr_assert_eq(result.n_directed_ties, 2);
    for (uint32_t i = 0; i < result.n_people; i++)
        for (kith_role role = 0; role < KITH_ROLE_COUNT; role++)
            cr_assert_eq(result.roles[i].count[role],
                         role == KITH_ROLE_GATEKEEPER &&
                             result.people[i].person == kith_net_find_key(net, "ann"),
                         "cara to ann to ben is the only way; dee states none");
    kith_bridges_free(&result);
    kith_net_close(net);

    put_file("plain.csv", "source,target\nann,ben\n");
    net = load("plain.csv");
    cr_assert_eq(kith_bridges(net, &opts, &result, NULL), KITH_NOT_FOUND);
    kith_net_close(net);
    cr_assert_eq(kith_mem_live(), 0);
}

Test(stated, a_day_yet_to_come_states_nothing)
{
    put_file("ties.csv",
             "source,target,relation,date\nann,ben,manager,2030-01-01\nann,ben,friend,2020-01-01\n");
    const char *input = "ties.csv";
    const kith_build_opts opts = {.inputs = &input, .n_inputs = 1, .as_of = "2024-01-01"};
    kith_net *net = NULL;

    cr_assert_eq(kith_load(&opts, &net, NULL, NULL), KITH_OK);
    cr_assert_eq(stated_of(net, "ann", "ben"), both(KITH_STATED_FRIEND));
    kith_net_close(net);
}

Test(stated, every_mask_is_read_from_its_words)
{
    kith_dynbuf squeezed = {0};

    for (uint32_t mask = 0; mask <= UINT16_MAX; mask++) {
        const char *words[KITH_STATED_WORDS];
        char text[256] = "";
        if ((mask >> 8 & 0x55) != (mask >> 9 & 0x55))
            continue; /* what holds both ways cannot hold one way */
        const uint32_t count = kith_stated_words(mask, words);
        cr_assert_leq(count, KITH_STATED_WORDS);
        for (uint32_t i = 0, length = 0; i < count; i++)
            length += (uint32_t)snprintf(text + length, sizeof text - length, "%s; ", words[i]);
        cr_assert_eq(kith_stated_of_words(text, &squeezed), mask, "%s", text);
        cr_assert_eq(kith_stated_turn(kith_stated_turn(mask)), mask);
    }
    kith_dynbuf_free(&squeezed);
}

Test(stated, each_column_of_outlook_says_which)
{
    kith_dynbuf squeezed = {0};

    for (size_t i = 0; i < kith_outlook_aliases.n; i++)
        if (kith_outlook_aliases.all[i].column == KITH_COLUMN_RELATION)
            cr_assert(kith_stated_of_words(kith_outlook_aliases.all[i].name, &squeezed), "%s",
                      kith_outlook_aliases.all[i].name);
    kith_dynbuf_free(&squeezed);
}

Test(stated, what_cannot_hold_one_way_only_is_damage)
{
    for (int one_way = 0; one_way < 2; one_way++) {
        small_net *s = small_net_new(2);
        kith_reason reasons[KITH_EVIDENCE_COUNT];
        small_net_tie(s, 0, 1, SMALL_NET_COST);
        small_net_stated(s, 0, 1, one_way ? kith_stated_first(KITH_STATED_FRIEND) : both(KITH_STATED_FRIEND));
        const kith_net *net = small_net_open(s);
        cr_assert_eq(kith_net_reasons(net, 0, 1, reasons), one_way ? 0 : 1);
        cr_assert_eq(kith_net_status(net, NULL), one_way ? KITH_EDATA : KITH_OK);
        small_net_free(s);
    }
}
