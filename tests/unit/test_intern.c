#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "base/dynbuf.h"
#include "base/intern.h"
#include "each_failure.h"

Test(intern, numbers_follow_the_order_of_first_sight)
{
    kith_intern *table = NULL;
    uint32_t id = 9;

    cr_assert_eq(kith_intern_new(0, &table, NULL), KITH_OK);
    cr_assert_eq(kith_intern_find(table, "ann", 3), UINT32_MAX);
    kith_intern_add(table, "ann", 3, &id, NULL);
    cr_assert_eq(id, 0);
    kith_intern_add(table, "bob", 3, &id, NULL);
    cr_assert_eq(id, 1);
    kith_intern_add(table, "ann", 3, &id, NULL);
    cr_assert_eq(id, 0);
    cr_assert_eq(kith_intern_count(table), 2);
    cr_assert_eq(kith_intern_find(table, "bob", 3), 1);
    cr_assert_eq(kith_intern_find(table, "bo", 2), UINT32_MAX);
    kith_intern_free(table);
    cr_assert_eq(kith_mem_live(), 0);
}

Test(intern, empty_strings_and_nul_bytes_are_strings_like_others)
{
    kith_intern *table = NULL;
    uint32_t id;
    size_t length;

    kith_intern_new(4, &table, NULL);
    kith_intern_add(table, "", 0, &id, NULL);
    cr_assert_eq(id, 0);
    kith_intern_add(table, "a\0b", 3, &id, NULL);
    cr_assert_eq(id, 1);
    kith_intern_add(table, "a\0c", 3, &id, NULL);
    cr_assert_eq(id, 2);
    kith_intern_add(table, "a", 1, &id, NULL);
    cr_assert_eq(id, 3);
    cr_assert_eq(memcmp(kith_intern_get(table, 1, &length), "a\0b", 4), 0);
    cr_assert_eq(length, 3);
    cr_assert_str_eq(kith_intern_get(table, 0, NULL), "");
    cr_assert_eq(kith_intern_find(table, NULL, 0), 0);
    kith_intern_free(table);
}

Test(intern, strings_outlive_what_finds_them)
{
    kith_intern *table = NULL;
    uint32_t id;

    kith_intern_new(0, &table, NULL);
    kith_intern_add(table, "ann", 3, &id, NULL);
    const char *ann = kith_intern_get(table, id, NULL);
    kith_intern_forget(table);
    cr_assert_str_eq(ann, "ann");
    kith_intern_free(table);
    cr_assert_eq(kith_mem_live(), 0);
}

Test(intern, many_strings_keep_number_and_place)
{
    enum { COUNT = 200000 };
    kith_intern *table = NULL;
    char text[32];
    uint32_t id;

    kith_intern_new(0, &table, NULL);
    kith_intern_add(table, "first", 5, &id, NULL);
    const char *first = kith_intern_get(table, 0, NULL);
    for (uint32_t i = 1; i < COUNT; i++) {
        int length = snprintf(text, sizeof text, "person %u", i);
        cr_assert_eq(kith_intern_add(table, text, (size_t)length, &id, NULL), KITH_OK);
        cr_assert_eq(id, i);
    }
    cr_assert_eq(kith_intern_get(table, 0, NULL), first);
    for (uint32_t i = 1; i < COUNT; i++) {
        int length = snprintf(text, sizeof text, "person %u", i);
        cr_assert_eq(kith_intern_find(table, text, (size_t)length), i);
        cr_assert_str_eq(kith_intern_get(table, i, NULL), text);
    }
    cr_assert_eq(kith_intern_count(table), COUNT);
    kith_intern_free(table);
}

Test(intern, one_byte_anywhere_makes_another_string)
{
    enum { LONGEST = 40 };
    kith_intern *table = NULL;
    char text[LONGEST];
    uint32_t id, count = 0;
    kith_span spans[LONGEST * (LONGEST + 3) / 2];
    uint32_t found[LONGEST * (LONGEST + 3) / 2];
    kith_dynbuf texts = {0};

    memset(text, 0, sizeof text);
    cr_assert_eq(kith_intern_new(0, &table, NULL), KITH_OK);
    for (size_t length = 1; length <= LONGEST; length++)
        for (size_t other = 0; other <= length; other++) { /* the last of them has no other byte */
            if (other < length)
                text[other] = '\x01';
            spans[count] = (kith_span){(uint32_t)texts.length, (uint32_t)length};
            kith_dynbuf_append(&texts, text, length);
            kith_intern_add(table, text, length, &id, NULL);
            cr_assert_eq(id, count++, "%zu bytes, another at %zu", length, other);
            if (other < length)
                text[other] = 0;
        }
    kith_intern_find_all(table, texts.data, spans, count, found);
    for (uint32_t i = 0; i < count; i++)
        cr_assert_eq(found[i], i);
    kith_dynbuf_free(&texts);
    kith_intern_free(table);
}

