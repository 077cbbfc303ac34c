/* The child process in which igraph reads a file of unknown origin. It allocates with igraph alone,
 * and has nothing open but the file and the pipe. */
#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include "igraph_port/foreign_wire.h"
#include "igraph_port/igraph_calls.h"

/** Memory beyond what the parent has: some, and what a file may become many times over. */
#define FREE_BYTES ((uint64_t)256 << 20)
#define BYTES_PER_BYTE 100

/** Seconds of computing: some, and one for every so many bytes. */
#define FREE_SECONDS 20
#define BYTES_PER_SECOND ((uint64_t)1 << 20)

/** And some behind which the child is ended without a word: a busy machine may count in leaps. */
#define GRACE_SECONDS 10

/* Where the two things that stay open are put. */
#define FILE_AT 3
#define PIPE_AT 4

#if defined __SANITIZE_ADDRESS__
#define LIMIT_MEMORY 0
#elif defined __has_feature
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define LIMIT_MEMORY 0
#endif
#endif
#ifndef LIMIT_MEMORY
#define LIMIT_MEMORY 1 /* sanitizers reserve more than any limit */
#endif

/** Records on their way into the pipe. */
static struct wire {
    char bytes[1 << 16];
    size_t used;
} wire;

static void flush(void)
{
    for (size_t done = 0; done < wire.used;) {
        ssize_t written = write(PIPE_AT, wire.bytes + done, wire.used - done);
        if (written < 0 && errno != EINTR)
            _exit(1);
        done += written > 0 ? (size_t)written : 0;
    }
    wire.used = 0;
}

static void put(const void *bytes, size_t length)
{
    const char *from = bytes;

    while (length > 0) {
        size_t room = sizeof wire.bytes - wire.used;
        size_t part = length < room ? length : room;
        memcpy(wire.bytes + wire.used, from, part);
        wire.used += part;
        from += part;
        length -= part;
        if (wire.used == sizeof wire.bytes)
            flush();
    }
}

static void put_tag(kith_wire_tag tag)
{
    const unsigned char byte = (unsigned char)tag;

    put(&byte, 1);
}

static void put_u32(uint32_t number)
{
    put(&number, sizeof number);
}

static void put_f64(double number)
{
    put(&number, sizeof number);
}

static _Noreturn void fail(kith_wire_failure why, uint32_t line, const char *text);

static void put_text(const char *text)
{
    size_t length = strlen(text);

    if (length > KITH_WIRE_TEXT)
        fail(KITH_WIRE_BAD_FILE, 0, "a text in it is over 1 MiB");
    put_u32((uint32_t)length);
    put(text, length);
}

/** A failure ends what was begun: the parent reads no further. */
static void fail(kith_wire_failure why, uint32_t line, const char *text)
{
    put_tag(KITH_WIRE_FAILURE);
    put_u32((uint32_t)why);
    put_u32(line);
    put_text(text);
    flush();
    _exit(1);
}

/* What igraph said first, which is nearest to the cause. */
static char reason_said[300];

static void remember(const char *reason, const char *file, int line, igraph_error_t code)
{
    if (!*reason_said)
        (void)snprintf(reason_said, sizeof reason_said, "%s", reason);
    kith_ig.error_handler_ignore(reason, file, line, code); /* which frees what igraph was at */
}

/** The line that igraph named in its words, or 0. */
static uint32_t line_said(void)
{
    const char *word = strcasestr(reason_said, "line ");

    return word ? (uint32_t)strtoul(word + 5, NULL, 10) : 0;
}

static void need(igraph_error_t code)
{
    if (code == IGRAPH_SUCCESS)
        return;
    if (code == IGRAPH_ENOMEM)
        fail(KITH_WIRE_NO_MEMORY, 0, "");
    fail(KITH_WIRE_BAD_FILE, line_said(), *reason_said ? reason_said : kith_ig.strerror(code));
}

