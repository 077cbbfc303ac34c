#include "ingest/left_out.h"

#include <string.h>

#include "base/err.h"
#include "base/mem.h"

static char *copy(const char *text)
{
    size_t bytes = strlen(text) + 1;
    char *own = kith_malloc(bytes);

    return own ? memcpy(own, text, bytes) : NULL;
}

kith_code kith_left_out_add(kith_left_out *list, const char *name, const char *format, const char *why,
                            kith_err *err)
{
    size_t capacity = list->capacity;

    if (!kith_grow((void **)&list->files, &capacity, (size_t)list->n + 1, sizeof *list->files))
        return kith_fail_memory(err, "the list of unknown files");
    list->capacity = capacity;
    char *own = copy(name);
    if (!own)
        return kith_fail_memory(err, "the list of unknown files");
    list->files[list->n++] = (kith_left_out_file){.name = own, .format = format, .why = why};
    return KITH_OK;
}

void kith_left_out_free(kith_left_out *list)
{
    for (uint32_t i = 0; i < list->n; i++)
        kith_free(list->files[i].name);
    kith_free(list->files);
    *list = (kith_left_out){0};
}
