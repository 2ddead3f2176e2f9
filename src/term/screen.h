/*
 * screen.h - canvas to curses, and keys from it. The only user of curses.
 */
#ifndef TERM_SCREEN_H
#define TERM_SCREEN_H

#include "term/guard.h"
#include "view/canvas.h"
#include "view/keys.h"

struct screen;

struct screen_options {
	bool mouse;
	bool color;
};

/* Read the terminal's description; nothing is written to the terminal yet. Returns 0, or -1
 * with a sentence in *WHY (static). Afterwards STRINGS is filled in. */
int screen_describe(struct guard_strings *strings, const char **why);

/* Take over the terminal. NULL when it cannot be used. */
struct screen *screen_open(const struct screen_options *options);

/* The terminal's size now, asked of the kernel. */
void screen_size(struct screen *s, int *columns, int *rows);

/* The terminal has another size. */
void screen_resize(struct screen *s, int columns, int rows);

/* Show the canvas; only cells that changed are sent. */
void screen_show(struct screen *s, const struct canvas *c);

/* The next key, without waiting; returns whether there was one. */
bool screen_input(struct screen *s, struct input *input);

/* Whether nothing more can be read, ever: the terminal is gone. */
bool screen_lost(const struct screen *s);

/* Give the terminal back for a while, and take it again: all is drawn anew. */
void screen_pause(struct screen *s);
void screen_resume(struct screen *s);

/* Restore the terminal and free S. NULL is nothing. */
void screen_close(struct screen *s);

#endif
