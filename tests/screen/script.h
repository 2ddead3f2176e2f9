/*
 * script.h - a screen test: a text file of keys, waits and expected screens.
 *
 * A line is a command and what it takes; `#` begins a comment. A script runs
 * once for each of its sizes. There is no command to sleep: what is waited for
 * is said, and the wait ends with failure when it does not come in time.
 *
 *     sizes 80x24 120x40     run it at each of these (default: 80x24)
 *     env NAME=VALUE         for the program; NAME= takes it away
 *     progress [TEXT]        what the learner's file holds (default: one who has been here);
 *                            without TEXT there is none: the first visit
 *     rehearsal LESSON       a run of it was kept: rehearsal/LESSON.jsonl
 *     helper NAME            a program of the tests' is ./NAME there
 *     needs namespaces       the rest is skipped where the system refuses them
 *     needs lang CODE        or where the interface was not built in that language
 *     run ARG…               start the program, in a directory of its own; @FILE is a file beside
 *                            scripts/ and golden/
 *     key NAME…              Space, Enter, Esc, Left, C-z, q …
 *     type TEXT              each character of it as a key
 *     click X Y, wheel up|down X Y
 *     wait TEXT, gone TEXT   until the screen shows TEXT, or no longer does
 *     golden NAME            until the screen is golden/SCRIPT-NAME-SIZE.txt
 *     resize CxR
 *     signal WHO SIGNAL      to the guard, the tutor, the stage or the other stage
 *     job STATE [DETAIL]     until the job is: runs, stopped, exited N, killed SIGNAL
 *     continue               wake the stopped job
 *     hang-up                close the terminal
 *     restored               until the terminal is as it was before
 *     colors yes|no, ascii   what the screen's cells hold
 *
 * After the last line the job is ended, and in any case the terminal must be
 * restored and no process left.
 */
#ifndef SCREEN_SCRIPT_H
#define SCREEN_SCRIPT_H

#include <stdbool.h>

struct script_options {
	const char *program;   /* the binary */
	const char *directory; /* of scripts/, golden/ and lessons/ */
	bool record;           /* write the golden screens instead of comparing */
	int patience;          /* ms that anything is waited for */
};

enum script_result { SCRIPT_WELL, SCRIPT_FAILED, SCRIPT_SKIPPED };

/* Run the script NAME (scripts/NAME.script of the directory) at each of its sizes. Prints one
 * line a size, and more when it failed. What is skipped has failed where SOCKTUTOR_TEST_ALL is
 * set. */
enum script_result script_run(const struct script_options *options, const char *name);

#endif
