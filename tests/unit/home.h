/*
 * home.h - progress in a temporary directory: what the suites `progress` and `keeping` share.
 */
#ifndef UNIT_HOME_H
#define UNIT_HOME_H

#include "course/progress.h"

/* Make $XDG_STATE_HOME a new path, at which nothing is yet; remove all that came to be. */
void home_new(void);
void home_end(void);

/* The path $XDG_STATE_HOME; borrowed until home_end(). */
const char *home_path(void);

/* NAME in its directory `socktutor`. The caller frees it. */
char *home_place(const char *name);

/* Write TEXT to the file NAME there; replace TO by what is in it; whether there is one. */
void home_write(const char *name, const char *text);
void home_read(const char *name, struct str *to);
bool home_has(const char *name);

/* Open the progress, save it: there must be nothing to say. */
struct progress *home_open(void);
void home_save(struct progress *p);

/* Open, note that DEMO was seen, save and close; open and ask whether it was. */
void home_see(const char *demo);
bool home_was_seen(const char *demo);

/* Note one of everything that can be, and check that it is known. */
void home_note_everything(struct progress *p);
void home_knows_everything(const struct progress *p);

/* The Ith text that is no progress, or NULL. */
const char *home_damage(size_t i);

#endif
