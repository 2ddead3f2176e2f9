/*
 * utf8.h - code points, their width on a terminal, and text made safe for one.
 *
 * Widths come from wcwidth(3), so the program must have a UTF-8 LC_CTYPE; main
 * sees to that (see base/locale.h). Source: RFC 3629; Unicode TR 11.
 */
#ifndef BASE_UTF8_H
#define BASE_UTF8_H

#include <stddef.h>
#include <stdint.h>

/* Decode the code point at P, at most N bytes (N > 0). Returns its length;
 * a byte that starts no valid sequence is one U+FFFD of length 1. */
size_t utf8_get(const char *p, size_t n, uint32_t *cp);

/* Encode CP into OUT; returns the length, 1 to 4. */
size_t utf8_put(uint32_t cp, char out[4]);

/* Columns that CP takes: 0 (combining), 1 or 2; unprintable ones take 1, as
 * they are drawn as U+FFFD. */
int utf8_width(uint32_t cp);

/* Whether CP may be sent to a terminal: no control, no surrogate, no
 * bidirectional override, nothing wcwidth() refuses. */
int utf8_printable(uint32_t cp);

/* Columns that the N bytes at P take; utf8_columns() of a C string. */
size_t utf8_columns_n(const char *p, size_t n);
size_t utf8_columns(const char *s);

/* How many bytes of the N at P fit in COLUMNS columns without splitting a
 * character from the marks that combine with it. */
size_t utf8_fit(const char *p, size_t n, size_t columns);

/* A copy of the N bytes at P that is valid, printable UTF-8: anything else,
 * control characters too, becomes U+FFFD; newlines and tabs become a space.
 * The caller frees it. */
char *utf8_clean(const char *p, size_t n);

#endif
