#include "drafting.h"

#include <unistd.h>

#include "settings.h"

const option draft_options[] = {
    {OPT_FLAG, 0, "draft", NULL, "with each route the request to the introducer, and a note to forward",
     offsetof(draft_args, draft), NULL},
    {OPT_TEXT, 0, "draft-request", "FILE",
     "template of the request (default: drafts/request.txt beside kith.ini)", offsetof(draft_args, request),
     NULL},
    {OPT_TEXT, 0, "draft-note", "FILE", "template of the note (default: drafts/note.txt beside kith.ini)",
     offsetof(draft_args, note), NULL},
    {.kind = OPT_END},
};

/** Longest path of a template beside kith.ini. */
enum { PATH_SIZE = 4096 };

/** The file that a template is read from; NULL: kith's own. */
static const char *template_path(const char *given, const char *name, char path[PATH_SIZE])
{
    if (given)
        return given;
    return settings_path(name, path, PATH_SIZE) && access(path, F_OK) == 0 ? path : NULL;
}

kith_code drafting_begin(const draft_args *args, drafting *d, kith_err *err)
{
    char request[PATH_SIZE], note[PATH_SIZE];

    *d = (drafting){0};
    if (!args->draft)
        return KITH_OK;
    return kith_draft_templates_load(template_path(args->request, "drafts/request.txt", request),
                                     template_path(args->note, "drafts/note.txt", note), &d->templates, err);
}

kith_code drafting_write(drafting *d, const kith_net *net, const char *question, kith_intro_result *routes,
                         kith_err *err)
{
    if (!d->templates)
        return KITH_OK;
    kith_code rc = kith_drafts_write(net, d->templates, question, routes, &d->drafts, err);
    d->n_drafts = rc ? 0 : routes->n_routes;
    routes->drafts = d->drafts;
    return rc;
}

void drafting_free(drafting *d)
{
    kith_drafts_free(d->drafts, d->n_drafts);
    kith_draft_templates_free(d->templates);
    *d = (drafting){0};
}
