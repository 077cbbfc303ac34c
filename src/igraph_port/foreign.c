#include "igraph_port/foreign.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/dynbuf.h"
#include "base/mem.h"
#include "base/text.h"
#include "base/ticker.h"
#include "igraph_port/foreign_wire.h"
#include "igraph_port/igraph_calls.h"

/** Milliseconds after which a child that says nothing lets the caller be asked whether to go on. */
#define PATIENCE_MS 100

static const char *const phase = "reading a graph";

/** What comes out of the pipe, and who is at its other end. */
typedef struct hearing {
    const kith_foreign_file *file;
    const kith_foreign_sink *sink;
    int pipe_end;
    pid_t child;
    char *buffer; /**< [BUFFER] */
    size_t begin, end;
    uint32_t n_attributes, n_vertices;
    uint32_t vertices; /**< heard of so far */
    kith_dynbuf text;  /**< of one record, each value with its NUL */
    size_t *value_at;  /**< [n_attributes] into text */
    const char **values;
} hearing;

#define BUFFER ((size_t)64 << 10)

/** Waits for the child's end. @return the signal that ended it, or 0. */
static int bury(hearing *h)
{
    int status = 0;
    pid_t child = h->child;

    h->child = 0;
    while (waitpid(child, &status, 0) < 0)
        if (errno != EINTR)
            return 0; /* the program that we are part of has taken its children into its own hands */
    return WIFSIGNALED(status) ? WTERMSIG(status) : 0;
}

/** Ends the child, if there is one still. */
static void dismiss(hearing *h)
{
    if (h->child <= 0)
        return;
    (void)kill(h->child, SIGKILL);
    (void)bury(h);
}

static kith_code too_much(const hearing *h, const char *what, kith_err *err)
{
    return kith_fail_at(err, KITH_EDATA, h->file->path, 0,
                        "takes more %s than a file of its size may: is it damaged?", what);
}

/** The child closed its pipe in the middle of things, so it has ended or is about to. */
static kith_code tell_silence(hearing *h, kith_err *err)
{
    kith_code rc = kith_tick_now(h->file->progress, phase, 0, 0, err);

    if (rc) /* whoever stopped us may have stopped the child as well */
        return rc;
    int end = bury(h);
    if (end == SIGXCPU || end == SIGKILL)
        return too_much(h, end == SIGXCPU ? "time" : "memory or time", err);
    return kith_fail_at(err, KITH_EDATA, h->file->path, 0, "igraph's reader broke down over it%s%s",
                        end ? ": " : "", end ? strsignal(end) : "");
}

/** Waits until there is something to read, asking the caller now and then whether to go on. */
static kith_code await(hearing *h, kith_err *err)
{
    struct pollfd what = {.fd = h->pipe_end, .events = POLLIN};
    int ready;

    while ((ready = poll(&what, 1, PATIENCE_MS)) == 0 || (ready < 0 && errno == EINTR)) {
        kith_code rc = kith_tick_now(h->file->progress, phase, h->vertices, h->n_vertices, err);
        if (rc)
            return rc;
    }
    return ready > 0 ? KITH_OK : kith_fail_system(err, KITH_EIO, "read", h->file->path, errno);
}

/** Takes `length` bytes. */
static kith_code hear(hearing *h, void *bytes, size_t length, kith_err *err)
{
    char *to = bytes;

    while (length > 0) {
        if (h->begin == h->end) {
            kith_code rc = await(h, err);
            if (rc)
                return rc;
            ssize_t got = read(h->pipe_end, h->buffer, BUFFER);
            if (got < 0 && errno == EINTR)
                continue;
            if (got <= 0)
                return tell_silence(h, err);
            h->begin = 0;
            h->end = (size_t)got;
        }
        size_t part = h->end - h->begin < length ? h->end - h->begin : length;
        memcpy(to, h->buffer + h->begin, part);
        to += part;
        h->begin += part;
        length -= part;
    }
    return KITH_OK;
}

static kith_code nonsense(const hearing *h, kith_err *err)
{
    return kith_fail_at(err, KITH_EDATA, h->file->path, 0, "igraph's reader broke down over it");
}

/** Appends a text and its NUL to h->text. */
static kith_code hear_text(hearing *h, kith_err *err)
{
    uint32_t length = 0;
    char part[4096];
    size_t at = h->text.length;
    kith_code rc = hear(h, &length, sizeof length, err);

    if (!rc && length > KITH_WIRE_TEXT)
        rc = nonsense(h, err);
    while (!rc && length > 0) {
        size_t now = length < sizeof part ? length : sizeof part;
        rc = hear(h, part, now, err);
        kith_dynbuf_append(&h->text, part, rc ? 0 : now);
        length -= (uint32_t)now;
    }
    kith_dynbuf_put(&h->text, '\0');
    if (!rc)
        rc = kith_dynbuf_check(&h->text, "what is known of a vertex", err);
    if (!rc && !kith_text_valid(h->text.data + at, h->text.length - at - 1))
        rc = kith_fail_at(err, KITH_EDATA, h->file->path, 0, "holds text that is no UTF-8");
    return rc;
}

