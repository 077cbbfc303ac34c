/** @file
 * Marks what libkith exports; everything else stays hidden.
 */
#ifndef KITH_VISIBILITY_H
#define KITH_VISIBILITY_H

#if defined(__GNUC__)
#define KITH_API __attribute__((visibility("default")))
#else
#define KITH_API
#endif

#endif
