/*
 * file.h - writing whole files.
 */
#ifndef BASE_FILE_H
#define BASE_FILE_H

#include "base/str.h"

/* Write all of TEXT and wait until it is on the disk. Returns 0, or -1 with errno. */
int file_write(int fd, const struct str *text);

#endif
