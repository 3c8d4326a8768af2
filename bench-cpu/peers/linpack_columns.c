/* LINPACK's dgefa and dgesl on columns, written after their published definition (LINPACK Users' Guide, 1979), with the
   program's layout: the leading dimension is the array size, the order half of it. */
#include "peer.h"
#include <math.h>

static int lda, n;
static double *a, *b;
static int *pivots;

#ifdef UNROLLED
static void daxpy(int count, double factor, const double *x, double *y) {
    int first = count % 4;
    for (int i = 0; i < first; i++) y[i] += factor * x[i];
    for (int i = first; i < count; i += 4) {
        y[i] += factor * x[i];
        y[i + 1] += factor * x[i + 1];
        y[i + 2] += factor * x[i + 2];
        y[i + 3] += factor * x[i + 3];
    }
}
#else
static void daxpy(int count, double factor, const double *x, double *y) {
    for (int i = 0; i < count; i++) y[i] += factor * x[i];
}
#endif

static void dscal(int count, double factor, double *x) {
    for (int i = 0; i < count; i++) x[i] *= factor;
}

static int idamax(int count, const double *x) {
    int index = 0;
    for (int i = 1; i < count; i++)
        if (fabs(x[i]) > fabs(x[index])) index = i;
    return index;
}

static void exchange(double *x, int i, int j) {
    double t = x[i];
    x[i] = x[j];
    x[j] = t;
}

static void dgefa(void) {
    for (int k = 0; k < n - 1; k++) {
        double *column = a + (size_t)k * lda;
        int pivot = pivots[k] = k + idamax(n - k, column + k);
        exchange(column, pivot, k);
        dscal(n - k - 1, -1 / column[k], column + k + 1);
        for (int j = k + 1; j < n; j++) {
            double *target = a + (size_t)j * lda;
            exchange(target, pivot, k);
            daxpy(n - k - 1, target[k], column + k + 1, target + k + 1);
        }
    }
}

static void dgesl(void) {
    for (int k = 0; k < n - 1; k++) {
        exchange(b, pivots[k], k);
        daxpy(n - k - 1, b[k], a + (size_t)k * lda + k + 1, b + k + 1);
    }
    for (int k = n - 1; k >= 0; k--) {
        b[k] /= a[(size_t)k * lda + k];
        daxpy(k, -b[k], a + (size_t)k * lda, b);
    }
}

static void prepare(void) {
    for (int i = 0; i < n; i++) b[i] = 0;
    for (int j = 0; j < n; j++)
        for (int i = 0; i < n; i++) b[i] += a[(size_t)j * lda + i] = uniform(i + (unsigned long)j * n);
}

static void work(void) {
    dgefa();
    dgesl();
}

int main(int argc, char **argv) {
    if (argc != 2 || (lda = atoi(argv[1])) < 10 || lda % 2) {
        fprintf(stderr, "usage: %s ARRAY_SIZE (even, at least 10)\n", argv[0]);
        return 2;
    }
    n = lda / 2;
    a = malloc(sizeof(double) * lda * n);
    b = malloc(sizeof(double) * n);
    pivots = malloc(sizeof(int) * n);
    prepare();
    work();
    for (int i = 0; i < n; i++)
        if (!(fabs(b[i] - 1) < 1e-6)) {
            fprintf(stderr, "wrong solution: expected 1, got %g\n", b[i]);
            return 1;
        }
    serve(prepare, work);
    return 0;
}
