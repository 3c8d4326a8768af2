/*
 * Pointer chase: each load needs the address that the one before brought, along a random cycle through all lines.
 *
 *     gcc -O3 -march=native latency.c -o latency && ./latency MILLISECONDS BYTES...
 *
 * Prints "small BYTES NS" and "huge BYTES NS": nanoseconds per load without and with huge pages.
 */
#include "measure.h"

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

int main(int count, char **words) {
    if (count < 3) {
        fprintf(stderr, "usage: latency MILLISECONDS BYTES...\n");
        return 2;
    }
    double duration = 1e-3 * positive(words[1], "milliseconds");
    for (int i = 2; i < count; i++) {
        long bytes = positive(words[i], "bytes");
        for (int huge = 0; huge <= 1; huge++) {
            char *block = memory(bytes, huge);
            lay_cycle(block, bytes / LINE);
            const long loads = 1 << 16;
            char *at = follow(block, bytes / LINE);
            if (at != block) {
                fprintf(stderr, "expected to be home after %ld loads\n", bytes / LINE);
                return 1;
            }
            double begin = seconds(), now;
            long calls = 0;
            do {
                at = follow(at, loads);
                calls++;
                now = seconds();
            } while (now - begin < duration);
            if (at == NULL) return 1;
            printf("%s %ld %.3f\n", huge ? "huge" : "small", bytes, 1e9 * (now - begin) / calls / loads);
            fflush(stdout);
            munmap(block, bytes);
        }
    }
    return 0;
}
