#include "course/fact.h"

#include "base/clock.h"
#include "base/text.h"

#include <string.h>

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

static long value_of(const struct settings *s, enum setting id, long or_else)
{
	return s->of[id].given ? s->of[id].value : or_else;
}

/* Settings of later kernels; the value is that of those that did not have them. */
static long longest_wait(const struct settings *s)
{
	long most = value_of(s, SETTING_RTO_MAX, RTO_MOST);

	return most >= RTO_FIRST && most <= RTO_MOST ? most : RTO_MOST;
}

static int small_value(const struct settings *s, enum setting id, int or_else)
{
	long value = value_of(s, id, or_else);

	return value > RETRIES_MOST ? RETRIES_MOST : (int)value;
}

static int64_t from_seconds(double seconds)
{
	return (int64_t)(seconds * 1000 + 0.5) * CLOCK_MS;
}

int64_t fact_connect(const struct settings *s)
{
	int retries = small_value(s, SETTING_SYN_RETRIES, -1);

	if (retries < 0)
		return -1;
	return from_seconds(connect_seconds(retries, small_value(s, SETTING_SYN_LINEAR, 0),
					    longest_wait(s)));
}

/*
 * The time that retries come to is a least: the kernel counts it from the first repeat by its
 * timer, before which there is a probe (RFC 8985, 7), and looks only when the timer ends.
 */
int64_t fact_retransmit(const struct settings *s)
{
	int retries = small_value(s, SETTING_RETRIES2, -1);
	long most = longest_wait(s), wait = 2 * RTO_LEAST, since = 0;
	double least;

	if (retries < 0)
		return -1;
	least = retransmit_seconds(retries, most) * 1000;
	while ((double)since < least) {
		since += wait;
		wait = wait * 2 < most ? wait * 2 : most;
	}
	return (2 * RTO_LEAST + since) * CLOCK_MS;
}

int64_t fact_keepalive(const struct settings *s)
{
	long time = value_of(s, SETTING_KEEPALIVE_TIME, -1);
	long apart = value_of(s, SETTING_KEEPALIVE_INTVL, -1);
	long probes = value_of(s, SETTING_KEEPALIVE_PROBES, -1);

	return time < 0 || apart < 0 || probes < 0 ? -1 : (time + apart * probes) * CLOCK_S;
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
	struct str all = {0}, times = {0};
	struct settings here;
	int retries, linear;
	long most;

	settings_read(&here);
	retries = small_value(&here, SETTING_SYN_RETRIES, -1);
	linear = small_value(&here, SETTING_SYN_LINEAR, 0);
	most = longest_wait(&here);
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
	struct str all = {0};
	struct settings here;
	int retries;

	settings_read(&here);
	retries = small_value(&here, SETTING_RETRIES2, -1);
	if (retries < 0) {
		unreadable(to, "tcp_retries2");
		return;
	}
	add_seconds(&all, retransmit_seconds(retries, longest_wait(&here)));
	str_addf(to,
		 _("On this machine data that nobody acknowledges is sent again and again for at "
		   "least %1$s before the connection fails with ETIMEDOUT: net.ipv4.tcp_retries2 "
		   "is %2$d, and the waits double from 0.2 s up to %3$ld s."),
		 str_text(&all), retries, longest_wait(&here) / 1000);
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
