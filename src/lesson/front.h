/*
 * front.h - the front matter: `key: value` lines between two lines of `---` at
 * the top of a lesson. Private to the lesson module.
 *
 * Keys that are not ours are passed over, since other programs read such
 * files too. Text in which a line is no such line is no front matter.
 */
#ifndef LESSON_FRONT_H
#define LESSON_FRONT_H

#include "lesson/lesson.h"

/* Read the front matter of TEXT (LEN bytes, clean) into LESSON. Returns where the
 * Markdown begins: at TEXT when there is no front matter. */
const char *front_parse(struct lesson *lesson, const char *text, size_t len, struct errs *errs);

/* Append the front matter, with a blank line after it; nothing when there is nothing to say.
 * TITLE is what the lesson would be called without one. */
void front_print(struct str *to, const struct lesson *lesson, const char *title);

/* The Ith key, or NULL after the last. */
const char *front_key_at(size_t i);

#endif
