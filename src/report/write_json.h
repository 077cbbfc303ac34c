/** @file
 * JSON as a stream: the members of one object are written one by one, and the items of its lists
 * too, so a large answer never sits in memory whole. Single values are Jansson's.
 *
 * Failures stick: add freely, ask at the end. Every function that takes a json_t takes it over.
 */
#ifndef KITH_REPORT_WRITE_JSON_H
#define KITH_REPORT_WRITE_JSON_H

#include <jansson.h>

#include <kith/network.h>

#include "base/outfile.h"

typedef struct kith_json {
    kith_outfile *out; /**< borrowed */
    bool any_member, any_item;
    kith_code status;
    json_malloc_t old_malloc; /**< what Jansson allocated with before */
    json_free_t old_free;
} kith_json;

/** Begins; until the end Jansson allocates where all of kith does. */
void kith_json_begin(kith_json *json, kith_outfile *out);
kith_code kith_json_end(kith_json *json, kith_err *err);

/* One object of members. */
void kith_json_open(kith_json *json);
void kith_json_member(kith_json *json, const char *key, json_t *value);
void kith_json_object(kith_json *json, const char *key); /**< members follow, then its end */
void kith_json_object_end(kith_json *json);
void kith_json_list(kith_json *json, const char *key); /**< items follow, then its end */
void kith_json_item(kith_json *json, json_t *value);
void kith_json_list_end(kith_json *json);
void kith_json_close(kith_json *json);

/** One value as a line of its own, for .jsonl. */
void kith_json_line(kith_json *json, json_t *value);

/* Values. NULL stands for a failed allocation and may be handed to all of the above. */
json_t *kith_json_text(const char *text);                        /**< made safe to show */
json_t *kith_json_count(uint64_t count);                         /**< null above INT64_MAX */
json_t *kith_json_number(double number);                         /**< null for NaN */
json_t *kith_json_day(kith_day day);                             /**< "2024-03-07", or null */
json_t *kith_json_network(kith_json *json, const kith_net *net); /**< its size, day and checksum */
json_t *kith_json_person(kith_json *json, const kith_net *net, uint32_t id);
json_t *kith_json_people(kith_json *json, const kith_net *net, const uint32_t *ids, uint32_t count);

/** What is stated of two people, as words: ["manager"] where b is the manager of a. */
json_t *kith_json_stated(kith_json *json, const kith_net *net, uint32_t a, uint32_t b);

/** Puts a value into an object or at the end of an array. */
void kith_json_set(kith_json *json, json_t *object, const char *key, json_t *value);
void kith_json_append(kith_json *json, json_t *array, json_t *value);

#endif
