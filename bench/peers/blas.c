/*
 * Products by OpenBLAS and copies of memory, timed in C. Answers the lines that child.mjs writes:
 * "time 100 gemm float32 512", "time 100 copy 268435456", "check gemm float32 512".
 * The library is loaded at run time, so that no header is needed.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { row_major = 101, no_transpose = 111 };

typedef void (*sgemm_t)(int, int, int, int, int, int, float, const float *, int, const float *, int, float, float *, int);
typedef void (*dgemm_t)(int, int, int, int, int, int, double, const double *, int, const double *, int, double, double *, int);

static sgemm_t sgemm;
static dgemm_t dgemm;

/* The work at hand: matrices of order n, or `bytes` to copy. */
static struct {
    char name[16], dtype[16];
    long size;
    void *a, *b, *c;
} work;

static double uniform(long i, long seed) { return fmod((1000003.0 * seed + i + 1) * 0.6180339887498949, 1); }

static void *matrix(long n, long seed, int is_float) {
    void *made = aligned_alloc(64, (size_t)(n * n * (is_float ? 4 : 8) + 63) / 64 * 64);
    for (long i = 0; i < n * n; i++) {
        if (is_float) ((float *)made)[i] = (float)uniform(i, seed);
        else ((double *)made)[i] = uniform(i, seed);
    }
    return made;
}

static void prepare(const char *name, const char *dtype, long size) {
    if (!strcmp(work.name, name) && !strcmp(work.dtype, dtype) && work.size == size) return;
    free(work.a), free(work.b), free(work.c);
    strcpy(work.name, name), strcpy(work.dtype, dtype), work.size = size;
    int is_float = !strcmp(dtype, "float32");
    if (!strcmp(name, "gemm")) {
        work.a = matrix(size, 1, is_float), work.b = matrix(size, 2, is_float), work.c = matrix(size, 3, is_float);
    } else {
        work.a = memset(malloc(size), 1, size), work.b = memset(malloc(size), 2, size), work.c = NULL;
    }
}

static void copy(char *to, const char *from, long bytes) {
    const long piece = 1 << 16;
#pragma omp parallel for schedule(static)
    for (long at = 0; at < bytes; at += piece) memcpy(to + at, from + at, bytes - at < piece ? bytes - at : piece);
}

static void call(void) {
    int n = (int)work.size;
    if (!strcmp(work.name, "copy")) copy(work.b, work.a, work.size);
    else if (!strcmp(work.dtype, "float32"))
        sgemm(row_major, no_transpose, no_transpose, n, n, n, 1, work.a, n, work.b, n, 0, work.c, n);
    else dgemm(row_major, no_transpose, no_transpose, n, n, n, 1, work.a, n, work.b, n, 0, work.c, n);
}

static double elapsed(long repeats) {
    struct timespec from, to;
    clock_gettime(CLOCK_MONOTONIC, &from);
    for (long i = 0; i < repeats; i++) call();
    clock_gettime(CLOCK_MONOTONIC, &to);
    return 1e3 * (to.tv_sec - from.tv_sec) + 1e-6 * (to.tv_nsec - from.tv_nsec);
}

static double measure(double milliseconds) {
    elapsed(1);
    for (long repeats = 1;;) {
        double time = elapsed(repeats);
        if (time >= 0.6 * milliseconds) return time / repeats;
        double wanted = ceil(milliseconds / fmax(time / repeats, 1e-6));
        repeats = (long)fmin(10.0 * repeats, wanted);
    }
}

static double check(void) {
    call();
    return !strcmp(work.dtype, "float32") ? ((float *)work.c)[1] : ((double *)work.c)[1];
}

int main(void) {
    void *library = NULL;
    const char *names[] = {"libopenblas.so.0", "libopenblas.so", "libopenblas.dylib"};
    for (int i = 0; i < 3 && !library; i++) library = dlopen(names[i], RTLD_NOW);
    if (library) sgemm = (sgemm_t)dlsym(library, "cblas_sgemm"), dgemm = (dgemm_t)dlsym(library, "cblas_dgemm");
    char *(*config)(void) = library ? (char *(*)(void))dlsym(library, "openblas_get_config") : NULL;
    printf("ready %s\n", config ? config() : "without OpenBLAS");
    fflush(stdout);
    char line[256], name[16], dtype[16];
    while (fgets(line, sizeof line, stdin)) {
        double time = 0;
        long size = 0;
        int is_time = sscanf(line, "time %lf gemm %15s %ld", &time, dtype, &size) == 3;
        int is_check = !is_time && sscanf(line, "check gemm %15s %ld", dtype, &size) == 2;
        strcpy(name, "gemm");
        if (!is_time && !is_check) {
            is_time = sscanf(line, "time %lf copy %ld", &time, &size) == 2;
            strcpy(name, "copy"), strcpy(dtype, "bytes");
        }
        if ((!is_time && !is_check) || (!strcmp(name, "gemm") && !(sgemm && dgemm))) {
            printf("error %s\n", sgemm ? "unknown work" : "there is no OpenBLAS");
        } else {
            prepare(name, dtype, size);
            printf("%.9g\n", is_time ? measure(time) : check());
        }
        fflush(stdout);
    }
    return 0;
}
