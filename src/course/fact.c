#include "course/fact.h"

#include "base/clock.h"
#include "base/text.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* TCP_TIMEOUT_INIT, TCP_RTO_MIN and TCP_RTO_MAX of include/net/tcp.h, in milliseconds. */
enum { RTO_FIRST = 1000, RTO_LEAST = 200, RTO_MOST = 120000 };
enum { RETRIES_MOST = 255 }; /* the settings are bytes of the kernel's */

/* tcp_model_timeout(): what RETRIES waits come to that double from BASE, milliseconds. */
static long model_timeout(int retries, long base, long most)
{
	int doublings = 0;

	while (base << (doublings + 1) <= most)
		doublings++;
	if (retries <= doublings)
		return ((2L << retries) - 1) * base;
	return ((2L << doublings) - 1) * base + (retries - doublings) * most;
}

/* A connect() that nobody answers, as tcp_retransmit_timer() goes through it. */
struct attempt {
	int retries, linear;
	long most;     /* the longest wait */
	int sent;      /* how often the SYN was sent again */
	long wait;     /* until the timer's next end */
	long at;       /* its end, since the first SYN */
};

static struct attempt attempt_start(int retries, int linear, long most)
{
	retries = retries < 0 ? 0 : retries > RETRIES_MOST ? RETRIES_MOST : retries;
	linear = linear < 0 ? 0 : linear > RETRIES_MOST ? RETRIES_MOST : linear;
	return (struct attempt){retries, linear, most, 0, RTO_FIRST, RTO_FIRST};
}

/* The timer ends: send again and wait on, or (false) give up at `at`. The time counts as
 * well as the retries: few retries after many equal waits end before they are used up. */
static bool attempt_goes_on(struct attempt *a)
{
	if (a->sent >= a->retries + a->linear)
		return false;
	if (a->sent > 0 && a->at >= model_timeout(a->retries, RTO_FIRST, a->most))
		return false;
	if (++a->sent > a->linear)
		a->wait = a->wait * 2 < a->most ? a->wait * 2 : a->most;
	a->at += a->wait;
	return true;
}

static double connect_seconds(int retries, int linear, long most)
{
	struct attempt a = attempt_start(retries, linear, most);

	while (attempt_goes_on(&a))
		;
	return (double)a.at / 1000;
}

double fact_connect_seconds(int syn_retries, int linear_timeouts)
{
	return connect_seconds(syn_retries, linear_timeouts, RTO_MOST);
}

static double retransmit_seconds(int retries, long most)
{
	retries = retries < 0 ? 0 : retries > RETRIES_MOST ? RETRIES_MOST : retries;
	return (double)model_timeout(retries, RTO_LEAST, most) / 1000;
}

double fact_retransmit_seconds(int retries2)
{
	return retransmit_seconds(retries2, RTO_MOST);
}

/* The number in /proc/sys/net/ipv4/NAME; OR_ELSE where this kernel has no such setting, or
 * none that can be read. */
static long setting(const char *name, long or_else)
{
	char text[32], *end, *path = str_make("/proc/sys/net/ipv4/%s", name);
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t n = fd < 0 ? -1 : read(fd, text, sizeof text - 1);
	long value;

	free(path);
	if (fd >= 0)
		close(fd);
	if (n <= 0)
		return or_else;
	text[n] = '\0';
	value = strtol(text, &end, 10);
	return end > text && value >= 0 ? value : or_else;
}

/* Settings of later kernels; the value is that of those that did not have them. */
static long longest_wait(void)
{
	long most = setting("tcp_rto_max_ms", RTO_MOST);

	return most >= RTO_FIRST && most <= RTO_MOST ? most : RTO_MOST;
}

static int small_setting(const char *name, int or_else)
{
	long value = setting(name, or_else);

	return value > RETRIES_MOST ? RETRIES_MOST : (int)value;
}

static void add_seconds(struct str *to, double seconds)
{
	if (seconds < 60) {
		str_addf(to, "%.3g s", seconds);
		return;
	}
	str_addf(to, "%.4g s (", seconds);
	clock_print(to, (int64_t)(seconds * 1000) * CLOCK_MS);
	str_add(to, ")");
}

static void unreadable(struct str *to, const char *name)
{
	str_addf(to,
		 _("This machine's own figure is not known here: /proc/sys/net/ipv4/%s cannot be "
		   "read."),
		 name);
}

/* When the SYN is sent again: `1, 2, 3, 4, 5, 7 … s`. */
static void add_times(struct str *to, struct attempt a)
{
	enum { MOST = 12 };
	long at = a.at;

	while (attempt_goes_on(&a)) {
		if (a.sent <= MOST)
			str_addf(to, "%s%ld", a.sent > 1 ? ", " : "", at / 1000);
		at = a.at;
	}
	str_addf(to, "%s s", a.sent > MOST ? ", …" : "");
}

static void connect_timeout(struct str *to)
{
	int retries = small_setting("tcp_syn_retries", -1);
	int linear = small_setting("tcp_syn_linear_timeouts", 0);
	long most = longest_wait();
	struct str all = {0}, times = {0};

	if (retries < 0) {
		unreadable(to, "tcp_syn_retries");
		return;
	}
	add_seconds(&all, connect_seconds(retries, linear, most));
	add_times(&times, attempt_start(retries, linear, most));
	/* TRANSLATORS: 67 s (1 min 7 s); the settings; 1, 2, 3, 4, 5, 7 s */
	if (linear > 0)
		str_addf(to,
			 _("On this machine a connect() to a host that stays silent fails with "
			   "ETIMEDOUT after about %1$s: net.ipv4.tcp_syn_retries is %2$d and "
			   "net.ipv4.tcp_syn_linear_timeouts %3$d, so the SYN is sent again after "
			   "%4$s."),
			 str_text(&all), retries, linear, str_text(&times));
	else
		str_addf(to,
			 _("On this machine a connect() to a host that stays silent fails with "
			   "ETIMEDOUT after about %1$s: net.ipv4.tcp_syn_retries is %2$d, so the "
			   "SYN is sent again after %3$s."),
			 str_text(&all), retries, str_text(&times));
	str_free(&all);
	str_free(&times);
}

static void retransmit_timeout(struct str *to)
{
	int retries = small_setting("tcp_retries2", -1);
	struct str all = {0};

	if (retries < 0) {
		unreadable(to, "tcp_retries2");
		return;
	}
	add_seconds(&all, retransmit_seconds(retries, longest_wait()));
	str_addf(to,
		 _("On this machine data that nobody acknowledges is sent again and again for at "
		   "least %1$s before the connection fails with ETIMEDOUT: net.ipv4.tcp_retries2 "
		   "is %2$d, and the waits double from 0.2 s up to %3$ld s."),
		 str_text(&all), retries, longest_wait() / 1000);
	str_free(&all);
}

static const struct {
	const char *name;
	void (*print)(struct str *to);
} facts[] = {
	{"connect-timeout", connect_timeout},
	{"retransmit-timeout", retransmit_timeout},
};

const char *fact_at(size_t i)
{
	return i < sizeof facts / sizeof *facts ? facts[i].name : NULL;
}

bool fact_print(struct str *to, const char *name)
{
	for (size_t i = 0; i < sizeof facts / sizeof *facts; i++)
		if (strcmp(facts[i].name, name) == 0) {
			facts[i].print(to);
			return true;
		}
	return false;
}
