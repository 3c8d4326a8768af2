/* What every peer has in common: for each line on its standard input it does its work again and again for a fifth of a
   second and answers with the median wall time and the mean CPU time of one piece of work, in seconds. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define MAX_SAMPLES 100000
#define BATCH_S 0.2

static double seconds(clockid_t clock) {
    struct timespec t;
    clock_gettime(clock, &t);
    return t.tv_sec + 1e-9 * t.tv_nsec;
}

static int ascending(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Elements uniform in [-0.5, 0.5), SplitMix64. */
static double uniform(unsigned long position) {
    unsigned long z = (position + 1) * 0x9E3779B97F4A7C15UL;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
    z ^= z >> 31;
    return (z >> 11) * 0x1p-53 - 0.5;
}

/* prepare is not timed, work is. */
static void serve(void (*prepare)(void), void (*work)(void)) {
    static double samples[MAX_SAMPLES];
    char line[80];
    while (fgets(line, sizeof line, stdin)) {
        double end = seconds(CLOCK_MONOTONIC) + BATCH_S, cpu = 0;
        int n = 0;
        do {
            prepare();
            double cpu0 = seconds(CLOCK_PROCESS_CPUTIME_ID), wall0 = seconds(CLOCK_MONOTONIC);
            work();
            samples[n++] = seconds(CLOCK_MONOTONIC) - wall0;
            cpu += seconds(CLOCK_PROCESS_CPUTIME_ID) - cpu0;
        } while (n < MAX_SAMPLES && seconds(CLOCK_MONOTONIC) < end);
        qsort(samples, n, sizeof *samples, ascending);
        printf("%.9g %.9g\n", samples[n / 2], cpu / n);
        fflush(stdout);
    }
}
