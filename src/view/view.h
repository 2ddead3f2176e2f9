/*
 * view.h - the screens: what they show (the model), and one row each.
 *
 * A view draws the model on a canvas and turns keys into changes of what is its
 * own in the model, and into requests for the rest. It knows no terminal and no
 * stage. Adding a view: its file, its row in view.c, its state in the model.
 */
#ifndef VIEW_VIEW_H
#define VIEW_VIEW_H

#include "course/progress.h"
#include "lesson/lesson.h"
#include "view/asking.h"
#include "view/canvas.h"
#include "view/card.h"
#include "view/compare.h"
#include "view/editor.h"
#include "view/finder.h"
#include "view/hand.h"
#include "view/home.h"
#include "view/keys.h"
#include "view/labs.h"
#include "view/markdown.h"
#include "view/panel.h"
#include "view/player.h"
#include "view/present.h"
#include "view/program.h"
#include "view/quiz.h"
#include "view/request.h"
#include "view/words.h"

enum view_id { VIEW_HOME, VIEW_READER, VIEW_DEMO, VIEW_FINDER, VIEW_PRESENT };
enum { VIEWS = VIEW_PRESENT + 1 };

/* The smallest screen that is drawn on, and the size that everything fits in. */
enum { SCREEN_LEAST_COLUMNS = 60, SCREEN_LEAST_ROWS = 16 };

struct reader {
	const struct lesson *lesson; /* borrowed, or NULL: none is open */
	struct layout layout;        /* of `lesson`, for `columns` and `rows` */
	int columns;
	int rows;
	size_t page;
	size_t focus;             /* the line that Enter is about: a demo's foot or an answer's
				   * first; SIZE_MAX: none on this page */
	int place;                /* line of the lesson file to begin at, once there is a layout */
	int demo;                 /* the demo that was opened, which is then marked, or -1 */
	VEC(struct prediction) hidden; /* one for each demo: not given away before it was seen */
	struct quiz quiz;
};

/* The menu of what can be done by hand. */
struct faults_menu {
	enum role role; /* to whom */
	size_t at;      /* the line that Enter takes */
};

/* A place in a lesson that was left for one that a card names. */
struct trail {
	size_t lesson;   /* index, or SIZE_MAX: none was */
	int line;
};

struct model {
	const struct shelf *shelf; /* borrowed */
	struct progress *progress; /* borrowed; NULL: nothing is kept */
	bool no_predictions;       /* demos do not ask */
	bool real_time;            /* nothing is shortened */
	struct home home;
	struct reader reader;
	struct player player;
	struct asking asking;      /* of the demo that is played */
	struct panels panels;      /* likewise */
	struct faults_menu faults; /* likewise */
	struct editor editor;      /* likewise: its table being changed */
	struct labs labs;          /* the lab that is played, instead of a demo */
	struct program program;    /* likewise: a program plays in it */
	struct hand hand;          /* likewise: it is played by hand */
	struct comparing comparing; /* likewise: what it is compared with */
	const struct cards *cards; /* borrowed; NULL: there are none */
	struct finder finder;
	struct present present;
	struct card_box box;       /* the cards that are open over the view */
	const struct card *marked; /* whose name is marked on the screen; borrowed; NULL: none is */
	struct trail trail;        /* where closing the lesson leads back to */
	enum view_id view;
	int help;                  /* the page of the help that is open, from 1; 0: it is not */
	bool welcome;              /* the first visit's screen is shown */
	char *sought;              /* what was searched for in the lesson, or NULL; owned */
	char *message;             /* one line for the learner until the next key; owned, or NULL */
	int64_t now;               /* clock_now() at the time of drawing */
	int columns;
	int rows;
	bool ascii;
};

struct view {
	const char *name;               /* N_("Lessons"), heads the help */
	const struct binding *keys;
	void (*draw)(struct canvas *c, struct model *m);
	struct request (*handle)(struct model *m, enum op op, const struct input *input);
	/* The table that is in force instead of `keys`, or NULL; NULL: there is never one. */
	const struct binding *(*keys_now)(const struct model *m);
};

