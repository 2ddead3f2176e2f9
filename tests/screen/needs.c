#include "needs.h"

#include "base/str.h"

#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

/* As the stage does: where a plain user may not, in a user namespace. */
bool needs_namespaces(void)
{
	int flags = CLONE_NEWNS | CLONE_NEWNET | CLONE_NEWPID | (geteuid() ? CLONE_NEWUSER : 0);
	pid_t pid = fork();
	int status = 1;

	if (pid == 0)
		_exit(unshare(flags) < 0);
	return pid > 0 && waitpid(pid, &status, 0) == pid && status == 0;
}

/* The program says when it cannot. */
bool needs_lang(const char *program, const char *lang)
{
	char *command = str_make("'%s' --lang '%s' --version 2>&1 >/dev/null", program, lang);
	FILE *said = popen(command, "r");
	bool silent = said && fgetc(said) == EOF;

	free(command);
	return said && pclose(said) == 0 && silent;
}
