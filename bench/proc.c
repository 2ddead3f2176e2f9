#include "proc.h"

#include <stdio.h>
#include <string.h>

pid_t proc_child(pid_t pid, size_t i)
{
	char path[64];
	long child = 0;
	FILE *f;

	snprintf(path, sizeof path, "/proc/%ld/task/%ld/children", (long)pid, (long)pid);
	f = fopen(path, "re");
	if (!f)
		return 0;
	for (size_t at = 0; at <= i; at++)
		if (fscanf(f, "%ld", &child) != 1)
			child = 0;
	fclose(f);
	return (pid_t)child;
}

void proc_family(struct pids *to, pid_t pid)
{
	pid_t child;

	vec_push(&to->list, pid);
	for (size_t i = 0; (child = proc_child(pid, i)) > 0; i++)
		proc_family(to, child);
}

long proc_number(pid_t pid, const char *file, const char *key)
{
	char path[64], line[256];
	size_t n = strlen(key);
	long number = -1;
	FILE *f;

	snprintf(path, sizeof path, "/proc/%ld/%s", (long)pid, file);
	f = fopen(path, "re");
	while (f && number < 0 && fgets(line, sizeof line, f))
		if (strncmp(line, key, n) == 0)
			number = atol(line + n);
	if (f)
		fclose(f);
	return number;
}

char proc_state(pid_t pid)
{
	char path[64], line[512];
	const char *at = NULL;
	FILE *f;

	snprintf(path, sizeof path, "/proc/%ld/stat", (long)pid);
	f = fopen(path, "re");
	if (f && fgets(line, sizeof line, f))
		at = strrchr(line, ')');
	if (f)
		fclose(f);
	return at && at[1] ? at[2] : '\0';
}

long proc_switches(pid_t pid)
{
	return proc_number(pid, "status", "voluntary_ctxt_switches:") +
	       proc_number(pid, "status", "nonvoluntary_ctxt_switches:");
}
