/* The whole way from exports to a report folder, with memory ending or the caller stopping it at every step.
 */
#include <criterion/criterion.h>
#include <string.h>
#include <sys/stat.h>

#include <kith/build.h>
#include <kith/folder.h>
#include <kith/output.h>

#include "each_failure.h"
#include "temp_folder.h"

/** Thousands of files are written here, and none has to outlast a power cut. */
int fsync(int fd)
{
    return fd < 0 ? -1 : 0;
}

/** A small folder of exports: two owners, a sheet, mentorships, ties, and rows that are rejected. */
static void enter_with_inputs(void)
{
    temp_folder_enter();
    cr_assert_eq(mkdir("in", 0700), 0);
    cr_assert_eq(mkdir("in/ann", 0700), 0);
    put_file("in/ann/Profile.csv",
             "First Name,Last Name,Maiden Name,Address,Birth Date,Headline,Summary,Industry,"
             "Zip Code,Geo Location,Twitter Handles,Websites,Instant Messengers\n"
             "Ann,Lee,,,,Designer at Acme,,Design,,,,,\n");
    put_file("in/ann/Connections.csv",
             "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
             "Ben,Ito,https://www.linkedin.com/in/ben-ito,ben@ito.example,Acme,Recruiter,01 Jan 2020\n"
             "Cy,Oh,https://www.linkedin.com/in/cy-oh,,Initech,Engineer,02 Feb 2021\n"
             ",,,,,,03 Mar 2021\n"
             "Dee,Roe,,dee@roe.example,Globex,Buyer,\"some day\"\n");
    put_file("in/people.csv", "id,name,company,cohort,role,skills,do_not_introduce\n"
                              "a,Ann Lee,Acme,2024,mentor,design; law,\n"
                              "c,Cy Oh,Initech,2024,mentee,,yes\n"
                              "e,Eve Poe,Hooli,2023,mentee,,\n");
    put_file("in/mentorships.csv", "mentor,mentee,start,end,programme\n"
                                   "a,c,2020-01-01,2020-12-31,Harbour\n"
                                   "c,e,2021-02-01,,Harbour\n"
                                   "e,e,2022-01-01,,Harbour\n");
    put_file("in/ties.csv", "source,target,strength,date\na,e,0.4,2022-05-05\nc,e,2.5,2022-05-05\n");
}

TestSuite(run, .init = enter_with_inputs, .fini = temp_folder_leave);

static kith_build_opts of_inputs(void)
{
    static const char *const inputs[] = {"in"};

    return (kith_build_opts){.inputs = inputs, .n_inputs = 1};
}

/** Builds net.kith and opens it. */
static kith_net *open_built(void)
{
    kith_build_opts opts = of_inputs();
    kith_net *net = NULL;
    kith_err err = KITH_ERR_NONE;

    cr_assert_eq(kith_build(&opts, "net.kith", NULL, &err), KITH_OK, "%s: %s", err.file, err.message);
    cr_assert_eq(kith_net_open("net.kith", &net, &err), KITH_OK, "%s", err.message);
    return net;
}

/** Nobody but those who were there before: no temporary file, no half of an output. */
static void expect_entries(int count)
{
    cr_assert_eq(count_files(), count);
}

/** What was told last. */
typedef struct told_last {
    const char *phase;
    uint64_t done, total;
    uint32_t phases;
} told_last;

static bool note_progress(void *ctx, const char *phase, uint64_t done, uint64_t total)
{
    told_last *last = ctx;
    const bool same = last->phase && strcmp(last->phase, phase) == 0;

    cr_assert(total == 0 || done <= total, "%s", phase);
    if (same)
        cr_assert(done >= last->done && total == last->total, "%s", phase);
    *last = (told_last){phase, done, total, last->phases + !same};
    return true;
}

Test(run, progress_of_a_phase_never_goes_back_nor_beyond_its_end)
{
    told_last last = {0};
    const kith_progress progress = {note_progress, &last};
    kith_build_opts opts = of_inputs();

    opts.progress = &progress;
    cr_assert_eq(kith_build(&opts, "net.kith", NULL, NULL), KITH_OK);
    cr_assert_str_eq(last.phase, "writing the network");
    cr_assert_eq(last.done, last.total);
    cr_assert(last.phases > 5);
}

