/*
 * settings.h - the settings of the stage's own network; never those of the machine.
 *
 * Source: network_namespaces(7): /proc/sys/net is that of the namespace that the process is in.
 */
#ifndef STAGE_SETTINGS_H
#define STAGE_SETTINGS_H

#include "lesson/setting.h"
#include "stage/sandbox.h"

/*
 * Make ALL of them hold in the stage's network. WANTED are those that matter: when one of them
 * cannot be made, or the network is not the stage's own, the answer is -1 and WHY gets a sentence.
 */
int settings_make(const struct sandbox *box, const struct settings *all,
		  const struct settings *wanted, struct str *why);

#endif
