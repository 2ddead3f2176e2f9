/*
 * readonly.h - the file system as it is, to be read and not to be changed.
 *
 * For programs, which need their libraries, their interpreter and their own files. In a mount
 * namespace of its own all that is mounted becomes read-only and without devices, but for
 * /dev/null and its like; one directory, an empty memory file system, can be written.
 *
 * What it does not: it hides nothing from being read, and a named pipe that lies in a directory
 * can be written to by who may. Sockets that lie there are calls' business (stage/program.c).
 *
 * Source: mount_setattr(2), open_tree(2), move_mount(2) (Linux 5.12), mount_namespaces(7).
 */
#ifndef STAGE_READONLY_H
#define STAGE_READONLY_H

#include "base/str.h"

/* Make it so in the calling process's mount namespace, which must be its own, and go to the
 * directory that can be written: its path is returned, static. NULL with WHY. */
const char *readonly_root(struct str *why);

#endif
