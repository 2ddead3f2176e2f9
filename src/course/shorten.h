/*
 * shorten.h - demos whose waits are shortened by settings of their own network: what that is
 * called, what the same would take with this machine's own settings, and how long a wait will be.
 *
 * All figures are computed from settings (course/fact.h), never remembered.
 */
#ifndef COURSE_SHORTEN_H
#define COURSE_SHORTEN_H

#include "lesson/demo.h"

/* The settings that hold in DEMO's network on this machine, whose own are OWN: the demo's where it
 * gives them, unless all is to take its real time. */
struct settings shorten_settings(const struct demo *demo, const struct settings *own,
				 bool real_time);

/*
 * Append the Ith sentence, from 0, about what DEMO's settings change: "Shortened: tcp_syn_retries
 * is 1 here, so connect() gives up after about 3 s; with this machine's own, 6, it would take 2
 * min 11 s." In real time what it takes, and why. Returns whether there is an Ith.
 */
bool shorten_sentence(struct str *to, const struct demo *demo, const struct settings *own,
		      bool real_time, size_t i);

/* How long a row of DEMO waits for its outcomes, in ns: in real time as much longer as what it may
 * wait for takes. */
int64_t shorten_patience(const struct demo *demo, const struct settings *own, bool real_time);

#endif
