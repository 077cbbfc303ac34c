#include "run/places.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <zlib.h>

#include "base/dynbuf.h"
#include "base/mem.h"
#include "base/outfile.h"
#include "report/write_json.h"

/** Largest distance from the middle that is believed. */
#define FARTHEST 1e6

kith_code kith_places_write(const kith_net *net, const kith_picture *picture, const char *path, kith_err *err)
{
    kith_outfile *out = NULL;
    kith_json json;
    kith_code rc = kith_outfile_open(path, &out, err);

    if (rc)
        return rc;
    kith_json_begin(&json, out);
    kith_json_open(&json);
    kith_json_list(&json, "places");
    for (uint32_t i = 0; i < picture->n_people && !kith_outfile_failed(out); i++) {
        const kith_place *place = &picture->people[i];
        json_t *object = json_object();
        kith_person person;

        kith_net_person(net, place->id, &person);
        kith_json_set(&json, object, "key", kith_json_text(person.key));
        kith_json_set(&json, object, "x", kith_json_number(place->x));
        kith_json_set(&json, object, "y", kith_json_number(place->y));
        kith_json_item(&json, object);
    }
    kith_json_list_end(&json);
    kith_json_close(&json);
    if ((rc = kith_json_end(&json, err)) == KITH_OK)
        return kith_outfile_commit(out, err);
    kith_outfile_abandon(out);
    return rc;
}

/** Reads a whole file, decompressed where it is gzip. */
static kith_code read_all(const char *path, kith_dynbuf *bytes, kith_err *err)
{
    char part[1 << 14];
    int count = 0;
    gzFile file = gzopen(path, "rb");

    if (!file)
        return kith_fail_system(err, KITH_ENOINPUT, "read", path, errno);
    while ((count = gzread(file, part, sizeof part)) > 0)
        kith_dynbuf_append(bytes, part, (size_t)count);
    gzclose_r(file);
    if (count < 0)
        return kith_fail_at(err, KITH_EDATA, path, 0, "cannot be decompressed");
    return kith_dynbuf_check(bytes, path, err);
}

static int by_id(const void *a, const void *b)
{
    const kith_place *x = a, *y = b;

    return (x->id > y->id) - (x->id < y->id);
}

/** A coordinate as pictures have them; NAN for anything else. */
static double coordinate(const json_t *object, const char *name)
{
    const json_t *value = json_object_get(object, name);
    const double number = json_is_number(value) ? json_number_value(value) : NAN;

    return fabs(number) <= FARTHEST ? round(100 * number) / 100 : NAN;
}

/** Collects the places of people who are in the network, one each. */
static kith_code collect(const kith_net *net, const json_t *list, kith_place **places, uint32_t *count,
                         kith_err *err)
{
    const size_t n = json_array_size(list);
    kith_place *found = kith_alloc_array(n, sizeof *found);
    uint32_t used = 0, kept = 0;

    if (!found)
        return kith_fail_memory(err, "the places of a picture");
    for (size_t i = 0; i < n; i++) {
        const json_t *item = json_array_get(list, i);
        const char *key = json_string_value(json_object_get(item, "key"));
        const kith_place place = {key ? kith_net_find_key(net, key) : UINT32_MAX, coordinate(item, "x"),
                                  coordinate(item, "y")};

        if (place.id != UINT32_MAX && !isnan(place.x) && !isnan(place.y))
            found[used++] = place;
    }
    qsort(found, used, sizeof *found, by_id);
    for (uint32_t first = 0, end; first < used; first = end) {
        for (end = first + 1; end < used && found[end].id == found[first].id;)
            end++;
        if (end == first + 1) /* two who have become one stand nowhere for sure */
            found[kept++] = found[first];
    }
    *places = found;
    *count = kept;
    return KITH_OK;
}

kith_code kith_places_read(const kith_net *net, const char *path, kith_place **places, uint32_t *count,
                           kith_err *err)
{
    kith_dynbuf name = {0}, bytes = {0};
    json_t *root = NULL;
    struct stat is;

    *places = NULL;
    *count = 0;
    kith_dynbuf_text(&name, path);
    if (!stat(path, &is) && S_ISDIR(is.st_mode))
        kith_dynbuf_text(&name, "/" KITH_PLACES_NAME);
    kith_code rc = kith_dynbuf_check(&name, "a path", err);
    if (!rc)
        rc = read_all(name.data, &bytes, err);
    if (!rc) {
        root = json_loadb(kith_dynbuf_cstr(&bytes), bytes.length, JSON_REJECT_DUPLICATES, NULL);
        rc = json_is_array(json_object_get(root, "places"))
                 ? collect(net, json_object_get(root, "places"), places, count, err)
                 : kith_fail_at(err, KITH_EDATA, name.data, 0, "holds no places of a picture");
    }
    json_decref(root);
    kith_dynbuf_free(&bytes);
    kith_dynbuf_free(&name);
    return rc;
}
