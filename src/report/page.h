/** @file
 * The one page that opens a report folder: findings first, then every answer as a section.
 */
#ifndef KITH_REPORT_PAGE_H
#define KITH_REPORT_PAGE_H

#include <kith/output.h>
#include <kith/picture.h>

/** Routes from one person, and how the request was worded. */
typedef struct kith_page_intro {
    const char *from, *to; /**< as asked */
    const kith_intro_result *result;
} kith_page_intro;

/** What goes on the page; all is borrowed, what is NULL is left out. */
typedef struct kith_page_parts {
    const kith_circles *circles;
    const kith_picture *picture;
    const kith_bridges_result *bridges;
    const kith_chains_result *chains;
    const kith_page_intro *intros;
    uint32_t n_intros;
    const kith_match_result *match;
    const kith_cohort_result *cohort;
} kith_page_parts;

/**
 * Writes the page to `path` as HTML, whatever its ending (.gz compresses it).
 * @return as the writers of kith/output.h.
 */
kith_code kith_write_page(const kith_net *net, const kith_page_parts *parts, const char *path, kith_err *err);

#endif
