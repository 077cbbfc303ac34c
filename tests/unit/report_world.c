#include "report_world.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

const char *const world_commands[WORLD_ANSWERS] = {"info", "find", "intro", "bridges", "chains",
                                                   "why",  "why",  "why",   "cohort"};
const char *const world_lists[WORLD_ANSWERS] = {"sources",  "people",          "routes", "people", "people",
                                                "evidence", "shared_contacts", "ties",   "groups"};

static void name_people(small_net *s)
{
    static const char *const names[] = {
        "Ann Lee",
        "Ben Ito",
        "Cara Poe",
        "Dana Roe",
        WORLD_MARKUP,
        WORLD_CONTROL,
        "王小明 Wolfeschlegelsteinhausenbergerdorff-Featherstonehaugh-Cholmondeley, the \"Third\""};

    for (uint32_t i = 0; i < 7; i++)
        small_net_value(s, i, KITH_FIELD_NAME, names[i]);
    small_net_value(s, 0, KITH_FIELD_COMPANY, "BRILL");
    small_net_value(s, 1, KITH_FIELD_COMPANY, "Brill");
    small_net_value(s, 1, KITH_FIELD_TITLE, "Engineer");
    small_net_value(s, 3, KITH_FIELD_TITLE, "Hiring Manager");
    small_net_value(s, 3, KITH_FIELD_COMPANY, "Acme Robotics");
    small_net_value(s, 4, KITH_FIELD_TITLE, WORLD_TITLE);
    small_net_value(s, 4, KITH_FIELD_COMPANY, WORLD_FORMULA);
    small_net_value(s, 5, KITH_FIELD_EMAIL, WORLD_EMAIL);
    small_net_value(s, 5, KITH_FIELD_PHONE, "+49 30 1234");
    small_net_key(s, 6, "+wolfe");
    small_net_flags(s, 0, KITH_PERSON_OWNER);
}

static void reason(small_net *s, uint32_t a, uint32_t b, kith_evidence kind, uint32_t count, kith_day first,
                   kith_day last, double weight, double factor)
{
    const kith_reason r = {
        .kind = kind, .count = count, .first = first, .last = last, .weight = weight, .factor = factor};

    small_net_evidence(s, a, b, &r);
}

static void tie_people(small_net *s)
{
    static const uint32_t ties[][2] = {{0, 1}, {0, 2}, {1, 3}, {1, 4}, {2, 5}, {5, 6}};

    for (size_t i = 0; i < sizeof ties / sizeof *ties; i++)
        small_net_tie(s, ties[i][0], ties[i][1], i == 0 ? 342 : 1204);
    reason(s, 0, 1, KITH_EVIDENCE_WORKED, 1, KITH_NO_DATE, KITH_NO_DATE, 0.4, 0.5);
    reason(s, 0, 1, KITH_EVIDENCE_LISTED_BY_BOTH, 2, small_net_day(2019, 3, 7), small_net_day(2020, 1, 1),
           0.15, 1);
    reason(s, 0, 1, KITH_EVIDENCE_LISTED, 2, small_net_day(2019, 3, 7), small_net_day(2020, 1, 1), 0.1, 0.5);
    reason(s, 1, 3, KITH_EVIDENCE_LISTED, 1, small_net_day(2019, 3, 7), small_net_day(2019, 3, 7), 0.1, 0.5);
}

static void log_rows(small_net *s)
{
    const kith_reject bad = {.source = 0,
                             .line = 7,
                             .reason = "bad date",
                             .columns =
                                 "name=Eve; email=" WORLD_EMAIL "; mentor=zed@example.org; phone=12; 34"};
    const kith_reject odd = {
        .source = 0, .line = 9, .reason = "no name", .columns = "company=" WORLD_FORMULA};
    const kith_merge merge = {.person = 1,
                              .source = 0,
                              .line = 3,
                              .evidence = "same email",
                              .name = "B. Ito\nand more",
                              .probability = 1};

    small_net_source(s, "=ann/Connections.csv", "LinkedIn connections", 0,
                     (const uint64_t[]){1206, 1200, 4, 2});
    small_net_reject(s, &bad);
    small_net_reject(s, &odd);
    small_net_merge(s, &merge);
    small_net_parameter(s, "weight_listed", 0.2);
    small_net_parameter(s, "handover", 0.7);
}

