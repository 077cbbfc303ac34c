#include <inttypes.h>
#include <stdio.h>
#include <sys/resource.h>
#include <unistd.h>

#include <criterion/criterion.h>
#include <stdint.h>
#include <string.h>

#include "base/arena.h"
#include "base/dynbuf.h"
#include "base/mem.h"
#include "base/memory_left.h"
#include "each_failure.h"
#include "temp_folder.h"

Test(mem, what_is_given_back_is_no_longer_live)
{
    uint64_t before = kith_mem_live();
    char *text = kith_strdup("ann");
    void *nothing = kith_malloc(0);
    uint32_t *zeroed = kith_calloc(5, sizeof *zeroed);

    cr_assert_str_eq(text, "ann");
    cr_assert_not_null(nothing);
    for (int i = 0; i < 5; i++)
        cr_assert_eq(zeroed[i], 0);
    cr_assert_eq(kith_mem_live(), before + 3);
    text = kith_realloc(text, 100, 1);
    cr_assert_str_eq(text, "ann");
    cr_assert_eq(kith_mem_live(), before + 3);
    kith_free(text);
    kith_free(nothing);
    kith_free(zeroed);
    kith_free(NULL);
    cr_assert_eq(kith_mem_live(), before);
}

Test(mem, a_size_beyond_size_t_is_refused)
{
    size_t half = SIZE_MAX / 2 + 1;
    void *array = NULL;
    size_t capacity = 0;

    cr_assert_null(kith_calloc(half, 2));
    cr_assert_null(kith_alloc_array(half, 2));
    cr_assert_null(kith_realloc(NULL, half, 2));
    cr_assert_not(kith_grow(&array, &capacity, half, 2));
    cr_assert_null(array);
    cr_assert_eq(capacity, 0);
}

Test(mem, after_n_allocations_all_fail)
{
    kith_mem_fail_after(2);
    void *first = kith_malloc(1);
    void *second = kith_calloc(1, 1);
    void *third = kith_malloc(1);
    void *fourth = kith_realloc(NULL, 1, 1);
    void *moved = kith_realloc(first, 100, 1);
    kith_mem_fail_after(UINT64_MAX);

    cr_assert_not_null(first);
    cr_assert_not_null(second);
    cr_assert_null(third);
    cr_assert_null(fourth);
    cr_assert_null(moved);
    kith_free(first);
    kith_free(second);
}

Test(mem, growing_keeps_the_elements_and_costs_few_moves)
{
    uint32_t *array = NULL;
    size_t capacity = 0;
    size_t moves = 0;

    for (uint32_t i = 0; i < 100000; i++) {
        size_t before = capacity;
        cr_assert(kith_grow((void **)&array, &capacity, (size_t)i + 1, sizeof *array));
        moves += capacity != before;
        array[i] = i;
    }
    cr_assert_leq(moves, 17); /* log2(100000) */
    for (uint32_t i = 0; i < 100000; i++)
        cr_assert_eq(array[i], i);
    kith_free(array);
}

Test(arena, objects_are_aligned_apart_and_stay)
{
    enum { COUNT = 3000 };
    kith_arena arena = {0};
    unsigned char *object[COUNT];
    char *text[COUNT];

    for (size_t i = 0; i < COUNT; i++) {
        size_t size = i % 7 == 0 ? 5000 : i % 61;
        object[i] = kith_arena_alloc(&arena, size);
        cr_assert_eq((uintptr_t)object[i] % _Alignof(max_align_t), 0);
        memset(object[i], (int)(i % 251), size);
        text[i] = kith_arena_copy(&arena, "contact", i % 8);
    }
    for (size_t i = 0; i < COUNT; i++) {
        size_t size = i % 7 == 0 ? 5000 : i % 61;
        for (size_t k = 0; k < size; k++)
            cr_assert_eq(object[i][k], i % 251);
        cr_assert_eq(strlen(text[i]), i % 8);
        cr_assert_eq(strncmp(text[i], "contact", i % 8), 0);
    }
    kith_arena_free(&arena);
    cr_assert_eq(kith_mem_live(), 0);
    cr_assert_not_null(kith_arena_alloc(&arena, 1));
    kith_arena_free(&arena);
}

Test(arena, a_size_beyond_memory_is_refused)
{
    kith_arena arena = {0};

    cr_assert_null(kith_arena_alloc(&arena, SIZE_MAX));
    cr_assert_null(kith_arena_copy(&arena, "", SIZE_MAX));
    kith_arena_free(&arena);
}

static kith_code fill_arena(void *ctx, kith_err *err)
{
    kith_arena arena = {0};
    bool ok = true;

    (void)ctx;
    for (size_t i = 0; i < 100 && ok; i++)
        ok = kith_arena_alloc(&arena, i * 50) && kith_arena_copy(&arena, "text", 4);
    kith_arena_free(&arena);
    return ok ? KITH_OK : kith_fail_memory(err, "arena");
}

Test(arena, every_failed_allocation)
{
    cr_assert_gt(each_failure(fill_arena, NULL), 2);
}

