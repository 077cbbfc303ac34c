/** @file
 * A file that lies in memory only, for code that opens files by their path.
 */
#ifndef KITH_TESTS_MEMORY_FILE_H
#define KITH_TESTS_MEMORY_FILE_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

typedef struct memory_file {
    int fd;
    char path[32];
} memory_file;

static inline memory_file memory_file_open(void)
{
    memory_file file = {.fd = memfd_create("fuzz", MFD_CLOEXEC)};

    if (file.fd < 0)
        abort();
    (void)snprintf(file.path, sizeof file.path, "/proc/self/fd/%d", file.fd);
    return file;
}

static inline void memory_file_write(const memory_file *file, const void *bytes, size_t length)
{
    if (write(file->fd, bytes, length) != (ssize_t)length)
        abort();
}

static inline void memory_file_close(memory_file *file)
{
    (void)close(file->fd);
}

#endif
