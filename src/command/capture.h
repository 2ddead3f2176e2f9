/*
 * capture.h - the file of `run --pcap`.
 *
 * Like what `tcpdump -w` writes it takes the place of a file of that name, but only once all is
 * in it: until then it has no name, so that whatever ends the run, nothing half written is left.
 * What is no file, such as a FIFO that Wireshark reads, is written to as it is.
 */
#ifndef COMMAND_CAPTURE_H
#define COMMAND_CAPTURE_H

#include "base/str.h"
#include "stage/stage.h"

struct capture {
	const char *name;    /* as it was given; borrowed; NULL: no capture is wanted */
	char *path;          /* what it leads to; owned */
	char *temporary;     /* where files without a name are not possible: its name; owned, or NULL */
	int fd;
	bool direct;         /* written to as it is */
	bool begun;          /* a stage has written to it */
	bool failed;         /* not all of it could be written */
	bool lacks;          /* a stage could not capture, or not all */
	size_t segments;     /* in it */
};

/* Open it. Returns 0; -1 with WHY. */
int capture_open(struct capture *capture, const char *name, struct str *why);

/* What a stage is to be asked for. */
struct stage_options capture_options(const struct capture *capture);

/* The run is over: give it its name. Returns 0; -1 with WHY, then there is no new file. */
int capture_close(struct capture *capture, struct str *why);

#endif
