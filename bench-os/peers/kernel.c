/*
 * What bench-os measures, without a JVM; in the spirit of lmbench's lat_syscall, lat_pagefault, lat_ctx and of will-it-scale.
 *
 *     gcc -O2 -pthread kernel.c -o kernel && ./kernel MS nullCall freshPage wakeUp ...
 *
 * Each case works for MS milliseconds; a line "CASE NANOSECONDS" for each, as the benchmark of that name has them.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <linux/futex.h>
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

enum { PAGES = 1024, CALLS_BETWEEN_LOOKS = 64 };

static double duration_ns;

static void need(int holds, const char *what) {
    if (!holds) {
        fprintf(stderr, "kernel: %s: %s\n", what, strerror(errno));
        exit(1);
    }
}

static double now_ns(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1e9 + now.tv_nsec;
}

static void bind_to(int processor) {
    cpu_set_t set;
    CPU_ZERO(&set);
    CPU_SET(processor, &set);
    need(sched_setaffinity(0, sizeof set, &set) == 0, "sched_setaffinity");
    need(sched_getcpu() == processor, "sched_getcpu");
}

static int first_processor, second_processor = -1;

/* The first that may be used, and the next; siblings of one core are not told apart, so give taskset a list that is apart. */
static void find_processors(void) {
    cpu_set_t set;
    need(sched_getaffinity(0, sizeof set, &set) == 0, "sched_getaffinity");
    int found = 0;
    for (int i = 0; i < CPU_SETSIZE && found < 2; i++) {
        if (CPU_ISSET(i, &set)) *(found++ == 0 ? &first_processor : &second_processor) = i;
    }
}

/* Nanoseconds a call, and how many were made. */
static double per_call(void (*call)(void), int calls_between_looks) {
    call();
    double begin = now_ns(), now;
    long calls = 0;
    do {
        for (int i = 0; i < calls_between_looks; i++) call();
        calls += calls_between_looks;
        now = now_ns();
    } while (now - begin < duration_ns);
    return (now - begin) / calls;
}

static void getppid_call(void) { need(syscall(SYS_getppid) > 0, "getppid"); }

static volatile long number = 110;
static long (*volatile nothing)(long) = labs; /* else it would be inlined */
static void library_call(void) { need(nothing(number) == 110, "labs"); }

static struct timespec read_time;
static void clock_call(void) { need(syscall(SYS_clock_gettime, CLOCK_MONOTONIC, &read_time) == 0, "clock_gettime"); }
static void clock_vdso(void) { need(clock_gettime(CLOCK_MONOTONIC, &read_time) == 0, "clock_gettime"); }

static char *map(long bytes) {
    char *memory = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    need(memory != MAP_FAILED, "mmap");
    madvise(memory, bytes, MADV_NOHUGEPAGE);
    return memory;
}

/* Giving the pages back is not in the time, as in the benchmark. */
static double page(int fresh) {
    long page_bytes = sysconf(_SC_PAGESIZE), bytes = PAGES * page_bytes;
    volatile char *memory = map(bytes);
    for (long at = 0; at < bytes; at += page_bytes) memory[at] = 1;
    double in_walks = 0, begin = now_ns();
    long walks = 0;
    do {
        if (fresh) need(madvise((char *)memory, bytes, MADV_DONTNEED) == 0, "madvise");
        double before = now_ns();
        for (long at = 0; at < bytes; at += page_bytes) memory[at] = (char)walks;
        in_walks += now_ns() - before;
        walks++;
    } while (now_ns() - begin < duration_ns);
    munmap((char *)memory, bytes);
    return in_walks / walks / PAGES;
}

/* Two threads that take turns: the word says whose turn it is, and whoever waits for it sleeps on it. */
static _Atomic int turn, ends;
static int spinning, partners_processor;

static void wake(int thread) {
    atomic_store_explicit(&turn, thread, memory_order_release);
    if (!spinning) syscall(SYS_futex, &turn, FUTEX_WAKE_PRIVATE, 1, NULL, NULL, 0);
}

