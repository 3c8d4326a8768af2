/*
 * STREAM-like: the four published kernels on static arrays as in the published program, all of them writing the third.
 *
 *     gcc -O3 -march=native -pthread -DTHREADS=1 -DARRAY_BYTES=134217728 stream.c -o stream
 *     echo "triad 200" | ./stream small|huge
 *
 * Scores are the sum over all threads in MB/s (10^6 bytes), two arrays counted for copy and scale, three for add and
 * triad. "small" leaves pages as the system gives them to a plain program, "huge" asks for huge ones. Each thread has
 * arrays of its own and stays on a processor of its own. -DOFFSET=512 adds so many elements to each array, as the
 * published program's option does: without it, arrays of a power of two lie at like addresses.
 */
#include "slices.h"
#include <pthread.h>
#include <sched.h>

#define N (ARRAY_BYTES / 8)
#ifndef OFFSET
#define OFFSET 0
#endif

static struct {
    double a[THREADS][N + OFFSET], b[THREADS][N + OFFSET], c[THREADS][N + OFFSET];
} all __attribute__((aligned(1 << 21)));
#define a all.a
#define b all.b
#define c all.c

enum kernel { COPY, SCALE, ADD, TRIAD };
static const char *const names[] = {"copy", "scale", "add", "triad"};
static const int arrays[] = {2, 2, 3, 3};

static enum kernel kernel;
static double duration;
static double score[THREADS];
static pthread_barrier_t together;

static void pass(int t) {
    const double factor = 3;
    switch (kernel) {
        case COPY:
            for (long i = 0; i < N; i++) c[t][i] = a[t][i];
            break;
        case SCALE:
            for (long i = 0; i < N; i++) c[t][i] = factor * a[t][i];
            break;
        case ADD:
            for (long i = 0; i < N; i++) c[t][i] = a[t][i] + b[t][i];
            break;
        case TRIAD:
            for (long i = 0; i < N; i++) c[t][i] = a[t][i] + factor * b[t][i];
            break;
    }
}

static void verify(int t) {
    static const double expected[] = {1, 3, 3, 7};
    for (long i = 0; i < N; i += 509) {
        if (!(c[t][i] == expected[kernel])) {
            fprintf(stderr, "%s: expected %g, got %g\n", names[kernel], expected[kernel], c[t][i]);
            exit(1);
        }
    }
}

/* The processor'th of those that this program may use. */
static void stay_on(int processor) {
    cpu_set_t allowed, one;
    CPU_ZERO(&one);
    if (sched_getaffinity(0, sizeof allowed, &allowed) != 0) die("sched_getaffinity");
    for (int cpu = 0; cpu < CPU_SETSIZE; cpu++)
        if (CPU_ISSET(cpu, &allowed) && processor-- == 0) CPU_SET(cpu, &one);
    if (CPU_COUNT(&one) == 1 && sched_setaffinity(0, sizeof one, &one) != 0) die("sched_setaffinity");
}

static void *work(void *number) {
    int t = (int)(intptr_t)number;
    stay_on(t);
    for (long i = 0; i < N; i++) {
        a[t][i] = 1;
        b[t][i] = 2;
        c[t][i] = 0;
    }
    for (;;) {
        pthread_barrier_wait(&together); /* prepared, or measured */
        pthread_barrier_wait(&together); /* asked */
        pass(t);
        double begin = seconds(), now;
        long passes = 0;
        do {
            pass(t);
            passes++;
            now = seconds();
        } while (now - begin < duration);
        verify(t);
        score[t] = 1e-6 * passes * arrays[kernel] * ARRAY_BYTES / (now - begin);
    }
    return NULL;
}

static double slice(const char *name, double asked) {
    kernel = COPY;
    while (kernel <= TRIAD && strcmp(names[kernel], name) != 0) kernel++;
    if (kernel > TRIAD) return 0;
    duration = asked;
    pthread_barrier_wait(&together);
    pthread_barrier_wait(&together);
    double sum = 0;
    for (int t = 0; t < THREADS; t++) sum += score[t];
    return sum;
}

int main(int count, char **words) {
    if (count != 2) {
        fprintf(stderr, "usage: stream small|huge\n");
        return 2;
    }
    if (strcmp(words[1], "huge") == 0) pages(&all, sizeof all, 1);
    pthread_barrier_init(&together, NULL, THREADS + 1);
    for (int t = 0; t < THREADS; t++) {
        pthread_t thread;
        if ((errno = pthread_create(&thread, NULL, work, (void *)(intptr_t)t)) != 0) die("pthread_create");
    }
    pthread_barrier_wait(&together);
    serve(slice);
    return 0;
}
