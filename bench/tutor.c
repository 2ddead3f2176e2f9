#include "tutor.h"

#include "proc.h"

static bool settle(struct pty *p, const char *text)
{
	if (!pty_until(p, text, 0)) {
		pty_close(p, NULL);
		return false;
	}
	pty_rest(p);
	return true;
}

bool tutor_home(struct pty *p, const struct bench *bench)
{
	const char *argv[] = {bench->program, NULL};

	return pty_open(p, argv) && settle(p, "quit");
}

bool tutor_demo(struct pty *p, const struct bench *bench, const char *target)
{
	const char *argv[] = {bench->program, "--no-predictions", "open", target, NULL};

	/* The set-up's line says how many calls it made when it is over. */
	return pty_open(p, argv) && settle(p, " calls");
}

size_t tutor_step(struct pty *p)
{
	size_t before = p->out.len;

	pty_type(p, " ");
	pty_rest(p);
	return p->out.len - before;
}

pid_t tutor_screen(const struct pty *p)
{
	return proc_child(p->pid, 0);
}
