/*
 * setting.h - settings of a network that a demo may change in its own: one row each in setting.c.
 *
 * They are those of net.ipv4 that say how long TCP tries, of IPv6 too, and no others: what a
 * lesson file may change has nothing to do with what is reachable. They hold in the stage's own
 * network, never in the machine's.
 *
 * Source: Documentation/networking/ip-sysctl.rst; net/ipv4/sysctl_net_ipv4.c for the ranges.
 */
#ifndef LESSON_SETTING_H
#define LESSON_SETTING_H

#include "base/str.h"

#include <stdbool.h>

enum setting {
	SETTING_SYN_RETRIES,
	SETTING_SYN_LINEAR,
	SETTING_SYNACK_RETRIES,
	SETTING_RETRIES1,
	SETTING_RETRIES2,
	SETTING_ORPHAN_RETRIES,
	SETTING_KEEPALIVE_TIME,
	SETTING_KEEPALIVE_INTVL,
	SETTING_KEEPALIVE_PROBES,
	SETTING_FIN_TIMEOUT,
	SETTING_RTO_MAX,
};
enum { SETTINGS = SETTING_RTO_MAX + 1 };

struct setting_spec {
	const char *name;    /* of the file in /proc/sys/net/ipv4: "tcp_syn_retries" */
	long least, most;
	const char *summary; /* "how often a SYN is sent again" */
};

/* The row of ID. */
const struct setting_spec *setting_spec(enum setting id);

/* All-zero: none is given. */
struct settings {
	struct {
		bool given;
		long value;
	} of[SETTINGS];
};

/* Whether any is given. */
bool settings_any(const struct settings *settings);

/* `tcp_syn_retries=1,tcp_retries2=3` into SETTINGS. False, with what is wrong and what would be
 * right, when a word of it is not. WHY may be NULL. */
bool settings_parse(const char *text, struct settings *settings, struct str *why);

/* The same way back, in the order of the table. */
void settings_print(struct str *to, const struct settings *settings);

/* Those of this machine: of the network that the calling process is in. What its kernel does not
 * have, or does not let be read, is not given. */
void settings_read(struct settings *settings);

#endif
