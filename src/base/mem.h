/*
 * mem.h - allocation, with one policy for the whole program.
 *
 * Nothing here returns NULL. When memory runs out the program says so on
 * standard error and calls abort(); the guard process (term/guard.h) then
 * restores the terminal and the stage goes with its parent. A tutorial that
 * limits lesson files to 1 MiB has no better answer to give, and code without
 * thousands of untested error paths is easier to trust.
 */
#ifndef BASE_MEM_H
#define BASE_MEM_H

#include <stddef.h>

/* N bytes, not cleared. The caller frees them with free(). N may be 0. */
void *mem_alloc(size_t n);

/* N * SIZE bytes, all zero; aborts too when the product overflows. */
void *mem_zero(size_t n, size_t size);

/* PTR (or NULL) resized to N * SIZE bytes, as realloc() does. */
void *mem_resize(void *ptr, size_t n, size_t size);

/* A copy of S (NULL gives NULL). The caller frees it. */
char *mem_strdup(const char *s);

/* A NUL-terminated copy of the N bytes at P. The caller frees it. */
char *mem_strndup(const char *p, size_t n);

#endif
