/*
 * err.h - errors that name the file, the line, and what would be right.
 *
 * A parser never prints and never exits: it adds to a list that its caller
 * shows. All-zero is the empty list. The list owns its texts.
 */
#ifndef BASE_ERR_H
#define BASE_ERR_H

#include "base/vec.h"

#include <stdio.h>

struct err {
	char *file;  /* NULL: no file, as for "no lesson 'x'" */
	int line;    /* 1 is the first; 0: the whole file */
	char *text;  /* what is wrong; what would be right */
};

struct errs {
	VEC(struct err) list;
};

/* Add an error. FILE may be NULL; it is copied. FORMAT is translated here. */
void errs_add(struct errs *errs, const char *file, int line, const char *format, ...)
	__attribute__((format(printf, 4, 5)));

/* Print each as `FILE:LINE: text`, in the order of their lines. */
void errs_print(struct errs *errs, FILE *to);

/* Take back all but the first N. */
void errs_cut(struct errs *errs, size_t n);

void errs_free(struct errs *errs);

#endif
