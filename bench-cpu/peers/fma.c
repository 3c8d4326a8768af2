/* Fused multiply-adds in registers, twelve independent sums of vectors of BITS bits: the most that a core can calculate. */
#include "peer.h"

#ifdef __x86_64__
#include <immintrin.h>
#if BITS == 512
typedef __m512d vector;
#define BROADCAST _mm512_set1_pd
#define MULTIPLY_ADD _mm512_fmadd_pd
#elif BITS == 256
typedef __m256d vector;
#define BROADCAST _mm256_set1_pd
#define MULTIPLY_ADD _mm256_fmadd_pd
#else
typedef __m128d vector;
#define BROADCAST _mm_set1_pd
#define MULTIPLY_ADD _mm_fmadd_pd
#endif
#else
#include <arm_neon.h>
typedef float64x2_t vector;
#define BROADCAST vdupq_n_f64
#define MULTIPLY_ADD(left, right, sum) vfmaq_f64(sum, left, right)
#endif

#define SUMS 12
static long steps;
static vector sums[SUMS];

static void prepare(void) {
    for (int i = 0; i < SUMS; i++) sums[i] = BROADCAST(i + 1);
}

static void work(void) {
    vector left = BROADCAST(1 - 0x1p-20), right = BROADCAST(0x1p-21);
    vector s0 = sums[0], s1 = sums[1], s2 = sums[2], s3 = sums[3], s4 = sums[4], s5 = sums[5];
    vector s6 = sums[6], s7 = sums[7], s8 = sums[8], s9 = sums[9], s10 = sums[10], s11 = sums[11];
    for (long i = 0; i < steps; i++) {
        s0 = MULTIPLY_ADD(left, right, s0);
        s1 = MULTIPLY_ADD(left, right, s1);
        s2 = MULTIPLY_ADD(left, right, s2);
        s3 = MULTIPLY_ADD(left, right, s3);
        s4 = MULTIPLY_ADD(left, right, s4);
        s5 = MULTIPLY_ADD(left, right, s5);
        s6 = MULTIPLY_ADD(left, right, s6);
        s7 = MULTIPLY_ADD(left, right, s7);
        s8 = MULTIPLY_ADD(left, right, s8);
        s9 = MULTIPLY_ADD(left, right, s9);
        s10 = MULTIPLY_ADD(left, right, s10);
        s11 = MULTIPLY_ADD(left, right, s11);
    }
    sums[0] = s0, sums[1] = s1, sums[2] = s2, sums[3] = s3, sums[4] = s4, sums[5] = s5;
    sums[6] = s6, sums[7] = s7, sums[8] = s8, sums[9] = s9, sums[10] = s10, sums[11] = s11;
    __asm__ volatile("" ::"r"(sums) : "memory");
}

int main(int argc, char **argv) {
    if (argc != 2 || (steps = atol(argv[1])) < 1) {
        fprintf(stderr, "usage: %s STEPS\n", argv[0]);
        return 2;
    }
    serve(prepare, work);
    return 0;
}
