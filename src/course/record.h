/*
 * record.h - progress as JSON: what is right, and how two of them become one. Private to the
 * course module; doc/PROGRESS.md documents it.
 *
 * Everything noted is a small record that is merged into the whole, so a deed, a save
 * beside another tutor's, and an import from another machine are one operation. Merging
 * gives the same in whatever order, and twice is as good as once. Members that are not
 * known here belong to a later version: they are kept, and merged as best one can.
 */
#ifndef COURSE_RECORD_H
#define COURSE_RECORD_H

#include "base/str.h"

#include <jansson.h>
#include <stdbool.h>

enum { RECORD_VERSION = 1 };

/* A progress in which nothing has happened. The caller owns it, as all that is returned here. */
json_t *record_new(void);

enum record_found { RECORD_RIGHT, RECORD_WRONG, RECORD_LATER };

/* Parse TEXT. RECORD_RIGHT: *TO is the progress. RECORD_WRONG: it is none, RECORD_LATER: one
 * that only a later version understands; WHY then gets a few words. */
enum record_found record_parse(json_t **to, const char *text, size_t len, struct str *why);

/* Append as text: members in the order of their names, a line each. */
void record_print(struct str *to, const json_t *progress);

/* Merge FROM, which is left alone, into INTO; both are right. */
void record_merge(json_t *into, const json_t *from);

/* Forget LESSON, or (NULL) all that this version knows of. */
void record_forget(json_t *progress, const char *lesson);

#endif
