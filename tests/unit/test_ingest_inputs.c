/* Folders, archives, compressed and damaged files; whose an export is; options; failed allocations. */
#include <criterion/criterion.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>

#include "each_failure.h"
#include "recording_sink.h"
#include "temp_folder.h"

#define CORPUS KITH_SOURCE_DIR "/tests/corpus/"

TestSuite(ingest_inputs, .init = temp_folder_enter, .fini = temp_folder_leave);

#define HEADER "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
#define PROFILE "First Name,Last Name,Headline,Industry,Geo Location\n"

/** Options with up to three inputs and two owners; NULL for none. */
typedef struct given {
    const char *inputs[3], *owners[2], *maps[2];
} given;

static kith_build_opts options(const given *g)
{
    kith_build_opts opts = {.inputs = g->inputs, .owners = g->owners, .maps = g->maps};

    while (opts.n_inputs < 3 && g->inputs[opts.n_inputs])
        opts.n_inputs++;
    while (opts.n_owners < 2 && g->owners[opts.n_owners])
        opts.n_owners++;
    while (opts.n_maps < 2 && g->maps[opts.n_maps])
        opts.n_maps++;
    return opts;
}

static recording read_well(const given *g)
{
    recording rec = {0};
    kith_err err = KITH_ERR_NONE;
    kith_build_opts opts = options(g);

    cr_assert_eq(record(&rec, &opts, &err), KITH_OK, "%s: %s", err.file, err.message);
    return rec;
}

/** Reads what must fail with `code`; the message must hold `words`, the file must end in `file`. */
static void read_badly(const given *g, kith_code code, const char *file, const char *words)
{
    recording rec = {0};
    kith_err err = KITH_ERR_NONE;
    kith_build_opts opts = options(g);
    size_t length = strlen(file);

    cr_expect_eq(record(&rec, &opts, &err), code, "%s: code %d, %s", g->inputs[0], (int)err.code,
                 err.message);
    cr_expect_eq(err.code, code);
    cr_expect_not_null(strstr(err.message, words), "%s: %s", g->inputs[0], err.message);
    cr_expect(strlen(err.file) >= length && strcmp(err.file + strlen(err.file) - length, file) == 0, "%s",
              err.file);
    recording_free(&rec);
    cr_expect_eq(kith_mem_live(), 0, "%s", g->inputs[0]);
}

static void put_folder(const char *path)
{
    cr_assert_eq(mkdir(path, 0700), 0);
}

Test(ingest_inputs, packed_files_give_what_plain_ones_give)
{
    static const char *const packed[] = {CORPUS "good-connections.csv.gz",
                                         CORPUS "good-connections-members.csv.gz",
                                         CORPUS "good-connections.csv.xz"};
    uint64_t checksum[2] = {0, 0};

    for (size_t i = 0; i < 3; i++) {
        recording rec = read_well(&(given){.inputs = {packed[i]}, .owners = {"Dana"}});
        cr_assert_str_eq(rec.sources[0].name, strrchr(packed[i], '/') + 1);
        cr_assert_eq(rec.sources[0].end.used, 2);
        (void)named(&rec, "Ann Lee");
        if (i > 0)
            cr_assert_arr_eq(rec.sources[0].end.checksum, checksum, sizeof checksum, "the same bytes inside");
        memcpy(checksum, rec.sources[0].end.checksum, sizeof checksum);
        recording_free(&rec);
    }
}

Test(ingest_inputs, an_archive_tells_whose_it_is)
{
    static const char *const archives[] = {CORPUS "good-export.zip", CORPUS "good-export-stored.zip"};

    for (size_t i = 0; i < 2; i++) {
        recording rec = read_well(&(given){.inputs = {archives[i]}});
        char name[64];
        uint32_t owner = named(&rec, "Dana Fox");
        (void)snprintf(name, sizeof name, "%s/Connections.csv", strrchr(archives[i], '/') + 1);
        cr_assert_eq(source_named(&rec, name)->end.owner, owner);
        cr_assert_str_eq(value_of(&rec, owner, KITH_FIELD_EMAIL, 0), "dana@fox.example");
        cr_assert_eq(rec.n_mentions, 3, "the owner is mentioned once");
        cr_assert_not_null(strstr(kith_dynbuf_cstr(&rec.notices), "Jobs/Saved Jobs.csv"));
        cr_assert_eq(rec.tally.unrecognised, 1, "what macOS adds is passed over");
        cr_assert_eq(rec.tally.sources, 3);
        recording_free(&rec);
    }
}

