/* The picture's part of a page: its markup from page_picture.html, and the people and ties it draws as JSON
 * that cannot end the element it stands in. */
#include <math.h>
#include <string.h>

#include "base/intern.h"
#include "base/text.h"
#include "report/page_assets.h"
#include "report/phrase.h"
#include "report/words.h"
#include "report/write_html.h"

/** What is being written, and the texts met so far: each is written once, and told of by its number. */
typedef struct data_writer {
    kith_sheet *sheet;
    const kith_net *net;
    const kith_picture *picture;
    kith_intern *texts;
    kith_dynbuf text;
    kith_code status; /**< first failure */
} data_writer;

/** Writes a text as JSON; what means something in HTML is escaped, too. */
static void put_text(data_writer *w, const char *text)
{
    kith_outfile *out = w->sheet->out;

    kith_outfile_text(out, "\"");
    while (*text) {
        const size_t length = strcspn(text, "\"\\<>&");

        kith_outfile_write(out, text, length);
        text += length;
        if (*text)
            kith_outfile_printf(out, "\\u%04x", (unsigned)*text++);
    }
    kith_outfile_text(out, "\"");
}

static void keep(data_writer *w, kith_code rc)
{
    w->status = w->status ? w->status : rc;
}

/** The number of a text that anything may stand in; 0 is the empty one. */
static uint32_t text_number(data_writer *w, const char *text)
{
    kith_dynbuf safe = {0};
    uint32_t id = 0;

    kith_text_safe(text, &safe);
    keep(w, kith_dynbuf_check(&safe, "a text in the picture", NULL));
    if (!w->status)
        keep(w, kith_intern_add(w->texts, kith_dynbuf_cstr(&safe), safe.length, &id, NULL));
    kith_dynbuf_free(&safe);
    return id;
}

/** The number of what was put together in `text`, which is emptied. */
static uint32_t take_number(data_writer *w)
{
    const uint32_t id = text_number(w, kith_dynbuf_cstr(&w->text));

    kith_sheet_keep(w->sheet, &w->text);
    kith_dynbuf_clear(&w->text);
    return id;
}

static uint32_t name_of(data_writer *w, uint32_t id)
{
    kith_phrase_name(&w->text, w->net, id);
    return take_number(w);
}

static uint32_t position_of(data_writer *w, uint32_t id)
{
    kith_phrase_position(&w->text, w->net, id);
    return take_number(w);
}

static uint32_t company_of(data_writer *w, uint32_t id)
{
    const char *value = kith_net_value(w->net, id, KITH_FIELD_COMPANY, 0);

    return text_number(w, value ? value : "");
}

static uint32_t cohort_of(data_writer *w, uint32_t id)
{
    const char *value = kith_net_value(w->net, id, KITH_FIELD_COHORT, 0);

    return text_number(w, value ? value : "");
}

static uint32_t is_private(data_writer *w, uint32_t id)
{
    kith_person person;

    kith_net_person(w->net, id, &person);
    return person.do_not_introduce;
}

/** Writes one number of each person drawn. */
static void put_column(data_writer *w, const char *name, uint32_t (*number)(data_writer *w, uint32_t id))
{
    kith_outfile_printf(w->sheet->out, ",\n\"%s\":[", name);
    for (uint32_t i = 0; i < w->picture->n_people; i++)
        kith_outfile_printf(w->sheet->out, "%s%u", i > 0 ? "," : "", number(w, w->picture->people[i].id));
    kith_outfile_text(w->sheet->out, "]");
}

/** Writes where everybody stands, in hundredths, and in which community; -1 is none. */
static void put_places(data_writer *w)
{
    const kith_picture *picture = w->picture;

    kith_outfile_text(w->sheet->out, ",\n\"places\":[");
    for (uint32_t i = 0; i < picture->n_people; i++)
        kith_outfile_printf(w->sheet->out, "%s%ld,%ld", i > 0 ? "," : "", lround(100 * picture->people[i].x),
                            lround(100 * picture->people[i].y));
    kith_outfile_text(w->sheet->out, "],\n\"community\":[");
    for (uint32_t i = 0; i < picture->n_people; i++)
        kith_outfile_printf(w->sheet->out, "%s%ld", i > 0 ? "," : "",
                            picture->community[i] == UINT32_MAX ? -1 : (long)picture->community[i]);
    kith_outfile_text(w->sheet->out, "],\n\"communities\":[");
    for (uint32_t c = 0; c < picture->n_communities; c++)
        kith_outfile_printf(w->sheet->out, "%s%u", c > 0 ? "," : "", text_number(w, picture->communities[c]));
    kith_outfile_text(w->sheet->out, "]");
}

