/*
 * present.h - a lesson as slides: its headings and demos, for a room that looks at the screen.
 *
 * A slide is a heading with the beginning of its text, or a demo with a large
 * timeline. Nothing is asked before a row, and notes for who presents are not shown.
 */
#ifndef VIEW_PRESENT_H
#define VIEW_PRESENT_H

#include "lesson/lesson.h"
#include "view/recall.h"

struct slide {
	const struct block *heading; /* in the lesson's blocks; NULL: of the lesson's title */
	const struct block *text;    /* the paragraph or list that follows it, or NULL */
	int demo;                    /* index of the demo, or -1: a heading */
};

struct present {
	const struct lesson *lesson; /* borrowed; NULL: nothing is presented */
	VEC(struct slide) slides;
	size_t at;
	int played;                  /* index of the demo that the player holds, or -1 */
	int number;                  /* digits typed so far */
	struct recall recall;        /* the rehearsal, as far as there is one */
};

/* Begin with LESSON's first slide; what was there before is freed. */
void present_start(struct present *p, const struct lesson *lesson);

/* The demo number DEMO (its index) is played from now on: its slide is the one that shows. */
void present_plays(struct present *p, int demo);

/* The number (from 0) of the slide that the lesson file's LINE is on. */
size_t present_slide_at(const struct present *p, int line);

/* Append what is for who presents, for the slide that shows: a line with its title, then the
 * paragraphs after `<!-- note -->`. There must be a lesson. */
void present_note(struct str *to, const struct present *p);

/* End it. */
void present_free(struct present *p);

#endif
