/* Any bytes as an input: packed, archived, one in another. Every file in it can be read to its end, or the
 * failure is told; no name leads out of it, no limit is passed, nothing is left over. */
#include "base/mem.h"
#include "checking_sink.h"
#include "ingest/walk.h"
#include "memory_file.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define MOST_BYTES ((uint64_t)16 << 20)

static void check_name(const char *name)
{
    expect(*name != '/', "a name from the root");
    for (const char *part = name; part; part = strchr(part, '/')) {
        part += *part == '/';
        expect(strncmp(part, "../", 3) != 0 && strcmp(part, "..") != 0, "a name that leads upwards");
    }
    expect_text(name);
}

static kith_code visit(void *ctx, const kith_entry *entry, kith_err *err)
{
    uint64_t *total = ctx;
    const char *bytes;
    size_t length;
    kith_code rc;

    check_name(entry->name);
    expect(entry->bundle != NULL, "a file that lies nowhere");
    while ((rc = kith_stream_next(entry->stream, &bytes, &length, err)) == KITH_OK && length)
        *total += length;
    return rc;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    uint64_t total = 0;
    kith_err err = KITH_ERR_NONE;
    memory_file file = memory_file_open();
    const char *path = file.path;
    kith_walk walk = {.inputs = &path,
                      .n_inputs = 1,
                      .limits = {.depth = 4, .entries = 1000, .expanded_bytes = MOST_BYTES, .ratio = 200},
                      .phase = "fuzzing"};

    memory_file_write(&file, data, size);
    for (int round = 0; round < 2; round++) {
        uint64_t before = total;
        total = 0;
        kith_code rc = kith_walk_all(&walk, visit, &total, &err);
        expect(rc == KITH_OK || err.message[0], "a failure that tells nothing");
        expect(total <= MOST_BYTES + size, "more than the limit came out");
        expect(round == 0 || total == before, "another round finds something else");
        err = (kith_err)KITH_ERR_NONE;
    }
    kith_walk_free(&walk);
    memory_file_close(&file);
    expect(kith_mem_live() == 0, "something is left over");
    return 0;
}
