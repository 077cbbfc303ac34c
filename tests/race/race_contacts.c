/* Contacts of many owners, who are matched by more than keys, on one thread and on four. */
#include <omp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <kith/build.h>

#define LISTS 20
#define ROWS 2000

/** A table of people: every other list tells no emails, so that names and companies have to. */
static bool write_table(const char *path, unsigned list)
{
    FILE *out = fopen(path, "w");

    if (!out)
        return false;
    fputs("name,email,company,title\n", out);
    for (unsigned i = 0; i < ROWS; i++) {
        unsigned who = (i * 7919U + list * 101U) % 9001U;
        fprintf(out, "Given%c%c Family%c%c%c,", 'a' + who % 26, 'a' + who / 26 % 3, 'a' + who % 25,
                'a' + who % 23, 'a' + who % 19);
        if (list % 2)
            fprintf(out, "user%u@example.org", who);
        fprintf(out, ",Company %u,Title %u\n", who % 977, who % 31);
    }
    return fclose(out) == 0;
}

static bool load(const char *folder, int threads, kith_net_summary *summary)
{
    kith_net *net = NULL;
    kith_err err = {0};

    omp_set_num_threads(threads);
    kith_code rc = kith_load(&(kith_build_opts){.inputs = &folder, .n_inputs = 1}, &net, NULL, &err);
    if (rc)
        fprintf(stderr, "%s\n", err.message);
    else
        kith_net_summarise(net, summary);
    kith_net_close(net);
    return rc == KITH_OK;
}

int main(void)
{
    char folder[] = "/tmp/race-contacts-XXXXXX", path[64];
    kith_net_summary one;
    kith_net_summary four;
    bool same = mkdtemp(folder) != NULL;

    for (unsigned list = 0; same && list < LISTS; list++) {
        snprintf(path, sizeof path, "%s/%u.csv", folder, list);
        same = write_table(path, list);
    }
    same = same && load(folder, 1, &one) && load(folder, 4, &four) && one.people == four.people &&
           one.people < LISTS * ROWS && strcmp(one.checksum, four.checksum) == 0;
    for (unsigned list = 0; list < LISTS; list++) {
        snprintf(path, sizeof path, "%s/%u.csv", folder, list);
        unlink(path);
    }
    rmdir(folder);
    puts(same ? "same" : "not the same on one thread and on four");
    return same ? 0 : 1;
}
