/** @file
 * Messages to send: for each route the request to its introducer, and a short note that they can forward.
 *
 * docs/drafts.md tells what may stand in them, and how templates are written.
 */
#ifndef KITH_DRAFT_H
#define KITH_DRAFT_H

#include <kith/intro.h>
#include <kith/network.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct kith_draft_templates kith_draft_templates;

/**
 * Reads the texts that drafts are made of.
 *
 * @param request_path, note_path  NULL: those of share/kith/drafts.
 * @param templates  out, caller-owned: kith_draft_templates_free; NULL on failure.
 * @return KITH_ENOINPUT, KITH_EIO; KITH_ECONFIG with file and line (a field that does not exist, brackets
 *         that do not match), KITH_ENOMEM.
 */
KITH_API kith_code kith_draft_templates_load(const char *request_path, const char *note_path,
                                             kith_draft_templates **templates, kith_err *err);

/** Frees them; NULL is fine. */
KITH_API void kith_draft_templates_free(kith_draft_templates *templates);

/** What goes with one route. Lines are parted by "\n"; all is safe to show (kith/safe_text.h). Both are NULL
 * where there is no introducer, and where somebody is not to be introduced or has no name. */
typedef struct kith_draft {
    char *request; /**< to the introducer */
    char *note;    /**< for the introducer to forward */
} kith_draft;

/**
 * Writes the drafts of routes that kith_intro found.
 *
 * @param question  who is sought, in the asker's own words: a company or title that stands in it may stand in
 *                  drafts. "" where nothing is known of it.
 * @param drafts    out, caller-owned, shape [routes->n_routes]: kith_drafts_free; NULL on failure.
 * @return KITH_ENOMEM, KITH_EDATA (the network is damaged).
 * @cost   O(n_routes * log merges) and the tenures of askers and introducers.
 */
KITH_API kith_code kith_drafts_write(const kith_net *net, const kith_draft_templates *templates,
                                     const char *question, const kith_intro_result *routes,
                                     kith_draft **drafts, kith_err *err);

KITH_API void kith_drafts_free(kith_draft *drafts, uint32_t n_drafts);

#ifdef __cplusplus
}
#endif
#endif