Test(dynbuf, appends_bytes_text_and_numbers)
{
    kith_dynbuf buf = {0};

    cr_assert_str_eq(kith_dynbuf_cstr(&buf), "");
    kith_dynbuf_text(&buf, "a");
    kith_dynbuf_put(&buf, 'b');
    kith_dynbuf_printf(&buf, "%05d", 42);
    kith_dynbuf_append(&buf, NULL, 0);
    kith_dynbuf_append(&buf, "x\0y", 3);
    cr_assert_eq(buf.length, 10);
    cr_assert_eq(memcmp(buf.data, "ab00042x\0y", 11), 0);
    cr_assert_eq(kith_dynbuf_check(&buf, "text", NULL), KITH_OK);
    kith_dynbuf_clear(&buf);
    cr_assert_str_eq(kith_dynbuf_cstr(&buf), "");
    kith_dynbuf_free(&buf);
    cr_assert_eq(kith_mem_live(), 0);
}

Test(dynbuf, decimal_digits)
{
    kith_dynbuf buf = {0};

    kith_dynbuf_decimal(&buf, 0);
    kith_dynbuf_put(&buf, ' ');
    kith_dynbuf_decimal(&buf, 1020);
    kith_dynbuf_put(&buf, ' ');
    kith_dynbuf_decimal(&buf, UINT64_MAX);
    cr_assert_str_eq(kith_dynbuf_cstr(&buf), "0 1020 18446744073709551615");
    kith_dynbuf_free(&buf);
}

Test(dynbuf, the_ceiling_holds_and_sticks)
{
    kith_dynbuf buf = {.limit = 5};
    kith_err err = KITH_ERR_NONE;

    kith_dynbuf_text(&buf, "12345");
    cr_assert_eq(kith_dynbuf_check(&buf, "a cell", &err), KITH_OK);
    kith_dynbuf_printf(&buf, "%d", 6);
    kith_dynbuf_append(&buf, "", 0);
    cr_assert_eq(kith_dynbuf_check(&buf, "a cell", &err), KITH_EDATA);
    cr_assert_str_eq(err.message, "a cell is longer than 5 bytes");
    cr_assert_str_eq(kith_dynbuf_cstr(&buf), "12345");
    kith_dynbuf_clear(&buf);
    kith_dynbuf_text(&buf, "67890");
    cr_assert_eq(buf.status, KITH_OK);
    kith_dynbuf_free(&buf);
    cr_assert_eq(buf.limit, 5);
}

static kith_code fill_dynbuf(void *ctx, kith_err *err)
{
    kith_dynbuf buf = {0};

    (void)ctx;
    for (int i = 0; i < 1000; i++)
        kith_dynbuf_printf(&buf, "%d,", i);
    kith_code rc = kith_dynbuf_check(&buf, "numbers", err);
    kith_dynbuf_free(&buf);
    return rc;
}

Test(dynbuf, every_failed_allocation)
{
    cr_assert_gt(each_failure(fill_dynbuf, NULL), 2);
}

Test(mem, no_more_is_left_than_the_address_space_allows)
{
    const uint64_t allowed = UINT64_C(64) << 20;
    uint64_t pages = 0, left = kith_memory_left();
    struct rlimit before, narrow;
    FILE *file = fopen("/proc/self/statm", "r");

    cr_assert(file && fscanf(file, "%" SCNu64, &pages) == 1);
    fclose(file);
    cr_assert_gt(left, 0);
    cr_assert_eq(getrlimit(RLIMIT_AS, &before), 0);
    narrow = before;
    narrow.rlim_cur = pages * (uint64_t)sysconf(_SC_PAGESIZE) + allowed;
    cr_assert_eq(setrlimit(RLIMIT_AS, &narrow), 0);
    left = kith_memory_left();
    cr_assert_eq(setrlimit(RLIMIT_AS, &before), 0);
    cr_assert_leq(left, allowed);
}

Test(mem, groups_leave_what_the_narrowest_of_them_does_and_files_are_no_burden, .init = temp_folder_enter,
     .fini = temp_folder_leave)
{
    cr_assert_eq(system("mkdir -p a/b/c"), 0);
    cr_expect_eq(kith_memory_left_of_group(temp_folder, "/a/b/c"), UINT64_MAX);
    put_file("a/b/c/memory.max", "max\n");
    put_file("a/b/c/memory.current", "500\n");
    cr_expect_eq(kith_memory_left_of_group(temp_folder, "/a/b/c"), UINT64_MAX);
    put_file("a/memory.max", "1000\n");
    put_file("a/memory.current", "800\n");
    cr_expect_eq(kith_memory_left_of_group(temp_folder, "/a/b/c"), 200);
    put_file("a/memory.stat", "anon 100\nfile 690\ninactive_file 400\nactive_file 290\n");
    cr_expect_eq(kith_memory_left_of_group(temp_folder, "/a/b/c"), 890);
    put_file("a/b/c/memory.max", "600\n");
    cr_expect_eq(kith_memory_left_of_group(temp_folder, "/a/b/c"), 100);
    cr_expect_eq(kith_memory_left_of_group(temp_folder, "/a/b"), 890);
    put_file("memory.max", "50\n");
    put_file("memory.current", "60\n");
    cr_expect_eq(kith_memory_left_of_group(temp_folder, "/"), 0);
}
