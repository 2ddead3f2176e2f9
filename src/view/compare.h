/*
 * compare.h - two runs of a demo beside each other: as it is, and with one thing changed.
 *
 * The panel of `c`. First a menu: what is to be changed. Then the changed demo is played on a
 * stage of its own, up to the row where the demo is, and both timelines stand side by side, the
 * first difference marked and explained. Space steps both, ← looks back in both.
 *
 * Who compares before having answered what the demo asks has skipped that: the comparison
 * shows the outcomes. Nothing of the second stage counts in the learner's progress.
 */
#ifndef VIEW_COMPARE_H
#define VIEW_COMPARE_H

#include "lesson/unread.h"
#include "lesson/variant.h"
#include "view/panel.h"
#include "view/player.h"

/* What can be changed: a line of the menu. */
enum other_kind {
	OTHER_SET,      /* the directive's `key` to `value` */
	OTHER_UNREAD,   /* what a role leaves unread when it closes */
	OTHER_ORIGINAL, /* after an edit: the lesson's own table */
};

struct other_way {
	enum other_kind kind;
	enum demo_key key;
	struct unread unread;
	char *value;                 /* owned, or NULL */
	char *label;                 /* owned */
};

struct comparing {
	VEC(struct other_way) ways;  /* of the menu */
	size_t marked;               /* the way that Enter takes */
	struct lesson *lesson;       /* the changed demo's; owned; NULL: nothing is compared yet */
	struct player other;         /* plays it */
	struct change change;        /* its words point into `when` */
	struct str when[RUNS];
	struct str head[RUNS];       /* of the two columns */
	struct str note;             /* what had to change with it */
	size_t at;                   /* how many of the aligned rows are looked at */
	size_t newest;               /* how many were carried out, or will be */
	bool queued;                 /* a step was asked for while a row was being carried out */
	int scroll;                  /* lines scrolled up from where one is */
	struct request request;      /* what the second stage is to be told */
};

/* The panel's row. */
extern const struct panel panel_compare;

/* Whether two runs stand beside each other. */
bool compare_is_on(const struct model *m);

/* While they do: how long, in ns, until something moves by itself: 0 is now, -1 never. */
int64_t compare_due(const struct model *m);

/* To be called when that has passed: what the main stage is to be told. */
struct request compare_tick(struct model *m);

/* Nothing is compared any more; the panel closes. No stage may have the second demo. */
void compare_end(struct model *m);

void compare_free(struct comparing *c);

/* The two runs as they are looked at, aligned; the caller frees the comparison. Private to
 * compare.c and its drawing. */
void compare_look(struct comparison *c, struct compare_run run[RUNS], const struct model *m);

/* The line of the screen where the menu's ways begin, and the first that is in view. Likewise. */
enum { COMPARE_MENU_TOP = 3 };
size_t compare_menu_first(const struct model *m);

/* Draw the menu, or the two runs. Likewise. */
void compare_draw_menu(struct canvas *c, int x, int y, int w, int h, struct model *m);
void compare_draw_runs(struct canvas *c, int x, int y, int w, int h, struct model *m);

#endif
