/*
 * needs.h - what a machine or a build may lack.
 */
#ifndef SCREEN_NEEDS_H
#define SCREEN_NEEDS_H

#include <stdbool.h>

/* Whether the stage can have its namespaces here. */
bool needs_namespaces(void);

/* Whether PROGRAM's interface can be had in LANG. */
bool needs_lang(const char *program, const char *lang);

#endif
