#include "report/answer.h"

#include <kith/coefficients.h>
#include <kith/process.h>
#include <kith/redaction.h>

#include <string.h>
#include <strings.h>

#include "report/phrase.h"
#include "report/words.h"
#include "report/write_csv.h"

enum { DEFAULT_WIDTH = 80, LEAST_WIDTH = 40 };

static const struct {
    const char *word;
    kith_format format;
} formats[] = {{"text", KITH_FORMAT_TEXT}, {"txt", KITH_FORMAT_TEXT},    {"csv", KITH_FORMAT_CSV},
               {"json", KITH_FORMAT_JSON}, {"jsonl", KITH_FORMAT_JSONL}, {"html", KITH_FORMAT_HTML}};

static kith_format find(const char *word, size_t length)
{
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
        if (strlen(formats[i].word) == length && strncasecmp(formats[i].word, word, length) == 0)
            return formats[i].format;
    return KITH_FORMAT_AUTO;
}

kith_format kith_format_find(const char *word)
{
    return find(word, strlen(word));
}

/** The format that the ending of a path asks for; KITH_FORMAT_AUTO where it says nothing. */
static kith_format format_of_path(const char *path)
{
    const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;
    size_t length = strlen(name), stem;

    if (length > 3 && strcmp(name + length - 3, ".gz") == 0)
        length -= 3;
    for (stem = length; stem > 0 && name[stem - 1] != '.'; stem--)
        ;
    return stem > 0 ? find(name + stem, length - stem) : KITH_FORMAT_AUTO;
}

static kith_code choose_format(const kith_output *to, kith_format *format, kith_err *err)
{
    *format = to->format;
    if (*format != KITH_FORMAT_AUTO)
        return KITH_OK;
    *format = !to->path || strcmp(to->path, "-") == 0 ? KITH_FORMAT_TEXT : format_of_path(to->path);
    if (*format != KITH_FORMAT_AUTO)
        return KITH_OK;
    return kith_fail(err, KITH_EUSAGE,
                     "%s: cannot tell the format from this name; end it in .txt .csv .json .jsonl or "
                     ".html, each also with .gz, or name a format",
                     to->path);
}

kith_code kith_output_check(const kith_output *to, kith_err *err)
{
    kith_format format;

    return choose_format(to, &format, err);
}

kith_format kith_output_format(const kith_output *to)
{
    kith_format format;

    return choose_format(to, &format, NULL) == KITH_OK ? format : KITH_FORMAT_AUTO;
}

/** What may be told of a setting: those that may name somebody are hidden in a redacted network. */
static const char *tell_setting(const kith_net *net, const kith_setting *setting)
{
    static const char *const plain[] = {"group", "communities", "programme"};

    for (size_t i = 0; i < sizeof plain / sizeof *plain; i++)
        if (strcmp(setting->name, plain[i]) == 0)
            return setting->value;
    return kith_net_wording(net, setting->value);
}

const char *kith_answer_setting(const kith_answer *answer, const char *name)
{
    for (uint32_t i = 0; i < answer->to->n_settings; i++)
        if (strcmp(answer->to->settings[i].name, name) == 0)
            return tell_setting(answer->net, &answer->to->settings[i]);
    return NULL;
}

const char *kith_answer_sought(const kith_net *net, const kith_queries *queries, uint32_t sought)
{
    return kith_net_wording(net, queries->words[sought]);
}

/** What was decided beside the coefficients when a network was built. */
static void put_decision(kith_dynbuf *out, const kith_parameter *parameter)
{
    const bool yes = parameter->value != 0;

    if (strcmp(parameter->name, "shared_contacts") == 0)
        kith_dynbuf_text(out, yes ? "; shared contacts count" : "; shared contacts do not count");
    else if (strcmp(parameter->name, "weight_is_strength") == 0)
        kith_dynbuf_text(out, yes ? "; weights are taken for strengths" : "");
    else {
        kith_dynbuf_printf(out, "; %s ", parameter->name);
        kith_words_real(out, parameter->value);
    }
}

void kith_answer_coefficients(const kith_net *net, kith_dynbuf *out)
{
    kith_parameter parameter;
    kith_coefficient usual;
    bool any = false;

    kith_dynbuf_text(out, "coefficients as by default");
    for (uint32_t i = 0; kith_net_parameter(net, i, &parameter); i++) {
        if (!kith_coefficient_find(parameter.name, &usual) || parameter.value == usual.value)
            continue;
        kith_dynbuf_printf(out, "%s%s ", any ? ", " : ", but for ", parameter.name);
        kith_words_real(out, parameter.value);
        kith_dynbuf_text(out, " (default ");
        kith_words_real(out, usual.value);
        kith_dynbuf_put(out, ')');
        any = true;
    }
    for (uint32_t i = 0; kith_net_parameter(net, i, &parameter); i++)
        if (!kith_coefficient_find(parameter.name, &usual))
            put_decision(out, &parameter);
}

void kith_row_person(kith_row *row, const kith_net *net, uint32_t id)
{
    kith_dynbuf text = {0};
    kith_person person;

    kith_net_person(net, id, &person);
    kith_row_count(row, id);
    kith_row_text(row, person.key);
    kith_row_text(row, person.name);
    kith_row_text(row, person.title);
    kith_row_text(row, person.company);
    kith_phrase_position_of(&text, &person);
    kith_row_take(row, &text);
    kith_dynbuf_free(&text);
}

