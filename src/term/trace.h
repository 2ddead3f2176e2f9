/*
 * trace.h - two programs that are traced, on a terminal.
 */
#ifndef TERM_TRACE_H
#define TERM_TRACE_H

#include "stage/trace.h"
#include "term/term.h"

/*
 * Trace as PLAN says, whose commands are shown, until whoever watches leaves. OPTIONS: how the
 * terminal is drawn on. Returns the exit status: 0, or 2 with a sentence on standard error.
 *
 * Forks as term_tutorial() does, and ends by a signal as that does.
 */
int term_trace(const struct trace_plan *plan, const struct term_options *options);

#endif
