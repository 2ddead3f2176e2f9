/*
 * vec.h - a growing array of any type.
 *
 *     VEC(struct event) list = {0};
 *     vec_push(&list, e);
 *     for (size_t i = 0; i < list.n; i++) use(&list.at[i]);
 *     vec_free(&list);
 *
 * All-zero is the empty array. The array owns its elements' storage, not what
 * they point to. A push may move the elements.
 */
#ifndef BASE_VEC_H
#define BASE_VEC_H

#include "base/mem.h"

#include <stdlib.h>

#define VEC(type) struct { type *at; size_t n, cap; }

/* Append VALUE. */
#define vec_push(v, ...) (vec_room(v), (void)((v)->at[(v)->n++] = (__VA_ARGS__)))

/* Make room for one more element. */
#define vec_room(v) \
	((v)->n < (v)->cap ? (void)0 \
	 : (void)((v)->cap = (v)->cap ? (v)->cap * 2 : 8, \
		  (v)->at = mem_resize((v)->at, (v)->cap, sizeof *(v)->at)))

/* Free the storage and leave the array empty. */
#define vec_free(v) (free((v)->at), (v)->at = NULL, (v)->n = (v)->cap = 0)

#endif
