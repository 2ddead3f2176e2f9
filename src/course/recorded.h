/*
 * recorded.h - one line of `run --format json`, back into the event that it was printed from.
 * Private to the course module; doc/EVENTS.md documents the members.
 *
 * What is read is not trusted: a line gives an event that anything may be done with which may be
 * done with an observed one, or none.
 */
#ifndef COURSE_RECORDED_H
#define COURSE_RECORDED_H

#include "timeline/event.h"

#include <jansson.h>

enum recorded {
	RECORDED_EVENT,
	RECORDED_UNKNOWN, /* of a kind that a later version may know */
	RECORDED_WRONG,
};

/* RECORDED_EVENT: *E is the event of LINE, an object; the caller owns its text and bytes. The
 * claim of a verdict is the number of a line. Whether its row and its claim can be so in a run is
 * not looked at. */
enum recorded recorded_event(struct event *e, const json_t *line);

#endif
