/** @file
 * Folders with all that is in them.
 */
#ifndef KITH_BASE_TREE_H
#define KITH_BASE_TREE_H

#include <stdbool.h>

/**
 * Deletes the file, link or folder at `path`, of a folder also all that is in it. Links are not followed.
 * Allocates nothing, so that signal handlers may call it.
 * @return false, with errno set, where something is left.
 */
bool kith_tree_remove(const char *path);

/** Whether `path` is `folder`, or lies in it at any depth; both must be there. Links are followed. */
bool kith_path_is_within(const char *path, const char *folder);

#endif
