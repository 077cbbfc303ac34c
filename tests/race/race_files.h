/** @file
 * Answers as files, told on one thread and on four.
 */
#ifndef KITH_TESTS_RACE_FILES_H
#define KITH_TESTS_RACE_FILES_H

#include <stdbool.h>

#include <kith/network.h>

/** Asks a network something and writes the answer to `path`. @return false where that fails. */
typedef bool race_tell(const kith_net *net, const char *path);

/** Has all answers of `net` told on one thread and on four. @return whether the files have the same bytes. */
bool race_same_files(const kith_net *net, race_tell *const *tell, int count);

#endif
