#include "stage/follow_task.h"

#include "base/clock.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct task *task_find(struct follow *f, pid_t tid)
{
	if (f->last < f->tasks.n && f->tasks.at[f->last]->tid == tid)
		return f->tasks.at[f->last];
	for (size_t i = 0; i < f->tasks.n; i++)
		if (f->tasks.at[i]->tid == tid) {
			f->last = i;
			return f->tasks.at[i];
		}
	return NULL;
}

struct task *task_add(struct follow *f, pid_t tid, pid_t pid, enum role role)
{
	struct task *t = mem_zero(1, sizeof *t);

	t->tid = tid;
	t->pid = pid;
	t->role = role;
	if (role != ROLE_NONE)
		t->number = ++f->numbers[role];
	vec_push(&f->tasks, t);
	return t;
}

void task_drop(struct follow *f, struct task *t)
{
	for (size_t i = 0; i < f->tasks.n; i++)
		if (f->tasks.at[i] == t) {
			f->tasks.at[i] = f->tasks.at[--f->tasks.n];
			break;
		}
	free(t);
}

struct follow_stop task_stop(const struct task *t, enum follow_kind kind)
{
	return (struct follow_stop){.kind = kind, .ns = clock_now(), .role = t->role,
				    .task = t->number, .tid = t->tid, .pid = t->pid,
				    .program = t->program};
}

unsigned long long task_status(pid_t tid, const char *key, int base)
{
	char path[64], text[4096];
	const char *at;
	size_t n;
	FILE *file;

	snprintf(path, sizeof path, "/proc/%d/status", (int)tid);
	file = fopen(path, "re");
	if (!file)
		return 0;
	n = fread(text, 1, sizeof text - 1, file);
	fclose(file);
	text[n] = '\0';
	at = strstr(text, key);
	return at ? strtoull(at + strlen(key), NULL, base) : 0;
}

struct task *task_adopt(struct follow *f, pid_t tid, const struct task *parent)
{
	pid_t pid = (pid_t)task_status(tid, "\nTgid:", 10);
	struct task *t;

	if (!parent && pid && pid != tid)
		parent = task_find(f, pid);
	if (!parent)
		parent = task_find(f, (pid_t)task_status(tid, "\nPPid:", 10));
	t = task_add(f, tid, pid ? pid : tid, parent ? parent->role : f->orphans);
	t->attached = parent && parent->attached;
	return t;
}
