#include "race_files.h"

#include <stdio.h>
#include <unistd.h>

#include <omp.h>

static bool same_bytes(const char *one, const char *other)
{
    FILE *a = fopen(one, "rb"), *b = fopen(other, "rb");
    int x = 0, y = 0;

    while (a && b && x == y && x != EOF) {
        x = getc(a);
        y = getc(b);
    }
    const bool same = a && b && x == y;
    if (a)
        (void)fclose(a);
    if (b)
        (void)fclose(b);
    return same;
}

bool race_same_files(const kith_net *net, race_tell *const *tell, int count)
{
    char path[2][64];
    bool same = true;

    for (int i = 0; i < 2; i++)
        (void)snprintf(path[i], sizeof path[i], "race.%ld.%d.csv", (long)getpid(), i);
    for (int i = 0; same && i < count; i++) {
        omp_set_num_threads(1);
        same = tell[i](net, path[0]);
        omp_set_num_threads(4);
        same = same && tell[i](net, path[1]) && same_bytes(path[0], path[1]);
    }
    (void)remove(path[0]);
    (void)remove(path[1]);
    return same;
}