static kith_code build_work(void *ctx, kith_err *err)
{
    kith_build_opts opts = of_inputs();
    kith_build_summary summary;

    (void)ctx;
    kith_code rc = kith_build(&opts, "net.kith", &summary, err);
    if (rc)
        cr_assert(holds("net.kith", "old"));
    else
        cr_assert(summary.people >= 5 && summary.rejected > 0 && !holds("net.kith", "old"));
    expect_entries(2);
    return rc;
}

Test(run, build_with_every_allocation_failing)
{
    put_file("net.kith", "old");
    cr_assert_gt(each_failure(build_work, NULL), 100);
}

static kith_code rejects_work(void *ctx, kith_err *err)
{
    kith_build_opts opts = of_inputs();

    (void)ctx;
    opts.rejects = "rejects.csv";
    kith_code rc = kith_build(&opts, "net.kith", NULL, err);
    /* The network is whole before its rejects are written out. */
    cr_assert(holds("net.kith", "old") ||
              kith_check("net.kith", &(kith_check_summary){0}, NULL) != KITH_EDATA);
    cr_assert_eq(holds("rejects.csv", "old"), rc != KITH_OK);
    expect_entries(3);
    return rc;
}

Test(run, build_with_rejects_with_allocations_failing_all_along)
{
    put_file("net.kith", "old");
    put_file("rejects.csv", "old");
    cr_assert_gt(each_nth_failure(rejects_work, NULL, 7), 100);
}

static kith_code load_work(void *ctx, kith_err *err)
{
    kith_build_opts opts = of_inputs();
    kith_net *net = NULL;
    kith_net_summary summary;

    (void)ctx;
    kith_code rc = kith_load(&opts, &net, NULL, err);
    cr_assert_eq(net != NULL, rc == KITH_OK);
    if (net) {
        kith_net_summarise(net, &summary);
        cr_assert_geq(summary.people, 5);
    }
    kith_net_close(net);
    expect_entries(1);
    return rc;
}

Test(run, load_with_every_allocation_failing)
{
    cr_assert_gt(each_failure(load_work, NULL), 100);
}

static kith_code open_work(void *ctx, kith_err *err)
{
    kith_net *net = NULL;

    kith_code rc = kith_net_open(ctx, &net, err);
    cr_assert_eq(net != NULL, rc == KITH_OK);
    kith_net_close(net);
    return rc;
}

static kith_code check_work(void *ctx, kith_err *err)
{
    kith_check_summary summary;

    return kith_check(ctx, &summary, err);
}

Test(run, open_and_check_with_every_allocation_failing)
{
    kith_net_close(open_built());
    cr_assert_gt(each_failure(open_work, "net.kith"), 1);
    cr_assert_gt(each_failure(check_work, "net.kith"), 1);
}

static kith_code intro_work(void *ctx, kith_err *err)
{
    kith_intro_opts opts = KITH_INTRO_DEFAULTS;
    kith_intro_result result = {0};
    kith_ids targets = {0};

    kith_code rc = kith_who_one(ctx, "me", &opts.from, err);
    if (!rc)
        rc = kith_who_many(ctx, "company:acme|hooli", &targets, err);
    opts.targets = targets.ids;
    opts.n_targets = targets.count;
    if (!rc)
        rc = kith_intro(ctx, &opts, &result, err);
    if (!rc)
        cr_assert_gt(result.n_routes, 0);
    if (!rc)
        rc = kith_write_intro(ctx, &result, &(kith_output){.path = "out.html"}, err);
    kith_intro_free(&result);
    kith_ids_free(&targets);
    return rc;
}

static kith_code bridges_work(void *ctx, kith_err *err)
{
    kith_bridges_result result = {0};

    kith_code rc = kith_bridges(ctx, &(kith_bridges_opts){0}, &result, err);
    if (!rc)
        rc = kith_write_bridges(ctx, &result, &(kith_output){.path = "out.txt.gz"}, err);
    kith_bridges_free(&result);
    return rc;
}

static kith_code chains_work(void *ctx, kith_err *err)
{
    kith_chains_result result = {0};

    kith_code rc = kith_chains(ctx, &(kith_chains_opts){.programme = "harbour"}, &result, err);
    if (!rc)
        cr_assert_eq(result.n_longest_chain, 3);
    if (!rc)
        rc = kith_write_chains(ctx, &result, &(kith_output){.path = "out.txt.gz"}, err);
    kith_chains_free(&result);
    return rc;
}

