#include "stage/settings.h"

#include "base/text.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int write_one(const struct sandbox *box, enum setting id, long value)
{
	char *path = str_make("sys/net/ipv4/%s", setting_spec(id)->name), text[24];
	int fd = openat(box->proc, path, O_WRONLY | O_CLOEXEC), err;
	int n = snprintf(text, sizeof text, "%ld", value);
	ssize_t done = fd < 0 ? -1 : write(fd, text, (size_t)n);

	err = errno;
	free(path);
	if (fd >= 0)
		close(fd);
	errno = err;
	return done == n ? 0 : -1;
}

static void say_why(struct str *why, enum setting id, int err)
{
	if (err == ENOENT)
		str_addf(why, _("This kernel has no setting %s: what the demo waits for may take "
				"longer."),
			 setting_spec(id)->name);
	else
		str_addf(why, _("%s cannot be set here: %s. What the demo waits for may take longer."),
			 setting_spec(id)->name, strerror(err));
}

int settings_make(const struct sandbox *box, const struct settings *all,
		  const struct settings *wanted, struct str *why)
{
	int got = 0;

	if (box->level != SANDBOX_FULL) {
		str_addf(why, _("The demo's settings cannot be made here: that needs a network of its "
				"own, and %s."),
			 str_text(&box->why));
		return -1;
	}
	for (int id = 0; id < SETTINGS && got == 0; id++) {
		if (!all->of[id].given || write_one(box, (enum setting)id, all->of[id].value) == 0 ||
		    !wanted->of[id].given)
			continue;
		say_why(why, (enum setting)id, errno);
		got = -1;
	}
	return got;
}
