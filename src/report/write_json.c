#include "report/write_json.h"

#include <math.h>
#include <string.h>

#include "base/date.h"
#include "base/mem.h"
#include "base/text.h"

void kith_json_begin(kith_json *json, kith_outfile *out)
{
    *json = (kith_json){.out = out};
    json_get_alloc_funcs(&json->old_malloc, &json->old_free);
    json_set_alloc_funcs(kith_malloc, kith_free);
}

kith_code kith_json_end(kith_json *json, kith_err *err)
{
    json_set_alloc_funcs(json->old_malloc, json->old_free);
    return json->status ? kith_fail_memory(err, "a report in JSON") : KITH_OK;
}

static int to_outfile(const char *bytes, size_t length, void *out)
{
    kith_outfile_write(out, bytes, length);
    return 0;
}

/** Writes a value and lets go of it. */
static void put(kith_json *json, json_t *value)
{
    const size_t flags = JSON_COMPACT | JSON_ENCODE_ANY | JSON_REAL_PRECISION(9);

    if (!value || json->status || json_dump_callback(value, to_outfile, json->out, flags) != 0)
        json->status = KITH_ENOMEM;
    json_decref(value);
}

static void put_key(kith_json *json, const char *key)
{
    kith_outfile_printf(json->out, "%s\n\"%s\": ", json->any_member ? "," : "", key);
    json->any_member = true;
}

void kith_json_open(kith_json *json)
{
    kith_outfile_text(json->out, "{");
}

void kith_json_member(kith_json *json, const char *key, json_t *value)
{
    put_key(json, key);
    put(json, value);
}

void kith_json_object(kith_json *json, const char *key)
{
    put_key(json, key);
    kith_outfile_text(json->out, "{");
    json->any_member = false;
}

void kith_json_object_end(kith_json *json)
{
    kith_outfile_text(json->out, "\n}");
    json->any_member = true;
}

void kith_json_list(kith_json *json, const char *key)
{
    put_key(json, key);
    kith_outfile_text(json->out, "[");
    json->any_item = false;
}

void kith_json_item(kith_json *json, json_t *value)
{
    kith_outfile_text(json->out, json->any_item ? ",\n" : "\n");
    json->any_item = true;
    put(json, value);
}

void kith_json_list_end(kith_json *json)
{
    kith_outfile_text(json->out, json->any_item ? "\n]" : "]");
}

void kith_json_close(kith_json *json)
{
    kith_outfile_text(json->out, "\n}\n");
}

void kith_json_line(kith_json *json, json_t *value)
{
    put(json, value);
    kith_outfile_text(json->out, "\n");
}

json_t *kith_json_text(const char *text)
{
    kith_dynbuf safe = {0};
    json_t *value = NULL;

    kith_text_safe(text, &safe);
    if (!safe.status)
        value = json_stringn(kith_dynbuf_cstr(&safe), safe.length);
    kith_dynbuf_free(&safe);
    return value;
}

json_t *kith_json_count(uint64_t count)
{
    return count > INT64_MAX ? json_null() : json_integer((json_int_t)count);
}

json_t *kith_json_number(double number)
{
    return isfinite(number) ? json_real(number) : json_null();
}

json_t *kith_json_day(kith_day day)
{
    char text[KITH_DATE_SIZE];

    if (day == KITH_NO_DATE)
        return json_null();
    kith_date_format(day, text);
    return json_string(text);
}

json_t *kith_json_network(kith_json *json, const kith_net *net)
{
    json_t *object = json_object();
    kith_net_summary summary;

    kith_net_summarise(net, &summary);
    kith_json_set(json, object, "people", kith_json_count(summary.people));
    kith_json_set(json, object, "ties", kith_json_count(summary.ties));
    kith_json_set(json, object, "mentorships", kith_json_count(summary.mentorships));
    kith_json_set(json, object, "as_of", kith_json_day(summary.as_of));
    kith_json_set(json, object, "checksum", kith_json_text(summary.checksum));
    return object;
}

json_t *kith_json_person(kith_json *json, const kith_net *net, uint32_t id)
{
    json_t *object = json_object();
    kith_person person;

    kith_net_person(net, id, &person);
    kith_json_set(json, object, "id", json_integer(id));
    kith_json_set(json, object, "key", kith_json_text(person.key));
    kith_json_set(json, object, "name", kith_json_text(person.name));
    kith_json_set(json, object, "title", kith_json_text(person.title));
    kith_json_set(json, object, "company", kith_json_text(person.company));
    return object;
}

json_t *kith_json_people(kith_json *json, const kith_net *net, const uint32_t *ids, uint32_t count)
{
    json_t *people = json_array();

    for (uint32_t i = 0; i < count; i++)
        kith_json_append(json, people, kith_json_person(json, net, ids[i]));
    return people;
}

json_t *kith_json_stated(kith_json *json, const kith_net *net, uint32_t a, uint32_t b)
{
    const char *words[KITH_STATED_WORDS];
    const uint32_t count = kith_stated_words(kith_net_stated(net, a, b), words);
    json_t *list = json_array();

    for (uint32_t i = 0; i < count; i++)
        kith_json_append(json, list, json_string(words[i]));
    return list;
}

void kith_json_set(kith_json *json, json_t *object, const char *key, json_t *value)
{
    if (json_object_set_new(object, key, value) != 0)
        json->status = KITH_ENOMEM;
}

void kith_json_append(kith_json *json, json_t *array, json_t *value)
{
    if (json_array_append_new(array, value) != 0)
        json->status = KITH_ENOMEM;
}
