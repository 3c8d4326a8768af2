/* Solves a system of the given order by OpenBLAS: dgetrf and dgetrs. Its threads are set by OPENBLAS_NUM_THREADS. */
#include "peer.h"

extern char *openblas_get_corename(void);
extern void dgetrf_(int *m, int *n, double *a, int *lda, int *pivots, int *info);
extern void dgetrs_(char *trans, int *n, int *nrhs, double *a, int *lda, int *pivots, double *b, int *ldb, int *info);

static int n;
static double *source, *a, *b;
static int *pivots;

static void prepare(void) {
    memcpy(a, source, sizeof(double) * n * n);
    for (int i = 0; i < n; i++) b[i] = uniform(i + (unsigned long)n * n);
}

static void work(void) {
    int info, one = 1;
    dgetrf_(&n, &n, a, &n, pivots, &info);
    if (info == 0) dgetrs_("N", &n, &one, a, &n, pivots, b, &n, &info);
    if (info != 0) {
        fprintf(stderr, "OpenBLAS failed: info %d\n", info);
        exit(1);
    }
}

int main(int argc, char **argv) {
    if (argc != 2 || (n = atoi(argv[1])) < 1) {
        fprintf(stderr, "usage: %s ORDER\n", argv[0]);
        return 2;
    }
    fprintf(stderr, "OpenBLAS: kernels of %s\n", openblas_get_corename());
    source = malloc(sizeof(double) * n * n);
    a = malloc(sizeof(double) * n * n);
    b = malloc(sizeof(double) * n);
    pivots = malloc(sizeof(int) * n);
    for (unsigned long i = 0; i < (unsigned long)n * n; i++) source[i] = uniform(i);
    serve(prepare, work);
    return 0;
}
