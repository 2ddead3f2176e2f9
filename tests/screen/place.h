/*
 * place.h - a directory of its own for each run, so that none meets what another kept.
 */
#ifndef SCREEN_PLACE_H
#define SCREEN_PLACE_H

#include <stdbool.h>

/* Make a new directory and return its path; the caller frees it. Fails the program if there
 * is no room for one. */
char *place_make(void);

/* Remove PATH and all in it, and free it. NULL is nothing. */
void place_remove(char *path);

/* What the file PATH holds; NULL when there is none. The caller frees it. */
char *place_read(const char *path);

/* The learner's file in PLACE holds TEXT; empty: there is none. */
void place_progress(const char *place, const char *text);

/* A run of LESSON was kept in PLACE: DIRECTORY/rehearsal/LESSON.jsonl. Returns whether there is
 * such a file. */
bool place_rehearsal(const char *place, const char *directory, const char *lesson);

#endif
