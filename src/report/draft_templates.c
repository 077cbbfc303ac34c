#include "report/draft_templates.h"

#include <string.h>

#include "base/mapfile.h"
#include "base/mem.h"
#include "base/template.h"
#include "base/text.h"
#include "report/draft_texts.h"

enum { MOST_BYTES = 64 << 10 }; /* of a template */

const char *const kith_draft_fields[DRAFT_FIELDS] = {
    [DRAFT_ASKER] = "asker",
    [DRAFT_ASKER_POSITION] = "asker_position",
    [DRAFT_INTRODUCER] = "introducer",
    [DRAFT_NEXT] = "next",
    [DRAFT_TARGET] = "target",
    [DRAFT_TARGET_TITLE] = "target_title",
    [DRAFT_TARGET_COMPANY] = "target_company",
    [DRAFT_SHARED_COMPANY] = "shared_company",
    [DRAFT_SHARED_YEARS] = "shared_years",
    [DRAFT_SHARED_SCHOOL] = "shared_school",
    [DRAFT_MENTORSHIP_SINCE] = "mentorship_since",
    [DRAFT_LAST_CONTACT] = "last_contact",
};

/** Makes a template of bytes: a byte order mark and carriage returns are left out. */
static kith_code take_text(const unsigned char *bytes, size_t length, const char *name, char **out,
                           kith_err *err)
{
    size_t from = length >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0, kept = 0;

    if (length > MOST_BYTES)
        return kith_fail_at(err, KITH_ECONFIG, name, 0, "a template has at most %d bytes", MOST_BYTES);
    char *text = kith_malloc(length + 1);
    if (!text)
        return kith_fail_memory(err, name);
    for (size_t i = from; i < length; i++)
        if (bytes[i] != '\r')
            text[kept++] = (char)bytes[i];
    text[kept] = '\0';
    *out = text;
    if (!kith_text_valid(text, kept))
        return kith_fail_at(err, KITH_ECONFIG, name, 0, "this template is not text in UTF-8");
    return kith_template_check(text, name, kith_draft_fields, DRAFT_FIELDS, err);
}

static kith_code read_text(const char *path, char **out, kith_err *err)
{
    kith_mapfile file;
    kith_code rc = kith_mapfile_open(path, &file, err);

    if (rc)
        return rc;
    rc = take_text(file.bytes, file.length, path, out, err);
    kith_mapfile_close(&file);
    return rc;
}

kith_code kith_draft_templates_load(const char *request_path, const char *note_path,
                                    kith_draft_templates **templates, kith_err *err)
{
    kith_draft_templates *t = *templates = kith_calloc(1, sizeof *t);

    if (!t)
        return kith_fail_memory(err, "the templates of drafts");
    kith_code rc = request_path ? read_text(request_path, &t->request, err)
                                : take_text(draft_request_text, sizeof draft_request_text,
                                            "share/kith/drafts/request.txt", &t->request, err);
    if (!rc)
        rc = note_path ? read_text(note_path, &t->note, err)
                       : take_text(draft_note_text, sizeof draft_note_text, "share/kith/drafts/note.txt",
                                   &t->note, err);
    if (rc) {
        kith_draft_templates_free(t);
        *templates = NULL;
    }
    return rc;
}

void kith_draft_templates_free(kith_draft_templates *templates)
{
    if (!templates)
        return;
    kith_free(templates->request);
    kith_free(templates->note);
    kith_free(templates);
}
