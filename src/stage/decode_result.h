/*
 * decode_result.h - what the kernel filled in or took while a call went on: decode_args.c's own.
 */
#ifndef STAGE_DECODE_RESULT_H
#define STAGE_DECODE_RESULT_H

#include "stage/decode.h"

struct returned {
	struct event *ret;  /* the bytes that came, shortened, are kept here */
	struct str *detail; /* what else came, written as C has it, is added here */
	pid_t tid;          /* of this process */
	long result;        /* the call returned this */
	int *new;           /* two descriptors that are new, -1 each for none */
	bool whole;         /* also what was sent is kept; see decode.h */
};

/* A: the arguments of the piece as they were when the call began. */
void result_bytes(const struct returned *r, const unsigned long *a);
void result_parts(const struct returned *r, const unsigned long *a);
void result_messages(const struct returned *r, const unsigned long *a);
void result_sent(const struct returned *r, const unsigned long *a);
void result_sent_parts(const struct returned *r, const unsigned long *a);
void result_sent_message(const struct returned *r, const unsigned long *a);
void result_sent_messages(const struct returned *r, const unsigned long *a);
void result_message(const struct returned *r, const unsigned long *a);
void result_address(const struct returned *r, const unsigned long *a);
void result_pair(const struct returned *r, const unsigned long *a);
void result_option(const struct returned *r, const unsigned long *a);
void result_polls(const struct returned *r, const unsigned long *a);
void result_sets(const struct returned *r, const unsigned long *a);
void result_events(const struct returned *r, const unsigned long *a);
void result_fcntl(const struct returned *r, const unsigned long *a);
void result_ioctl(const struct returned *r, const unsigned long *a);

#endif
