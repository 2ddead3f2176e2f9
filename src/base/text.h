/*
 * text.h - the words that people read, in their language.
 *
 * What a person is to read is written `_("…")`; in a constant table it is written
 * N_("…") and translated where it is used, `_(row->label)`. The notation, errno names,
 * JSON and what can be run again are never translated.
 *
 * Source: gettext(3).
 */
#ifndef BASE_TEXT_H
#define BASE_TEXT_H

#include <libintl.h>

#define _(words) gettext(words)
#define N_(words) words

#endif
