/** @file
 * What the child that reads a graph file writes into its pipe: records, numbers as this machine has them.
 *
 * begin      u32 attributes, u32 vertices, and the name of each attribute
 * vertex     a text for each attribute
 * edge       u32 from, u32 to, f64 weight, f64 strength
 * end        nothing: all is well
 * failure    u32 kith_wire_failure, u32 line (0: none), a text
 *
 * A text is a u32 of bytes, then these.
 */
#ifndef KITH_IGRAPH_PORT_FOREIGN_WIRE_H
#define KITH_IGRAPH_PORT_FOREIGN_WIRE_H

#include <stdint.h>

#include "igraph_port/foreign.h"

typedef enum kith_wire_tag {
    KITH_WIRE_BEGIN = 1,
    KITH_WIRE_VERTEX,
    KITH_WIRE_EDGE,
    KITH_WIRE_END,
    KITH_WIRE_FAILURE
} kith_wire_tag;

typedef enum kith_wire_failure { KITH_WIRE_BAD_FILE, KITH_WIRE_NO_MEMORY } kith_wire_failure;

/** Bytes of one text, and attributes of one file, at most. */
#define KITH_WIRE_TEXT ((uint32_t)1 << 20)
#define KITH_WIRE_ATTRIBUTES 4096

/** The child's whole life: reads the file, writes records to `pipe_end`, ends the process. */
_Noreturn void kith_foreign_child(const kith_foreign_file *file, int pipe_end);

#endif
