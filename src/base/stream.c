#include "base/stream.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

void stream_open_all(void)
{
	static const int modes[] = {
		[STDIN_FILENO] = O_RDONLY,
		[STDOUT_FILENO] = O_RDONLY, /* so that writing to it fails */
		[STDERR_FILENO] = O_WRONLY,
	};

	/* What is opened gets the lowest number that is free: that of the stream. */
	for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
		if (fcntl(fd, F_GETFD) < 0 && open("/dev/null", modes[fd]) < 0)
			return;
}

int stream_finish(void)
{
	if (fflush(stdout) != 0)
		return errno;
	return ferror(stdout) ? -1 : 0;
}
