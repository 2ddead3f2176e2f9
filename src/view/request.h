/*
 * request.h - what a view wants done that it cannot do itself.
 *
 * A demo has one stage, its own; while it is compared there is another, which plays the demo
 * with one thing changed. What the other is to be told is asked for apart
 * (model_other_request).
 */
#ifndef VIEW_REQUEST_H
#define VIEW_REQUEST_H

enum request_kind {
	REQUEST_NONE,    /* nothing but to be drawn again */
	REQUEST_LESSON,  /* open the lesson at index `arg` of the shelf */
	REQUEST_READ,    /* a lesson is read now: no stage is needed any more */
	REQUEST_DEMO,    /* open the demo at index `arg` of the lesson that is open */
	REQUEST_LAB,     /* open the lab at index `arg` of the lesson that is open */
	REQUEST_PRESENT, /* present the lesson at index `arg` of the shelf */
	REQUEST_CLOSE,   /* leave this view for the one before it; the first: quit */
	REQUEST_QUIT,    /* quit */
	REQUEST_STEP_TO, /* the stage carries out rows up to `arg` */
	REQUEST_REPLAY,  /* the stage starts anew and carries out rows up to `arg`, and what the
			  * player has been told to do by hand */
	REQUEST_DEED,    /* the stage does number `arg` of that (player.deeds) */
	REQUEST_MOVE,    /* the stage carries out the newest move of the session */
	REQUEST_CHANGED, /* play what the editor made ready, on a new stage */
	REQUEST_RESTART, /* the stage starts anew; another one is opened if it is gone */
	REQUEST_RUN,     /* the program that was given plays, on a new stage, which carries out rows
			  * up to `arg` */
	REQUEST_COMPARE, /* open another stage for what is compared */
	REQUEST_ALONE,   /* end that stage */
};

/* Whose stage. */
enum act { ACT_MAIN, ACT_OTHER };
enum { ACTS = ACT_OTHER + 1 };

struct request {
	enum request_kind kind;
	int arg;
};

#endif
