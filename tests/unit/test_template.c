#include <criterion/criterion.h>

#include <string.h>

#include "base/template.h"

static const char *const fields[] = {"name", "year", "none"};
static const char *const values[] = {"Ann", "2019", ""};
enum { FIELDS = 3 };

static void expect(const char *text, const char *filled)
{
    kith_dynbuf out = {0};
    kith_err err = KITH_ERR_NONE;

    cr_assert_eq(kith_template_check(text, "t.txt", fields, FIELDS, &err), KITH_OK, "%s", err.message);
    kith_template_fill(text, fields, values, FIELDS, &out);
    cr_assert_str_eq(kith_dynbuf_cstr(&out), filled);
    kith_dynbuf_free(&out);
}

Test(template, fields_stand_for_values)
{
    expect("Dear {name},", "Dear Ann,");
    expect("{name}{name}", "AnnAnn");
    expect("<{none}>", "<>");
    expect("", "");
}

Test(template, a_part_with_an_empty_field_is_left_out)
{
    expect("[met in {year}]", "met in 2019");
    expect("a[ {none}]b", "ab");
    expect("a[ {name} {none}]b", "ab");
    expect("a[ {none} {name}]b[ {year}]", "ab 2019");
    expect("a[ plain]b", "a plainb");
}

Test(template, lines_left_empty_go_and_empty_lines_stay)
{
    expect("a\n[{none}]\nb", "a\nb");
    expect("a\n\nb\n", "a\n\nb");
    expect("# note {nothing}\na", "a");
    expect("a # b", "a # b");
}

Test(template, values_cannot_make_lines_nor_fields)
{
    const char *const hostile[] = {"a\nb{year}[x]\033", "2019", ""};
    kith_dynbuf out = {0};

    kith_template_fill("{name}!", fields, hostile, FIELDS, &out);
    cr_assert_str_eq(kith_dynbuf_cstr(&out), "a\\u{000A}b{year}[x]\\u{001B}!");
    kith_dynbuf_free(&out);
}

static void refuse(const char *text, uint64_t line, const char *message)
{
    kith_err err = KITH_ERR_NONE;

    cr_assert_eq(kith_template_check(text, "t.txt", fields, FIELDS, &err), KITH_ECONFIG, "%s", text);
    cr_assert_str_eq(err.file, "t.txt");
    cr_assert_eq(err.line, line, "%s: line %lu", text, err.line);
    cr_assert_not_null(strstr(err.message, message), "%s: %s", text, err.message);
}

Test(template, faults_are_told_with_their_line)
{
    refuse("a\n{nmae}", 2, "no field {nmae}; fields are name, year, none");
    refuse("{}", 1, "no field {}");
    refuse("{name", 1, "{ without }");
    refuse("a\n\n{na[me}]", 3, "{ without }");
    refuse("name}", 1, "} without {");
    refuse("[a [b]]", 1, "do not nest");
    refuse("a]", 1, "] without [");
    refuse("[a\nb]", 1, "[ without ]");
}
