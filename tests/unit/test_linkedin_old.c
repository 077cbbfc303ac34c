/* LinkedIn exports from before connections had addresses. */
#include <criterion/criterion.h>
#include <string.h>

#include "each_failure.h"
#include "recording_sink.h"

#define FOLDER KITH_SOURCE_DIR "/tests/corpus/good-linkedin-old"

static kith_code read_folder(recording *rec, kith_merge_mode mode, kith_err *err)
{
    const char *folder = FOLDER;

    return record(rec, &(kith_build_opts){.inputs = &folder, .n_inputs = 1, .merge = mode}, err);
}

/** The source of the contacts. */
static uint32_t contacts_of(const recording *rec)
{
    uint32_t source = 0;

    while (strcmp(rec->sources[source].name, "Connections.csv") != 0)
        source++;
    return source;
}

/** The address of the nth contact of that name; NULL where there is no such contact. */
static const char *address_of(const recording *rec, const char *name, uint32_t nth)
{
    for (uint32_t i = 0; i < rec->n_mentions; i++)
        if (rec->mentions[i].source == contacts_of(rec) &&
            strcmp(value_of(rec, i, KITH_FIELD_NAME, 0), name) == 0 && nth-- == 0)
            return value_of(rec, i, KITH_FIELD_URL, 0);
    return NULL;
}

static void expect_address(const recording *rec, const char *name, uint32_t nth, const char *url)
{
    const char *found = address_of(rec, name, nth);

    cr_expect(found && strcmp(found, url) == 0, "%s: %s", name, found ? found : "nobody");
}

Test(linkedin_old, contacts_have_the_address_that_other_files_tell)
{
    recording rec = {0};
    kith_err err = KITH_ERR_NONE;

    cr_assert_eq(read_folder(&rec, KITH_MERGE_BALANCED, &err), KITH_OK, "%s", err.message);
    expect_address(&rec, "Bo Raymond", 0, "https://www.linkedin.com/in/bo-raymond");     /* messages */
    expect_address(&rec, "Zoltan Kovacevic", 0, "www.linkedin.com/in/zoltan-kovacevic"); /* endorsements */
    expect_address(&rec, "Di Fox", 0, "");   /* the name of two addresses */
    expect_address(&rec, "Cy Smith", 0, ""); /* and of two contacts */
    expect_address(&rec, "Cy Smith", 1, "");
    cr_expect_eq(rec.sources[contacts_of(&rec)].end.used, 5);
    cr_expect_not_null(strstr(kith_dynbuf_cstr(&rec.notices), "2 contacts have no address"));
    recording_free(&rec);
}

Test(linkedin_old, names_join_nobody_where_exact_keys_alone_count)
{
    recording rec = {0};

    cr_assert_eq(read_folder(&rec, KITH_MERGE_STRICT, NULL), KITH_OK);
    expect_address(&rec, "Bo Raymond", 0, "");
    recording_free(&rec);
}

static kith_code read_all(void *ctx, kith_err *err)
{
    recording rec = {0};
    kith_code rc = read_folder(&rec, KITH_MERGE_BALANCED, err);

    (void)ctx;
    recording_free(&rec);
    return rc;
}

Test(linkedin_old, gives_back_everything_when_memory_ends)
{
    cr_assert_gt(each_failure(read_all, NULL), 100);
}
