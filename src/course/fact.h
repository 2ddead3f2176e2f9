/*
 * fact.h - facts of this machine that a lesson asks for: `<!-- here: connect-timeout -->`.
 *
 * Computed from the kernel's own settings, never remembered. Source:
 * Documentation/networking/ip-sysctl.rst, tcp_syn_retries, tcp_syn_linear_timeouts, tcp_retries2;
 * net/ipv4/tcp_timer.c.
 */
#ifndef COURSE_FACT_H
#define COURSE_FACT_H

#include "lesson/setting.h"

#include <stdbool.h>

/* Append the paragraph for the fact NAME. Returns whether there is such a fact. Where the
 * settings cannot be read the text says so. */
bool fact_print(struct str *to, const char *name);

/* The Ith fact's name, or NULL. */
const char *fact_at(size_t i);

/*
 * How long TCP tries with SETTINGS, in ns, or a few hundredths longer, as timers run late: until
 * connect() gives up, until data that nobody acknowledges is given up (on the loopback; the longer
 * the way, the longer it takes), until a silent connection with SO_KEEPALIVE is. -1 where a
 * setting that matters is not given; those that older kernels lack may be missing.
 */
int64_t fact_connect(const struct settings *settings);
int64_t fact_retransmit(const struct settings *settings);
int64_t fact_keepalive(const struct settings *settings);

/* How long connect() tries, in seconds, with these settings. */
double fact_connect_seconds(int syn_retries, int linear_timeouts);

/* How long TCP retransmits data before ETIMEDOUT, in seconds. */
double fact_retransmit_seconds(int retries2);

#endif