static kith_code info_work(void *ctx, kith_err *err)
{
    kith_circles circles;

    kith_code rc = kith_count_circles(ctx, &circles, err);
    return rc ? rc
              : kith_write_info(ctx, &(kith_info_parts){.rejects = true, .merges = true, .circles = &circles},
                                &(kith_output){.path = "out.txt.gz"}, err);
}

Test(run, analyses_with_every_allocation_failing)
{
    kith_net *net = open_built();

    cr_assert_gt(each_failure(intro_work, net), 5);
    cr_assert_gt(each_failure(bridges_work, net), 5);
    cr_assert_gt(each_failure(chains_work, net), 5);
    cr_assert_gt(each_failure(info_work, net), 5);
    expect_entries(4);
    kith_net_close(net);
}

static kith_code report_work(void *ctx, kith_err *err)
{
    static const char *const from[] = {"me"}, *const to[] = {"company:acme"};
    kith_report_opts opts = {.folder = "report", .from = from, .to = to, .n_routes = 1};

    kith_code rc = kith_report(ctx, &opts, err);
    expect_entries(3);
    return rc;
}

Test(run, report_with_allocations_failing_all_along)
{
    kith_net *net = open_built();
    struct stat before, after;

    cr_assert_eq(report_work(net, NULL), KITH_OK);
    cr_assert_eq(stat("report", &before), 0);
    cr_assert_gt(each_nth_failure(report_work, net, 17), 300);
    cr_assert_eq(stat("report", &after), 0);
    cr_assert_neq(before.st_ino, after.st_ino, "only the last one took the old one's place");
    cr_assert_gt(each_failure(check_work, "report"), 3);
    kith_net_close(net);
}

static kith_code export_work(void *ctx, kith_err *err)
{
    kith_code rc = kith_export(ctx, &(kith_export_opts){.path = "net.graphml.gz"}, err);

    cr_assert_eq(holds("net.graphml.gz", "old"), rc != KITH_OK);
    expect_entries(3);
    return rc;
}

Test(run, export_with_every_allocation_failing)
{
    kith_net *net = open_built();

    put_file("net.graphml.gz", "old");
    cr_assert_gt(each_failure(export_work, net), 5);
    kith_net_close(net);
}

/** Lets the first ticks pass and stops at the next. */
static bool stop_after(void *ctx, const char *phase, uint64_t done, uint64_t total)
{
    uint32_t *left = ctx;

    cr_assert_neq(phase[0], '\0');
    cr_assert(total == 0 || done <= total, "%s: %lu of %lu", phase, (unsigned long)done,
              (unsigned long)total);
    return *left > 0 && (*left)--;
}

Test(run, a_build_may_be_stopped_at_every_tick)
{
    kith_code rc = KITH_EINTERRUPT;
    uint32_t stops = 0;

    put_file("net.kith", "old");
    for (; rc != KITH_OK; stops++) {
        kith_build_opts opts = of_inputs();
        uint32_t left = stops;
        opts.progress = &(kith_progress){stop_after, &left};
        rc = kith_build(&opts, "net.kith", NULL, NULL);
        cr_assert(rc == KITH_OK || rc == KITH_EINTERRUPT);
        cr_assert_eq(holds("net.kith", "old"), rc != KITH_OK);
        expect_entries(2);
        cr_assert_eq(kith_mem_live(), 0);
    }
    cr_assert_gt(stops, 4);
}

Test(run, a_report_may_be_stopped_at_every_tick)
{
    kith_net *net = open_built();
    const uint64_t live = kith_mem_live();
    kith_code rc = KITH_EINTERRUPT;
    uint32_t stops = 0;

    for (; rc != KITH_OK; stops++) {
        uint32_t left = stops;
        kith_progress progress = {stop_after, &left};
        rc = kith_report(net, &(kith_report_opts){.folder = "report", .progress = &progress}, NULL);
        cr_assert(rc == KITH_OK || rc == KITH_EINTERRUPT);
        expect_entries(rc == KITH_OK ? 3 : 2);
        cr_assert_eq(kith_mem_live(), live);
    }
    cr_assert_gt(stops, 8);
    kith_net_close(net);
}
