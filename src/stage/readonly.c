#include "stage/readonly.h"

#include "base/text.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/mount.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

/* <sys/mount.h> does not go together with the kernel's header everywhere. */
extern int mount(const char *from, const char *to, const char *type, unsigned long flags,
		 const void *data);

static const char *const devices[] = {"/dev/null", "/dev/zero", "/dev/full", "/dev/random",
				      "/dev/urandom"};
enum { DEVICES = sizeof devices / sizeof *devices };

static int make_readonly(void)
{
	struct mount_attr attr = {.attr_set = MOUNT_ATTR_RDONLY | MOUNT_ATTR_NOSUID |
					      MOUNT_ATTR_NODEV};
	int trees[DEVICES];
	long got;

	for (size_t i = 0; i < DEVICES; i++)
		trees[i] = (int)syscall(SYS_open_tree, AT_FDCWD, devices[i],
					OPEN_TREE_CLONE | OPEN_TREE_CLOEXEC);
	got = syscall(SYS_mount_setattr, AT_FDCWD, "/", AT_RECURSIVE, &attr, sizeof attr);
	for (size_t i = 0; i < DEVICES; i++) {
		if (trees[i] < 0)
			continue;
		if (got == 0)
			syscall(SYS_move_mount, trees[i], "", AT_FDCWD, devices[i],
				MOVE_MOUNT_F_EMPTY_PATH);
		close(trees[i]);
	}
	return got < 0 ? -1 : 0;
}

static int memory_at(const char *path)
{
	return mount("socktutor", path, "tmpfs", MS_NOSUID | MS_NODEV,
		     "size=16m,nr_inodes=1024,mode=0755");
}

const char *readonly_root(struct str *why)
{
	static const char *const places[] = {"/run", "/tmp", "/mnt", "/var"};
	size_t i = 0, n = sizeof places / sizeof *places;

	if (mount("", "/", NULL, MS_REC | MS_PRIVATE, NULL) < 0 || make_readonly() < 0) {
		str_addf(why, _("the file system cannot be made read-only here (%s)"),
			 strerror(errno));
		return NULL;
	}
	memory_at("/dev/shm");
	while (i < n && memory_at(places[i]) < 0)
		i++;
	if (i == n || chdir(places[i]) < 0) {
		str_addf(why, _("no directory to work in: %1$s: %2$s"), places[0], strerror(errno));
		return NULL;
	}
	return places[i];
}
