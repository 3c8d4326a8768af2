/* Time, and copies of a measurement that run at the same moment, one process to a processor. */
#ifndef MEASURE_H
#define MEASURE_H

#define _GNU_SOURCE
#include <errno.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double seconds(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec + 1e-9 * t.tv_nsec;
}

static void die(const char *what) {
    fprintf(stderr, "%s: %s\n", what, strerror(errno));
    exit(1);
}

static long positive(const char *text, const char *what) {
    char *end;
    long value = strtol(text, &end, 10);
    if (*end != 0 || value <= 0) {
        fprintf(stderr, "%s: expected a positive number, got %s\n", what, text);
        exit(2);
    }
    return value;
}

/* Memory from a 2 MiB boundary, in huge pages when asked for, touched. */
static char *memory(size_t bytes, int huge) {
    size_t grain = 2 << 20;
    char *p = mmap(NULL, bytes + grain, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (p == MAP_FAILED) die("mmap");
    p = (char *)(((uintptr_t)p + grain - 1) & ~(uintptr_t)(grain - 1));
    if (madvise(p, bytes, huge ? MADV_HUGEPAGE : MADV_NOHUGEPAGE) != 0) die("madvise");
    memset(p, 1, bytes);
    return p;
}

struct shared {
    atomic_int ready;
    double result[];
};

/* Runs work() in so many processes at once, each on a processor of its own among the allowed ones, and sums up. */
static double together(int processes, double (*work)(void *), void *argument) {
    size_t bytes = sizeof(struct shared) + processes * sizeof(double);
    struct shared *shared = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (shared == MAP_FAILED) die("mmap");
    cpu_set_t allowed;
    if (sched_getaffinity(0, sizeof allowed, &allowed) != 0) die("sched_getaffinity");
    int cpu = -1;
    for (int i = 0; i < processes; i++) {
        do cpu++;
        while (cpu < CPU_SETSIZE && !CPU_ISSET(cpu, &allowed));
        pid_t child = fork();
        if (child < 0) die("fork");
        if (child == 0) {
            cpu_set_t one;
            CPU_ZERO(&one);
            if (cpu < CPU_SETSIZE) {
                CPU_SET(cpu, &one);
                if (sched_setaffinity(0, sizeof one, &one) != 0) die("sched_setaffinity");
            }
            atomic_fetch_add(&shared->ready, 1);
            while (atomic_load(&shared->ready) < processes) sched_yield();
            shared->result[i] = work(argument);
            _exit(0);
        }
    }
    double sum = 0;
    for (int i = 0; i < processes; i++) {
        int status;
        if (wait(&status) < 0 || status != 0) {
            fprintf(stderr, "a measuring process failed\n");
            exit(1);
        }
    }
    for (int i = 0; i < processes; i++) sum += shared->result[i];
    munmap(shared, bytes);
    return sum;
}

#endif
