/*
 * demo.h - a table of a lesson that two processes carry out, and its directive.
 */
#ifndef LESSON_DEMO_H
#define LESSON_DEMO_H

#include "base/clock.h"
#include "base/err.h"
#include "lesson/setting.h"
#include "lesson/span.h"
#include "timeline/table.h"

/* How A's and B's sockets are joined before row 1; one row each in link.c. */
enum link {
	LINK_UNIX, LINK_UNIX_DGRAM, LINK_UNIX_SEQPACKET, LINK_PAIR,
	LINK_TCP, LINK_TCP6, LINK_UDP, LINK_NONE,
};
enum { LINKS = LINK_NONE + 1 };

/* What a role may be made to miss: joined by | . */
enum { MISS_FIN = 1, MISS_RST = 2, MISS_DATA = 4, MISS_ALL = 8 };

struct role_setup {
	char *label;        /* "client" of `Process A (client)`, or NULL; owned */
	unsigned misses;    /* MISS_* */
	bool ignores_sigpipe;
	bool program;       /* it is played by a program: its column has outcomes alone */
};

/* One row of the set-up: who does what. Text in the notation. */
struct link_step {
	enum role role;
	bool alone;         /* it needs nothing of the other role: it is done too where a program
	                     * plays that */
	const char *text;   /* NULL ends the list */
};

struct link_spec {
	enum link link;
	const char *name;         /* "unix-dgram" */
	const char *summary;      /* "Unix datagram sockets, each bound and connected to the other" */
	bool internet;            /* its segments can be captured */
	const struct link_step *steps;
};

/* The row of LINK. */
const struct link_spec *link_spec(enum link link);

/* The link called NAME (LEN bytes); returns whether there is one. */
bool link_find(const char *name, size_t len, enum link *link);

struct demo {
	int line;           /* of the table's header */
	int directive_line; /* of its directive, or 0 when it has none */
	int number;         /* in the lesson, from 1 */
	char *id;           /* owned, as all text here */
	char *title;
	enum link link;
	int64_t patience;   /* ns */
	/* The rows that are one step, since a timer of the kernel runs between them: what they
	 * show does not wait for a learner. 0 and 0: each row is a step of its own. */
	struct { int first, last; } at_once;
	struct settings settings; /* of its own network */
	struct role_setup setup[ROLES];
	struct table table;
	bool wrong;         /* a cell of it was no action and no outcome, and is empty now */
	bool keeps_listener; /* the set-up leaves `listener` open though the table does not name it */
	char **note_heads;  /* headings of the further columns */
	size_t n_notes;
	struct spans *notes; /* their cells: column C of row N is [(N - 1) * n_notes + C]; a row's
			      * `note` is their text */
	bool given[10];     /* which keys the directive had, by enum demo_key */
	/* Before row 1: the link's calls, parsed; row 0's cells in their order. */
	struct table prologue;
};

enum demo_key {
	KEY_ID, KEY_LINK, KEY_A_MISSES, KEY_B_MISSES, KEY_A_SIGPIPE, KEY_B_SIGPIPE,
	KEY_PATIENCE, KEY_AT_ONCE, KEY_SETTINGS, KEY_TITLE,
};

#define DEMO_PATIENCE (2 * CLOCK_S) /* unless the directive says otherwise */

/* What the command line may change before a demo is run. */
struct demo_changes {
	const enum link *link;           /* NULL: as the demo says */
	const unsigned *misses[ROLES];   /* NULL: as the demo says */
};

/* Apply CHANGES and rebuild the prologue. */
void demo_change(struct demo *demo, const struct demo_changes *changes);

/* Make the prologue for demo->link: the link's steps, without the last
 * `close(listener)` when a row of the table names `listener`, or keeps_listener is set. Where a
 * program plays a role, only what the other role does by itself. */
void demo_make_prologue(struct demo *demo);

/* Whether any cell of its table speaks of NAME. */
bool demo_names(const struct demo *demo, const char *name);

/* `FIN,RST` into MISS_*; returns whether every word was right. */
bool misses_parse(const char *text, size_t len, unsigned *misses);
void misses_print(struct str *to, unsigned misses);

/* The link of a table whose directive names none: tcp where a cell speaks of a
 * segment, else unix. */
enum link demo_default_link(const struct demo *demo);

/* Append the directive on one line, without a newline: the keys that were given and
 * all that differs from the defaults. `<!-- demo: id=classic link=tcp a-misses=FIN
 * title="…" -->`; nothing when the defaults say it all. */
void demo_print_directive(struct str *to, const struct demo *demo);

/* The row that the step after ROW ends with (ROW 0: the first step): the next in which something
 * stands, or the last of those that are one step. 0: no step is left. */
int demo_next_step(const struct demo *demo, int row);

/* Whether any outcome of its table speaks of the wire. */
bool demo_needs_wire(const struct demo *demo);

/* Whether its table names an address that all who share a network share: a port of its own, an
 * abstract name. Two such demos at once need a network each. */
bool demo_shares_address(const struct demo *demo);

/* Whether it has Internet sockets: by its link, or because a row makes one. */
bool demo_has_wire(const struct demo *demo);

/* Whether it has datagram sockets: by its link, or because a row makes one. */
bool demo_has_datagrams(const struct demo *demo);

/* Free the rows and all that they own; the table is empty after. */
void table_free(struct table *table);

/* Free what it owns. */
void demo_free(struct demo *demo);

#endif
