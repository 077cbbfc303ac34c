/** @file
 * Functions on vectors of the compiler's own, compiled for wide registers and for plain ones.
 */
#ifndef KITH_BASE_WIDE_H
#define KITH_BASE_WIDE_H

/* Before a function: compiled twice, and chosen by the processor when the library is loaded; thread
 * sanitizers are not ready that early. */
#if defined(__has_feature)
#define KITH_HAS_FEATURE(name) __has_feature(name)
#else
#define KITH_HAS_FEATURE(name) 0
#endif
#if defined(__x86_64__) && defined(__GLIBC__) && !defined(__SANITIZE_THREAD__) &&                            \
    !KITH_HAS_FEATURE(thread_sanitizer)
#define KITH_WIDE __attribute__((target_clones("avx2", "default")))
#else
#define KITH_WIDE
#endif

/* What such a function calls, so that it is compiled twice with it. */
#define KITH_INLINED static inline __attribute__((always_inline))

#endif
