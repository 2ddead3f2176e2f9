/*
 * entity.h - HTML's character references, as Markdown text may have them. Private to the
 * lesson module.
 */
#ifndef LESSON_ENTITY_H
#define LESSON_ENTITY_H

#include "base/str.h"

/* Append what the N bytes at P (`&amp;`, `&#38;`, `&#x26;`) stand for. What is not known
 * is appended as it is. Nothing but printable characters is ever appended. */
void entity_add(struct str *to, const char *p, size_t n);

#endif
