#include <kith/folder.h>

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <kith/output.h>

#include "base/dynbuf.h"
#include "base/mem.h"
#include "base/outfile.h"
#include "base/tempname.h"
#include "base/ticker.h"
#include "report/page.h"
#include "run/manifest.h"
#include "run/places.h"

/** Brokers shown on the page; the tables and JSON have everyone. */
#define BROKERS_ON_PAGE 20

/** Groups told side by side, the largest. */
#define MOST_GROUPS 20

/** Generations of the first founder's lineage that the page shows, where there is room. */
#define LINEAGE_DEPTH 6

/** Pairs of mentors and mentees that a report compares at most, half a minute of work. */
#define MOST_MATCHED 50000000

static const char phase[] = "writing the report";

/** All answers that go into a folder. */
typedef struct answers {
    kith_ids everyone;
    kith_circles circles;
    kith_picture picture;
    kith_bridges_result bridges;
    kith_chains_result chains;
    kith_cohort_result cohort; /**< told of where there are groups */
    kith_match_result match;   /**< told of where there are mentees and mentors */
    kith_health_result health;
    kith_ancestry_result lineage;
    kith_page_intro *intros; /**< [n_intros] */
    kith_intro_result *routes;
    uint32_t n_intros;
} answers;

static bool has_match(const answers *found)
{
    return found->match.n_mentees > 0 && found->match.n_mentors > 0 && !found->match.over_limit;
}

static bool has_cohort(const answers *found)
{
    return found->cohort.n_groups > 0;
}

/** One folder being filled. */
typedef struct folder {
    const kith_net *net;
    const kith_report_opts *opts;
    const answers *found;
    const char *path; /**< where files are made until the folder is whole */
} folder;

/** Writes one answer to `to`; `nth` tells which of several routes. */
typedef kith_code write_answer(const folder *f, uint32_t nth, const kith_output *to, kith_err *err);

static kith_code write_info(const folder *f, uint32_t nth, const kith_output *to, kith_err *err)
{
    (void)nth;
    return kith_write_info(f->net, &(kith_info_parts){.circles = &f->found->circles}, to, err);
}

static kith_code write_rejects(const folder *f, uint32_t nth, const kith_output *to, kith_err *err)
{
    (void)nth;
    return kith_write_info(f->net, &(kith_info_parts){.rejects = true}, to, err);
}

static kith_code write_merges(const folder *f, uint32_t nth, const kith_output *to, kith_err *err)
{
    (void)nth;
    return kith_write_info(f->net, &(kith_info_parts){.merges = true}, to, err);
}

static kith_code write_doubts(const folder *f, uint32_t nth, const kith_output *to, kith_err *err)
{
    (void)nth;
    return kith_write_info(f->net, &(kith_info_parts){.doubts = true}, to, err);
}

static kith_code write_people(const folder *f, uint32_t nth, const kith_output *to, kith_err *err)
{
    (void)nth;
    return kith_write_people(f->net, &f->found->everyone, to, err);
}

static kith_code write_bridges(const folder *f, uint32_t nth, const kith_output *to, kith_err *err)
{
    (void)nth;
    return kith_write_bridges(f->net, &f->found->bridges, to, err);
}

static kith_code write_chains(const folder *f, uint32_t nth, const kith_output *to, kith_err *err)
{
    (void)nth;
    return kith_write_chains(f->net, &f->found->chains, to, err);
}

static kith_code write_intro(const folder *f, uint32_t nth, const kith_output *to, kith_err *err)
{
    const kith_page_intro *intro = &f->found->intros[nth];
    const kith_setting asked[] = {{"from", intro->from}, {"to", intro->to}};
    kith_output with_question = *to;

    with_question.settings = asked;
    with_question.n_settings = 2;
    return kith_write_intro(f->net, intro->result, &with_question, err);
}

static kith_code write_match(const folder *f, uint32_t nth, const kith_output *to, kith_err *err)
{
    (void)nth;
    return kith_write_match(f->net, &f->found->match, to, err);
}