extern const struct view view_home, view_reader, view_demo, view_finder, view_present;

/* The row of ID. */
const struct view *view_at(enum view_id id);

/* A model with nothing open. SHELF is borrowed. */
void model_start(struct model *m, const struct shelf *shelf);
void model_free(struct model *m);

/* Show the lesson at INDEX of the shelf in the reader, from the page for the file's LINE on (0:
 * its beginning). */
void model_open_lesson(struct model *m, size_t index, int line);

/* The line of lesson INDEX where the learner left off, or 0: its beginning. */
int model_place(const struct model *m, size_t index);

/* The number, from 1, of the page of lesson INDEX that the reader would show for that LINE. */
size_t reader_page_for(const struct model *m, size_t index, int line);

/* The line of the lesson file at the top of the page; go to the page for LINE. */
int reader_place(const struct reader *r);
void reader_go(struct reader *r, int line);

void reader_free(struct reader *r);

/* Go to the page of demo INDEX and mark it. */
void reader_show_demo(struct model *m, size_t index);

/* The index in the shelf of the lesson that is read, or SIZE_MAX. */
size_t model_lesson_index(const struct model *m);

/* Read the lesson at INDEX from the page for the file's LINE on, whatever is shown now. */
void model_go(struct model *m, size_t index, int line);

/* Leave the lesson that is read, for what one came from. */
void model_close_lesson(struct model *m);

/* Show the search through everything, with nothing typed yet; go back to where it was opened. */
void model_open_finder(struct model *m);
void model_close_finder(struct model *m);

/* Present the lesson at INDEX of the shelf. */
void model_open_present(struct model *m, size_t index);

/* Show the slide that the file's LINE is on of the lesson that is presented. */
struct request model_go_to_slide(struct model *m, int line);

/* Show the demo at INDEX of the reader's lesson; the player is made ready for it. While a lesson
 * is presented it is a slide, and asks nothing. */
void model_open_demo(struct model *m, size_t index);

/* The lesson's own demo that is played, or that was changed into what is played. */
const struct demo *model_own_demo(const struct model *m);

/* Play what the editor has made ready: its table, or the lesson's own again. No stage may
 * have the demo that was played before. */
void model_change_demo(struct model *m);

/* Who plays on ACT's stage. */
struct player *model_player(struct model *m, enum act act);

/* Something happened on ACT's stage: its player takes EVENT in and owns its text from then on. */
void model_event(struct model *m, enum act act, struct event event);

/* That stage is gone, or could not be made: WHY is copied. */
void model_gone(struct model *m, enum act act, const char *why);

/* How long, in ns, until something moves by itself: 0 is now, -1 never. */
int64_t model_due(const struct model *m);

/* To be called when that has passed: the step that is due by itself, or NONE. */
struct request model_tick(struct model *m);

/* What the other stage is to be told after each request for the main one; it is given once. */
struct request model_other_request(struct model *m);

/* There is no other stage: nothing is compared any more. */
void model_alone(struct model *m);

/* Mark the name after the marked one (BY 1), or before it (-1), that has a card; the first when none
 * is marked. Says so when there is none. */
void model_mark_word(struct model *m, int by);

/* Open the card of the word that the view shows at X, Y. Returns whether there is one. */
bool model_explain_word(struct model *m, int x, int y);

/* Take the last character, with its marks, off TEXT. */
void model_rub_out(struct str *text);

/* Replace the message; TEXT is copied. */
void model_say(struct model *m, const char *text);

/* Draw all of the screen: the view, the key bar, message and help over it; or, on a
 * screen that is too small, a sentence that says so. Sets the canvas's size from the model. */
void model_draw(struct canvas *c, struct model *m);

/* Draw a sentence on a screen that is too small for any view. */
void view_too_small(struct canvas *c);

/* A key came. Keys go to the help, or to a card, while one is open. */
struct request model_input(struct model *m, const struct input *input);

#endif
