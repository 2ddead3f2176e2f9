/*
 * channel.h - commands to the stage and events back, over one socket.
 *
 * Both ends are the same program, so records cross as they are; an event is
 * followed by its text and bytes.
 */
#ifndef STAGE_CHANNEL_H
#define STAGE_CHANNEL_H

#include "stage/stage.h"

struct message {
	enum stage_command command;
	int arg;             /* STAGE_DEED: the row */
	bool during;         /* STAGE_DEED */
	enum role role;      /* STAGE_DEED */
	char text[STAGE_MOVE_MOST + 1]; /* STAGE_MOVE, STAGE_DEED */
};

/* Events as they arrive, perhaps in pieces. All-zero is empty. */
struct inbox {
	unsigned char *at;
	size_t n, cap;
	size_t taken;
};

/* Events on their way, to be sent together: waking the other end costs more than
 * sending does. All-zero is empty. */
struct outbox {
	struct str bytes;
};

/* Add E whole. Returns whether it is time to send what there is. */
bool channel_put(struct outbox *outbox, const struct event *e);

/* Send all, waiting as long as it takes. 0, or -1 when the other end is gone. */
int channel_send(int fd, struct outbox *outbox);

/* Read what has come; never blocks. 1 something, 0 nothing, -1 the other end is gone. */
int channel_fill(int fd, struct inbox *inbox);

/* Take the next whole event out; the caller owns what it holds. */
bool channel_take(struct inbox *inbox, struct event *e);

void channel_free(struct inbox *inbox);

#endif
