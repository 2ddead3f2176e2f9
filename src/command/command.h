/*
 * command.h - the commands of the command line: one file and one row each.
 */
#ifndef COMMAND_COMMAND_H
#define COMMAND_COMMAND_H

#include "lesson/lesson.h"

#include <getopt.h>
#include <stdbool.h>

/* Exit statuses, documented in the manual. */
enum { EXIT_HELD = 0, EXIT_DIFFERS = 1, EXIT_CANNOT = 2 };

/* The tutorial's own options, before any command. */
struct tutorial_options {
	bool ascii;           /* lines, arrows and marks in ASCII */
	bool only_ascii;      /* so, and the terminal takes no other letters either */
	bool no_mouse;
	bool no_color;
	bool plain;           /* lines and numbered choices instead of a screen */
	bool no_predictions;
	bool real_time;       /* demos do not shorten what takes minutes */
	bool present;         /* the lesson is presented, not opened */
	bool by_hand;         /* the demo opens with its prompts, and is all there is */
	const char *const *program; /* the lab opens, and is played by this program at once: its words,
			       * NULL ends them; NULL: it is asked for */
	const char *lang;     /* the code of the language of words and lessons (base/lang.h) */
};

#define HELP(...) ((const char *const[]){__VA_ARGS__, NULL})

struct command {
	const char *name;
	const char *usage;    /* what follows `socktutor NAME` */
	const char *summary;  /* one line, N_("…") */
	/* What else `socktutor NAME --help` prints: paragraphs and options, each N_("…") with its
	 * newline, ended by NULL. Or NULL. */
	const char *const *help;
	/* ARGV[0] is the command's name. Returns the exit status. */
	int (*run)(const struct command *command, const struct tutorial_options *options, int argc,
		   char **argv);
};

extern const struct command command_open;
extern const struct command command_list;
extern const struct command command_run;
extern const struct command command_lint;
extern const struct command command_explain;
extern const struct command command_doctor;
extern const struct command command_notes;
extern const struct command command_progress;
extern const struct command command_present;
extern const struct command command_compare;
extern const struct command command_play;
extern const struct command command_trace;
extern const struct command command_lab;
extern const struct command command_report;

/* The Ith command, or NULL after the last. */
const struct command *command_at(size_t i);

/* The command called NAME, or NULL. */
const struct command *command_find(const char *name);

/* --help and --lang, which all commands take: rows for a table of getopt_long(). */
#define COMMON_LONGS                                                                               \
	{"help", no_argument, NULL, 'h'},                                                          \
	{                                                                                          \
		"lang", required_argument, NULL, 'L'                                               \
	}
extern const struct option common_longs[];

/* The tutorial's own, for a command that opens it and has more. */
#define TUTORIAL_LONGS                                                                             \
	{"ascii", no_argument, NULL, 'a'}, {"no-mouse", no_argument, NULL, 'm'},                   \
	{"no-color", no_argument, NULL, 'c'}, {"plain", no_argument, NULL, 'p'},                   \
	{"no-predictions", no_argument, NULL, 'n'}, {"real-time", no_argument, NULL, 't'},         \
	COMMON_LONGS,                                                                              \
	{                                                                                          \
		"version", no_argument, NULL, 'v'                                                  \
	}

/* The options for getopt_long(), --help ('h') and --version ('v') with them, and what one of the
 * tutorial's own does, --lang with them. Returns whether C was one; what is wrong with --lang was
 * said then. */
extern const struct option tutorial_longs[];
bool tutorial_option(struct tutorial_options *options, int c);

/* What COMMAND does with a C that was none or was wrong: its help, or what is wrong. Returns an exit status. */
int tutorial_no_option(const struct command *command, int c);

/* How wide the terminal is that standard output is; 0: it is none. */
size_t command_columns(void);

/* Whether the tutorial is to be plain without being asked: ACCESSIBLE is set, or the terminal
 * cannot move its cursor. */
bool command_wants_plain(void);

/* Open the tutorial at TARGET, `LESSON[#DEMO]`, or (NULL) at its list of lessons. */
int command_tutorial(const struct tutorial_options *options, const char *target);

/* The same with the lessons of SHELF, at the lesson ID (or NULL) and its demo DEMO (or NULL). */
int command_open_shelf(const struct tutorial_options *options, struct shelf *shelf, const char *id,
		       const char *demo);

/* Read a link for an option of COMMAND. 0; -1: it was said what is wrong. */
int command_take_link(const struct command *command, const char *text, enum link *link);

/* Print how COMMAND is used and return EXIT_HELD, for --help. */
int command_help(const struct command *command);

/* Say on standard error that COMMAND was used wrongly and how it is used; returns EXIT_CANNOT.
 * FORMAT is translated here. */
int command_misused(const struct command *command, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* Cut `LESSON#DEMO` in two. Both are new strings; *DEMO is NULL without a `#`. */
void command_split(const char *target, char **lesson, char **demo);

/* `no lesson 'x' (did you mean 'y'?)` on standard error. Returns EXIT_CANNOT. */
int command_no_lesson(const struct shelf *shelf, const char *id);

/* The same for a demo of LESSON. */
int command_no_demo(const struct lesson *lesson, const char *id);

#endif
