/* Any bytes as a table: the first says which header stands above them and which options are given. What can
 * be read is accounted for row by row; what cannot is told; nothing is left over. */
#include "base/mem.h"
#include "checking_sink.h"
#include "ingest/ingest.h"
#include "memory_file.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char *const headers[] = {
    "",
    "id,name,first name,last name,email,linkedin,company,title,skills,cohort,role,capacity,goals,opt "
    "out,gender\n",
    "Name;Email;Mentor Email;Mentee;Is Mentor;Both Mentor and Mentee;Phone;Tags;Mentee Goals\n",
    "source\ttarget\tweight\tstrength\tkind\tsince\tcount\n",
    "mentor,mentee,start,end,programme,cohort,status,goals,skills,meetings,last meeting\n",
    "Mentor Name|Mentor Email|Mentor ID|Mentee First Name|Mentee Email|Start Date|State\n",
    "mentor,mentee,date,minutes,rating\n",
    "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n",
    "Name,Given Name,Family Name,E-mail 1 - Value,Phone 1 - Value,Labels,Relation 1 - Type,Relation 1 - "
    "Value\n",
    "First Name,Last Name,Headline,Industry,Geo Location\n",
};

static kith_build_opts options(uint8_t choice)
{
    static const char *const owners[] = {"Dana Fox"};
    static const char *const maps[] = {"name=1", "email=2", "mentor=3", "start=4"};
    static const char *const encodings[] = {NULL, "CP1252", "UTF-16LE", "SHIFT_JIS"};

    return (kith_build_opts){.owners = owners,
                             .n_owners = 1,
                             .maps = maps,
                             .n_maps = choice & 8 ? 4 : 0,
                             .no_header = choice & 8,
                             .delimiter = choice & 16 ? ';' : '\0',
                             .dates = (kith_date_reading)(choice >> 5 & 3),
                             .encoding = encodings[choice & 3]};
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    kith_err err = KITH_ERR_NONE;
    checked seen = {0};
    kith_sink sink = checking_sink(&seen);

    if (size < 2)
        return 0;
    kith_build_opts opts = options(data[1]);
    const char *header = headers[data[0] % (sizeof headers / sizeof *headers)];
    memory_file file = memory_file_open();
    const char *path = file.path;
    memory_file_write(&file, header, strlen(header));
    memory_file_write(&file, data + 2, size - 2);
    opts.inputs = &path;
    opts.n_inputs = 1;
    opts.limits = (kith_input_limits){.entries = 100, .expanded_bytes = 16 << 20, .ratio = 200};
    kith_code rc = kith_ingest(&opts, &sink, NULL, &err);
    expect(rc == KITH_OK || err.message[0], "a failure that tells nothing");
    expect(rc == KITH_OK || rc == KITH_EDATA || rc == KITH_EUSAGE, "a failure of another kind");
    memory_file_close(&file);
    expect(kith_mem_live() == 0, "something is left over");
    return 0;
}
