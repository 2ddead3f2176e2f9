#include "command/scratch.h"

#include "base/str.h"
#include "stage/descriptors.h"
#include "stage/sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

/* In a session of its own: what ends this process's group does not end the keeper. */
static _Noreturn void keep(const char *path, int end)
{
	char c;

	setsid();
	descriptors_close_but(&end, 1);
	while (read(end, &c, 1) < 0 && errno == EINTR)
		;
	sandbox_remove(path);
	_exit(0);
}

static int start_keeper(struct scratch *s)
{
	int ends[2];

	if (pipe2(ends, O_CLOEXEC) < 0)
		return -1;
	s->keeper = fork();
	if (s->keeper == 0)
		keep(s->path, ends[0]);
	close(ends[0]);
	s->end = ends[1];
	if (s->keeper > 0)
		return 0;
	close(s->end);
	return -1;
}

int scratch_make(struct scratch *s)
{
	const char *base = getenv("TMPDIR");
	int err;

	*s = (struct scratch){.path = str_make("%s/socktutor-lint.XXXXXX",
					       base && *base ? base : "/tmp")};
	if (mkdtemp(s->path) && start_keeper(s) == 0)
		return 0;
	err = errno;
	rmdir(s->path);
	free(s->path);
	s->path = NULL;
	errno = err;
	return -1;
}

void scratch_end(struct scratch *s)
{
	if (!s->path)
		return;
	close(s->end);
	while (waitpid(s->keeper, NULL, 0) < 0 && errno == EINTR)
		;
	free(s->path);
	*s = (struct scratch){0};
}
