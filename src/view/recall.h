/*
 * recall.h - the rehearsal beside a presentation: how the live run differs from it, and the
 * recording, played where the live run stood.
 *
 * A recording is looked at step by step like a run that is looked back at. Nothing is
 * carried out, and the live run stays as it is meanwhile.
 */
#ifndef VIEW_RECALL_H
#define VIEW_RECALL_H

#include "course/rehearsal.h"
#include "view/player.h"

struct recall {
	struct rehearsal rehearsal;  /* of the lesson that is presented; owned */
	const struct recording *of;  /* of the demo that is played live; borrowed; NULL: none */
	char *differs;               /* how the live run does; owned; NULL: not so far */
	bool shows;                  /* the recording is on the screen, not the live run */
	struct player player;        /* then: it */
};

/* Demo number DEMO (its index) of the lesson is played live from now on. */
void recall_demo(struct recall *r, size_t demo);

/* LIVE has taken in another event. */
void recall_happened(struct recall *r, const struct player *live);

/* From LIVE to the recording, at the same step, and back. There must be one. */
void recall_toggle(struct recall *r, const struct player *live);

/* Back to the live run, if it is not. */
void recall_close(struct recall *r);

/* Append when it was recorded, as the local time: `2026-11-22 16:20`. */
void recall_date(struct str *to, const struct recording *recording);

/* Append what is to be said of it beside LIVE, in one or two sentences; or nothing. */
void recall_words(struct str *to, const struct recall *r, const struct player *live);

void recall_free(struct recall *r);

#endif
