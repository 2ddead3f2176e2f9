/*
 * parse.h - the parts of the cell parser. Private to the lesson module; others
 * call cell_parse() of lesson/action.h.
 */
#ifndef LESSON_PARSE_H
#define LESSON_PARSE_H

#include "lesson/action.h"
#include "lesson/scan.h"

enum { LENGTH_MOST = 1 << 20 }; /* bytes that one call may send or ask for */

/* What was written between a call's parentheses. Owns the arguments that have
 * not been taken. */
struct written {
	struct arg args[CALL_PARAMS];
	size_t n;
	size_t next;     /* the first that no parameter has taken */
};

void written_free(struct written *written);

/*
 * Give each parameter of action->call the argument written for it, or its
 * default. Arguments that are taken move into ACTION. False with a sentence in
 * SCAN when one is missing, does not fit, or is left over.
 */
bool fit_args(struct scan *scan, struct action *action, struct written *written);

/* The first two parameters of poll: the three ways to write what is polled
 * become one {{FD, EVENTS}, …}, moved into POLLFDS. */
bool fit_pollfds(struct scan *scan, struct written *written, struct arg *pollfds);

/* Whether the constants in ARG are of a kind that PARAM takes: SHUT_RD is no descriptor, and MSG_PEEK
 * no length, though all are numbers to C. What is no number fits, as do plain numbers. */
bool family_fits(const struct param *param, const struct arg *arg);

/* Whether ARG is written with constants. */
bool family_is_constant(const struct arg *arg);

/* The level of the socket option that ARG names, or NULL when it names none. */
const char *family_level(const struct arg *arg);

/* Parse a call: `NAME = FUNCTION(ARGS)`. */
bool action_scan_call(struct scan *scan, struct action *action);

/* Parse what the director does (deed.c), when the text begins with one of its words. Returns
 * whether it does; the scan is bad when the rest is wrong. */
bool action_scan_director(struct scan *scan, struct action *action);

/* The Ith word that a director's cell begins with, or NULL after the last. */
const char *director_word_at(size_t i);

/* Parse an outcome. */
bool outcome_scan(struct scan *scan, struct outcome *outcome);

/* Whether the text begins with a word that only outcomes have. */
bool outcome_begins(const struct scan *scan);

/* The Ith outcome word, or NULL after the last. */
const char *outcome_word_at(size_t i);

#endif