/** Writes four numbers a tie: its two people, its cost, its reasons. */
static void put_ties(data_writer *w)
{
    kith_outfile_text(w->sheet->out, ",\n\"ties\":[");
    for (uint64_t t = 0; t < w->picture->n_ties && !w->status && !kith_outfile_failed(w->sheet->out); t++) {
        const kith_drawn_tie *tie = &w->picture->ties[t];

        kith_phrase_reasons(&w->text, w->net, w->picture->people[tie->a].id, w->picture->people[tie->b].id);
        kith_outfile_printf(w->sheet->out, "%s%u,%u,%u,%u", t > 0 ? "," : "", tie->a, tie->b, tie->cost,
                            take_number(w));
    }
    kith_outfile_text(w->sheet->out, "]");
}

static void put_data(data_writer *w)
{
    kith_outfile_printf(w->sheet->out,
                        "<script type=\"application/json\" id=\"network-data\">{\"handover\":%u",
                        w->picture->handover);
    put_column(w, "name", name_of);
    put_column(w, "position", position_of);
    put_column(w, "company", company_of);
    put_column(w, "cohort", cohort_of);
    put_column(w, "private", is_private);
    put_places(w);
    put_ties(w);
    kith_outfile_text(w->sheet->out, ",\n\"texts\":[");
    for (uint32_t i = 0; !w->status && i < kith_intern_count(w->texts); i++) {
        kith_outfile_text(w->sheet->out, i > 0 ? ",\n" : "");
        put_text(w, kith_intern_get(w->texts, i, NULL));
    }
    kith_outfile_text(w->sheet->out, "]}</script>\n");
}

/** Says what is drawn and what is not. */
static void tell_part(const kith_net *net, const kith_picture *picture, kith_sheet *sheet)
{
    kith_dynbuf text = {0};
    kith_net_summary summary;

    kith_net_summarise(net, &summary);
    const bool everyone = picture->n_people == picture->people_tied;
    kith_words_counted(&text, picture->n_people, "person", "people");
    kith_dynbuf_text(&text, everyone ? " with ties" : " with the strongest ties");
    kith_dynbuf_text(&text,
                     everyone && summary.people == picture->n_people ? ", which is everyone" : ", of ");
    if (!everyone || summary.people != picture->n_people)
        kith_words_counted(&text, summary.people, "person", "people");
    kith_dynbuf_text(&text, ", and ");
    if (picture->n_ties < picture->ties_between)
        kith_dynbuf_text(&text, "the strongest ");
    kith_words_count(&text, picture->n_ties);
    if (picture->n_ties < picture->ties_between) {
        kith_dynbuf_text(&text, " of ");
        kith_words_count(&text, picture->ties_between);
    }
    kith_dynbuf_text(&text, " ties between them. Who knows many of the same people stands close together. "
                            "Choose somebody to see whom they know, and why.");
    kith_sheet_paragraph(sheet, &text);
    kith_dynbuf_free(&text);
}

void kith_html_picture(kith_sheet *sheet, const kith_net *net, const kith_picture *picture)
{
    data_writer w = {.sheet = sheet, .net = net, .picture = picture};

    kith_sheet_section(sheet, "Picture");
    tell_part(net, picture, sheet);
    kith_outfile_write(sheet->out, kith_page_picture, sizeof kith_page_picture);
    keep(&w, kith_intern_new(picture->n_people, &w.texts, NULL));
    if (!w.status) {
        (void)text_number(&w, "");
        put_data(&w);
    }
    sheet->status = sheet->status ? sheet->status : w.status;
    kith_intern_free(w.texts);
    kith_dynbuf_free(&w.text);
}
