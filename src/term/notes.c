#include "term/notes.h"

#include "base/str.h"
#include "base/vec.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

enum { MOST_READERS = 16 };

struct notes {
	int fd;
	char *text; /* the note of now, or NULL */
	VEC(int) readers;
};

static socklen_t make_address(struct sockaddr_un *un)
{
	const char *name = getenv("SOCKTUTOR_NOTES");

	*un = (struct sockaddr_un){.sun_family = AF_UNIX};
	snprintf(un->sun_path + 1, sizeof un->sun_path - 1, "socktutor-notes-%u%s%s",
		 (unsigned)geteuid(), name && *name ? "-" : "", name ? name : "");
	return (socklen_t)(offsetof(struct sockaddr_un, sun_path) + 1 +
			   strlen(un->sun_path + 1));
}

static bool is_own_user(int fd)
{
	struct ucred peer;
	socklen_t len = sizeof peer;

	return getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &peer, &len) == 0 && peer.uid == geteuid();
}

struct notes *notes_open(void)
{
	struct sockaddr_un un;
	socklen_t len = make_address(&un);
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	struct notes *notes;

	if (fd < 0)
		return NULL;
	if (bind(fd, (struct sockaddr *)&un, len) < 0 || listen(fd, MOST_READERS) < 0) {
		close(fd);
		return NULL;
	}
	notes = mem_zero(1, sizeof *notes);
	notes->fd = fd;
	return notes;
}

int notes_fd(const struct notes *notes)
{
	return notes->fd;
}

static bool send_note(const struct notes *notes, int fd)
{
	size_t n = strlen(notes->text) + 1;

	return send(fd, notes->text, n, MSG_DONTWAIT | MSG_NOSIGNAL) == (ssize_t)n;
}

void notes_visit(struct notes *notes)
{
	int fd = accept4(notes->fd, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);

	if (fd < 0)
		return;
	if (!is_own_user(fd) || notes->readers.n == MOST_READERS ||
	    (notes->text && !send_note(notes, fd)))
		close(fd);
	else
		vec_push(&notes->readers, fd);
}

void notes_tell(struct notes *notes, const char *text)
{
	size_t kept = 0;

	if (str_same(notes->text, text))
		return;
	free(notes->text);
	notes->text = mem_strdup(text);
	for (size_t i = 0; i < notes->readers.n; i++) {
		if (send_note(notes, notes->readers.at[i]))
			notes->readers.at[kept++] = notes->readers.at[i];
		else
			close(notes->readers.at[i]);
	}
	notes->readers.n = kept;
}

void notes_close(struct notes *notes)
{
	if (!notes)
		return;
	for (size_t i = 0; i < notes->readers.n; i++)
		close(notes->readers.at[i]);
	vec_free(&notes->readers);
	close(notes->fd);
	free(notes->text);
	free(notes);
}

int notes_connect(void)
{
	struct sockaddr_un un;
	socklen_t len = make_address(&un);
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

	if (fd >= 0 && connect(fd, (struct sockaddr *)&un, len) == 0 && is_own_user(fd))
		return fd;
	if (fd >= 0)
		close(fd);
	return -1;
}
