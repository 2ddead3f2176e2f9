/*
 * place.h - where the files are that come with the program.
 */
#ifndef BASE_PLACE_H
#define BASE_PLACE_H

/*
 * The directory that holds them: what the environment's VARIABLE says, else NAME in the source
 * tree when the program runs from the directory it was built in, else INSTALLED. The caller frees
 * it. Whether it exists is not looked at.
 */
char *place_find(const char *variable, const char *name, const char *installed);

/* The same for what is made while building: NAME in the build tree. */
char *place_built(const char *variable, const char *name, const char *installed);

#endif
