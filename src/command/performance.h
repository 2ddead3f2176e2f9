/*
 * performance.h - one demo carried out from its first row to its last, without a screen.
 */
#ifndef COMMAND_PERFORMANCE_H
#define COMMAND_PERFORMANCE_H

#include "command/capture.h"
#include "export/export.h"

struct performance {
	const struct exporter *exporter;
	long repeat;  /* how often; it stops at the first difference */
	int64_t pace; /* ns between the end of a step and the beginning of the next */
	struct capture *capture; /* what is captured goes there, or NULL */
	bool real_time; /* what a demo's settings would shorten takes its time */
};

/*
 * Run DEMO of the lesson file FILE, called NAME. The exporter's text goes to standard
 * output, what differs to standard error as `FILE:LINE: …`. LINES (may be NULL) gets the
 * events of the last run as JSON lines. Returns an exit status.
 */
int performance_run(const struct performance *how, const char *file, const struct demo *demo,
		    const char *name, struct str *lines);

#endif
