/*
 * A run begins and ends.
 */
#include "stage/scene.h"

#include "base/clock.h"
#include "base/text.h"
#include "course/shorten.h"

#include <sys/socket.h>
#include <unistd.h>

static int start_member(struct scene *s, enum role role, int give)
{
	struct member *m = &s->cast[role];
	struct tracee *t = &s->tracee[role];
	struct str why = {0};

	t->box->ignore_sigpipe = s->demo->setup[role].ignores_sigpipe;
	if (tracer_start(t, &s->box, m->play, give, &why) < 0) {
		scene_tell(s, (struct event){.kind = EVENT_ROW_DONE, .role = ROLE_NONE,
					     .text = str_take(&why)});
		s->lost = true;
		return -1;
	}
	scene_tell(s, (struct event){.kind = EVENT_START, .role = role, .u.pid = t->box->pid});
	m->restless = false;
	if (give >= 0)
		names_open(&m->names, "sock", 3);
	return 0;
}

static char *why_not_isolated(const struct scene *s)
{
	if (s->wired)
		return str_make(_("No network of its own: %s. The demo uses this machine's "
				  "loopback."), str_text(&s->box.why));
	return str_make(_("No network of its own: %s. The demo's names are those of this machine."),
			str_text(&s->box.why));
}

static void tell_limits(struct scene *s)
{
	if (s->box.level == SANDBOX_PLAIN && (s->wired || demo_shares_address(s->demo)))
		scene_tell(s, (struct event){.kind = EVENT_CANNOT, .role = ROLE_NONE,
					     .u.cannot = CANNOT_ISOLATE,
					     .text = why_not_isolated(s)});
	if (!s->wired)
		return;
	if (!s->wire.pcap)
		scene_tell(s, (struct event){
				      .kind = EVENT_CANNOT, .role = ROLE_NONE,
				      .u.cannot = CANNOT_WIRE,
				      .text = str_make(_("Segments cannot be seen here: %s."),
						       str_text(&s->wire_why))});
}

/* What is not as on this machine, or why it is. */
static void tell_settings(struct scene *s)
{
	struct str words = {0};

	if (!s->wired || !settings_any(&s->demo->settings))
		return;
	if (s->set_why.len) {
		scene_tell(s, (struct event){.kind = EVENT_CANNOT, .role = ROLE_NONE,
					     .u.cannot = CANNOT_SET,
					     .text = mem_strdup(str_text(&s->set_why))});
		return;
	}
	for (size_t i = 0; shorten_sentence(&words, s->demo, &s->own, s->real_time, i); i++)
		scene_tell(s, (struct event){.kind = EVENT_DIRECTOR, .role = ROLE_NONE,
					     .text = str_take(&words)});
}

static int start_both(struct scene *s)
{
	int pair[2] = {-1, -1}, got = 0;

	if (s->demo->link == LINK_PAIR && socketpair(AF_UNIX, SOCK_STREAM, 0, pair) < 0)
		got = -1;
	for (int r = 0; r < ROLES && got == 0; r++)
		if (!program_plays(s, (enum role)r))
			got = start_member(s, (enum role)r, pair[r]);
	for (int r = 0; r < ROLES; r++)
		if (pair[r] >= 0)
			close(pair[r]);
	if (got == 0 && s->demo->link == LINK_PAIR)
		scene_say(s, EVENT_DIRECTOR, ROLE_NONE,
			  "socketpair(AF_UNIX, SOCK_STREAM, 0): one end for each process");
	return got;
}

int scene_begin(struct scene *s)
{
	s->start = clock_now();
	s->row = 0;
	s->calls = 0;
	wire_restart(&s->wire);
	s->wire.file = s->file.fd >= 0 ? &s->file : NULL;
	lens_watch_restart(&s->lens);
	faults_begin(s);
	scene_tell(s, (struct event){.kind = EVENT_BEGIN, .role = ROLE_NONE});
	tell_limits(s);
	tell_settings(s);
	return start_both(s);
}

void scene_end(struct scene *s)
{
	for (int r = 0; r < ROLES; r++) {
		struct member *m = &s->cast[r];

		if (!program_plays(s, (enum role)r))
			tracer_end(&s->tracee[r]);
		names_free(&m->names);
		free(m->whole);
		free(m->was);
		*m = (struct member){.play = m->play};
	}
	programs_close(s);
	events_free(&s->events);
	sandbox_sweep(&s->box);
}

void scene_free(struct scene *s)
{
	scene_end(s);
	for (int r = 0; r < ROLES; r++)
		mailbox_free(s->tracee[r].box);
	faults_free(s);
	wire_close(&s->wire);
	lens_watch_free(&s->lens);
	str_free(&s->wire_why);
	str_free(&s->set_why);
	str_free(&s->outbox.bytes);
	sandbox_leave(&s->box);
}
