/*
 * lang.h - the language of the words that people read, and the locale.
 *
 * There are few languages, each a code such as "ko": English, which stands in the source, and
 * those with a catalogue (po/CODE.po). Which one it is to be is decided once, at the start, and
 * handed on as its code. gettext keeps the rest, for the whole process: a process that is made
 * after lang_set() speaks the same language.
 *
 * Source: gettext(3), setlocale(3), locale(7).
 */
#ifndef BASE_LANG_H
#define BASE_LANG_H

#include <stdbool.h>
#include <stddef.h>

/* The language of the source, which needs no catalogue. */
#define LANG_SOURCE "en"

/* The code and the own name ("한국어") of the Ith language, or NULL after the last. */
const char *lang_code_at(size_t i);
const char *lang_name_at(size_t i);

/* The own name of the language with this code, which is one of them. */
const char *lang_name(const char *code);

/* The code of the language that NAME means: "ko", "ko_KR.UTF-8", "ko-KR"; NULL when there is no
 * such language. The code is a constant. */
const char *lang_find(const char *name);

/*
 * Take over the locale of the environment. Widths and classes of characters are those of UTF-8
 * from then on, whatever it is. Returns whether the terminal takes UTF-8, as far as the
 * environment tells: also when it names a UTF-8 locale that this machine does not have.
 */
bool lang_start(void);

/* The code of the language that the environment asks for (LC_ALL, LC_MESSAGES, LANG, and
 * LANGUAGE as gettext reads it), or LANG_SOURCE. Never NULL. */
const char *lang_wanted(void);

/* The code of the language that the words of the interface are in now. */
const char *lang_now(void);

/*
 * Have the words of the interface in the language with this code. Returns false when they cannot
 * be had here: its catalogue was not built or is not found, or no locale of this machine lets
 * gettext use it. Then they are English.
 */
bool lang_set(const char *code);

#endif