static void read_graph(kith_foreign_format format, FILE *stream, igraph_t *graph)
{
    switch (format) {
    case KITH_FOREIGN_GRAPHML:
        need(kith_ig.read_graph_graphml(graph, stream, 0));
        return;
    case KITH_FOREIGN_GML:
        need(kith_ig.read_graph_gml(graph, stream));
        return;
    case KITH_FOREIGN_PAJEK:
        need(kith_ig.read_graph_pajek(graph, stream));
        return;
    case KITH_FOREIGN_DL:
        need(kith_ig.read_graph_dl(graph, stream, IGRAPH_UNDIRECTED));
        return;
    case KITH_FOREIGN_NONE:
        break;
    }
    fail(KITH_WIRE_BAD_FILE, 0, "of no known format");
}

/** What igraph knows of vertices or edges: names, and a type each. */
typedef struct attributes {
    igraph_strvector_t names;
    igraph_vector_int_t types;
} attributes;

static void list_attributes(const igraph_t *graph, attributes *vertices, attributes *edges)
{
    attributes whole;
    attributes *all[] = {&whole, vertices, edges};

    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        need(kith_ig.strvector_init(&all[i]->names, 0));
        need(kith_ig.vector_int_init(&all[i]->types, 0));
    }
    need(kith_ig.cattribute_list(graph, &whole.names, &whole.types, &vertices->names, &vertices->types,
                                 &edges->names, &edges->types));
}

/** A number as people write it: whole ones without a point. */
static void put_number(double number)
{
    char text[40] = "";

    if (isfinite(number))
        (void)snprintf(text, sizeof text, "%.15g", number);
    put_text(text);
}

static void put_vertices(const igraph_t *graph, const attributes *known)
{
    const igraph_integer_t n_attributes = kith_ig.strvector_size(&known->names);

    for (igraph_integer_t v = 0; v < kith_ig.vcount(graph); v++) {
        put_tag(KITH_WIRE_VERTEX);
        for (igraph_integer_t i = 0; i < n_attributes; i++) {
            const char *name = STR(known->names, i);
            switch (VECTOR(known->types)[i]) {
            case IGRAPH_ATTRIBUTE_STRING:
                put_text(kith_ig.cattribute_VAS(graph, name, v));
                break;
            case IGRAPH_ATTRIBUTE_BOOLEAN:
                put_text(kith_ig.cattribute_VAB(graph, name, v) ? "1" : "0");
                break;
            default:
                put_number(kith_ig.cattribute_VAN(graph, name, v));
            }
        }
    }
}

/** A number that an edge has under that name, as a number or as text; NaN where it has none. */
static double edge_number(const igraph_t *graph, const attributes *known, const char *name,
                          igraph_integer_t e)
{
    for (igraph_integer_t i = 0; i < kith_ig.strvector_size(&known->names); i++) {
        const char *here = STR(known->names, i);
        if (strcasecmp(here, name) != 0)
            continue;
        if (VECTOR(known->types)[i] == IGRAPH_ATTRIBUTE_NUMERIC)
            return kith_ig.cattribute_EAN(graph, here, e);
        if (VECTOR(known->types)[i] == IGRAPH_ATTRIBUTE_STRING) {
            const char *text = kith_ig.cattribute_EAS(graph, here, e);
            return *text ? strtod(text, NULL) : NAN;
        }
    }
    return NAN;
}

static void put_edges(const igraph_t *graph, const attributes *known)
{
    for (igraph_integer_t e = 0; e < kith_ig.ecount(graph); e++) {
        put_tag(KITH_WIRE_EDGE);
        put_u32((uint32_t)IGRAPH_FROM(graph, e));
        put_u32((uint32_t)IGRAPH_TO(graph, e));
        put_f64(edge_number(graph, known, "weight", e));
        put_f64(edge_number(graph, known, "strength", e));
    }
}

