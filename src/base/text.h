/*
 * text.h - the words that people read, in their language.
 *
 * What a person is to read is written `_("…")`; in a constant table it is written
 * N_("…") and translated where it is used, `_(row->label)`. One from two is told by
 * ngettext("%zu row", "%zu rows", n). A sentence is one text, never glued from pieces:
 * other languages put its parts in another order, with `%2$s %1$s`. The notation, errno
 * names, JSON and what can be run again are never translated.
 *
 * A note for who translates stands in a comment before it: TRANSLATORS: what %s is.
 *
 * Source: gettext(3), ngettext(3).
 */
#ifndef BASE_TEXT_H
#define BASE_TEXT_H

#include <libintl.h>
#include <stddef.h>

/* The words in the language of lang_set(), or as they are. NULL stays NULL, and "" is "",
 * which for gettext would be the head of the catalogue. */
static inline const char *text_words(const char *words) __attribute__((format_arg(1)));
static inline const char *text_words(const char *words)
{
	return words && *words ? gettext(words) : words;
}

#define _(words) text_words(words)
#define N_(words) words

#endif