static kith_code write_cohort(const folder *f, uint32_t nth, const kith_output *to, kith_err *err)
{
    const kith_setting by = {"group",
                             f->found->cohort.grouping == KITH_GROUPING_COMMUNITY ? "community" : "cohort"};
    kith_output with_groups = *to;

    (void)nth;
    with_groups.settings = &by;
    with_groups.n_settings = 1;
    return kith_write_cohort(f->net, &f->found->cohort, &with_groups, err);
}

/** What stands in every folder, each as .txt.gz, .csv.gz and .json.gz. */
static const struct {
    const char *name;
    write_answer *write;
} reports[] = {
    {"info", write_info},     {"rejects", write_rejects}, {"doubts", write_doubts}, {"merges", write_merges},
    {"people", write_people}, {"bridges", write_bridges}, {"chains", write_chains},
};

static kith_code write_forms(const folder *f, const char *name, write_answer *write, uint32_t nth,
                             kith_err *err)
{
    static const char *const endings[] = {".txt.gz", ".csv.gz", ".json.gz"};
    kith_code rc = KITH_OK;

    for (size_t i = 0; !rc && i < sizeof endings / sizeof *endings; i++) {
        kith_dynbuf path = {0};

        kith_dynbuf_printf(&path, "%s/%s%s", f->path, name, endings[i]);
        rc = kith_dynbuf_check(&path, "a path", err);
        if (!rc)
            rc = write(f, nth, &(kith_output){.path = path.data, .with_contacts = f->opts->with_contacts},
                       err);
        kith_dynbuf_free(&path);
    }
    return rc;
}

/** The path of a file of the folder. */
static kith_code path_of(const folder *f, const char *name, kith_dynbuf *path, kith_err *err)
{
    kith_dynbuf_clear(path);
    kith_dynbuf_printf(path, "%s/%s", f->path, name);
    return kith_dynbuf_check(path, "a path", err);
}

static kith_code write_page(const folder *f, const char *path, kith_err *err)
{
    kith_bridges_result brokers = f->found->bridges;
    const kith_page_parts parts = {.circles = &f->found->circles,
                                   .picture = &f->found->picture,
                                   .bridges = &brokers,
                                   .chains = &f->found->chains,
                                   .intros = f->found->intros,
                                   .n_intros = f->found->n_intros,
                                   .match = has_match(f->found) ? &f->found->match : NULL,
                                   .cohort = has_cohort(f->found) ? &f->found->cohort : NULL};

    if (brokers.n_people > BROKERS_ON_PAGE)
        brokers.n_people = brokers.top = BROKERS_ON_PAGE;
    return kith_write_page(f->net, &parts, path, err);
}

/** index.html, positions.json.gz and network.graphml.gz. */
static kith_code write_singles(const folder *f, kith_err *err)
{
    kith_dynbuf path = {0};
    kith_code rc = path_of(f, "index.html", &path, err);

    if (!rc)
        rc = write_page(f, path.data, err);
    if (!rc)
        rc = path_of(f, KITH_PLACES_NAME, &path, err);
    if (!rc)
        rc = kith_places_write(f->net, &f->found->picture, path.data, err);
    if (!rc)
        rc = path_of(f, "network.graphml.gz", &path, err);
    if (!rc)
        rc = kith_export(
            f->net, &(kith_export_opts){.path = path.data, .with_contacts = f->opts->with_contacts}, err);
    kith_dynbuf_free(&path);
    return rc;
}

