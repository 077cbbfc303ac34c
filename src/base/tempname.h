/** @file
 * Names of what is not finished yet: hidden files and folders beside the place they will take.
 *
 * They are kept in static storage, so that a signal handler can remove all of them
 * (kith_abandon_outputs in kith/process.h).
 */
#ifndef KITH_BASE_TEMPNAME_H
#define KITH_BASE_TEMPNAME_H

#include <stdbool.h>

typedef struct kith_tempname kith_tempname;

/**
 * Makes FOLDER/.NAME.XXXXXX, mode 0600 whatever the umask, for a file that will be FOLDER/NAME.
 * @return its descriptor, or -1 with errno set.
 */
int kith_tempname_file(const char *path, kith_tempname **out);

/** The same for a folder of mode 0700; slashes at the end of `path` do not count. @return false with errno
 * set.
 */
bool kith_tempname_folder(const char *path, kith_tempname **out);

/** Where it stands; borrowed until it is released or removed. */
const char *kith_tempname_path(const kith_tempname *temp);

/** Forgets the name: what stood there has been renamed. */
void kith_tempname_release(kith_tempname *temp);

/** Deletes what stands there, of a folder also what is in it, and forgets the name. */
void kith_tempname_remove(kith_tempname *temp);

#endif