void kith_row_name(kith_row *row, const kith_net *net, uint32_t id)
{
    kith_dynbuf text = {0};

    kith_phrase_name(&text, net, id);
    kith_row_take(row, &text);
    kith_dynbuf_free(&text);
}

static json_t *parameters_object(const kith_answer *answer, kith_json *json)
{
    json_t *object = json_object();

    for (uint32_t i = 0; i < answer->to->n_settings; i++)
        kith_json_set(json, object, answer->to->settings[i].name,
                      kith_json_text(tell_setting(answer->net, &answer->to->settings[i])));
    if (answer->parameters)
        answer->parameters(answer, json, object);
    if (answer->with_coefficients) {
        json_t *coefficients = json_object();
        kith_parameter parameter;

        for (uint32_t i = 0; kith_net_parameter(answer->net, i, &parameter); i++)
            kith_json_set(json, coefficients, parameter.name, kith_json_number(parameter.value));
        kith_json_set(json, object, "coefficients", coefficients);
    }
    return object;
}

bool kith_answer_next(const kith_answer *answer)
{
    return answer->next && answer->next(answer);
}

/** Every row of every part, by `put`. */
static void put_rows(const kith_answer *answer, kith_json *json, void (*put)(kith_json *, json_t *))
{
    do
        for (uint64_t i = 0; i < answer->list->n_rows && !json->status && !kith_outfile_failed(json->out);
             i++)
            put(json, answer->row(answer, json, i));
    while (!json->status && !kith_outfile_failed(json->out) && kith_answer_next(answer));
}

void kith_answer_list(const kith_answer *answer, kith_json *json, const char *key)
{
    kith_json_list(json, key);
    put_rows(answer, json, kith_json_item);
    kith_json_list_end(json);
}

static kith_code write_json(const kith_answer *answer, kith_outfile *out, kith_err *err)
{
    kith_json json;

    kith_json_begin(&json, out);
    kith_json_open(&json);
    kith_json_member(&json, "kith", kith_json_text(kith_version()));
    kith_json_member(&json, "command", kith_json_text(answer->command));
    if (answer->net)
        kith_json_member(&json, "network", kith_json_network(&json, answer->net));
    kith_json_member(&json, "parameters", parameters_object(answer, &json));
    answer->members(answer, &json);
    kith_json_close(&json);
    return kith_json_end(&json, err);
}

static kith_code write_jsonl(const kith_answer *answer, kith_outfile *out, kith_err *err)
{
    kith_json json;

    kith_json_begin(&json, out);
    put_rows(answer, &json, kith_json_line);
    return kith_json_end(&json, err);
}

static kith_code write_csv(const kith_answer *answer, kith_outfile *out, kith_err *err)
{
    kith_code rc = kith_csv_write(answer->list, out, err);

    while (!rc && !kith_outfile_failed(out) && kith_answer_next(answer))
        rc = kith_csv_rows(answer->list, out, err);
    return rc;
}

static kith_code write_sheet(const kith_answer *answer, const kith_sheet_writer *writer, kith_outfile *out,
                             kith_err *err)
{
    uint32_t width = answer->to->width ? answer->to->width : DEFAULT_WIDTH;
    kith_sheet sheet = {.writer = writer,
                        .out = out,
                        .width = width < LEAST_WIDTH ? LEAST_WIDTH : width,
                        .colour = answer->to->colour};

    kith_sheet_begin(&sheet, answer->title);
    answer->show(answer, &sheet);
    return kith_sheet_end(&sheet, err);
}

kith_code kith_answer_write(const kith_answer *answer, kith_err *err)
{
    const char *path = answer->to->path ? answer->to->path : "-";
    kith_outfile *out = NULL;
    kith_format format;
    kith_code rc = choose_format(answer->to, &format, err);

    if (!rc && !answer->list && (format == KITH_FORMAT_CSV || format == KITH_FORMAT_JSONL))
        rc = kith_fail(err, KITH_EUSAGE, "%s: this format holds one list: ask for one at a time", path);
    if (!rc)
        rc = kith_outfile_open(path, &out, err);
    if (rc)
        return rc;
    switch (format) {
    case KITH_FORMAT_CSV:
        rc = write_csv(answer, out, err);
        break;
    case KITH_FORMAT_JSON:
        rc = write_json(answer, out, err);
        break;
    case KITH_FORMAT_JSONL:
        rc = write_jsonl(answer, out, err);
        break;
    case KITH_FORMAT_HTML:
        rc = write_sheet(answer, &kith_sheet_html, out, err);
        break;
    case KITH_FORMAT_AUTO:
    case KITH_FORMAT_TEXT:
        rc = write_sheet(answer, &kith_sheet_text, out, err);
        break;
    }
    if (!rc && answer->status)
        rc = answer->status(answer);
    if (!rc && answer->net)
        rc = kith_net_status(answer->net, err);
    if (rc) {
        kith_outfile_abandon(out);
        return rc;
    }
    return kith_outfile_commit(out, err);
}
