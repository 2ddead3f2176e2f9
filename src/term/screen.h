/*
 * screen.h - canvas to curses, and keys from it. With terminfo.c the only user of curses.
 */
#ifndef TERM_SCREEN_H
#define TERM_SCREEN_H

#include "view/canvas.h"
#include "view/keys.h"

struct screen;

struct screen_options {
	bool mouse;
	bool color;
	bool only_ascii;   /* the terminal takes nothing else: `?` stands for the rest */
};

/* Take over the terminal on standard input and output. NULL when it cannot be used: then *WHY
 * (static) is a sentence about it, and the terminal is as it was. */
struct screen *screen_open(const struct screen_options *options, const char **why);

/* The terminal's size now, asked of the kernel. */
void screen_size(int *columns, int *rows);

/* The terminal has another size: all is drawn anew. */
void screen_resize(struct screen *s, int columns, int rows);

/* Show the canvas; only cells that changed are sent. */
void screen_show(struct screen *s, const struct canvas *c);

/* The next key, without waiting; returns whether there was one. */
bool screen_input(struct screen *s, struct input *input);

/* Whether the terminal is gone: nothing will ever be read again. */
bool screen_lost(void);

/* Give the terminal back for a while, and take it again: all is drawn anew. */
void screen_pause(struct screen *s);
void screen_resume(struct screen *s);

/* Restore the terminal and free S. NULL is nothing. */
void screen_close(struct screen *s);

#endif
