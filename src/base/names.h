/*
 * names.h - errno values and signals by name, both ways.
 *
 * Names are those of the man pages errno(3) and signal(7). Lookups that fail
 * return NULL or 0; no errno and no signal is 0.
 */
#ifndef BASE_NAMES_H
#define BASE_NAMES_H

#include <stddef.h>

/* "EPIPE" for EPIPE, or NULL. */
const char *errno_name(int err);

/* EPIPE for "EPIPE", or 0. The letters must match in case. */
int errno_number(const char *name, size_t len);

/* "SIGPIPE" for SIGPIPE, or NULL. */
const char *signal_name(int sig);

/* SIGPIPE for "SIGPIPE" or, when SHORT_TOO, "PIPE"; or 0. */
int signal_number(const char *name, size_t len, int short_too);

/* What perror(3) and psignal(3) say of it ("Broken pipe"), in English whatever the language: it
 * stands in what can be run again, and it is what other programs print. Valid until the next. */
const char *errno_words(int err);
const char *signal_words(int sig);

/* The Ith errno or signal name for completion and suggestions, or NULL after
 * the last. */
const char *errno_name_at(size_t i);
const char *signal_name_at(size_t i);

#endif
