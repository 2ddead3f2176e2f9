#include "term/loop.h"

#include "base/mem.h"

#include <event2/event.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/time.h>
#include <unistd.h>

static const int signals[] = {SIGWINCH, SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGTSTP, SIGCONT};
enum { SIGNALS = sizeof signals / sizeof *signals };

/* A descriptor that may be another one, or none. */
struct watch {
	struct loop *loop;
	size_t which;
	struct event *event; /* NULL: nothing is watched */
};

struct loop {
	const struct loop_calls *calls;
	void *context;
	struct event_base *base;
	struct event *input;
	struct watch stages[LOOP_STAGES];
	struct watch visit;
	struct event *timer;
	struct event *signals[SIGNALS];
};

static void on_input(evutil_socket_t fd, short what, void *arg)
{
	struct loop *l = arg;

	(void)fd;
	(void)what;
	l->calls->input(l->context);
}

static void on_stage(evutil_socket_t fd, short what, void *arg)
{
	struct watch *w = arg;

	(void)fd;
	(void)what;
	w->loop->calls->stage(w->loop->context, w->which);
}

static void on_visit(evutil_socket_t fd, short what, void *arg)
{
	struct watch *w = arg;

	(void)fd;
	(void)what;
	w->loop->calls->visit(w->loop->context);
}

static void on_timer(evutil_socket_t fd, short what, void *arg)
{
	struct loop *l = arg;

	(void)fd;
	(void)what;
	l->calls->timer(l->context);
}

static void on_signal(evutil_socket_t sig, short what, void *arg)
{
	struct loop *l = arg;

	(void)what;
	l->calls->signal(l->context, (int)sig);
}

struct loop *loop_new(const struct loop_calls *calls, void *context)
{
	struct loop *l = mem_zero(1, sizeof *l);
	struct event_config *config = event_config_new();

	l->calls = calls;
	l->context = context;
	event_config_set_flag(config, EVENT_BASE_FLAG_NOLOCK);
	l->base = event_base_new_with_config(config);
	event_config_free(config);
	if (!l->base) {
		free(l);
		return NULL;
	}
	l->input = event_new(l->base, STDIN_FILENO, EV_READ | EV_PERSIST, on_input, l);
	l->timer = event_new(l->base, -1, 0, on_timer, l);
	event_add(l->input, NULL);
	for (int i = 0; i < SIGNALS; i++) {
		l->signals[i] = event_new(l->base, signals[i], EV_SIGNAL | EV_PERSIST, on_signal,
					  l);
		event_add(l->signals[i], NULL);
	}
	return l;
}

/* WATCH is about FD from now on, which may be -1. */
static void watch_instead(struct loop *loop, struct watch *watch, int fd, event_callback_fn call)
{
	if (watch->event)
		event_free(watch->event);
	watch->event = NULL;
	watch->loop = loop;
	if (fd < 0)
		return;
	watch->event = event_new(loop->base, fd, EV_READ | EV_PERSIST, call, watch);
	event_add(watch->event, NULL);
}

void loop_watch(struct loop *loop, size_t which, int fd)
{
	loop->stages[which].which = which;
	watch_instead(loop, &loop->stages[which], fd, on_stage);
}

void loop_listen(struct loop *loop, int fd)
{
	watch_instead(loop, &loop->visit, fd, on_visit);
}

void loop_set_timer(struct loop *loop, int64_t ns)
{
	struct timeval t = {(time_t)(ns / 1000000000), (suseconds_t)(ns % 1000000000 / 1000)};

	if (ns < 0)
		event_del(loop->timer);
	else
		event_add(loop->timer, &t);
}

void loop_run(struct loop *loop)
{
	event_base_dispatch(loop->base);
}

void loop_stop(struct loop *loop)
{
	event_base_loopbreak(loop->base);
}

void loop_free(struct loop *loop)
{
	for (size_t i = 0; i < LOOP_STAGES; i++)
		loop_watch(loop, i, -1);
	loop_listen(loop, -1);
	event_free(loop->input);
	event_free(loop->timer);
	for (int i = 0; i < SIGNALS; i++)
		event_free(loop->signals[i]);
	event_base_free(loop->base);
	free(loop);
}
