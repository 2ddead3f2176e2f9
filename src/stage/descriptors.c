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

void descriptors_close_but(const int *keep, size_t n)
{
	int from = 0;

	for (;;) {
		int next = DESCRIPTORS_ALL;

		for (size_t i = 0; i < n; i++)
			if (keep[i] >= from && keep[i] < next)
				next = keep[i];
		if (next == DESCRIPTORS_ALL)
			break;
		descriptors_close(from, next - 1);
		from = next + 1;
	}
	descriptors_close(from, DESCRIPTORS_ALL);
}