static void put_graph(const igraph_t *graph)
{
    attributes vertices, edges;

    list_attributes(graph, &vertices, &edges);
    if (kith_ig.strvector_size(&vertices.names) > KITH_WIRE_ATTRIBUTES)
        fail(KITH_WIRE_BAD_FILE, 0, "its vertices have over 4096 attributes");
    if (kith_ig.vcount(graph) >= UINT32_MAX)
        fail(KITH_WIRE_BAD_FILE, 0, "it has over 4 billion vertices");
    put_tag(KITH_WIRE_BEGIN);
    put_u32((uint32_t)kith_ig.strvector_size(&vertices.names));
    put_u32((uint32_t)kith_ig.vcount(graph));
    for (igraph_integer_t i = 0; i < kith_ig.strvector_size(&vertices.names); i++)
        put_text(STR(vertices.names, i));
    put_vertices(graph, &vertices);
    put_edges(graph, &edges);
    put_tag(KITH_WIRE_END);
    flush();
}

/** Signals do again what they do in a new program. */
static void reset_signals(void)
{
    sigset_t none;

    for (int number = 1; number < NSIG; number++)
        (void)signal(number, SIG_DFL);
    (void)sigemptyset(&none);
    (void)sigprocmask(SIG_SETMASK, &none, NULL);
}

/** Closes everything but the file and the pipe, which are moved to their places. */
static void keep_two_open(int file, int pipe_end)
{
    int nowhere = open("/dev/null", O_RDWR);
    int file_high = fcntl(file, F_DUPFD, PIPE_AT + 1);
    int pipe_high = fcntl(pipe_end, F_DUPFD, PIPE_AT + 1);

    if (nowhere < 0 || file_high < 0 || pipe_high < 0)
        _exit(1);
    for (int fd = 0; fd < FILE_AT; fd++)
        (void)dup2(nowhere, fd);
    if (dup2(file_high, FILE_AT) < 0 || dup2(pipe_high, PIPE_AT) < 0)
        _exit(1);
    (void)close_range(PIPE_AT + 1, ~0U, 0);
}

/** @param grace  beyond `most`, for a signal that says which limit was met. */
static void limit(int resource, uint64_t most, uint64_t grace)
{
    (void)setrlimit((__rlimit_resource_t)resource, &(struct rlimit){most, most + grace});
}

/** Bytes of address space in use. */
static uint64_t bytes_in_use(void)
{
    unsigned long pages = 0;
    FILE *about = fopen("/proc/self/statm", "r");

    if (about) {
        if (fscanf(about, "%lu", &pages) != 1)
            pages = 0;
        (void)fclose(about);
    }
    return (uint64_t)pages * (uint64_t)sysconf(_SC_PAGESIZE);
}

static void limit_all(const kith_foreign_file *file)
{
    if (LIMIT_MEMORY)
        limit(RLIMIT_AS, bytes_in_use() + FREE_BYTES + BYTES_PER_BYTE * file->bytes, 0);
    limit(RLIMIT_CPU, file->most_seconds ? file->most_seconds : FREE_SECONDS + file->bytes / BYTES_PER_SECOND,
          GRACE_SECONDS);
    limit(RLIMIT_CORE, 0, 0);
    limit(RLIMIT_FSIZE, 0, 0);
}

void kith_foreign_child(const kith_foreign_file *file, int pipe_end)
{
    igraph_t graph;

    reset_signals();
    (void)prctl(PR_SET_PDEATHSIG, SIGKILL);
    keep_two_open(file->fd, pipe_end);
    limit_all(file);
    kith_ig.set_error_handler(remember);
    kith_ig.set_warning_handler(kith_ig.warning_handler_ignore);
    kith_ig.set_interruption_handler(NULL);
    kith_ig.set_progress_handler(NULL);
    kith_ig.set_attribute_table(kith_ig.cattribute_table);
    FILE *stream = lseek(FILE_AT, 0, SEEK_SET) == 0 ? fdopen(FILE_AT, "r") : NULL;
    if (!stream)
        fail(KITH_WIRE_NO_MEMORY, 0, "");
    read_graph(file->format, stream, &graph);
    put_graph(&graph);
    _exit(0);
}
