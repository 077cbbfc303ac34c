/* Whether two files of doubles say the same to one part in 1e9, or to within so much where that is more.
 * Usage: bench_agree OURS THEIRS [WITHIN] */
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

static bool same(double ours, double theirs, double within)
{
    if (!isfinite(ours) || !isfinite(theirs))
        return isnan(ours) ? isnan(theirs) : ours == theirs;
    return fabs(ours - theirs) <= fmax(within, 1e-9 * fmax(1, fabs(theirs)));
}

int main(int argc, char **argv)
{
    FILE *files[2] = {NULL, NULL};
    double values[2] = {0, 0};
    size_t place = 0;

    if (argc < 3 || argc > 4 || !(files[0] = fopen(argv[1], "rb")) || !(files[1] = fopen(argv[2], "rb"))) {
        fprintf(stderr, "usage: bench_agree OURS THEIRS [WITHIN]\n");
        return 64;
    }
    double within = argc > 3 ? strtod(argv[3], NULL) : 0;
    for (;; place++) {
        size_t ours = fread(&values[0], sizeof values[0], 1, files[0]);
        size_t theirs = fread(&values[1], sizeof values[1], 1, files[1]);
        if (ours != theirs || (ours && !same(values[0], values[1], within))) {
            printf("value %zu: %.17g, peer %.17g\n", place, values[0], values[1]);
            return 1;
        }
        if (!ours)
            break;
    }
    printf("%zu values agree\n", place);
    return place == 0;
}