static void make_intro(kith_intro_result *intro)
{
    static const uint32_t direct[] = {0, 1}, asked[] = {0, 1, 3}, far[] = {0, 2, 5, 6};
    static kith_route routes[] = {{direct, 1, 342, 0.710348307, 1, 0},
                                  {asked, 2, 1903, 0.149119, 1, 0},
                                  {far, 3, 12345, 4.35e-06, 1, 0}};

    *intro = (kith_intro_result){
        .from = 0, .n_targets = 3, .max_hops = 3, .top = 10, .routes = routes, .n_routes = 3};
}

static void make_bridges(kith_bridges_result *bridges)
{
    static const char *companies[] = {"Acme, Robotics", WORLD_FORMULA, "Cobalt", "Dorn"};
    static kith_broker people[] = {
        {.person = 0,
         .betweenness = 9,
         .betweenness_normalized = 0.6,
         .constraint = 0.5,
         .effective_size = 2,
         .efficiency = 1,
         .cut = {2, 3, companies, 4}},
        {.person = 1,
         .betweenness = 9,
         .betweenness_normalized = 0.6,
         .constraint = 1.0 / 3,
         .effective_size = 3,
         .efficiency = 1,
         .cut = {3, 2, NULL, 0}},
        {.person = 3,
         .betweenness_normalized = NAN,
         .constraint = NAN,
         .effective_size = NAN,
         .efficiency = NAN,
         .hierarchy = NAN},
        {.person = 4, .constraint = 1, .effective_size = 1, .efficiency = 1, .hierarchy = NAN},
        {.person = 5, .constraint = 1, .effective_size = 1, .efficiency = 1, .hierarchy = NAN},
        {.person = 6, .constraint = 1, .effective_size = 1, .efficiency = 1, .hierarchy = NAN},
    };
    static const char *groups[] = {"Acme, Robotics", WORLD_FORMULA, WORLD_MARKUP};
    static kith_broker_groups joins[] = {
        {0, {{1, 3}, {0, 2}, {2, 1}}, 4, 3},
        {1, {{0, 2}, {1, 1}}, 2, UINT32_MAX},
        {UINT32_MAX, {{0, 0}}, 0, 0},
        {2, {{2, 1}}, 1, 0},
        {2, {{2, 1}}, 1, 0},
        {2, {{2, 1}}, 1, 0},
    };
    static kith_broker_roles roles[6] = {
        {{0, 2, 3, 3, 4}, {1, 1, 2, 2, 3}, {-1, 0.5, 1.25, 1.25, NAN}},
    };
    static kith_bridge_tie ties[] = {{0, 1, 3}, {0, 2, 3}, {5, 6, 1}};

    *bridges = (kith_bridges_result){.people = people,
                                     .n_people = 6,
                                     .groups = joins,
                                     .roles = roles,
                                     .group_names = groups,
                                     .n_groups = 3,
                                     .bridge_ties = ties,
                                     .n_bridge_ties = 3,
                                     .n_cut_people = 4,
                                     .top = 6,
                                     .exact = true,
                                     .work = 42};
    people[4].betweenness_normalized = 0;
    people[4].betweenness = 1234567.125;
}

static void make_chains(kith_chains_result *chains)
{
    static kith_lineage people[] = {{0, 0, 2, 1, 3, 2, 0, 1}, {4, 1, 1, 1, UINT32_MAX, 1, 1, 0}};
    static uint32_t longest[] = {0, 4, 6}, ring[] = {2, 5};
    static kith_cycle cycles[] = {{ring, 2, true}};
    static kith_hold founders[] = {{0, 2, 1}}, unknown[] = {{5, UINT32_MAX, UINT32_MAX}};
    static kith_founding foundings[] = {{false, WORLD_MARKUP, 3, 3, founders, 1, 1},
                                        {true, "2019", 2, 2, unknown, 1, 2},
                                        {true, WORLD_FORMULA, 2, 1, NULL, 0, 0}};
    static kith_kin before[] = {{0, 0, UINT32_MAX, 0, 0, KITH_NO_DATE, false}},
                    after[] = {{0, 0, UINT32_MAX, 0, 2, KITH_NO_DATE, false},
                               {4, 1, 0, 1, 1, KITH_NO_DATE, false},
                               {6, 2, 1, 2, 0, 17900, false}};
    static const kith_ancestry_result lineage = {
        .person = 0, .ancestors = {before, 1}, .descendants = {after, 3}, .depth = 6};
    static kith_curve_step curve[] = {{200, 4, 1, 0.25, 0, 0.67}, {800, 2, 1, 0.625, 0.1, 1}};

    *chains = (kith_chains_result){.people = people,
                                   .n_people = 2,
                                   .n_involved = 5,
                                   .n_mentorships = 6,
                                   .n_future = 1,
                                   .longest_chain = longest,
                                   .n_longest_chain = 3,
                                   .cycles = cycles,
                                   .n_cycles = 1,
                                   .founders = founders,
                                   .n_founders = 1,
                                   .founders_counted = 1,
                                   .foundings = foundings,
                                   .n_foundings = 3,
                                   .lineage = &lineage,
                                   .exposure_months = 24,
                                   .pay_forward = {.mentored = 4,
                                                   .passed_on = 2,
                                                   .left_out_earlier = 1,
                                                   .naive_share = 0.5,
                                                   .median_days = 800,
                                                   .curve = curve,
                                                   .n_curve = 2},
                                   .programme = WORLD_MARKUP,
                                   .limit = 10000000000u,
                                   .as_of = 19723};
}

