/*
 * program.h - a lab in which a program of the learner's plays a role.
 *
 * Its pane asks for the command first. Each run is of all rows, which go on by themselves; what
 * came of them is read off the verdicts. The program may have been built anew between two runs.
 */
#ifndef VIEW_PROGRAM_H
#define VIEW_PROGRAM_H

#include "base/vec.h"
#include "lesson/lab.h"
#include "view/entry.h"
#include "view/request.h"

struct model;
struct player;

/* All-zero: nothing was run. What was given stays from lab to lab. */
struct program {
	bool asking;          /* the prompt is open */
	struct entry entry;
	VEC(char *) given;    /* command lines, each once, the newest last; owned */
	size_t recalled;      /* how many back from the newest the prompt shows; 0: none */
	char *line;           /* what plays, or played last; NULL: nothing did; owned */
	char **words;         /* the same for the stage; owned */
	int runs;             /* in this visit to the lab */
	int noted;            /* how many of them the progress knows */
	enum role scrolled;   /* whose pane the arrows scroll; ROLE_NONE: the timeline */
	size_t end[ROLES];    /* of the panes, see pane.h */
};

/* How far a run has come. */
struct standing {
	int met;              /* rows whose outcomes all hold */
	int rows;             /* rows with outcomes */
	int row;              /* the first that does not hold, or that is waited for; 0: none */
	enum role role;       /* whose outcome that is; ROLE_NONE: the row could not be carried out */
	size_t verdict;       /* the VERDICT, or EVENT_NONE: it is waited for */
	const char *stuck;    /* why the row could not be carried out, or NULL */
	bool begun;           /* the first row has */
	bool over;            /* nothing more will come */
};

/* The role that a program plays in LAB, or ROLE_NONE. */
enum role program_role_of(const struct lab *lab);

/* Whether the lab that is played is one of those. */
bool program_is_on(const struct model *m);

/* The lab was opened: its goal is to be played, and the command is asked for. */
void program_open(struct model *m);

/* WORDS, ended by NULL, are what is to play: as if they had been typed. */
struct request program_given(struct model *m, const char *const *words);

/* The words for the stage of the role that a program plays, or NULL. */
const char *const *program_words(const struct model *m, enum role role);

/* The player is made ready for a run. No stage may have the one before. */
void program_begin(struct model *m);

/* What came of the rows, as of all that P knows. */
void program_standing(struct standing *standing, const struct player *p);

/* Append what STANDING says of P in a sentence or two: that all rows hold, what is waited for, or the
 * first outcome that did not come about and what was seen instead. Returns how it is to look. */
enum style standing_words(struct str *to, const struct player *p, const struct standing *standing);

/* Append what a program is told by where it finds its peer: `SOCKTUTOR_SOCKET`. */
const char *program_told_by(enum link link);

/* Whether the goal is met. */
bool program_met(const struct model *m);

/* Whether OP is for it: it runs, asks, or scrolls. */
bool program_takes(enum op op);

/* A key that is, or any while the command is asked for. */
struct request program_handle(struct model *m, enum op op, const struct input *input);

/* The keys that are in force. */
const struct binding *program_keys(const struct model *m);

/* Append `run 2 · 3 of 5 hold` for the header. */
void program_progress(struct str *to, const struct model *m);

/* Draw ROLE's pane, with the prompt when it is asked for. */
void program_draw_pane(struct canvas *c, int x, int y, int w, int h, struct model *m,
		       enum role role);

/* Draw in H lines what holds, what does not, and what can be done. */
void program_draw_foot(struct canvas *c, int x, int y, int w, int h, const struct model *m);

void program_free(struct program *program);

#endif
