/*
 * variant.h - a demo with one thing changed, to be run beside the demo as it is.
 *
 * What can be changed is what the directive says: the link, what a role misses, what SIGPIPE
 * does to it. Values are written as there; `none` is what misses nothing.
 */
#ifndef LESSON_VARIANT_H
#define LESSON_VARIANT_H

#include "lesson/lesson.h"
#include "timeline/compare.h"

/* Whether KEY is one that two runs can be compared by: link, a-misses, … */
bool variant_can_change(enum demo_key key);

/* Append KEY's value of DEMO, as it can be given. */
void variant_value(struct str *to, const struct demo *demo, enum demo_key key);

/* A lesson of its own with a copy of DEMO: printed and parsed, as every changed demo is. The
 * caller frees it; NULL when it cannot be run. */
struct lesson *variant_copy(const struct lesson *lesson, const struct demo *demo);

/*
 * The same with a copy of DEMO in which KEY is VALUE (NULL: as it is). Over a link
 * without segments nothing is missed, whatever the demo says. NULL when VALUE is none, or makes
 * no sense for this demo: WHY then gains a sentence. The caller frees it with lesson_free().
 */
struct lesson *variant_make(const struct lesson *lesson, const struct demo *demo,
			    enum demo_key key, const char *value, struct str *why);

/* Append where such a run is told: "over tcp", "where A misses FIN,". */
void variant_when(struct str *to, const struct demo *demo, enum demo_key key);

/* Append what had to change with the link, or nothing: WAS is the demo as it is. */
void variant_note(struct str *to, const struct demo *was, const struct demo *demo);

/* What KEY changes, for compare_words(); when[] is left to the caller. */
struct change variant_change(enum demo_key key);

/* A run of DEMO for compare_make(), as of the first END of its EVENTS; all are borrowed. */
struct compare_run variant_run(const struct demo *demo, const struct events *events, size_t end);

/* Whether the number that ACTION's call gives back is only a name for something, and need not
 * be the same in two runs: a descriptor, a process id. */
bool variant_number_varies(const struct action *action);

#endif
