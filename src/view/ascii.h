/*
 * ascii.h - the same in ASCII, for terminals that have nothing else.
 */
#ifndef VIEW_ASCII_H
#define VIEW_ASCII_H

#include <stdint.h>

/* What stands for CP, which is not ASCII: `v` for ✓, `->` for →, `u` for µ, `?` when
 * there is nothing better. Never NULL; "" for marks that combine. */
const char *ascii_for(uint32_t cp);

/* A copy of TEXT with all that is not ASCII replaced so. The caller frees it. */
char *ascii_text(const char *text);

#endif