static kith_code fill(const folder *f, kith_err *err)
{
    size_t n_reports = sizeof reports / sizeof *reports, total = n_reports + f->found->n_intros + 1;
    kith_code rc = KITH_OK;

    for (size_t i = 0; !rc && i < n_reports; i++) {
        rc = kith_tick_now(f->opts->progress, phase, i, total, err);
        if (!rc)
            rc = write_forms(f, reports[i].name, reports[i].write, 0, err);
    }
    for (uint32_t i = 0; !rc && i < f->found->n_intros; i++) {
        char name[32];

        snprintf(name, sizeof name, "intro-%u", i + 1);
        rc = kith_tick_now(f->opts->progress, phase, n_reports + i, total, err);
        if (!rc)
            rc = write_forms(f, name, write_intro, i, err);
    }
    if (!rc && has_cohort(f->found))
        rc = write_forms(f, "cohort", write_cohort, 0, err);
    if (!rc && has_match(f->found))
        rc = write_forms(f, "match", write_match, 0, err);
    if (!rc)
        rc = kith_tick_now(f->opts->progress, phase, total - 1, total, err);
    if (!rc)
        rc = write_singles(f, err);
    return rc ? rc : kith_manifest_write(f->path, f->net, err);
}

static kith_code find_routes(const kith_net *net, const kith_report_opts *opts, answers *found, kith_err *err)
{
    kith_code rc = KITH_OK;

    found->intros = kith_calloc(opts->n_routes, sizeof *found->intros);
    found->routes = kith_calloc(opts->n_routes, sizeof *found->routes);
    if (!found->intros || !found->routes)
        return kith_fail_memory(err, "the routes of a report");
    for (uint32_t i = 0; !rc && i < opts->n_routes; i++) {
        kith_intro_opts ask = KITH_INTRO_DEFAULTS;
        kith_ids targets = {0};

        rc = kith_who_one(net, opts->from[i], &ask.from, err);
        if (!rc)
            rc = kith_who_many(net, opts->to[i], &targets, err);
        ask.targets = targets.ids;
        ask.n_targets = targets.count;
        if (!rc)
            rc = kith_intro(net, &ask, &found->routes[i], err);
        kith_ids_free(&targets);
        found->intros[i] = (kith_page_intro){opts->from[i], opts->to[i], &found->routes[i]};
        found->n_intros = i + 1;
    }
    return rc;
}

static kith_code list_everyone(const kith_net *net, kith_ids *everyone, kith_err *err)
{
    kith_net_summary summary;

    kith_net_summarise(net, &summary);
    if (!(everyone->ids = kith_alloc_array(summary.people, sizeof *everyone->ids)))
        return kith_fail_memory(err, "the list of people");
    for (uint32_t id = 0; id < summary.people; id++)
        everyone->ids[id] = id;
    everyone->count = summary.people;
    return KITH_OK;
}

/** By cohort, or by community where nobody is in any. */
static kith_code find_cohorts(const kith_net *net, const kith_progress *progress, kith_cohort_result *cohort,
                              kith_err *err)
{
    kith_cohort_opts by = {.top = MOST_GROUPS,
                           .grouping = KITH_GROUPING_FIELD,
                           .field = KITH_FIELD_COHORT,
                           .progress = progress};
    kith_code rc = kith_cohort(net, &by, cohort, err);

    if (rc || cohort->n_groups > 0)
        return rc;
    kith_cohort_free(cohort);
    by.grouping = KITH_GROUPING_COMMUNITY;
    return kith_cohort(net, &by, cohort, err);
}

static kith_code draw(const kith_net *net, const kith_report_opts *opts, kith_picture *picture, kith_err *err)
{
    kith_place *kept = NULL;
    kith_picture_opts ask = {.progress = opts->progress};
    kith_code rc =
        opts->layout_from ? kith_places_read(net, opts->layout_from, &kept, &ask.n_kept, err) : KITH_OK;

    ask.kept = kept;
    if (!rc)
        rc = kith_draw_picture(net, &ask, picture, err);
    kith_free(kept);
    return rc;
}

/** That of the founder with most descendants. */
static kith_code find_lineage(const kith_net *net, const kith_progress *progress, answers *found,
                              kith_err *err)
{
    const kith_ancestry_opts opts = {
        .person = found->chains.founders[0].person, .depth = LINEAGE_DEPTH, .progress = progress};

    found->chains.lineage = &found->lineage;
    return kith_ancestry(net, &opts, &found->lineage, err);
}

