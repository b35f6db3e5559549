// What a C compiler makes of a product in Fq of BN254: Montgomery's, R = 2^256, limb by limb with the reduction (CIOS). Since the modulus leaves
// the top bits of the highest limb free, no carry leaves a row (Acar's and gnark's "no-carry" form). Prints the nanoseconds of a
// product, of many independent ones by one thread: the median of several runs.
//   gcc -O3 -march=native reference.c -o reference
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <x86intrin.h>

typedef uint64_t u64;
typedef unsigned __int128 u128;

enum { LIMBS = 4, PRODUCTS = 1024, ROUNDS = 2000, RUNS = 9 };

static const u64 Q[LIMBS] = {0x3c208c16d87cfd47, 0x97816a916871ca8d, 0xb85045b68181585d, 0x30644e72e131a029};
static const u64 MINUS_Q_INVERSE = 0x87d20782e4866389; // mod 2^64

static inline __attribute__((always_inline)) void mul(u64 *z, const u64 *x, const u64 *y) {
    u64 t[LIMBS] = {0};
#pragma GCC unroll 4
    for (int i = 0; i < LIMBS; i++) {
        u128 product = (u128)x[0] * y[i] + t[0];
        const u64 m = (u64)product * MINUS_Q_INVERSE;
        u128 reduced = (u128)m * Q[0] + (u64)product;
#pragma GCC unroll 4
        for (int j = 1; j < LIMBS; j++) {
            product = (u128)x[j] * y[i] + t[j] + (u64)(product >> 64);
            reduced = (u128)m * Q[j] + (u64)product + (u64)(reduced >> 64);
            t[j - 1] = (u64)reduced;
        }
        t[LIMBS - 1] = (u64)(product >> 64) + (u64)(reduced >> 64);
    }
    unsigned long long difference[LIMBS];
    unsigned char borrow = 0;
#pragma GCC unroll 4
    for (int j = 0; j < LIMBS; j++) borrow = _subborrow_u64(borrow, t[j], Q[j], &difference[j]);
    for (int j = 0; j < LIMBS; j++) z[j] = borrow ? t[j] : difference[j];
}

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1e9 + t.tv_nsec;
}

static int ascending(const void *a, const void *b) {
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static u64 random64(void) {
    static u64 state = 7;
    state ^= state << 13;
    state ^= state >> 7;
    return state ^= state << 17;
}

// R mod q stands for 1, q minus that for -1: whether (-1) (-1) = 1 and (-1) 1 = -1.
static int correct(void) {
    const u64 one[LIMBS] = {0xd35d438dc58f0d9d, 0x0a78eb28f5c70b3d, 0x666ea36f7879462c, 0x0e0a77c19a07df2f};
    u64 minusOne[LIMBS], z[LIMBS];
    u64 borrow = 0;
    for (int j = 0; j < LIMBS; j++) {
        const u128 difference = (u128)Q[j] - one[j] - borrow;
        minusOne[j] = (u64)difference;
        borrow = (u64)(difference >> 64) & 1;
    }
    int right = 1;
    mul(z, minusOne, minusOne);
    for (int j = 0; j < LIMBS; j++) right &= z[j] == one[j];
    mul(z, minusOne, one);
    for (int j = 0; j < LIMBS; j++) right &= z[j] == minusOne[j];
    return right;
}

int main(void) {
    static u64 x[LIMBS * PRODUCTS], y[LIMBS * PRODUCTS], z[LIMBS * PRODUCTS];
    for (int i = 0; i < LIMBS * PRODUCTS; i++) {
        x[i] = random64() >> 3;
        y[i] = random64() >> 3;
    }
    if (!correct()) {
        fputs("the products are wrong\n", stderr);
        return 1;
    }
    double runs[RUNS];
    for (int run = 0; run < RUNS; run++) {
        const double started = now();
        for (int round = 0; round < ROUNDS; round++) {
            for (int i = 0; i < LIMBS * PRODUCTS; i += LIMBS) mul(z + i, x + i, y + i);
            __asm__ volatile("" : : "r"(z) : "memory"); // every round writes
        }
        runs[run] = (now() - started) / ROUNDS / PRODUCTS;
    }
    qsort(runs, RUNS, sizeof runs[0], ascending);
    printf("%.3f\n", runs[RUNS / 2]);
    return 0;
}
