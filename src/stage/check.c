/*
 * What this machine allows, found by doing it.
 */
#include "stage/stage.h"

#include "base/clock.h"
#include "base/text.h"
#include "lesson/lesson.h"
#include "stage/sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* NAME, WHY and REMEDY are N_("…"), or were translated before; REMEDY may be NULL. */
static void add(struct checks *checks, const char *name, enum check_state state, const char *why,
		const char *remedy)
{
	vec_push(&checks->list,
		 (struct check){name, state, mem_strdup(_(why)), mem_strdup(_(remedy))});
}

/* What a child found that entered the sandbox. */
struct trial {
	enum sandbox_level level;
	bool mounted;
	bool readonly;
	bool failed;
	char why[400];
};

static _Noreturn void try_in_child(int report, bool programs)
{
	struct trial trial = {.level = SANDBOX_PLAIN};
	struct sandbox box;
	char path[64];

	snprintf(path, sizeof path, "/tmp/socktutor-check-%ld", (long)getpid());
	trial.failed = sandbox_enter(&box, false, programs, path) < 0;
	trial.level = box.level;
	trial.mounted = box.mounted;
	trial.readonly = box.readonly;
	snprintf(trial.why, sizeof trial.why, "%s", str_text(&box.why));
	if (write(report, &trial, sizeof trial) < 0)
		_exit(1);
	sandbox_leave(&box);
	_exit(0);
}

static struct trial try_sandbox(bool programs)
{
	struct trial trial = {.failed = true};
	int ends[2];
	pid_t pid;

	snprintf(trial.why, sizeof trial.why, "%s", _("no process could be made"));
	if (pipe2(ends, O_CLOEXEC) < 0)
		return trial;
	pid = fork();
	if (pid == 0)
		try_in_child(ends[1], programs);
	close(ends[1]);
	if (pid > 0 && read(ends[0], &trial, sizeof trial) != (ssize_t)sizeof trial)
		snprintf(trial.why, sizeof trial.why, "%s", _("the trial ended early"));
	close(ends[0]);
	if (pid > 0)
		waitpid(pid, NULL, 0);
	return trial;
}

/* The first number in a file of /proc/sys, or -1. */
static int setting(const char *path)
{
	FILE *f = fopen(path, "re");
	int value = -1;

	if (f && fscanf(f, "%d", &value) != 1)
		value = -1;
	if (f)
		fclose(f);
	return value;
}

static const char *namespace_remedy(void)
{
	if (setting("/proc/sys/kernel/apparmor_restrict_unprivileged_userns") == 1)
		return N_("as root: sysctl kernel.apparmor_restrict_unprivileged_userns=0, or run "
			  "as root");
	if (setting("/proc/sys/kernel/unprivileged_userns_clone") == 0)
		return N_("as root: sysctl kernel.unprivileged_userns_clone=1, or run as root");
	if (setting("/proc/sys/user/max_user_namespaces") == 0)
		return N_("as root: sysctl user.max_user_namespaces=1000, or run as root");
	return N_("in a container: allow namespaces (docker run --security-opt seccomp=unconfined "
		  "--cap-add SYS_ADMIN); else run as root");
}

static void check_isolation(struct checks *checks)
{
	struct trial trial = try_sandbox(false);

	if (trial.level == SANDBOX_FULL && !trial.failed) {
		add(checks, N_("a network of its own"), CHECK_YES,
		    N_("a private loopback for each stage"), NULL);
		add(checks, N_("files of its own"), trial.mounted ? CHECK_YES : CHECK_PARTLY,
		    trial.mounted ? N_("an empty memory file system is the root")
				  : N_("a fresh directory in /tmp; mounting is refused"),
		    NULL);
		return;
	}
	add(checks, N_("a network of its own"), CHECK_PARTLY, trial.why, namespace_remedy());
	add(checks, N_("files of its own"), trial.failed ? CHECK_NO : CHECK_PARTLY,
	    trial.failed ? trial.why : N_("a fresh directory in /tmp"), NULL);
}

static void check_programs(struct checks *checks)
{
	struct trial trial = try_sandbox(true);

	if (trial.readonly)
		add(checks, N_("programs of your own"), CHECK_YES,
		    N_("they read files and change none, and have the stage's network alone"), NULL);
	else
		add(checks, N_("programs of your own"), CHECK_PARTLY, trial.why,
		    trial.level == SANDBOX_FULL ? N_("Linux 5.12 or newer is needed")
						: namespace_remedy());
}

/* What one demo over TCP showed. */
struct showing {
	bool traced;
	bool captured;
	bool looked;
	bool on_sockets; /* the wire was cut by filters on the sockets */
	struct str no_trace, no_wire, no_miss, no_lens, no_cut, no_delay;
};

/* The first reason counts. */
static void keep_why(struct str *to, const char *why)
{
	if (to->len == 0)
		str_add(to, why);
}

