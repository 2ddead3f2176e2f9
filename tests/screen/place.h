/*
 * place.h - a directory of its own for each run, so that none meets what another kept.
 */
#ifndef SCREEN_PLACE_H
#define SCREEN_PLACE_H

/* Make a new directory and return its path; the caller frees it. Fails the program if there
 * is no room for one. */
char *place_make(void);

/* Remove PATH and all in it, and free it. NULL is nothing. */
void place_remove(char *path);

#endif
