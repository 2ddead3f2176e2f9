/*
 * conduct_kinds.h - with what event each kind of what was done comes about. Private to conduct.c
 * and outcome_kind.c, whose table has them; timeline/conduct.h says what each kind means.
 *
 * SEARCH is for one outcome, and at event E of its role. It may keep what it has seen.
 */
#ifndef TIMELINE_CONDUCT_KINDS_H
#define TIMELINE_CONDUCT_KINDS_H

#include "timeline/event.h"

struct conduct_state;

/* A call that does what the kind's row says has succeeded. */
bool conduct_succeeds(struct conduct_state *search, const struct event *e);

bool conduct_connects(struct conduct_state *search, const struct event *e);

/* The bytes that were sent or read so far begin with its pattern. */
bool conduct_moves(struct conduct_state *search, const struct event *e);

bool conduct_closes(struct conduct_state *search, const struct event *e);
bool conduct_survives(struct conduct_state *search, const struct event *e);
bool conduct_waits(struct conduct_state *search, const struct event *e);

#endif
