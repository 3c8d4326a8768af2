/*
 * One block read, or written, again and again, 1 KiB unrolled, through every width of register that the machine has.
 *
 *     gcc -O2 -march=native block.c -o block && echo "read-sse 20" | ./block BYTES
 *
 * Scores are MB/s. "word", "mmx" and "sse" are what RAMspeed's assembly does; "avx" and "avx512" go beyond it, and
 * "memset" is the C library's choice. Loads are volatile assembly, since a compiler would drop what nobody uses. "avx-sum" and
 * "avx512-sum" add what they load, into as many sums as ours: what is between them and "avx" no program can have that must use
 * what it reads.
 */
#include "slices.h"

typedef void (*kernel)(char *block, long bytes, long passes);

#define LINES(one) \
    one(0) one(64) one(128) one(192) one(256) one(320) one(384) one(448) \
    one(512) one(576) one(640) one(704) one(768) one(832) one(896) one(960)

#define KERNEL(name, one) \
    static void name(char *block, long bytes, long passes) { \
        for (long pass = 0; pass < passes; pass++) \
            for (char *p = block; p < block + bytes; p += 1024) { LINES(one) } \
    }

/* One access at an offset; stores take what the register holds, since only that bytes move counts. */
#define LOAD(at, move, reg) __asm__ volatile(move " %c0(%1), %%" reg ::"i"(at), "r"(p) : "memory", reg);
#define STORE(at, move, reg) __asm__ volatile(move " %%" reg ", %c0(%1)" ::"i"(at), "r"(p) : "memory");
/* GCC knows the wide registers by the names of their low parts. */
#define LOAD_WIDE(at, reg, low) __asm__ volatile("vmovaps %c0(%1), %%" reg ::"i"(at), "r"(p) : "memory", low);

/* A line of 64 bytes in 8, 4, 2 or 1 accesses; registers alternate so that none waits. */
#define READ_WORD(at) \
    LOAD(at, "mov", "r8") LOAD(at + 8, "mov", "r9") LOAD(at + 16, "mov", "r8") LOAD(at + 24, "mov", "r9") \
    LOAD(at + 32, "mov", "r8") LOAD(at + 40, "mov", "r9") LOAD(at + 48, "mov", "r8") LOAD(at + 56, "mov", "r9")
#define WRITE_WORD(at) \
    STORE(at, "mov", "r8") STORE(at + 8, "mov", "r8") STORE(at + 16, "mov", "r8") STORE(at + 24, "mov", "r8") \
    STORE(at + 32, "mov", "r8") STORE(at + 40, "mov", "r8") STORE(at + 48, "mov", "r8") STORE(at + 56, "mov", "r8")
#define READ_MMX(at) \
    LOAD(at, "movq", "mm0") LOAD(at + 8, "movq", "mm1") LOAD(at + 16, "movq", "mm0") LOAD(at + 24, "movq", "mm1") \
    LOAD(at + 32, "movq", "mm0") LOAD(at + 40, "movq", "mm1") LOAD(at + 48, "movq", "mm0") LOAD(at + 56, "movq", "mm1")
#define WRITE_MMX(at) \
    STORE(at, "movq", "mm0") STORE(at + 8, "movq", "mm0") STORE(at + 16, "movq", "mm0") STORE(at + 24, "movq", "mm0") \
    STORE(at + 32, "movq", "mm0") STORE(at + 40, "movq", "mm0") STORE(at + 48, "movq", "mm0") STORE(at + 56, "movq", "mm0")
#define READ_SSE(at) \
    LOAD(at, "movaps", "xmm0") LOAD(at + 16, "movaps", "xmm1") \
    LOAD(at + 32, "movaps", "xmm2") LOAD(at + 48, "movaps", "xmm3")
#define WRITE_SSE(at) \
    STORE(at, "movaps", "xmm0") STORE(at + 16, "movaps", "xmm0") \
    STORE(at + 32, "movaps", "xmm0") STORE(at + 48, "movaps", "xmm0")
