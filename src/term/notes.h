/*
 * notes.h - the presenter's notes, in a second terminal, over a Unix socket.
 *
 * The presentation listens at an abstract name, so no file is left whatever ends it, and
 * `socktutor notes` connects to it. One user has one such name, and with SOCKTUTOR_NOTES, a word in
 * the environment of both, another for each word. Each note is text that ends with a NUL byte. Both
 * sides ask the kernel who the other is (SO_PEERCRED) and speak only with their own user.
 *
 * Source: unix(7).
 */
#ifndef TERM_NOTES_H
#define TERM_NOTES_H

struct notes;

/* Listen. NULL when that cannot be: another presentation of this user goes on, say. */
struct notes *notes_open(void);

/* Readable when somebody wants to read the notes: then call notes_visit(). */
int notes_fd(const struct notes *notes);
void notes_visit(struct notes *notes);

/* The note is TEXT now; it is sent to all who read, unless it is what they have. Never blocks:
 * a reader that does not read is let go. */
void notes_tell(struct notes *notes, const char *text);

/* NULL is nothing. */
void notes_close(struct notes *notes);

/* For the reader: connect to this user's presentation. A descriptor; -1: there is none. */
int notes_connect(void);

#endif
