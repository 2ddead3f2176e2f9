#include "stage/mailbox.h"

#include <stdalign.h>
#include <string.h>
#include <sys/mman.h>

struct mailbox *mailbox_new(void)
{
	struct mailbox *box = mmap(NULL, sizeof *box, PROT_READ | PROT_WRITE,
				   MAP_SHARED | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

	return box == MAP_FAILED ? NULL : box;
}

void mailbox_free(struct mailbox *box)
{
	if (box)
		munmap(box, sizeof *box);
}

void *mailbox_room(struct mailbox *box, size_t n)
{
	size_t align = alignof(max_align_t);
	size_t at = (box->used + align - 1) / align * align;

	if (n > MAIL_ARENA || at > MAIL_ARENA - n)
		return NULL;
	box->used = at + n;
	return memset(box->arena + at, 0, n);
}
