/** @file
 * The pieces that cut people leave behind, and what a tie between two of them would change.
 */
#ifndef KITH_ANALYSIS_CUT_PIECES_H
#define KITH_ANALYSIS_CUT_PIECES_H

#include "graph/biconnected.h"

/** The piece with everyone who is not in a subtree that hangs on the cut person. Other pieces are such
 * subtrees, called by the person at their top. */
#define KITH_PIECE_REST UINT32_MAX

/** All cut people's pieces. Zeroed is empty. */
typedef struct kith_cut_pieces {
    kith_biconnected b;
    uint32_t *first;   /**< [n + 1] where each person's children begin in `child` */
    uint32_t *child;   /**< [n] of the search, each person's by position */
    uint32_t *rest;    /**< [n] of cut people: how many are in KITH_PIECE_REST */
    uint32_t *larger;  /**< [n] of cut people: the largest piece, */
    uint32_t *smaller; /**< [n] and the next largest */
} kith_cut_pieces;

/**
 * @param out  caller-owned: kith_cut_pieces_free, also on failure.
 * @return KITH_ENOMEM.
 * @cost   O(n + m) time; 46 n bytes.
 */
kith_code kith_cut_pieces_new(const kith_graph *graph, kith_cut_pieces *out, kith_err *err);

void kith_cut_pieces_free(kith_cut_pieces *pieces);

/** Which of the pieces of `cut` somebody else of the component is in. @cost O(log d) for d ties of `cut`. */
uint32_t kith_cut_piece_of(const kith_cut_pieces *pieces, uint32_t cut, uint32_t person);

/**
 * How many fewer people `cut` would part from the largest piece were a and b, of its component, tied.
 *
 * @param removed  out: whether it would be no cut person any more.
 */
uint32_t kith_cut_pieces_secured(const kith_cut_pieces *pieces, uint32_t cut, uint32_t a, uint32_t b,
                                 bool *removed);

#endif
