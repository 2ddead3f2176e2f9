/*
 * dialog.h - lines out, answers in.
 */
#ifndef PLAIN_DIALOG_H
#define PLAIN_DIALOG_H

#include "base/str.h"
#include "view/flow.h"

#include <stdbool.h>

enum { PLAIN_COLUMNS = 72 };

struct dialog {
	bool over;      /* the input has ended, or the reader wants to leave the tutorial */
	bool leave;     /* the reader wants to leave this lesson or demo */
	const char *said; /* the prompt that was said in full last; borrowed */
	char *answer;   /* the last line, trimmed; owned */
	size_t size;
	/* Takes an answer that is none to what was asked, but a question of the reader's, and
	 * answers that; then the prompt comes again. May be NULL. */
	bool (*aside)(void *data, const char *answer);
	void *data;
};

/* Say TEXT, wrapped, as a paragraph of its own; with a printf() format. */
void dialog_say(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Print lines as they are, without their styles. */
void dialog_lines(const struct lines *lines);

/*
 * Ask with PROMPT and read a line. `q` sets leave, `Q` and the end of the input set over too.
 * Returns the answer, trimmed (borrowed until the next); "" when there is none. What does not come
 * from a terminal, which would show it, is printed after the prompt.
 */
const char *dialog_ask(struct dialog *d, const char *prompt);

/* The same with a long PROMPT, which stays where it is: once it was said, BRIEF is said in its
 * place, until `said` is NULL again. */
const char *dialog_ask_again(struct dialog *d, const char *prompt, const char *brief);

/* Ask for a number from 1 to N until one is given. 0: skipped (`s` or an empty line) or left. */
size_t dialog_choose(struct dialog *d, size_t n);

void dialog_free(struct dialog *d);

#endif
