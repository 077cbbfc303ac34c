/* What is asked of eight bytes at once is what would be asked of each. */
#include <criterion/criterion.h>
#include <string.h>

#include "base/ascii.h"

Test(ascii, every_byte_at_every_place_of_every_length_is_seen)
{
    char text[40];

    for (size_t length = 1; length < sizeof text; length++)
        for (size_t at = 0; at < length; at++)
            for (unsigned byte = 0; byte < 256; byte++) {
                memset(text, 'x', sizeof text);
                text[length] = '\0'; /* what stands behind does not count */
                text[at] = (char)byte;
                cr_assert_eq(kith_ascii_has_controls(text, length), byte < ' ');
                cr_assert_eq(kith_ascii_is_graphic(text, length), byte > ' ' && byte < 0x7F);
            }
}

Test(ascii, a_byte_does_not_hide_its_neighbour)
{
    for (unsigned first = 0; first < 256; first++)
        for (unsigned second = 0; second < 256; second++) {
            const char text[8] = {(char)first, (char)second, 'a', 'b', 'c', 'd', 'e', 'f'};
            bool is_graphic = first > ' ' && first < 0x7F && second > ' ' && second < 0x7F;
            cr_assert_eq(kith_ascii_has_controls(text, sizeof text), first < ' ' || second < ' ');
            cr_assert_eq(kith_ascii_is_graphic(text, sizeof text), is_graphic);
        }
}

Test(ascii, an_empty_text_holds_nothing)
{
    cr_assert_not(kith_ascii_has_controls("", 0));
    cr_assert(kith_ascii_is_graphic("", 0));
}
