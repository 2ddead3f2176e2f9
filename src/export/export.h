/*
 * export.h - a run of a demo, written down. One file and one row a format.
 *
 * An exporter gets each event as it comes and is told when the run is over; it
 * appends text and knows nothing of where that goes.
 */
#ifndef EXPORT_EXPORT_H
#define EXPORT_EXPORT_H

#include "base/str.h"
#include "lesson/lesson.h"
#include "timeline/compare.h"
#include "timeline/event.h"

struct run {
	const char *name;             /* "broken-pipe#classic" */
	const struct demo *demo;      /* as it was run, changes included */
	const struct events *events;  /* all so far */
};

struct exporter {
	const char *name;             /* of --format */
	const char *summary;
	/* EVENT was just added to the run's list; may be NULL. */
	void (*event)(struct str *to, const struct run *run, const struct event *event);
	/* The run is over; may be NULL. */
	void (*finish)(struct str *to, const struct run *run);
};

/* The exporter called NAME, or NULL. */
const struct exporter *exporter_find(const char *name);

/* The Ith exporter, or NULL after the last. */
const struct exporter *exporter_at(size_t i);

/* The rows of the table below; each in its own file. */
extern const struct exporter export_markdown;
extern const struct exporter export_json;

/* Two runs of a demo with one thing changed, and what is said of them. All is borrowed. */
struct compared {
	const char *name;                  /* "broken-pipe#classic" */
	const char *key;                   /* what was changed: "link" */
	const char *value[RUNS];           /* "unix", "tcp" */
	const struct compare_run *run;     /* both */
	const struct comparison *comparison;
	const char *words;                 /* where the two part */
};

/* Append both beside each other as one Markdown table. */
void export_compare(struct str *to, const struct compared *c);

/* The same as JSON: one line for each row, then one for the whole. */
void export_compare_json(struct str *to, const struct compared *c);

/* Two programs that were traced, as one Markdown table in the order of their calls; COMMAND: what
 * they were. */
void export_trace(struct str *to, const struct events *events, const char *const command[ROLES]);

/* What was seen in each row of a run's table: the last column of the Markdown. */
struct seen {
	struct seen_row *rows; /* one for each row of the table */
	size_t n;
};
void seen_collect(struct seen *seen, const struct run *run);
void seen_free(struct seen *seen);

#endif
