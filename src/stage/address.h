/*
 * address.h - addresses as the notation writes them, and as the kernel has them.
 *
 *     "demo.sock"  "@name" (abstract)  "127.0.0.1:7000"  "[::1]:7000"
 *
 * Source: unix(7), ip(7), ipv6(7).
 */
#ifndef STAGE_ADDRESS_H
#define STAGE_ADDRESS_H

#include "base/str.h"

#include <stdbool.h>
#include <stdint.h>
#include <sys/socket.h>
#include <sys/un.h>

struct address {
	socklen_t len;
	union {
		struct sockaddr sa;
		struct sockaddr_storage storage;
		struct sockaddr_un un;
		char raw[512]; /* a path too long for sun_path is handed to the kernel as it is */
	} u;
};

/* Read TEXT (LEN bytes). Anything that is no Internet address is a path.
 * Returns whether it fits at all (up to 500 bytes). */
bool address_parse(struct address *a, const char *text, size_t len);

/* Append it as the notation writes it, without quotes; an unnamed Unix socket
 * is nothing. LEN is what the kernel gave. */
void address_print(struct str *to, const struct address *a);

/* Its port in host order, 0 when it has none. */
uint16_t address_port(const struct address *a);

/* Whether A, an Internet address, is one of the loopback. */
bool address_is_loopback(const struct address *a);

/* Whether a demo may use it: the loopback, an abstract name, or a path inside
 * the stage's directory (relative, no `..`). When not, WHY gets a sentence. */
bool address_allowed(const struct address *a, struct str *why);

/* The same for a bare path of N bytes. */
bool path_allowed(const char *path, size_t n, struct str *why);

#endif
