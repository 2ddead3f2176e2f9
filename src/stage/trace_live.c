#include "stage/trace_live.h"

#include "base/clock.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <unistd.h>

/* Bytes that are told of what each program prints. */
enum { KEPT = 256 << 10 };

int live_open(struct trace_live *l, int channel, bool prints,
	      void (*tell)(void *data, struct event *e), void *data)
{
	sigset_t set;

	*l = (struct trace_live){.channel = channel, .reads = prints};
	sigemptyset(&set);
	sigaddset(&set, SIGCHLD);
	sigaddset(&set, SIGINT);
	sigaddset(&set, SIGTERM);
	sigaddset(&set, SIGHUP);
	l->signals = signalfd(-1, &set, SFD_NONBLOCK | SFD_CLOEXEC);
	if (l->signals < 0)
		return -1;
	return prints ? prints_open(&l->prints, KEPT, tell, data) : 0;
}

void live_close(struct trace_live *l)
{
	if (l->signals >= 0)
		close(l->signals);
	if (l->reads)
		prints_close(&l->prints);
	str_free(&l->outbox.bytes);
	vec_free(&l->commands);
	vec_free(&l->caught);
}

void live_flush(struct trace_live *l)
{
	if (!l->hung_up && l->outbox.bytes.len && channel_send(l->channel, &l->outbox) < 0)
		l->hung_up = true;
}

void live_tell(struct trace_live *l, struct event *e)
{
	if (!l->hung_up && channel_put(&l->outbox, e))
		live_flush(l);
	event_clear(e);
}

static void take_commands(struct trace_live *l)
{
	struct trace_command command;
	ssize_t got;

	while ((got = recv(l->channel, &command, sizeof command, MSG_DONTWAIT)) ==
	       (ssize_t)sizeof command)
		vec_push(&l->commands, command);
	if (got == 0 || (got < 0 && errno != EAGAIN && errno != EINTR))
		l->hung_up = true;
}

/* SIGCHLD says only that there is a stop, which is looked for in any case. */
static void take_signals(struct trace_live *l)
{
	struct signalfd_siginfo info;

	while (read(l->signals, &info, sizeof info) == (ssize_t)sizeof info)
		if (info.ssi_signo != SIGCHLD)
			vec_push(&l->caught,
				 (struct follow_stop){.signal = (int)info.ssi_signo,
						      .ns = clock_now(),
						      .role = ROLE_NONE,
						      .status = info.ssi_code > 0});
}

void live_wait(struct trace_live *l, int64_t ns)
{
	struct pollfd fds[2 + PRINTS_PIPES] = {{l->signals, POLLIN, 0},
					       {l->hung_up ? -1 : l->channel, POLLIN, 0}};
	struct timespec time = {(time_t)(ns / CLOCK_S), (long)(ns % CLOCK_S)};

	for (size_t i = 0; i < PRINTS_PIPES; i++)
		fds[2 + i] = (struct pollfd){l->reads ? l->prints.pipes[i].read : -1, POLLIN, 0};
	if (ns != 0)
		live_flush(l);
	if (ppoll(fds, sizeof fds / sizeof *fds, ns < 0 ? NULL : &time, NULL) <= 0)
		return;
	if (fds[0].revents)
		take_signals(l);
	if (fds[1].revents)
		take_commands(l);
	for (size_t i = 0; i < PRINTS_PIPES; i++)
		if (fds[2 + i].revents)
			prints_read(&l->prints, i);
}

void live_hear(struct trace_live *l)
{
	struct pollfd fds[PRINTS_PIPES];

	for (size_t i = 0; l->reads && i < PRINTS_PIPES; i++)
		fds[i] = (struct pollfd){l->prints.pipes[i].read, POLLIN, 0};
	if (!l->reads || poll(fds, PRINTS_PIPES, 0) <= 0)
		return;
	for (size_t i = 0; i < PRINTS_PIPES; i++)
		if (fds[i].revents)
			prints_read(&l->prints, i);
}

bool live_command(struct trace_live *l, struct trace_command *command)
{
	if (l->commands.n == 0)
		return false;
	*command = l->commands.at[0];
	l->commands.n--;
	memmove(&l->commands.at[0], &l->commands.at[1], l->commands.n * sizeof *command);
	return true;
}

bool live_signal(struct trace_live *l, struct follow_stop *caught)
{
	if (l->caught.n == 0)
		return false;
	*caught = l->caught.at[--l->caught.n];
	return true;
}
