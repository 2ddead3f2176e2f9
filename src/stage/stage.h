/*
 * stage.h - two live processes, held and traced, seen from the tutor's side.
 *
 * stage_open() makes the stage process, a child, which makes the sandbox,
 * starts A and B, and then does nothing until it is told to. Commands go in
 * and events come out through one socket, so the tutor never waits for it:
 * watch stage_fd() and call stage_next() when it is readable.
 *
 * When the stage dies, for whatever reason, A and B die with it, and
 * stage_next() says so; the tutor can open another. When the tutor dies the
 * stage goes, and leaves nothing behind.
 */
#ifndef STAGE_STAGE_H
#define STAGE_STAGE_H

#include "lesson/demo.h"
#include "timeline/event.h"

struct stage;

/* What a stage may be asked for besides its demo. All-zero: nothing. */
struct stage_options {
	bool capture;  /* write the segments to `file`, for Wireshark (stage/pcap_file.h) */
	int file;      /* open for writing, at its end; borrowed until the stage stands */
	bool begun;    /* a stage before this one has written to it */
	bool real_time; /* what the demo's settings would shorten takes its time */
	bool deaf;     /* nobody wants to see segments: nothing is captured */
	bool blind;    /* nobody wants to know what the kernel holds for sockets (EVENT_LENS) */
	const char *const *program[ROLES]; /* the role is played by this program: its words, NULL
	                * ends them; NULL: by a script. Borrowed until the stage stands */
};

enum stage_command {
	STAGE_STEP,    /* carry out the next row */
	STAGE_STEP_TO, /* carry out rows up to and including number ARG */
	STAGE_RESTART, /* new processes, the set-up, and wait before row 1 */
	STAGE_MOVE,    /* carry out a row of the learner's own: stage_move() */
	STAGE_DEED,    /* do something by hand: stage_deed() */
	STAGE_QUIT,
};

enum stage_news {
	STAGE_EVENT,   /* *event was filled in; the caller owns what it holds */
	STAGE_NOTHING, /* nothing now */
	STAGE_GONE,    /* the stage has ended; stage_end_text() says how */
};

/*
 * A role that a program plays.
 *
 * The program is started after the set-up, in the directory of the caller, and is not held: its
 * calls on sockets and pipes are told as they happen (with `task`, see stage/trace.h), and so is
 * what it prints. It may read files, but change none (only in TMPDIR, which is gone with the run);
 * it has the stage's network and no other; its time, memory, processes and output are bounded. It
 * is told where its peer is, or where it is to listen: SOCKTUTOR_SOCKET (a path) or
 * SOCKTUTOR_HOST and SOCKTUTOR_PORT.
 *
 * Of a link's set-up only what the script's role does before the program's first step is done.
 * The table's rows go on by themselves: outcomes in the program's column are looked for in what it
 * does, from its last outcome on (timeline/conduct.h), and wait for it; the first that does not
 * come about ends the run. When the last row is over, and the program has not ended, it is ended.
 */

/*
 * Start a stage for DEMO, which must stay unchanged until stage_close(). A run
 * begins at once: events up to the end of the set-up follow. NULL when no
 * process could be made: then ERRS says why.
 */
struct stage *stage_open(const struct demo *demo, struct errs *errs);

/* The same, with OPTIONS, which are copied. */
struct stage *stage_open_with(const struct demo *demo, const struct stage_options *options,
			      struct errs *errs);

/* Readable when stage_next() has news. */
int stage_fd(const struct stage *stage);

/* Never blocks. */
enum stage_news stage_next(struct stage *stage, struct event *event);

/* Waits up to TIMEOUT ns (-1: for ever) for news. For runs without a screen. */
enum stage_news stage_wait(struct stage *stage, struct event *event, int64_t timeout);

/* Returns 0, or -1 when the stage is gone. Never blocks. */
int stage_tell(struct stage *stage, enum stage_command command, int arg);

enum { STAGE_MOVE_MOST = 1000 };

/*
 * Let ROLE do TEXT, an action as in a cell (at most STAGE_MOVE_MOST bytes), in a row of its own,
 * after all that was asked for before. From the first such row on the rest of the demo's table
 * is put aside: the rows that follow are the learner's. EVENT_DONE comes whenever the newest of
 * them is over and both roles have come to rest. A restart forgets them. 0; -1 when the stage is gone or the text is too long. Never blocks.
 */
int stage_move(struct stage *stage, enum role role, const char *text);

enum { STAGE_DEED_MOST = 64 };

/* Something to be done by hand. */
struct stage_deed {
	int row;          /* when this row is over (0: the set-up); at once when it is past */
	bool during;      /* not when it is over, but while it goes on: once its actions have begun
			   * and nobody moves */
	enum role role;   /* to whom, as if it stood in that column */
	const char *text; /* as in a cell: "cut wire", "misses FIN"; at most STAGE_DEED_MOST bytes */
};

/* Do it. Also before the row it belongs to was asked for. What is done is told as an event of the
 * director's, with `by_hand`. STAGE_RESTART forgets those that were not done yet. Returns 0, or -1
 * when the stage is gone, or the text too long. Never blocks. */
int stage_deed(struct stage *stage, const struct stage_deed *deed);

/* How it ended: one sentence, valid until stage_close(). */
const char *stage_end_text(const struct stage *stage);

/* The stage's process, for tests. */
int stage_pid(const struct stage *stage);

/* End it and everything in it, remove what it made, free it. NULL is nothing. */
void stage_close(struct stage *stage);

/* What this machine allows, found by trying. One row a check. */
enum check_state { CHECK_YES, CHECK_PARTLY, CHECK_NO };
struct check {
	const char *name;       /* "private network" */
	enum check_state state;
	char *why;              /* what was found: one sentence; owned */
	char *remedy;           /* what to do about it, or NULL; owned */
};
struct checks {
	VEC(struct check) list;
};
void stage_check(struct checks *checks);
void checks_free(struct checks *checks);

#endif
