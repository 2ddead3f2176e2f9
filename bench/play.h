/*
 * play.h - a demo written as Markdown, carried out on a stage of this process.
 */
#ifndef BENCH_PLAY_H
#define BENCH_PLAY_H

#include "lesson/lesson.h"
#include "stage/stage.h"

struct play {
	struct lesson *lesson;
	struct demo *demo;     /* its first */
	struct stage *stage;
	struct stage_options options; /* of the stage */
};

/* Parse MARKDOWN. Returns false, after saying why, when it holds no demo. */
bool play_parse(struct play *p, const char *markdown);

/* Open the stage, and wait until the set-up is done. Returns false, after saying why, when
 * it failed or could not be made. */
bool play_open(struct play *p);

/* Take in what the stage tells until KIND in ROW (-1: any row). False: the stage ended. */
bool play_until(struct play *p, enum event_kind kind, int row);

/* Close the stage; the lesson stays. */
void play_close(struct play *p);

void play_free(struct play *p);

/* Append a demo of N rows with LINK: A carries out CALLS[0], then (when they are two) B
 * CALLS[1], in turns. */
void play_rows(struct str *to, const char *link, const char *const calls[2], int n);

#endif
