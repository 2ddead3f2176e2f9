/*
 * lens_snap.h - one socket, asked all that the kernel says of it. Used by lens.c alone.
 */
#ifndef STAGE_LENS_SNAP_H
#define STAGE_LENS_SNAP_H

#include "stage/lens.h"

/* Learn what SOCKET, of which only a descriptor is known, is for ever: its domain, type and
 * cookie. Returns whether that could be asked. */
bool lens_snap_learn(struct lens_socket *socket, const struct lens_place *place);

/* Fill *NOW with what SOCKET is at this moment, and SOCKET's addresses. */
void lens_snap(struct lens *now, struct lens_socket *socket, struct diag *diag,
	       const struct lens_place *place);

/* The same for a TCP socket that nobody holds and that was just found by its addresses. */
void lens_snap_found(struct lens *now, const struct lens_socket *socket,
		     const struct diag_inet *got);

#endif
