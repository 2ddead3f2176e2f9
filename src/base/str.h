/*
 * str.h - a growing string.
 *
 * All-zero is the empty string. `p` is NULL or NUL-terminated at `len`; it may
 * hold NUL bytes before that. The string owns `p`.
 */
#ifndef BASE_STR_H
#define BASE_STR_H

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

struct str {
	char *p;
	size_t len;
	size_t cap;
};

/* Append N bytes, a C string, one byte, one code point as UTF-8. */
void str_addn(struct str *s, const char *p, size_t n);
void str_add(struct str *s, const char *text);
void str_addc(struct str *s, char c);
void str_addu(struct str *s, uint32_t cp);

/* Append as printf() does. */
void str_addf(struct str *s, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
void str_addv(struct str *s, const char *format, va_list ap)
	__attribute__((format(printf, 2, 0)));

/* Append the N bytes at P as the inside of a C string literal: quotes,
 * backslashes and everything that is not printable ASCII are escaped so that
 * the literal means the same bytes. At most MOST bytes are shown (0: all);
 * returns whether all of them were. UTF-8 that is printable stays as it is. */
int str_add_quoted(struct str *s, const char *p, size_t n, size_t most);

/* Cut to LEN bytes; LEN is not greater than s->len. */
void str_cut(struct str *s, size_t len);

/* The text, never NULL; valid until the string changes. */
const char *str_text(const struct str *s);

/* Give the text to the caller, who frees it; the string is empty after. */
char *str_take(struct str *s);

void str_free(struct str *s);

/* A new string made as printf() does. The caller frees it. */
char *str_make(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Whether the strings are equal; NULL equals only NULL. */
int str_same(const char *a, const char *b);

#endif
