/*
 * tutor.h - the tutorial in a terminal, brought to where it is measured.
 */
#ifndef BENCH_TUTOR_H
#define BENCH_TUTOR_H

#include "bench.h"
#include "pty.h"

/* The list of lessons. */
bool tutor_home(struct pty *p, const struct bench *bench);

/* The demo TARGET (`LESSON#DEMO`) with its set-up done, before its first step. */
bool tutor_demo(struct pty *p, const struct bench *bench, const char *target);

/* Take a step, and take in what it draws. Returns the bytes that the terminal got. */
size_t tutor_step(struct pty *p);

/* The process that draws; its parent, which P->pid is, guards the terminal. */
pid_t tutor_screen(const struct pty *p);

#endif
