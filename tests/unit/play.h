/*
 * play.h - for tests: a demo written as Markdown, carried out on a real stage.
 */
#ifndef UNIT_PLAY_H
#define UNIT_PLAY_H

#include "lesson/lesson.h"
#include "stage/inner.h"
#include "timeline/event.h"

#include <sys/types.h>

struct play {
	struct lesson *lesson;
	struct demo *demo;
	struct stage *stage;
	struct events events;
	bool gone;              /* the stage ended before the demo did */
};

/* Open a stage for the first demo of MARKDOWN. Fails the test when there is none. */
void play_open(struct play *p, const char *markdown);

/* The same with other code in Process A, or without namespaces. */
void play_open_with(struct play *p, const char *markdown, actor_main *a, bool plain);

/* Carry out rows up to ROW and take in events until that row is over. */
void play_to(struct play *p, int row);

/* Let ROLE do TEXT as row ROW, and take in events until that row is over. */
void play_move(struct play *p, int row, enum role role, const char *text);

/* Take in events until one of KIND. */
void play_until(struct play *p, enum event_kind kind);

/* Carry out all rows, until EVENT_DONE. */
void play_all(struct play *p);

/* A new run. */
void play_again(struct play *p);

/* How many outcome cells got VERDICT. */
int play_count(const struct play *p, enum verdict verdict);

/* The first event of KIND of ROLE (ROLE_NONE: any) from index FROM on, or EVENT_NONE. */
size_t play_find(const struct play *p, enum event_kind kind, enum role role, size_t from);

/* The text of the verdict on ROLE's cell in ROW, or "(none)". */
const char *play_seen(const struct play *p, enum role role, int row);

void play_close(struct play *p);

/* Whether this machine did not let the wire be seen or changed, so that an outcome may be
 * undecided, or differ. */
bool play_denied(const struct play *p);

/* Whether the stage has namespaces of its own here. */
bool play_isolated(void);

/* Open, play, close: all outcomes must hold; what does not is printed. Returns whether. When
 * the machine denied it, the test is skipped. */
bool play_holds(const char *markdown);

/* How many processes there are below PID, at any depth (it not counted). */
int processes_below(pid_t pid);

#endif
