/* A table of ties large enough for many chunks, read and assembled on one thread and on four. */
#include <omp.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <kith/build.h>

#define ROWS 400000

static bool write_table(int file)
{
    FILE *out = fdopen(file, "w");

    if (!out)
        return false;
    fputs("source,target\n", out);
    for (unsigned i = 0; i < ROWS; i++) {
        if (i % 1000 == 0)
            fprintf(out, "\"line\nbreak %u\",p%u\n", i, i % 77);
        else
            fprintf(out, "p%u,q%u\n", i * 7919U % 30011U, i * 104729U % 50021U);
    }
    return fclose(out) == 0;
}

static bool load(const char *path, int threads, kith_net_summary *summary)
{
    kith_net *net = NULL;
    kith_err err = {0};

    omp_set_num_threads(threads);
    kith_code rc = kith_load(&(kith_build_opts){.inputs = &path, .n_inputs = 1}, &net, NULL, &err);
    if (rc)
        fprintf(stderr, "%s\n", err.message);
    else
        kith_net_summarise(net, summary);
    kith_net_close(net);
    return rc == KITH_OK;
}

int main(void)
{
    char path[] = "/tmp/race-reading-XXXXXX";
    kith_net_summary one;
    kith_net_summary four;

    int file = mkstemp(path);
    bool same = file >= 0 && write_table(file) && load(path, 1, &one) && load(path, 4, &four) &&
                one.people == four.people && one.ties == four.ties &&
                strcmp(one.checksum, four.checksum) == 0;
    unlink(path);
    puts(same ? "same" : "not the same on one thread and on four");
    return same ? 0 : 1;
}