#define READ_AVX(at) LOAD_WIDE(at, "ymm0", "xmm0") LOAD_WIDE(at + 32, "ymm1", "xmm1")
#define WRITE_AVX(at) STORE(at, "vmovaps", "ymm0") STORE(at + 32, "vmovaps", "ymm0")
#define READ_AVX512(at) LOAD_WIDE(at, "zmm16", "xmm16")
#define WRITE_AVX512(at) STORE(at, "vmovaps", "zmm16")
/* Four sums take turns, so that no addition waits for the one before. */
#define SUM(at, reg, low) __asm__ volatile("vpaddq %c0(%1), %%" reg ", %%" reg ::"i"(at), "r"(p) : "memory", low);
#define READ_AVX_SUM(at) \
    if ((at) % 128 == 0) { SUM(at, "ymm0", "xmm0") SUM(at + 32, "ymm1", "xmm1") } \
    else { SUM(at, "ymm2", "xmm2") SUM(at + 32, "ymm3", "xmm3") }
#define READ_AVX512_SUM(at) \
    if ((at) % 256 == 0) { SUM(at, "zmm16", "xmm16") } \
    else if ((at) % 256 == 64) { SUM(at, "zmm17", "xmm17") } \
    else if ((at) % 256 == 128) { SUM(at, "zmm18", "xmm18") } \
    else { SUM(at, "zmm19", "xmm19") }

KERNEL(read_word, READ_WORD)
KERNEL(write_word, WRITE_WORD)
KERNEL(read_mmx, READ_MMX)
KERNEL(write_mmx, WRITE_MMX)
KERNEL(read_sse, READ_SSE)
KERNEL(write_sse, WRITE_SSE)
#ifdef __AVX__
KERNEL(read_avx, READ_AVX)
KERNEL(write_avx, WRITE_AVX)
#endif
#ifdef __AVX2__
KERNEL(read_avx_sum, READ_AVX_SUM)
#endif
#ifdef __AVX512F__
KERNEL(read_avx512, READ_AVX512)
KERNEL(read_avx512_sum, READ_AVX512_SUM)
KERNEL(write_avx512, WRITE_AVX512)
#endif

static void write_memset(char *block, long bytes, long passes) {
    for (long pass = 0; pass < passes; pass++) {
        memset(block, (int)pass, bytes);
        __asm__ volatile("" ::: "memory");
    }
}

static const struct {
    const char *name;
    kernel run;
} kernels[] = {
    {"read-word", read_word},
    {"read-mmx", read_mmx},
    {"read-sse", read_sse},
#ifdef __AVX__
    {"read-avx", read_avx},
#endif
#ifdef __AVX2__
    {"read-avx-sum", read_avx_sum},
#endif
#ifdef __AVX512F__
    {"read-avx512", read_avx512},
    {"read-avx512-sum", read_avx512_sum},
#endif
    {"write-word", write_word},
    {"write-mmx", write_mmx},
    {"write-sse", write_sse},
#ifdef __AVX__
    {"write-avx", write_avx},
#endif
#ifdef __AVX512F__
    {"write-avx512", write_avx512},
#endif
    {"write-memset", write_memset},
};

static char *block;
static long bytes, passes;

static double slice(const char *name, double duration) {
    size_t k = 0;
    while (k < sizeof kernels / sizeof *kernels && strcmp(kernels[k].name, name) != 0) k++;
    if (k == sizeof kernels / sizeof *kernels) return 0;
    kernels[k].run(block, bytes, passes);
    double begin = seconds(), now;
    long calls = 0;
    do {
        kernels[k].run(block, bytes, passes);
        calls++;
        now = seconds();
    } while (now - begin < duration);
    __asm__ volatile("emms");
    return 1e-6 * calls * passes * bytes / (now - begin);
}

int main(int count, char **words) {
    if (count != 2) {
        fprintf(stderr, "usage: block BYTES\n");
        return 2;
    }
    bytes = positive(words[1], "bytes");
    if (bytes % 1024 != 0) {
        fprintf(stderr, "bytes: expected a multiple of 1024, got %ld\n", bytes);
        return 2;
    }
    block = memory(bytes, 1);
    passes = bytes < (1 << 20) ? (1 << 20) / bytes : 1;
    serve(slice);
    return 0;
}
