#include "stage/descriptors.h"

#include <sys/syscall.h>
#include <unistd.h>

void descriptors_close(int first, int last)
{
	enum { MANY = 4096 };

	if (first > last)
		return;
#ifdef SYS_close_range
	if (syscall(SYS_close_range, (unsigned)first, (unsigned)last, 0u) == 0)
		return;
#endif
	for (int fd = first; fd <= last && fd < MANY; fd++)
		close(fd);
}

void descriptors_close_but(int keep)
{
	if (keep > 0)
		descriptors_close(0, keep - 1);
	descriptors_close(keep + 1, DESCRIPTORS_ALL);
}
