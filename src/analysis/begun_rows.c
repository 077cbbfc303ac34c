#include "analysis/begun_rows.h"

#include <string.h>

#include "base/mem.h"
#include "base/text.h"

/** A programme or cohort asked for, and what the last text looked at said to it. */
typedef struct wanted {
    const char *words; /**< folded; NULL: everything is fine */
    const char *text;
    bool holds;
    uint32_t name; /**< number of that text in `names` */
    kith_intern *names;
} wanted;

/** Rows of one programme mostly stand together and share its text, so the last verdict is kept. */
static kith_code look_at(wanted *w, const char *text, kith_dynbuf *folded, kith_err *err)
{
    kith_code rc;

    if (text == w->text)
        return KITH_OK;
    w->text = text;
    w->holds = !w->words;
    w->name = UINT32_MAX;
    if (w->words) {
        kith_dynbuf_clear(folded);
        kith_text_fold(text, folded);
        if ((rc = kith_dynbuf_check(folded, "a mentorship's programme or cohort", err)) != KITH_OK)
            return rc;
        w->holds = kith_text_has_words(kith_dynbuf_cstr(folded), w->words);
    }
    return w->holds && *text ? kith_intern_add(w->names, text, strlen(text), &w->name, err) : KITH_OK;
}

static kith_code sort_out(const kith_net *net, uint32_t count, kith_day as_of, wanted *programme,
                          wanted *cohort, kith_begun *out, kith_err *err)
{
    kith_code rc = KITH_OK;
    kith_dynbuf folded = {0};
    kith_mentorship m;

    for (uint32_t i = 0; i < count && kith_net_mentorship(net, i, &m); i++) {
        if (m.mentor == m.mentee)
            continue;
        if ((rc = look_at(programme, m.programme, &folded, err)) != KITH_OK ||
            (rc = look_at(cohort, m.cohort, &folded, err)) != KITH_OK)
            break;
        const kith_mentor_edge edge = {m.mentor, m.mentee, m.start};
        const bool is_chosen = programme->holds && cohort->holds;
        if (m.start > as_of) {
            out->n_future += is_chosen;
            continue;
        }
        out->all[out->n_all++] = edge;
        if (is_chosen) {
            out->programme[out->n_chosen] = programme->name;
            out->cohort[out->n_chosen] = cohort->name;
            out->chosen[out->n_chosen++] = edge;
        }
    }
    kith_dynbuf_free(&folded);
    return rc;
}

static kith_code fold_wanted(const char *asked, kith_dynbuf *folded, wanted *out, kith_err *err)
{
    if (!asked)
        return KITH_OK;
    kith_text_fold(asked, folded);
    out->words = kith_dynbuf_cstr(folded);
    return kith_dynbuf_check(folded, "the programme or cohort asked for", err);
}

kith_code kith_begun_read(const kith_net *net, const char *programme, const char *cohort, kith_begun *out,
                          kith_err *err)
{
    kith_code rc;
    kith_net_summary about;
    kith_dynbuf programme_words = {0}, cohort_words = {0};
    wanted of_programme = {0}, of_cohort = {0};

    kith_net_summarise(net, &about);
    *out = (kith_begun){
        .all = kith_alloc_array(about.mentorships, sizeof *out->all),
        .chosen = kith_alloc_array(about.mentorships, sizeof *out->chosen),
        .programme = kith_alloc_array(about.mentorships, sizeof *out->programme),
        .cohort = kith_alloc_array(about.mentorships, sizeof *out->cohort),
    };
    if (!out->all || !out->chosen || !out->programme || !out->cohort) {
        rc = kith_fail_memory(err, "mentorships");
        goto done;
    }
    if ((rc = kith_intern_new(0, &out->programmes, err)) != KITH_OK ||
        (rc = kith_intern_new(0, &out->cohorts, err)) != KITH_OK ||
        (rc = fold_wanted(programme, &programme_words, &of_programme, err)) != KITH_OK ||
        (rc = fold_wanted(cohort, &cohort_words, &of_cohort, err)) != KITH_OK)
        goto done;
    of_programme.names = out->programmes;
    of_cohort.names = out->cohorts;
    rc = sort_out(net, about.mentorships, about.as_of, &of_programme, &of_cohort, out, err);

done:
    kith_dynbuf_free(&programme_words);
    kith_dynbuf_free(&cohort_words);
    if (rc != KITH_OK)
        kith_begun_free(out);
    return rc;
}

void kith_begun_free(kith_begun *begun)
{
    kith_free(begun->all);
    kith_free(begun->chosen);
    kith_free(begun->programme);
    kith_free(begun->cohort);
    kith_intern_free(begun->programmes);
    kith_intern_free(begun->cohorts);
    *begun = (kith_begun){0};
}
