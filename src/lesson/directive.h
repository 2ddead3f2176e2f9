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

/* The word that COMMENT should begin with, and a colon, when it has pairs like a directive's but is
 * none: `demo link=tcp`, `Demo: link=tcp`, `dmeo: link=tcp`. NULL when it is no such slip. */
const char *directive_slip(const char *comment);

/* Read the directive in COMMENT into DEMO: its keys, which of them were given.
 * Mistakes go to ERRS with FILE and LINE and leave their key as it was. */
void directive_parse(struct demo *demo, const char *comment, const char *file, int line,
		     struct errs *errs);

/* A key that only some directives have. */
struct directive_key {
	const char *name;        /* NULL ends the list */
	/* Give TO the value. NULL, or what would be right. */
	const char *(*set)(void *to, const char *value);
};

/* The same for a directive that begins with WORD and has the keys MORE, too, which set TO. */
void directive_parse_more(struct demo *demo, const char *word, const struct directive_key *more,
			  void *to, const char *comment, const char *file, int line,
			  struct errs *errs);

/* The name of a key. */
const char *directive_key_name(enum demo_key key);

/* Give KEY of DEMO the VALUE, written as in a directive. NULL, or what would be right; DEMO
 * is as it was then. */
const char *directive_set(struct demo *demo, enum demo_key key, const char *value);

/* Append the value of KEY as a directive has it; nothing for a role that misses nothing. */
void directive_print_value(struct str *to, const struct demo *demo, enum demo_key key);

/* Whether TEXT can be an id: lower-case words with hyphens. */
bool directive_id_is_right(const char *text);

#endif
