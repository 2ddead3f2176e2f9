/*
 * breaks.h - where a line may be broken without a space.
 *
 * Chinese and Japanese are written without spaces: a line breaks between any two
 * characters, but none begins with what closes (`。`, `」`, a small kana) or ends with what
 * opens (`「`). Korean has spaces, and breaks there like everybody else; its syllables
 * stay together with what is written against them, as in `recv()는`.
 *
 * Source: Unicode UAX 14, with Korean breaking at spaces; JIS X 4051 for what may not begin a line.
 */
#ifndef VIEW_BREAKS_H
#define VIEW_BREAKS_H

#include <stdbool.h>
#include <stdint.h>

/* Whether a line may end with BEFORE and the next begin with AFTER. Both are the characters
 * themselves, without marks; 0 stands for none: then it may not. */
bool breaks_between(uint32_t before, uint32_t after);

/* Whether it would look wrong, also where a line must be broken somewhere: AFTER closes, or
 * BEFORE opens. */
bool breaks_badly(uint32_t before, uint32_t after);

#endif