static void look_at(struct showing *show, const struct event *e)
{
	if (e->kind == EVENT_RETURN)
		show->traced = true;
	if (e->kind == EVENT_SEGMENT)
		show->captured = true;
	if (e->kind == EVENT_LENS)
		show->looked = true;
	if (e->kind == EVENT_CANNOT && e->u.cannot == CANNOT_LENS)
		str_add(&show->no_lens, e->text);
	if (e->kind == EVENT_ROW_DONE && e->text)
		str_add(&show->no_trace, e->text);
	if (e->kind == EVENT_CANNOT && e->u.cannot == CANNOT_WIRE)
		str_add(&show->no_wire, e->text);
	if (e->kind == EVENT_CANNOT && e->u.cannot == CANNOT_MISS)
		str_add(&show->no_miss, e->text);
	if (e->kind == EVENT_CANNOT && e->u.cannot == CANNOT_CUT)
		keep_why(&show->no_cut, e->text);
	if (e->kind == EVENT_CANNOT && e->u.cannot == CANNOT_DELAY)
		keep_why(&show->no_delay, e->text);
	if (e->kind == EVENT_DIRECTOR && e->text && strncmp(e->text, "cut wire (", 10) == 0)
		show->on_sockets = true;
}

static void play(struct stage *stage, const struct demo *demo, struct showing *show)
{
	bool on = true;

	stage_tell(stage, STAGE_STEP_TO, (int)demo->table.rows.n);
	while (on) {
		struct event e;

		on = stage_wait(stage, &e, 10 * CLOCK_S) == STAGE_EVENT;
		if (!on)
			break;
		look_at(show, &e);
		on = e.kind != EVENT_DONE;
		event_clear(&e);
	}
	if (!show->traced && show->no_trace.len == 0)
		str_add(&show->no_trace, stage_end_text(stage));
}

static void show_demo(struct showing *show)
{
	static const char text[] = "<!-- demo: id=try link=tcp a-misses=FIN -->\n"
				   "| Process A | Process B |\n|---|---|\n"
				   "| | `close()` |\n| `send()` | |\n"
				   "| `cut wire` | |\n| `mend wire` | |\n| `delay 1ms` | |\n";
	struct errs errs = {0};
	struct lesson *lesson = lesson_parse("doctor", text, sizeof text - 1, &errs);
	struct stage *stage = lesson->demos.n ? stage_open(&lesson->demos.at[0], &errs) : NULL;

	if (stage)
		play(stage, &lesson->demos.at[0], show);
	else
		str_add(&show->no_trace, errs.list.n ? errs.list.at[0].text : _("no stage"));
	stage_close(stage);
	lesson_free(lesson);
	errs_free(&errs);
}

static const char *trace_remedy(void)
{
	if (setting("/proc/sys/kernel/yama/ptrace_scope") == 3)
		return N_("kernel.yama.ptrace_scope is 3, which forbids all tracing until a reboot "
			  "with another value");
	return N_("in a container: allow ptrace (docker run --cap-add SYS_PTRACE)");
}

static void check_faults(struct checks *checks, const struct showing *show)
{
	const char *why = N_("by a filter where segments arrive; late ones are put there again");
	enum check_state state = CHECK_PARTLY;

	if (!show->traced)
		why = N_("not tried");
	else if (show->no_cut.len)
		why = str_text(&show->no_cut);
	else if (show->no_delay.len)
		why = str_text(&show->no_delay);
	else if (show->on_sockets)
		why = N_("it is cut on each socket; for one that is gone the kernel answers");
	else
		state = CHECK_YES;
	add(checks, N_("a wire that is cut, or late"), state, why, NULL);
}

void stage_check(struct checks *checks)
{
	struct showing show = {0};

	check_isolation(checks);
	show_demo(&show);
	add(checks, N_("two traced processes"), show.traced ? CHECK_YES : CHECK_NO,
	    show.traced ? N_("each call is held at its entry and at its exit")
			: str_text(&show.no_trace),
	    show.traced ? NULL : trace_remedy());
	add(checks, N_("segments on the wire"), show.captured ? CHECK_YES : CHECK_PARTLY,
	    show.captured ? N_("captured on the private loopback")
	    : show.no_wire.len ? str_text(&show.no_wire) : N_("nothing was captured"), NULL);
	add(checks, N_("a role that misses segments"),
	    show.traced && show.no_miss.len == 0 ? CHECK_YES : CHECK_PARTLY,
	    show.no_miss.len ? str_text(&show.no_miss)
	    : show.traced ? N_("by a filter on its socket") : N_("not tried"), NULL);
	check_faults(checks, &show);
	add(checks, N_("sockets in the kernel"),
	    show.looked && show.no_lens.len == 0 ? CHECK_YES : CHECK_PARTLY,
	    show.no_lens.len ? str_text(&show.no_lens)
	    : show.looked ? N_("also those that no process holds any more") : N_("not tried"), NULL);
	check_programs(checks);
	str_free(&show.no_trace);
	str_free(&show.no_wire);
	str_free(&show.no_miss);
	str_free(&show.no_lens);
	str_free(&show.no_cut);
	str_free(&show.no_delay);
}

void checks_free(struct checks *checks)
{
	for (size_t i = 0; i < checks->list.n; i++) {
		free(checks->list.at[i].why);
		free(checks->list.at[i].remedy);
	}
	vec_free(&checks->list);
}
