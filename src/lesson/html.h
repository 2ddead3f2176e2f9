/*
 * html.h - raw HTML in a lesson: comments are kept, anything else is text. Private to
 * the lesson module.
 */
#ifndef LESSON_HTML_H
#define LESSON_HTML_H

#include <stdbool.h>
#include <stddef.h>

/* What html_split() finds goes here, in its order. */
struct html_user {
	/* The inside of a comment, trimmed; the callee owns it. */
	void (*comment)(void *user, char *text, int line);
	/* Anything else; borrowed. */
	void (*other)(void *user, const char *p, size_t n, int line);
	void *user;
};

/* Split the N bytes at P, which begin on LINE. False when the last comment has no
 * end; it is then taken to end with the text. */
bool html_split(const char *p, size_t n, int line, const struct html_user *user);

/* Replace the owned *TEXT: no white space at the end of a line, tabs as spaces; with
 * LAST every line, also the last, ends in a newline. */
void html_tidy_lines(char **text, bool last);

/* A copy of the N bytes at P without white space around it. The caller frees it. */
char *html_trim(const char *p, size_t n);

#endif
