/*
 * STREAM-like: the four kernels after their published definition, on static arrays as in the published program.
 *
 *     gcc -O3 -march=native -DARRAY_BYTES=134217728 stream.c -o stream && ./stream PROCESSES MILLISECONDS small|huge
 *
 * Prints a kernel's name and the sum over all processes in MB/s (10^6 bytes), two arrays counted for copy and scale,
 * three for add and triad. "small" leaves pages as the system gives them to a plain program, "huge" asks for huge ones.
 */
#include "measure.h"

#define N (ARRAY_BYTES / 8)

static double a[N] __attribute__((aligned(1 << 21)));
static double b[N] __attribute__((aligned(1 << 21)));
static double c[N] __attribute__((aligned(1 << 21)));

enum kernel { COPY, SCALE, ADD, TRIAD };
static const char *const names[] = {"copy", "scale", "add", "triad"};
static const int arrays[] = {2, 2, 3, 3};

struct plan {
    enum kernel kernel;
    double seconds;
    int huge;
};

static void pass(enum kernel kernel) {
    const double factor = 3;
    switch (kernel) {
        case COPY:
            for (long i = 0; i < N; i++) c[i] = a[i];
            break;
        case SCALE:
            for (long i = 0; i < N; i++) b[i] = factor * c[i];
            break;
        case ADD:
            for (long i = 0; i < N; i++) c[i] = a[i] + b[i];
            break;
        case TRIAD:
            for (long i = 0; i < N; i++) a[i] = b[i] + factor * c[i];
            break;
    }
}

static void verify(enum kernel kernel) {
    static const double expected[] = {1, 0, 3, 2};
    const double *written[] = {c, b, c, a};
    for (long i = 0; i < N; i++) {
        if (!(written[kernel][i] == expected[kernel])) {
            fprintf(stderr, "%s: expected %g, got %g\n", names[kernel], expected[kernel], written[kernel][i]);
            _exit(1);
        }
    }
}

static double work(void *argument) {
    const struct plan *plan = argument;
    if (plan->huge) {
        madvise(a, sizeof a, MADV_HUGEPAGE);
        madvise(b, sizeof b, MADV_HUGEPAGE);
        madvise(c, sizeof c, MADV_HUGEPAGE);
    }
    for (long i = 0; i < N; i++) {
        a[i] = 1;
        b[i] = 2;
        c[i] = 0;
    }
    pass(plan->kernel);
    double begin = seconds(), now;
    long passes = 0;
    do {
        pass(plan->kernel);
        passes++;
        now = seconds();
    } while (now - begin < plan->seconds);
    verify(plan->kernel);
    return 1e-6 * passes * arrays[plan->kernel] * sizeof a / (now - begin);
}

int main(int count, char **words) {
    if (count != 4) {
        fprintf(stderr, "usage: stream PROCESSES MILLISECONDS small|huge\n");
        return 2;
    }
    struct plan plan = {COPY, 1e-3 * positive(words[2], "milliseconds"), strcmp(words[3], "huge") == 0};
    for (int kernel = COPY; kernel <= TRIAD; kernel++) {
        plan.kernel = kernel;
        printf("%s %.1f\n", names[kernel], together(positive(words[1], "processes"), work, &plan));
        fflush(stdout);
    }
    return 0;
}
