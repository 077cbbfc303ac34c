/* Runs a command and writes one line about it: SECONDS CPU_SECONDS PEAK_KIB EXIT_CODE.
 * Usage: bench_time REPORT COMMAND [ARGUMENT...]
 * Small on purpose: the peak of a command is never less than that of the program that starts it. */
#include <stdio.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double now(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static double seconds(struct timeval t)
{
    return (double)t.tv_sec + 1e-6 * (double)t.tv_usec;
}

int main(int argc, char **argv)
{
    struct rusage use;
    int status = 0;

    if (argc < 3) {
        fprintf(stderr, "usage: bench_time REPORT COMMAND [ARGUMENT...]\n");
        return 64;
    }
    double begin = now();
    pid_t child = fork();
    if (child == 0) {
        execvp(argv[2], argv + 2);
        perror(argv[2]);
        _exit(127);
    }
    if (child < 0 || wait4(child, &status, 0, &use) < 0) {
        perror("bench_time");
        return 70;
    }
    double end = now();
    FILE *report = fopen(argv[1], "w");
    if (!report) {
        perror(argv[1]);
        return 73;
    }
    fprintf(report, "%.6f %.6f %ld %d\n", end - begin, seconds(use.ru_utime) + seconds(use.ru_stime),
            use.ru_maxrss, WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status));
    return fclose(report) ? 74 : 0;
}
