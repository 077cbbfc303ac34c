#include <omp.h>
#include <stdio.h>
#include <string.h>

#include "base/gz.h"
#include "base/mem.h"

#define LENGTH ((size_t)5 << 20)

/** The check sum of what a stream hands on, and its length. */
typedef struct sum {
    uint64_t value, length;
} sum;

static bool add_up(void *ctx, const void *bytes, size_t length)
{
    sum *s = ctx;

    for (size_t i = 0; i < length; i++)
        s->value = s->value * 31 + ((const unsigned char *)bytes)[i];
    s->length += length;
    return true;
}

static bool pack(const unsigned char *text, int threads, sum *out)
{
    kith_gz *gz = NULL;

    omp_set_num_threads(threads);
    bool packed = kith_gz_open(add_up, out, &gz, NULL) == KITH_OK &&
                  kith_gz_write(gz, text, LENGTH) == KITH_OK && kith_gz_finish(gz) == KITH_OK;
    kith_gz_close(gz);
    return packed;
}

int main(void)
{
    unsigned char *text = kith_malloc(LENGTH);
    sum one = {0, 0};
    sum four = {0, 0};

    for (size_t i = 0; text && i < LENGTH; i++)
        text[i] = (unsigned char)(i * i >> 7);
    bool same = text && pack(text, 1, &one) && pack(text, 4, &four) && memcmp(&one, &four, sizeof one) == 0;
    kith_free(text);
    puts(same ? "same" : "not the same on one thread and on four");
    return same ? 0 : 1;
}
