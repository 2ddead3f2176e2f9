/*
 * bench.h - measurements: one file and one row (bench.c) each.
 *
 * A measurement takes its samples here and now, ours and those of the program
 * beside it in turns, and reports rows: a ratio, what was measured, both sides,
 * the goal. Nothing fails because something is slow. What cannot be measured
 * on this machine (a program that is not installed, say) is a row that says so.
 */
#ifndef BENCH_BENCH_H
#define BENCH_BENCH_H

#include "base/str.h"
#include "base/vec.h"

#include <stdbool.h>
#include <stdint.h>

struct samples {
	VEC(double) list;
};

void samples_add(struct samples *s, double value);

/* The value below which a PART (0 to 1) of the samples lies; 0.5: the median. 0 when there is
 * none. Sorts them. */
double samples_at(struct samples *s, double part);

void samples_free(struct samples *s);

/* What the numbers are. */
enum unit {
	UNIT_TIME,   /* nanoseconds */
	UNIT_MEMORY, /* bytes, printed with a prefix */
	UNIT_BYTES,  /* bytes, printed as they are */
	UNIT_COUNT,
};

/* What is measured against what. */
struct row {
	const char *what;
	enum unit unit;
	struct samples *here;
	const char *peer;       /* the program beside it, or NULL */
	struct samples *there;  /* the peer's samples, or NULL */
	double goal;            /* most for the ratio to the peer, or for the value itself */
	bool has_goal;
};

/* Print ROW: with a peer, the ratio of the medians; without one, that of the median to the
 * goal. After each median stands the middle half of the samples. */
void report_row(const struct row *row);

/* Print that WHAT was not measured, and WHY (as by printf). */
void report_missing(const char *what, const char *why, ...) __attribute__((format(printf, 2, 3)));

/* Head of the table. */
void report_heading(void);

/* Where things are; filled in once by main. */
struct bench {
	const char *program; /* the socktutor that is measured */
	const char *self;    /* this program */
	const char *source;  /* the source tree */
};

struct measurement {
	const char *name;    /* `bench NAME` measures this alone */
	void (*run)(const struct bench *bench);
};

/* Each in the file of its name: calls.c, frame.c, … */
void bench_calls(const struct bench *bench);
void bench_compare(const struct bench *bench);
void bench_frame(const struct bench *bench);
void bench_lens(const struct bench *bench);
void bench_wire(const struct bench *bench);
void bench_redraw(const struct bench *bench);
void bench_start(const struct bench *bench);
void bench_waiting(const struct bench *bench);
void bench_memory(const struct bench *bench);
void bench_timeline(const struct bench *bench);
void bench_trace(const struct bench *bench);

/* twin.c: `bench --twin KIND N`, the program that strace is given: N times the calls of KIND,
 * then the nanoseconds of one of them on standard output. Returns an exit status. */
enum twin_kind { TWIN_PAIR, TWIN_GETPID, TWIN_FILE };
enum { TWIN_KINDS = TWIN_FILE + 1 };
const char *twin_name(enum twin_kind kind);
int twin_run(int argc, char **argv);

#endif