Test(ingest_inputs, archives_in_tar_and_names_beyond_ascii)
{
    static const char *const archives[] = {CORPUS "good-export.tar", CORPUS "good-export.tar.gz",
                                           CORPUS "good-export.tar.xz"};

    for (size_t i = 0; i < 3; i++) {
        recording rec = read_well(&(given){.inputs = {archives[i]}});
        cr_assert_eq(rec.n_sources, 3);
        char name[64];
        (void)snprintf(name, sizeof name, "%s/people.csv.gz", strrchr(archives[i], '/') + 1);
        cr_assert_eq(source_named(&rec, name)->end.used, 1);
        (void)named(&rec, "Ben Ito");
        recording_free(&rec);
    }
    recording rec = read_well(&(given){.inputs = {CORPUS "good-export-unicode.zip"}});
    cr_assert_eq(source_named(&rec, "good-export-unicode.zip/Éloïse/Connections.csv")->end.owner,
                 named(&rec, "Dana Fox"));
    recording_free(&rec);
}

Test(ingest_inputs, damaged_files_are_named)
{
    static const struct {
        const char *path, *words;
    } cases[] = {
        {CORPUS "bad-truncated.csv.gz", "cut short"},
        {CORPUS "bad-truncated-trailer.csv.gz", "cut short"},
        {CORPUS "bad-checksum.csv.gz", "incorrect data check"},
        {CORPUS "bad-trailing.csv.gz", "something else follows"},
        {CORPUS "bad-truncated.csv.xz", "cut short"},
        {CORPUS "bad-corrupt.zip", "CRC"},
        {CORPUS "bad-truncated.zip", "damaged archive"},
        {CORPUS "bad-deep.gz", "packed files within packed files"},
        {CORPUS "bad-bomb.gz", "1000 times its size"},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        read_badly(&(given){.inputs = {cases[i].path}, .owners = {"Dana"}}, KITH_EDATA,
                   strrchr(cases[i].path, '/') + 1, cases[i].words);
}

Test(ingest_inputs, every_prefix_of_an_archive_fails_or_gives_no_more_than_the_whole)
{
    static const char *const archives[] = {CORPUS "good-export.zip", CORPUS "good-export.tar.gz"};
    char bytes[4096];

    for (size_t a = 0; a < 2; a++) {
        FILE *file = fopen(archives[a], "r");
        size_t size = fread(bytes, 1, sizeof bytes, file);
        cr_assert_eq(fclose(file), 0);
        for (size_t length = 0; length < size; length += 7) {
            recording rec = {0};
            kith_err err = KITH_ERR_NONE;
            file = fopen("part", "w");
            cr_assert_eq(fwrite(bytes, 1, length, file), length);
            cr_assert_eq(fclose(file), 0);
            kith_build_opts opts = options(&(given){.inputs = {"part"}});
            kith_code rc = record(&rec, &opts, &err);
            cr_expect(rc == KITH_EDATA || rc == KITH_EUSAGE || rc == KITH_OK);
            cr_expect_leq(rec.n_mentions, 3);
            recording_free(&rec);
        }
    }
}

Test(ingest_inputs, nothing_recognised_is_an_error_that_names_what_was_found)
{
    static const char *const unknown[] = {"bad-header.csv", "bad-text.txt", "bad-empty.csv", "bad-binary.png",
                                          "good-linkedin-certifications.csv"};
    char path[512];

    for (size_t i = 0; i < sizeof unknown / sizeof *unknown; i++) {
        (void)snprintf(path, sizeof path, CORPUS "%s", unknown[i]);
        read_badly(&(given){.inputs = {path}}, KITH_EDATA, "", unknown[i]);
    }
    read_badly(&(given){.inputs = {CORPUS "good-linkedin-certifications.csv"}}, KITH_EDATA, "",
               "LinkedIn certifications");
    put_folder("empty");
    read_badly(&(given){.inputs = {"empty"}}, KITH_EDATA, "", "no files");
    read_badly(&(given){.inputs = {"nowhere"}}, KITH_ENOINPUT, "", "nowhere");
}

static kith_code list_left_out(void *ctx, kith_err *err)
{
    const given g = {.inputs = {"."}};
    kith_left_out left_out = {0};
    recording rec = {0};
    kith_build_opts opts = options(&g);
    kith_code rc;

    opts.left_out = &left_out;
    rc = record(&rec, &opts, err);
    recording_free(&rec);
    if (ctx && rc == KITH_OK)
        *(kith_left_out *)ctx = left_out;
    else
        kith_left_out_free(&left_out);
    return rc;
}

Test(ingest_inputs, what_is_not_read_is_listed_with_the_reason)
{
    static const char *const files[][4] = {
        {"certificates.csv", "Name,Url,Authority,Started On,Finished On,License Number\n",
         "LinkedIn certifications", "tells of nobody its owner knows"},
        {"colours.csv", "colour;size\nred;3\n", "", "a table of unknown columns; --map gives them a meaning"},
        {"empty.csv", "", "", "empty"},
        {"letter.txt", "Dear Ann,\nthere is no news.\n", "", "no table, contact or graph"},
    };
    kith_left_out list = {0};
    kith_err err = KITH_ERR_NONE;

    for (size_t i = 0; i < sizeof files / sizeof *files; i++)
        put_file(files[i][0], files[i][1]);
    put_file("people.csv", "id,name\n1,Ann Lee\n");
    cr_assert_eq(list_left_out(&list, &err), KITH_OK, "%s", err.message);
    cr_assert_eq(list.n, sizeof files / sizeof *files);
    for (size_t i = 0; i < list.n; i++) {
        cr_expect_str_eq(list.files[i].name, files[i][0]);
        cr_expect_str_eq(list.files[i].format, files[i][2]);
        cr_expect_str_eq(list.files[i].why, files[i][3]);
    }
    kith_left_out_free(&list);
    cr_assert_gt(each_failure(list_left_out, NULL), 20);
}

static void make_cohort(void)
{
    put_folder("cohort");
    put_folder("cohort/ann");
    put_folder("cohort/ben");
    put_file("cohort/ann/Connections.csv", HEADER "Cy,Dow,,,Acme,Clerk,01 Jan 2020\n");
    put_file("cohort/ann/Profile.csv", PROFILE "Ann,Lee,Boss,Ships,Oslo\n");
    put_file("cohort/ben/Connections.csv", HEADER "Dee,Eve,,,Acme,Clerk,01 Jan 2020\n");
    put_file("cohort/people.csv", "id,name\nm1,Ann Lee\n");
    put_file("cohort/ties.csv", "source,target\nm1,m2\n");
    put_file("cohort/ann/people.csv", "id,name\nm1,Other One\n");
    put_file("cohort/.hidden.csv", "id,name\nx,Hidden\n");
    put_file("cohort/notes.txt", "nothing, really\n");
    cr_assert_eq(symlink("people.csv", "cohort/link.csv"), 0);
}

Test(ingest_inputs, a_folder_is_walked_and_its_tables_share_ids)
{
    make_cohort();
    recording rec = read_well(&(given){.inputs = {"cohort/"}, .owners = {"ben=ben@ito.example"}});
    uint32_t in_people = UINT32_MAX;
    uint32_t in_ties = UINT32_MAX;

    cr_assert_eq(rec.n_sources, 6, "neither the hidden file nor the link is read");
    for (uint32_t i = 0; i < rec.n_mentions; i++) {
        if (!rec.mentions[i].id || strcmp(rec.mentions[i].id, "m1") != 0)
            continue;
        const char *source = rec.sources[rec.mentions[i].source].name;
        if (strcmp(source, "people.csv") == 0)
            in_people = rec.mentions[i].space;
        else if (strcmp(source, "ties.csv") == 0)
            in_ties = rec.mentions[i].space;
        else
            cr_assert_neq(rec.mentions[i].space, in_people, "another folder is another space");
    }
    cr_assert_eq(in_people, in_ties);
    cr_assert_str_eq(rec.spaces[in_people], "cohort");
    cr_assert_eq(rec.n_spaces, 2);
    uint32_t ben = source_named(&rec, "ben/Connections.csv")->end.owner;
    cr_assert_str_eq(value_of(&rec, ben, KITH_FIELD_EMAIL, 0), "ben@ito.example");
    uint32_t ann = source_named(&rec, "ann/Connections.csv")->end.owner;
    cr_assert_str_eq(value_of(&rec, ann, KITH_FIELD_INDUSTRY, 0), "Ships");
    cr_assert_str_eq(kith_dynbuf_cstr(&rec.notices),
                     "cohort: left out symbolic links, 1 in all, the first is link.csv\n"
                     "not recognised, left out: notes.txt\n");
    recording_free(&rec);
}

Test(ingest_inputs, one_space_for_all_tables_on_request)
{
    make_cohort();
    given g = {.inputs = {"cohort"}, .owners = {"Ben Ito"}};
    kith_build_opts opts = options(&g);
    recording rec = {0};

    opts.ids = "members";
    cr_assert_eq(record(&rec, &opts, NULL), KITH_OK);
    cr_assert_eq(rec.n_spaces, 1);
    cr_assert_str_eq(rec.spaces[0], "members");
    recording_free(&rec);
}

Test(ingest_inputs, files_given_one_by_one_lie_in_their_folder)
{
    make_cohort();
    recording rec = read_well(&(given){.inputs = {"cohort/ties.csv", "cohort/people.csv"}});

    cr_assert_eq(rec.n_spaces, 1);
    cr_assert_str_eq(rec.sources[0].name, "people.csv", "the order of arguments does not count");
    recording_free(&rec);
}

Test(ingest_inputs, whose_export_it_is)
{
    make_cohort();
    given none = {.inputs = {"cohort"}};
    read_badly(&none, KITH_EUSAGE, "cohort/ben/Connections.csv", "--owner 'ben=WHO'");
    read_badly(&(given){.inputs = {"cohort/ben/Connections.csv"}}, KITH_EUSAGE, "Connections.csv",
               "--owner 'WHO'");

    static const struct {
        const char *option;
        kith_field field;
        const char *value;
        bool ann_too; /* it is stronger than her profile */
    } cases[] = {
        {"Ben Ito", KITH_FIELD_NAME, "Ben Ito", false},
        {"ben=Ben Ito", KITH_FIELD_NAME, "Ben Ito", false},
        {"ben/=Ben Ito", KITH_FIELD_NAME, "Ben Ito", false},
        {"cohort/ben=Ben Ito", KITH_FIELD_NAME, "Ben Ito", false},
        {"ben/Connections.csv=Ben@Ito.example", KITH_FIELD_EMAIL, "ben@ito.example", false},
        {"https://www.linkedin.com/in/ben?a=b", KITH_FIELD_URL, "https://www.linkedin.com/in/ben?a=b", false},
        {"cohort=Boss", KITH_FIELD_NAME, "Boss", true},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        recording rec = read_well(&(given){.inputs = {"cohort"}, .owners = {cases[i].option}});
        uint32_t ben = source_named(&rec, "ben/Connections.csv")->end.owner;
        uint32_t ann = source_named(&rec, "ann/Connections.csv")->end.owner;
        cr_expect_str_eq(value_of(&rec, ben, cases[i].field, 0), cases[i].value);
        cr_expect_eq(ann == ben, cases[i].ann_too, "%s", cases[i].option);
        cr_expect_eq(source_named(&rec, "ann/Profile.csv")->end.skipped, cases[i].ann_too);
        recording_free(&rec);
    }
}

Test(ingest_inputs, owner_options_that_make_no_sense)
{
    make_cohort();
    read_badly(&(given){.inputs = {"cohort"}, .owners = {"be=Ben"}}, KITH_EUSAGE, "", "no export lies at be");
    read_badly(&(given){.inputs = {"cohort"}, .owners = {"Ann", "Ben"}}, KITH_EUSAGE, "", "whose");
    read_badly(&(given){.inputs = {"cohort"}, .owners = {"ben="}}, KITH_EUSAGE, "", "[PATH=]WHO");
    read_badly(&(given){.inputs = {"cohort"}, .owners = {""}}, KITH_EUSAGE, "", "[PATH=]WHO");
}

Test(ingest_inputs, the_nearest_profile_above_counts)
{
    put_folder("in");
    put_folder("in/sub");
    put_file("in/Profile.csv", PROFILE "Ann,Lee,Boss,Ships,Oslo\n");
    put_file("in/sub/Connections.csv", HEADER "Cy,Dow,,,Acme,Clerk,01 Jan 2020\n");
    recording rec = read_well(&(given){.inputs = {"in"}});

    cr_assert_eq(source_named(&rec, "sub/Connections.csv")->end.owner, named(&rec, "Ann Lee"));
    recording_free(&rec);
}

Test(ingest_inputs, columns_mapped_by_hand)
{
    put_file("odd.csv", "Who,Boss,Shoe Size\nm1,m2,44\n");
    read_badly(&(given){.inputs = {"odd.csv"}}, KITH_EDATA, "", "odd.csv");
    recording rec = read_well(&(given){.inputs = {"odd.csv"}, .maps = {"mentee=who", "mentor=BOSS"}});
    cr_assert_eq(rec.n_pairings, 1);
    cr_assert_str_eq(rec.mentions[rec.pairings[0].mentor].id, "m2");
    recording_free(&rec);

    read_badly(&(given){.inputs = {"odd.csv"}, .maps = {"shoe=Who"}}, KITH_EUSAGE, "", "field=Column");
    read_badly(&(given){.inputs = {"odd.csv"}, .maps = {"mentee"}}, KITH_EUSAGE, "", "field=Column");
    put_file("people.csv", "id,name\n1,Ann\n");
    read_badly(&(given){.inputs = {"people.csv"}, .maps = {"email=Post"}}, KITH_EUSAGE, "",
               "no table has such");
}

Test(ingest_inputs, a_mapped_column_goes_before_a_known_one)
{
    put_file("people.csv", "email,name,Private Mail\na@work.example,Ann,a@home.example\n");
    recording rec = read_well(&(given){.inputs = {"people.csv"}, .maps = {"email=private mail"}});

    cr_assert_str_eq(value_of(&rec, 0, KITH_FIELD_EMAIL, 0), "a@home.example");
    cr_assert_str_eq(value_of(&rec, 0, KITH_FIELD_EMAIL, 1), "a@work.example");
    recording_free(&rec);
}

Test(ingest_inputs, standard_input_is_read_though_it_comes_once)
{
    int in[2];
    const char *text = HEADER "Cy,Dow,,,Acme,Clerk,01 Jan 2020\n";

    cr_assert_eq(pipe(in), 0);
    cr_assert_eq(write(in[1], text, strlen(text)), (ssize_t)strlen(text));
    cr_assert_eq(close(in[1]), 0);
    cr_assert_eq(dup2(in[0], STDIN_FILENO), STDIN_FILENO);
    recording rec = read_well(&(given){.inputs = {"-"}, .owners = {"Ann"}});
    cr_assert_str_eq(rec.sources[0].name, "-");
    cr_assert_eq(rec.sources[0].end.bytes, strlen(text));
    cr_assert_eq(rec.sources[0].end.used, 1);
    recording_free(&rec);
}

/** Writes a table with one field of `length` bytes in its second row of three. */
static void put_long_field(size_t length, bool quoted)
{
    FILE *file = fopen("long.csv", "w");

    (void)fputs(quoted ? "id,name\n1,\"" : "id,name\n1,", file);
    for (size_t i = 0; i < length; i++)
        (void)fputc(quoted && i % 100 == 99 ? '\n' : 'x', file);
    (void)fputs(quoted ? "\"\n2,Ben\n" : "\n2,Ben\n", file);
    cr_assert_eq(fclose(file), 0);
}

Test(ingest_inputs, a_field_over_the_limit_is_rejected_and_reading_goes_on)
{
    for (int quoted = 0; quoted < 2; quoted++) {
        put_long_field((size_t)5 << 20, quoted);
        recording rec = read_well(&(given){.inputs = {"long.csv"}});
        cr_assert_eq(rec.n_rejects, 1);
        cr_assert_eq(rec.rejects[0].line, 2);
        cr_assert_str_eq(rec.rejects[0].reason, "a field is over 1 MiB: is a quote left open?");
        uint64_t lines = quoted ? ((uint64_t)5 << 20) / 100 : 0;
        cr_assert_eq(rec.mentions[named(&rec, "Ben")].line, 3 + lines);
        recording_free(&rec);
    }
}

Test(ingest_inputs, a_line_over_the_limit_is_rejected_and_reading_goes_on)
{
    FILE *file = fopen("edges", "w");
    (void)fputs("1 2\n3 ", file);
    for (size_t i = 0; i < (size_t)3 << 20; i++)
        (void)fputc('7', file);
    (void)fputs("\n2 3\n", file);
    cr_assert_eq(fclose(file), 0);
    recording rec = read_well(&(given){.inputs = {"edges"}});

    cr_assert_eq(rec.n_rejects, 1);
    cr_assert_eq(rec.rejects[0].line, 2);
    cr_assert_eq(rec.n_relations, 2);
    cr_assert_eq(rec.relations[1].line, 3);
    recording_free(&rec);
}

Test(ingest_inputs, long_files_are_cut_nowhere)
{
    /* Rows, quotes and characters of several bytes fall on every border of the buffers between. */
    FILE *file = fopen("many.csv", "w");
    (void)fputs("id,name\r\n", file);
    for (int i = 0; i < 20000; i++)
        (void)fprintf(file, "%d,\"Zoë \"\"%d\"\" Ø\"\r\n", i, i);
    cr_assert_eq(fclose(file), 0);
    recording rec = read_well(&(given){.inputs = {"many.csv"}});
    char name[64];

    cr_assert_eq(rec.n_mentions, 20000);
    for (uint32_t i = 0; i < 20000; i++) {
        (void)snprintf(name, sizeof name, "Zoë \"%u\" Ø", i);
        cr_assert_str_eq(value_of(&rec, i, KITH_FIELD_NAME, 0), name);
        cr_assert_eq(rec.mentions[i].line, i + 2);
    }
    recording_free(&rec);
}

static bool stop_at_once(void *ctx, const char *phase, uint64_t done, uint64_t total)
{
    (void)ctx;
    (void)phase;
    (void)done;
    (void)total;
    return false;
}

Test(ingest_inputs, reading_can_be_stopped)
{
    kith_progress progress = {.tick = stop_at_once};
    given g = {.inputs = {CORPUS "good-people.csv"}};
    kith_build_opts opts = options(&g);
    recording rec = {0};

    opts.progress = &progress;
    cr_assert_eq(record(&rec, &opts, NULL), KITH_EINTERRUPT);
    recording_free(&rec);
}

static kith_code read_all(void *ctx, kith_err *err)
{
    recording rec = {0};
    kith_build_opts opts = options(ctx);
    kith_code rc = record(&rec, &opts, err);

    recording_free(&rec);
    return rc;
}

/* One input at a time: the work grows with the square of the allocations. */
Test(ingest_inputs, every_failed_allocation_in_a_file)
{
    static const char *const names[] = {
        "good-export.zip", "good-export.tar.gz", "good-connections.csv.xz", "good-google-old-utf16.csv",
        "good-people.csv", "good-ties.csv",      "good-mentorships.csv",    "good-edges-snap.txt",
        "bad-no-name.csv", "bad-zero-rows.csv"};

    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        char path[512];
        (void)snprintf(path, sizeof path, CORPUS "%s", names[i]);
        given g = {.inputs = {path}, .owners = {"ann@lee.example"}};
        cr_expect_gt(each_failure(read_all, &g), 50, "%s", names[i]);
    }
}

Test(ingest_inputs, every_failed_allocation_in_a_folder)
{
    given g = {
        .inputs = {"in"}, .owners = {"in/c.csv=https://www.linkedin.com/in/ann-lee"}, .maps = {"id=Number"}};

    put_folder("in");
    put_file("in/a.csv", "Number,name\n1,Ann\n");
    put_file("in/b.txt", "nothing, really\n");
    put_file("in/c.csv", HEADER "Cy,Dow,,,Acme,Clerk,01 Jan 2020\n");
    cr_expect_gt(each_failure(read_all, &g), 100);
}