static kith_code find_answers(const kith_net *net, const kith_report_opts *opts, answers *found,
                              kith_err *err)
{
    kith_code rc = list_everyone(net, &found->everyone, err);

    if (!rc)
        rc = kith_count_circles(net, &found->circles, err);
    if (!rc)
        rc = draw(net, opts, &found->picture, err);
    if (!rc)
        rc = kith_bridges(net, &(kith_bridges_opts){.progress = opts->progress}, &found->bridges, err);
    if (!rc)
        rc = find_cohorts(net, opts->progress, &found->cohort, err);
    if (!rc)
        rc = kith_chains(net, &(kith_chains_opts){.foundings = true, .progress = opts->progress},
                         &found->chains, err);
    if (!rc)
        rc = kith_health(net, &(kith_health_opts){.progress = opts->progress}, &found->health, err);
    if (!rc)
        rc = kith_match(net, &(kith_match_opts){.most_pairs = MOST_MATCHED, .progress = opts->progress},
                        &found->match, err);
    if (!rc && found->chains.n_founders > 0)
        rc = find_lineage(net, opts->progress, found, err);
    found->chains.health = &found->health;
    return rc ? rc : find_routes(net, opts, found, err);
}

static void free_answers(answers *found)
{
    for (uint32_t i = 0; i < found->n_intros; i++)
        kith_intro_free(&found->routes[i]);
    kith_free(found->intros);
    kith_free(found->routes);
    kith_picture_free(&found->picture);
    kith_bridges_free(&found->bridges);
    kith_cohort_free(&found->cohort);
    kith_health_free(&found->health);
    kith_ancestry_free(&found->lineage);
    kith_chains_free(&found->chains);
    kith_match_free(&found->match);
    kith_ids_free(&found->everyone);
}

static bool is_missing_or_empty(const char *path)
{
    DIR *entries = opendir(path);
    bool empty = true;

    if (!entries)
        return errno == ENOENT;
    for (struct dirent *entry; (entry = readdir(entries));)
        empty = empty && (!strcmp(entry->d_name, ".") || !strcmp(entry->d_name, ".."));
    closedir(entries);
    return empty;
}

/** Only an older report may be replaced: nobody's own files are ever deleted. */
static kith_code may_replace(const char *path, kith_err *err)
{
    kith_check_summary summary;

    if (is_missing_or_empty(path))
        return KITH_OK;
    kith_code rc = kith_manifest_verify(path, &summary, NULL);
    if (rc == KITH_ENOMEM)
        return kith_fail_memory(err, "looking at the old report");
    if (rc)
        return kith_fail_at(
            err, KITH_ECREATE, path, 0,
            "holds something other than a whole report; name another folder, or empty this one");
    return KITH_OK;
}

/** Puts the finished folder in the place of the old one, which is then removed. */
static kith_code publish(kith_tempname *made, const char *path, kith_err *err)
{
    const char *from = kith_tempname_path(made);

    if (!rename(from, path)) {
        kith_tempname_release(made);
        return KITH_OK;
    }
    kith_code rc = KITH_OK;
    if (renameat2(AT_FDCWD, from, AT_FDCWD, path, RENAME_EXCHANGE))
        rc = kith_fail_system(err, KITH_EIO, "put the report in place of", path, errno);
    kith_tempname_remove(made);
    return rc;
}

kith_code kith_report(const kith_net *net, const kith_report_opts *opts, kith_err *err)
{
    answers found = {0};
    kith_tempname *made = NULL;

    kith_code rc = may_replace(opts->folder, err);
    if (!rc)
        rc = find_answers(net, opts, &found, err);
    if (!rc && !kith_tempname_folder(opts->folder, &made))
        rc = kith_fail_system(err, KITH_ECREATE, "make the folder", opts->folder, errno);
    if (!rc)
        rc = fill(&(folder){net, opts, &found, kith_tempname_path(made)}, err);
    if (!rc)
        rc = kith_net_status(net, err);
    if (!rc)
        rc = publish(made, opts->folder, err);
    else if (made)
        kith_tempname_remove(made);
    free_answers(&found);
    return rc;
}
