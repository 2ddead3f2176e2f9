/*
 * ascii.h - lines, arrows and marks in ASCII, for terminals and fonts that do not have them.
 *
 * Text stays text: a letter of another script has no counterpart in ASCII. Where the terminal
 * takes nothing else, term/screen.h replaces what is left.
 */
#ifndef VIEW_ASCII_H
#define VIEW_ASCII_H

#include <stdint.h>

/* What stands for CP, which is not ASCII: `v` for ✓, `->` for →, `u` for µ, "" for marks that
 * combine with Latin letters; NULL when nothing does. */
const char *ascii_for(uint32_t cp);

/* A copy of TEXT with all for which something stands replaced so. The caller frees it. */
char *ascii_text(const char *text);

#endif
