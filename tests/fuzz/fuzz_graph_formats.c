/* Tables of graphs from anywhere, two side by side in a folder, and what is looked at in graph files before
 * igraph reads them: nothing may crash, leak, or lose count of its rows. */
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/mem.h"
#include "checking_sink.h"
#include "igraph_port/foreign.h"
#include "ingest/ingest.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/** Stands between the two files. */
#define BORDER 0xFF

static void put_file(int folder, const char *name, const uint8_t *data, size_t size)
{
    int fd = openat(folder, name, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);

    if (fd < 0 || write(fd, data, size) != (ssize_t)size || close(fd) != 0)
        abort();
}

static void check_as(const uint8_t *data, size_t size, kith_foreign_format format)
{
    int fd = memfd_create("graph", MFD_CLOEXEC);
    kith_foreign_file file = {.fd = fd, .bytes = size, .format = format, .path = "graph"};
    kith_err err = KITH_ERR_NONE;

    if (fd < 0 || write(fd, data, size) != (ssize_t)size)
        abort();
    if (kith_foreign_check(&file, &err) != KITH_OK && !*err.message)
        abort();
    (void)close(fd);
}

static void read_both(const uint8_t *data, size_t size)
{
    static char path[] = "/tmp/kith-fuzz-XXXXXX";
    static const char *input;
    static int folder;
    checked seen = {0};
    const uint8_t *border = memchr(data, BORDER, size);
    size_t first = border ? (size_t)(border - data) : size;
    kith_sink sink = checking_sink(&seen);

    if (!input && (!(input = mkdtemp(path)) || (folder = open(path, O_DIRECTORY | O_CLOEXEC)) < 0))
        abort();
    put_file(folder, "persons-header.csv", data, first);
    put_file(folder, "persons.csv", data + first + (border != NULL), size - first - (border != NULL));
    kith_err err = KITH_ERR_NONE;
    if (kith_ingest(&(kith_build_opts){.inputs = &input, .n_inputs = 1}, &sink, NULL, &err) != KITH_OK &&
        !*err.message)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    bool is_graph = false;
    const uint8_t *border = memchr(data, BORDER, size);

    for (kith_foreign_format format = KITH_FOREIGN_GRAPHML; format <= KITH_FOREIGN_DL; format++)
        check_as(data, size, format);
    is_graph = kith_foreign_recognise((const char *)data, size) != KITH_FOREIGN_NONE;
    if (border)
        is_graph |= kith_foreign_recognise((const char *)border + 1, size - (size_t)(border + 1 - data)) !=
                    KITH_FOREIGN_NONE;
    if (!is_graph) /* those start a process each */
        read_both(data, size);
    if (kith_mem_live() != 0)
        abort();
    return 0;
}