static void await(int thread) {
    int now;
    while ((now = atomic_load_explicit(&turn, memory_order_acquire)) != thread) {
        if (!spinning) syscall(SYS_futex, &turn, FUTEX_WAIT_PRIVATE, now, NULL, NULL, 0);
#if defined __x86_64__
        else __builtin_ia32_pause(); /* as Java's onSpinWait */
#endif
    }
}

static void *answer(void *unused) {
    bind_to(partners_processor);
    for (await(1); !ends; await(1)) wake(0);
    return unused;
}

static void round_trip(void) {
    wake(1);
    await(0);
}

static double hand_over(int processor, int spin) {
    need(processor >= 0, "two processors");
    spinning = spin;
    partners_processor = processor;
    ends = turn = 0;
    bind_to(first_processor);
    pthread_t partner;
    need(pthread_create(&partner, NULL, answer, NULL) == 0, "pthread_create");
    double ns = per_call(round_trip, 1) / 2;
    ends = 1;
    wake(1);
    pthread_join(partner, NULL);
    return ns;
}

static char *shared;
static long shared_bytes;

static void protect(void) {
    need(mprotect(shared, shared_bytes, PROT_READ) == 0 && mprotect(shared, shared_bytes, PROT_READ | PROT_WRITE) == 0, "mprotect");
    ((volatile char *)shared)[0]++;
}

static void *read_page(void *unused) {
    bind_to(second_processor);
    wake(0);
    for (volatile char *page = shared; !ends;) (void)page[0];
    return unused;
}

static double protect_page(int with_reader) {
    need(second_processor >= 0, "two processors");
    shared_bytes = sysconf(_SC_PAGESIZE);
    shared = map(shared_bytes);
    spinning = 0;
    ends = 0;
    turn = 1;
    bind_to(first_processor);
    pthread_t reader;
    if (with_reader) {
        need(pthread_create(&reader, NULL, read_page, NULL) == 0, "pthread_create");
        await(0);
    }
    double ns = per_call(protect, 1);
    ends = 1;
    if (with_reader) pthread_join(reader, NULL);
    munmap(shared, shared_bytes);
    return ns;
}

static double park(long asked_ns) {
    double begin = now_ns(), now;
    long calls = 0;
    struct timespec wanted = {0, asked_ns};
    do {
        need(clock_nanosleep(CLOCK_MONOTONIC, 0, &wanted, NULL) == 0, "clock_nanosleep");
        calls++;
        now = now_ns();
    } while (now - begin < duration_ns);
    return (now - begin) / calls;
}

static double measure(const char *name) {
    if (strcmp(name, "nullCall") == 0) return per_call(getppid_call, CALLS_BETWEEN_LOOKS);
    if (strcmp(name, "libraryCall") == 0) return per_call(library_call, CALLS_BETWEEN_LOOKS);
    if (strcmp(name, "clockGettime") == 0) return per_call(clock_call, CALLS_BETWEEN_LOOKS);
    if (strcmp(name, "nanoTime") == 0) return per_call(clock_vdso, CALLS_BETWEEN_LOOKS);
    if (strcmp(name, "parkNanos") == 0) return park(50000);
    if (strcmp(name, "freshPage") == 0) return page(1);
    if (strcmp(name, "mappedPage") == 0) return page(0);
    if (strcmp(name, "contextSwitch") == 0) return hand_over(first_processor, 0);
    if (strcmp(name, "wakeUp") == 0) return hand_over(second_processor, 0);
    if (strcmp(name, "spinning") == 0) return hand_over(second_processor, 1);
    if (strcmp(name, "protectShared") == 0) return protect_page(1);
    if (strcmp(name, "protectAlone") == 0) return protect_page(0);
    fprintf(stderr, "kernel: no case %s\n", name);
    exit(2);
}

int main(int count, char **words) {
    if (count < 3 || atof(words[1]) <= 0) {
        fprintf(stderr, "usage: kernel MS CASE...\n");
        return 2;
    }
    duration_ns = atof(words[1]) * 1e6;
    find_processors();
    for (int i = 2; i < count; i++) printf("%s %.2f\n", words[i], measure(words[i]));
    return 0;
}
