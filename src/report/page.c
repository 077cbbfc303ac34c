#include "report/page.h"

#include "report/answer.h"
#include "report/findings.h"
#include "report/write_html.h"

/** Rejected rows and joined records on the page; beyond, the folder's files have them. */
#define MOST_LISTED 200

/** People in the table of chains. */
#define MOST_IN_CHAINS 20

/** Tells a finding as a point, where there is one. */
static void tell(kith_sheet *sheet, bool found, kith_dynbuf *text)
{
    if (found)
        kith_sheet_point(sheet, text);
}

static void show_findings(const kith_net *net, const kith_page_parts *parts, kith_sheet *sheet)
{
    kith_dynbuf text = {0};

    tell(sheet, kith_finding_network(&text, net), &text);
    if (parts->bridges) {
        tell(sheet, kith_finding_cuts(&text, parts->bridges), &text);
        tell(sheet, kith_finding_cut(&text, net, parts->bridges), &text);
    }
    if (parts->chains) {
        tell(sheet, kith_finding_chain(&text, net, parts->chains), &text);
        tell(sheet, kith_finding_pay_forward(&text, parts->chains), &text);
    }
    if (parts->cohort) {
        tell(sheet, kith_finding_dependent(&text, net, parts->cohort), &text);
        tell(sheet, kith_finding_left_out(&text, parts->cohort), &text);
    }
    for (uint32_t i = 0; i < parts->n_intros; i++)
        tell(sheet, kith_finding_route(&text, net, parts->intros[i].result), &text);
    kith_dynbuf_free(&text);
}

static void show_answer(const kith_answer *answer, kith_sheet *sheet)
{
    kith_sheet_section(sheet, answer->title);
    answer->show(answer, sheet);
}

/** Keeps those with most descendants. */
static void shorten(kith_table *chains)
{
    if (chains->n_rows <= MOST_IN_CHAINS)
        return;
    chains->n_rows = MOST_IN_CHAINS;
    chains->note = "Those with most descendants; chains.csv.gz and chains.json.gz have everyone.";
}

static void show_intro(const kith_net *net, const kith_page_intro *intro, kith_sheet *sheet)
{
    const kith_setting settings[] = {{"from", intro->from}, {"to", intro->to}};
    const kith_output to = {.settings = settings, .n_settings = 2};
    kith_answer answer;
    kith_table list;

    kith_answer_intro(&answer, &list, net, intro->result, &to);
    show_answer(&answer, sheet);
}

kith_code kith_write_page(const kith_net *net, const kith_page_parts *parts, const char *path, kith_err *err)
{
    const kith_output to = {.path = path};
    kith_net_summary summary;
    kith_net_summarise(net, &summary);
    const kith_info_parts info = {.circles = parts->circles,
                                  .rejects = summary.rejects <= MOST_LISTED,
                                  .merges = true,
                                  .doubts = true,
                                  .fold = true,
                                  .most_listed = MOST_LISTED};
    kith_sheet sheet = {.writer = &kith_sheet_html, .alive = true};
    kith_answer answer;
    kith_table list;
    kith_code rc = kith_outfile_open(path, &sheet.out, err);

    if (rc)
        return rc;
    kith_sheet_begin(&sheet, "Who knows whom");
    show_findings(net, parts, &sheet);
    if (parts->picture)
        kith_html_picture(&sheet, net, parts->picture);
    for (uint32_t i = 0; i < parts->n_intros && !sheet.status; i++)
        show_intro(net, &parts->intros[i], &sheet);
    if (parts->bridges) {
        kith_answer_bridges(&answer, &list, net, parts->bridges, &to);
        show_answer(&answer, &sheet);
    }
    if (parts->cohort) {
        kith_answer_cohort(&answer, &list, net, parts->cohort, &to);
        show_answer(&answer, &sheet);
    }
    if (parts->chains) {
        kith_answer_chains(&answer, &list, net, parts->chains, &to);
        shorten(&list);
        show_answer(&answer, &sheet);
    }
    if (parts->match) {
        kith_answer_match(&answer, &list, net, parts->match, &to);
        show_answer(&answer, &sheet);
    }
    kith_answer_info(&answer, &list, net, &info, &to);
    answer.title = "What the data is worth";
    show_answer(&answer, &sheet);
    rc = kith_sheet_end(&sheet, err);
    if (!rc)
        rc = kith_net_status(net, err);
    if (rc) {
        kith_outfile_abandon(sheet.out);
        return rc;
    }
    return kith_outfile_commit(sheet.out, err);
}