/** `ctx` is how many strings to expect; 100 come. */
static kith_code intern_a_hundred(void *ctx, kith_err *err)
{
    kith_intern *table = NULL;
    kith_code rc = kith_intern_new(*(size_t *)ctx, &table, err);

    for (uint32_t i = 0; i < 100 && rc == KITH_OK; i++) {
        uint32_t id = UINT32_MAX;
        uint32_t known = kith_intern_count(table);
        rc = kith_intern_add(table, &i, sizeof i, &id, err);
        cr_assert_eq(kith_intern_count(table), rc == KITH_OK ? known + 1 : known);
        cr_assert_eq(kith_intern_find(table, &i, sizeof i), rc == KITH_OK ? i : UINT32_MAX);
    }
    kith_intern_free(table);
    return rc;
}

Test(intern, every_failed_allocation_leaves_the_table_as_it_was)
{
    size_t expected = 0;

    cr_assert_gt(each_failure(intern_a_hundred, &expected), 4);
    expected = 100;
    cr_assert_eq(each_failure(intern_a_hundred, &expected), 4); /* table, slots, entries, one block of text */
}

Test(intern, many_are_found_as_one_by_one)
{
    kith_intern *table = NULL;
    kith_dynbuf texts = {0};
    kith_span spans[500];
    uint32_t ids[500], id;
    char text[16];

    cr_assert_eq(kith_intern_new(0, &table, NULL), KITH_OK);
    kith_intern_find_all(table, "", spans, 0, ids); /* of nothing, nothing */
    for (unsigned i = 0; i < 1000; i++) {
        int length = snprintf(text, sizeof text, "%u", i * 2);
        kith_intern_add(table, text, (size_t)length, &id, NULL);
    }
    for (uint32_t count = 1; count <= 500; count++) {
        spans[count - 1].at = (uint32_t)texts.length;
        kith_dynbuf_printf(&texts, "%u", (unsigned)count * 3);
        spans[count - 1].length = (uint32_t)texts.length - spans[count - 1].at;
        kith_intern_find_all(table, texts.data, spans, count, ids);
        for (uint32_t i = 1; i <= count; i++)
            cr_assert_eq(ids[i - 1], i % 2 || i * 3 >= 2000 ? UINT32_MAX : i * 3 / 2);
    }
    kith_dynbuf_free(&texts);
    kith_intern_free(table);
    cr_assert_eq(kith_mem_live(), 0);
}

Test(intern, many_are_added_as_one_by_one)
{
    kith_intern *together = NULL, *singly = NULL;
    kith_dynbuf texts = {0};
    kith_span spans[3000];
    uint32_t ids[3000], id;

    cr_assert_eq(kith_intern_new(0, &together, NULL), KITH_OK);
    cr_assert_eq(kith_intern_new(0, &singly, NULL), KITH_OK);
    for (uint32_t i = 0; i < 3000; i++) { /* texts come again and again, some at once */
        spans[i].at = (uint32_t)texts.length;
        kith_dynbuf_printf(&texts, "%u", (unsigned)(i % 7 < 3 ? i / 7 : i % 1000));
        spans[i].length = (uint32_t)texts.length - spans[i].at;
    }
    cr_assert_eq(kith_intern_add_all(together, texts.data, spans, 0, ids, NULL), KITH_OK);
    for (uint32_t done = 0, next; done < 3000; done = next) {
        next = done + 1 + done % 40 < 3000 ? done + 1 + done % 40 : 3000;
        cr_assert_eq(kith_intern_add_all(together, texts.data, spans + done, next - done, ids + done, NULL),
                     KITH_OK);
    }
    for (uint32_t i = 0; i < 3000; i++) {
        cr_assert_eq(kith_intern_add(singly, texts.data + spans[i].at, spans[i].length, &id, NULL), KITH_OK);
        cr_assert_eq(ids[i], id);
    }
    cr_assert_eq(kith_intern_count(together), kith_intern_count(singly));
    kith_dynbuf_free(&texts);
    kith_intern_free(together);
    kith_intern_free(singly);
    cr_assert_eq(kith_mem_live(), 0);
}