/** A text for each attribute, to be found in h->values. */
static kith_code hear_texts(hearing *h, kith_err *err)
{
    kith_code rc = KITH_OK;

    kith_dynbuf_clear(&h->text);
    for (uint32_t i = 0; !rc && i < h->n_attributes; i++) {
        h->value_at[i] = h->text.length;
        rc = hear_text(h, err);
    }
    for (uint32_t i = 0; !rc && i < h->n_attributes; i++)
        h->values[i] = kith_dynbuf_cstr(&h->text) + h->value_at[i];
    return rc;
}

static kith_code hear_begin(hearing *h, kith_err *err)
{
    uint32_t counts[2] = {0, 0};
    kith_code rc = hear(h, counts, sizeof counts, err);

    if (!rc && (counts[0] > KITH_WIRE_ATTRIBUTES || h->values))
        rc = nonsense(h, err);
    if (rc)
        return rc;
    h->n_attributes = counts[0];
    h->n_vertices = counts[1];
    h->value_at = kith_alloc_array(h->n_attributes, sizeof *h->value_at);
    h->values = kith_alloc_array(h->n_attributes, sizeof *h->values);
    if (!h->value_at || !h->values)
        return kith_fail_memory(err, "a graph file");
    rc = hear_texts(h, err);
    return rc ? rc : h->sink->begin(h->sink->ctx, h->values, h->n_attributes, h->n_vertices, err);
}

static kith_code hear_vertex(hearing *h, kith_err *err)
{
    if (!h->values || h->vertices == h->n_vertices)
        return nonsense(h, err);
    kith_code rc = hear_texts(h, err);
    return rc ? rc : h->sink->vertex(h->sink->ctx, h->vertices++, h->values, err);
}

static kith_code hear_edge(hearing *h, kith_err *err)
{
    uint32_t ends[2] = {0, 0};
    double numbers[2] = {0, 0};
    kith_code rc = hear(h, ends, sizeof ends, err);

    if (!rc)
        rc = hear(h, numbers, sizeof numbers, err);
    if (!rc && (ends[0] >= h->vertices || ends[1] >= h->vertices))
        rc = nonsense(h, err);
    return rc ? rc : h->sink->edge(h->sink->ctx, ends[0], ends[1], numbers[0], numbers[1], err);
}

static kith_code hear_failure(hearing *h, kith_err *err)
{
    uint32_t numbers[2] = {0, 0};
    kith_dynbuf safe = {0};
    kith_code rc = hear(h, numbers, sizeof numbers, err);

    kith_dynbuf_clear(&h->text);
    if (!rc)
        rc = hear_text(h, err);
    if (rc)
        return rc;
    if (numbers[0] == KITH_WIRE_NO_MEMORY)
        return too_much(h, "memory", err);
    kith_text_safe(kith_dynbuf_cstr(&h->text), &safe);
    rc = kith_fail_at(err, KITH_EDATA, h->file->path, numbers[1], "cannot be read: %.300s",
                      kith_dynbuf_cstr(&safe));
    kith_dynbuf_free(&safe);
    return rc;
}

static kith_code hear_all(hearing *h, kith_err *err)
{
    unsigned char tag = 0;
    kith_code rc;

    while (!(rc = hear(h, &tag, 1, err)) && tag != KITH_WIRE_END) {
        switch (tag) {
        case KITH_WIRE_BEGIN:
            rc = hear_begin(h, err);
            break;
        case KITH_WIRE_VERTEX:
            rc = hear_vertex(h, err);
            break;
        case KITH_WIRE_EDGE:
            rc = hear_edge(h, err);
            break;
        case KITH_WIRE_FAILURE:
            rc = hear_failure(h, err);
            break;
        default:
            rc = nonsense(h, err);
        }
        if (rc)
            return rc;
    }
    return rc ? rc : h->vertices == h->n_vertices ? KITH_OK : nonsense(h, err);
}

/** Starts the child. Signals wait until it has given up the handlers it was born with. */
static kith_code begin_child(hearing *h, kith_err *err)
{
    int ends[2];
    sigset_t all, before;

    if (pipe2(ends, O_CLOEXEC) != 0)
        return kith_fail_system(err, KITH_EIO, "read", h->file->path, errno);
    (void)sigfillset(&all);
    (void)pthread_sigmask(SIG_SETMASK, &all, &before);
    h->child = fork();
    if (h->child == 0)
        kith_foreign_child(h->file, ends[1]);
    int problem = errno;
    (void)pthread_sigmask(SIG_SETMASK, &before, NULL);
    (void)close(ends[1]);
    h->pipe_end = ends[0];
    if (h->child > 0)
        return KITH_OK;
    return problem == ENOMEM ? kith_fail_memory(err, "a process that reads a graph")
                             : kith_fail_system(err, KITH_EIO, "start a process for", h->file->path, problem);
}

kith_code kith_foreign_read(const kith_foreign_file *file, const kith_foreign_sink *sink, kith_err *err)
{
    hearing h = {.file = file, .sink = sink, .pipe_end = -1, .buffer = kith_malloc(BUFFER)};
    kith_code rc = h.buffer ? KITH_OK : kith_fail_memory(err, "a graph file");

    if (!rc)
        rc = kith_igraph_load(err); /* which the child is then born with */
    if (!rc)
        rc = begin_child(&h, err);
    if (!rc)
        rc = hear_all(&h, err);
    dismiss(&h);
    if (h.pipe_end >= 0)
        (void)close(h.pipe_end);
    kith_free(h.buffer);
    kith_free(h.value_at);
    kith_free(h.values);
    kith_dynbuf_free(&h.text);
    return rc;
}
