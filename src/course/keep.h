/*
 * keep.h - one small file that is never half written. Private to the course module.
 *
 * Source: XDG Base Directory Specification; flock(2), fsync(2), rename(2).
 */
#ifndef COURSE_KEEP_H
#define COURSE_KEEP_H

#include "base/str.h"

struct keep {
	char *directory;  /* NULL: there is no place; owned, as all here */
	char *path;       /* the file in it, or what a symbolic link there leads to */
	char *lock;       /* the lock file beside it */
};

enum { KEEP_MOST = 16 << 20 };  /* bytes of a file; a course's progress comes to some thousand */

enum keep_found { KEEP_READ, KEEP_MISSING, KEEP_TOO_BIG, KEEP_FAILED };

/* The file NAME, such as `progress.json`, which may be in a directory of its own, of
 * $XDG_STATE_HOME/socktutor. When there is no place, WHY gets a sentence. */
void keep_find(struct keep *keep, const char *name, struct str *why);

/* Make the directory, and those it lies in, with mode 0700. -1: WHY says why. */
int keep_make(const struct keep *keep, struct str *why);

/* Append what is in the file. KEEP_FAILED: WHY says why. */
enum keep_found keep_read(const struct keep *keep, struct str *text, struct str *why);

/* Wait for the lock, some seconds at most. Returns a descriptor that holds it until it is
 * closed; -1: WHY says why. */
int keep_lock(const struct keep *keep, struct str *why);

/* Replace the file by TEXT: whoever reads it, at whatever moment, finds the old text or the
 * new one, also after a crash of the machine. -1: the old one stays, WHY says why. */
int keep_write(const struct keep *keep, const struct str *text, struct str *why);

/* Rename the file to `….damaged-N`, the first N that is free. Returns the new path, which the
 * caller frees; NULL: WHY says why. Hold the lock. */
char *keep_put_aside(const struct keep *keep, struct str *why);

void keep_free(struct keep *keep);

#endif
