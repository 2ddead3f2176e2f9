/*
 * directive.h - the comment before a table that sets its demo up. Private to the
 * lesson module.
 */
#ifndef LESSON_DIRECTIVE_H
#define LESSON_DIRECTIVE_H

#include "lesson/demo.h"

#include <stdbool.h>

/* Whether the inside of a comment is a directive: ` demo: id=classic `. */
bool directive_is(const char *comment);

/* Read the directive in COMMENT into DEMO: its keys, which of them were given.
 * Mistakes go to ERRS with FILE and LINE and leave their key as it was. */
void directive_parse(struct demo *demo, const char *comment, const char *file, int line,
		     struct errs *errs);

/* The name of a key. */
const char *directive_key_name(enum demo_key key);

/* Whether TEXT can be an id: lower-case words with hyphens. */
bool directive_id_is_right(const char *text);

#endif
