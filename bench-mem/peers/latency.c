/*
 * Pointer chase: each load needs the address that the one before brought, along a random cycle through all lines.
 *
 *     gcc -O3 -march=native latency.c -o latency && echo "load 20" | ./latency BYTES small|huge
 *
 * The score is nanoseconds per load.
 */
#include "slices.h"

enum { LINE = 64 };

static uint64_t state = 88172645463325252u;

/* Marsaglia's xorshift: long period, and no bias that a shuffle of lines would show. */
static uint64_t draw(void) {
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return state;
}

static void lay_cycle(char *block, long lines) {
    for (long i = 0; i < lines; i++) *(char **)(block + i * LINE) = block + i * LINE;
    for (long i = lines - 1; i > 0; i--) {
        char **here = (char **)(block + i * LINE), **there = (char **)(block + (long)(draw() % i) * LINE);
        char *kept = *here;
        *here = *there;
        *there = kept;
    }
}

static char *follow(char *at, long loads) {
    for (long i = 0; i < loads; i++) at = *(char **)at;
    return at;
}

static char *at;

static double slice(const char *kernel, double duration) {
    if (strcmp(kernel, "load") != 0) return 0;
    const long loads = 1 << 16;
    at = follow(at, loads);
    double begin = seconds(), now;
    long calls = 0;
    do {
        at = follow(at, loads);
        calls++;
        now = seconds();
    } while (now - begin < duration);
    if (at == NULL) exit(1);
    return 1e9 * (now - begin) / calls / loads;
}

int main(int count, char **words) {
    if (count != 3) {
        fprintf(stderr, "usage: latency BYTES small|huge\n");
        return 2;
    }
    long bytes = positive(words[1], "bytes");
    at = memory(bytes, strcmp(words[2], "huge") == 0);
    lay_cycle(at, bytes / LINE);
    if (follow(at, bytes / LINE) != at) {
        fprintf(stderr, "expected to be home after %ld loads\n", bytes / LINE);
        return 1;
    }
    serve(slice);
    return 0;
}