static kith_why_result why(const kith_net *net, uint32_t who, uint32_t other)
{
    kith_why_result result;

    if (kith_why(net, &(kith_why_opts){.who = who, .other = other}, &result, NULL))
        abort();
    return result;
}

static kith_cohort_result cohort(const kith_net *net)
{
    static uint32_t sought[] = {3, 4};
    static const char *const names[] = {WORLD_MARKUP};
    const kith_ids targets = {sought, 2};
    kith_cohort_result result;

    if (kith_cohort(net, &(kith_cohort_opts){.permutations = 9, .targets = &targets, .n_targets = 1}, &result,
                    NULL))
        abort();
    result.target_names = names;
    return result;
}

void report_world_make(report_world *world)
{
    static uint32_t ids[] = {0, 1, 2, 3, 4, 5, 6};

    *world = (report_world){.small = small_net_new(7), .everyone = {ids, 7}};
    name_people(world->small);
    tie_people(world->small);
    log_rows(world->small);
    world->net = small_net_open(world->small);
    make_intro(&world->intro);
    make_bridges(&world->bridges);
    make_chains(&world->chains);
    world->tie = why(world->net, 0, 1);
    world->strangers = why(world->net, 0, 4);
    world->ties = why(world->net, 5, UINT32_MAX);
    world->cohort = cohort(world->net);
}

void report_world_free(report_world *world)
{
    kith_why_free(&world->tie);
    kith_why_free(&world->strangers);
    kith_why_free(&world->ties);
    kith_cohort_free(&world->cohort);
    small_net_free(world->small);
}

kith_code report_world_write(const report_world *world, world_answer which, const kith_output *to,
                             kith_err *err)
{
    static const kith_circles circles = {.count = 2, .largest = 7, .isolated = 1};
    static const kith_info_parts parts = {.rejects = true, .merges = true, .circles = &circles};
    static const kith_info_parts none = {.circles = &circles};
    bool one_list = to->format == KITH_FORMAT_CSV || to->format == KITH_FORMAT_JSONL;

    switch (which) {
    case WORLD_INFO:
        return kith_write_info(world->net, one_list ? &none : &parts, to, err);
    case WORLD_FIND:
        return kith_write_people(world->net, &world->everyone, to, err);
    case WORLD_INTRO:
        return kith_write_intro(world->net, &world->intro, to, err);
    case WORLD_BRIDGES:
        return kith_write_bridges(world->net, &world->bridges, to, err);
    case WORLD_TIE:
        return kith_write_why(world->net, &world->tie, to, err);
    case WORLD_STRANGERS:
        return kith_write_why(world->net, &world->strangers, to, err);
    case WORLD_TIES:
        return kith_write_why(world->net, &world->ties, to, err);
    case WORLD_COHORT:
        return kith_write_cohort(world->net, &world->cohort, to, err);
    default:
        return kith_write_chains(world->net, &world->chains, to, err);
    }
}

char *report_world_read(const char *path, size_t *length)
{
    size_t capacity = 1 << 20;
    char *text = malloc(capacity);
    gzFile file = gzopen(path, "rb"); /* reads plain files as they are */
    int got = text && file ? gzread(file, text, (unsigned)capacity - 1) : -1;

    if (got < 0 || (size_t)got == capacity - 1 || gzclose(file) != Z_OK)
        abort();
    text[got] = '\0';
    if (length)
        *length = (size_t)got;
    return text;
}
