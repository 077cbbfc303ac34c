/* Network files from anywhere: no bytes may crash a reader, and what passes the full check answers soundly.
 */
#include <stdlib.h>
#include <string.h>

#include <kith/who.h>

#include "full_net.h"
#include "net_seal.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/** Asks an opened network for all it has. */
static void ask(const unsigned char *bytes, size_t length)
{
    static const char *const whos[] = {"me", "p1", "company:acme|initech owner:any", "eloise@example.org"};
    kith_err err = KITH_ERR_NONE;
    kith_net *net;
    kith_ids ids;

    if (kith_net_parse(bytes, length, "fuzz.kith", &net, &err) != KITH_OK)
        return;
    free(full_net_dump(net));
    for (size_t i = 0; i < sizeof whos / sizeof *whos; i++) {
        (void)kith_who_all(net, whos[i], &ids, NULL);
        kith_ids_free(&ids);
    }
    kith_code met = kith_net_status(net, NULL);
    if (kith_net_verify(net, NULL) == KITH_OK && met != KITH_OK)
        abort();
    kith_net_close(net);
}

/** A whole file of which `data` changes some numbers: each six bytes are a place and what to put there. */
static unsigned char *changed_file(const uint8_t *data, size_t size, size_t *length)
{
    small_net *s = full_net();
    const void *bytes = small_net_bytes(s, length);
    unsigned char *copy = full_net_copy(bytes, *length);

    for (; size >= 6; data += 6, size -= 6) {
        size_t at = (data[0] | (size_t)data[1] << 8) % (*length - 3);
        memcpy(copy + at, data + 2, 4);
    }
    small_net_free(s);
    return copy;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0)
        return 0;
    /* The first byte chooses: the bytes as they are, sealed, or as changes to a good file. */
    unsigned kind = data[0] % 3;
    size_t length = size - 1;
    unsigned char *file =
        kind == 2 ? changed_file(data + 1, size - 1, &length) : full_net_copy(data + 1, length);
    if (kind > 0)
        net_seal(file, length);
    ask(file, length);
    free(file);
    return 0;
}
