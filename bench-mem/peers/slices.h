/* What every peer has in common: memory, threads, and slices of work on demand. */
#ifndef SLICES_H
#define SLICES_H

#define _GNU_SOURCE
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>

static double seconds(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec + 1e-9 * t.tv_nsec;
}

static void die(const char *what) {
    fprintf(stderr, "%s: %s\n", what, strerror(errno));
    exit(1);
}

static inline long positive(const char *text, const char *what) {
    char *end;
    long value = strtol(text, &end, 10);
    if (*end != 0 || value <= 0) {
        fprintf(stderr, "%s: expected a positive number, got %s\n", what, text);
        exit(2);
    }
    return value;
}

/* Pages of so many bytes from a 2 MiB boundary. */
static inline void pages(void *from, size_t bytes, int huge) {
    if (madvise(from, bytes, huge ? MADV_HUGEPAGE : MADV_NOHUGEPAGE) != 0) die("madvise");
}

/* Memory from a 2 MiB boundary, touched. */
static inline char *memory(size_t bytes, int huge) {
    size_t grain = 2 << 20;
    char *p = mmap(NULL, bytes + grain, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (p == MAP_FAILED) die("mmap");
    p = (char *)(((uintptr_t)p + grain - 1) & ~(uintptr_t)(grain - 1));
    pages(p, (bytes + grain - 1) & ~(grain - 1), huge);
    memset(p, 1, bytes);
    return p;
}

/* Says that all is prepared, then answers each line "KERNEL MILLISECONDS" with the score of a slice of that length. */
static void serve(double (*slice)(const char *kernel, double duration)) {
    char kernel[40];
    double ms;
    printf("ready\n");
    fflush(stdout);
    while (scanf("%39s %lf", kernel, &ms) == 2) {
        printf("%.6g\n", slice(kernel, 1e-3 * ms));
        fflush(stdout);
    }
}

#endif
