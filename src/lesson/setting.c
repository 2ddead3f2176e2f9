#include "lesson/setting.h"

#include "base/mem.h"
#include "base/near.h"
#include "base/utf8.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { SHOWN = 40 }; /* columns of a wrong name that an error shows */

static const struct setting_spec specs[] = {
	[SETTING_SYN_RETRIES] = {"tcp_syn_retries", 1, 127, "how often a SYN is sent again"},
	[SETTING_SYN_LINEAR] = {"tcp_syn_linear_timeouts", 0, 127,
				"how often one second after the other, before the waits double"},
	[SETTING_SYNACK_RETRIES] = {"tcp_synack_retries", 0, 255,
				    "how often the answer to a SYN is sent again"},
	[SETTING_RETRIES1] = {"tcp_retries1", 0, 255,
			      "after how many repeats another route is looked for"},
	[SETTING_RETRIES2] = {"tcp_retries2", 0, 255,
			      "after how many repeats a connection is given up"},
	[SETTING_ORPHAN_RETRIES] = {"tcp_orphan_retries", 0, 255,
				    "the same for one that was closed; 0 means 8"},
	[SETTING_KEEPALIVE_TIME] = {"tcp_keepalive_time", 1, 32767,
				    "seconds of silence before SO_KEEPALIVE asks"},
	[SETTING_KEEPALIVE_INTVL] = {"tcp_keepalive_intvl", 1, 32767,
				     "seconds from one question to the next"},
	[SETTING_KEEPALIVE_PROBES] = {"tcp_keepalive_probes", 1, 127,
				      "how many questions without an answer end it"},
	[SETTING_FIN_TIMEOUT] = {"tcp_fin_timeout", 1, 120,
				 "seconds that a closed socket waits for the other end's FIN"},
	[SETTING_RTO_MAX] = {"tcp_rto_max_ms", 1000, 120000,
			     "the longest wait between two repeats, in milliseconds"},
};

const struct setting_spec *setting_spec(enum setting id)
{
	return &specs[id];
}

bool settings_any(const struct settings *settings)
{
	for (int id = 0; id < SETTINGS; id++)
		if (settings->of[id].given)
			return true;
	return false;
}

static int find(const char *name, size_t len)
{
	for (int id = 0; id < SETTINGS; id++)
		if (strlen(specs[id].name) == len && memcmp(specs[id].name, name, len) == 0)
			return id;
	return -1;
}

static bool no_setting(const char *name, size_t len, struct str *why)
{
	char *word = mem_strndup(name, utf8_fit(name, len, SHOWN));
	struct near near = near_start(word);

	for (int id = 0; id < SETTINGS; id++)
		near_offer(&near, specs[id].name);
	if (why && near.best)
		str_addf(why, "no setting '%s' (did you mean '%s'?)", word, near.best);
	else if (why) {
		str_addf(why, "no setting '%s'; there are", word);
		for (int id = 0; id < SETTINGS; id++)
			str_addf(why, "%s %s", id == 0 ? "" : id == SETTINGS - 1 ? " and" : ",",
				 specs[id].name);
	}
	free(word);
	return false;
}

static bool wrong_value(int id, struct str *why)
{
	if (why)
		str_addf(why, "%s is a number from %ld to %ld", specs[id].name, specs[id].least,
			 specs[id].most);
	return false;
}

/* Digits only, and not so many that they could be too many. */
static bool parse_number(const char *text, size_t len, long *value)
{
	*value = 0;
	for (size_t i = 0; i < len; i++) {
		if (text[i] < '0' || text[i] > '9')
			return false;
		*value = *value * 10 + (text[i] - '0');
	}
	return len > 0 && len <= 9;
}

/* One `name=value`. */
static bool parse_one(const char *text, size_t len, struct settings *settings, struct str *why)
{
	const char *equals = memchr(text, '=', len);
	size_t name = equals ? (size_t)(equals - text) : len;
	int id = find(text, name);
	long value;

	if (id < 0)
		return no_setting(text, name, why);
	if (!equals || len - name - 1 > 9 || !parse_number(equals + 1, len - name - 1, &value) ||
	    value < specs[id].least || value > specs[id].most)
		return wrong_value(id, why);
	if (settings->of[id].given) {
		if (why)
			str_addf(why, "%s is given twice; once is right", specs[id].name);
		return false;
	}
	settings->of[id].given = true;
	settings->of[id].value = value;
	return true;
}

bool settings_parse(const char *text, struct settings *settings, struct str *why)
{
	struct settings read = {0};
	size_t n;

	for (const char *p = text;; p += n + 1) {
		p += p > text ? strspn(p, " ") : 0;
		n = strcspn(p, ",");
		if (!parse_one(p, n, &read, why))
			return false;
		if (!p[n])
			break;
	}
	*settings = read;
	return true;
}

void settings_print(struct str *to, const struct settings *settings)
{
	size_t start = to->len;

	for (int id = 0; id < SETTINGS; id++)
		if (settings->of[id].given)
			str_addf(to, "%s%s=%ld", to->len > start ? "," : "", specs[id].name,
				 settings->of[id].value);
}

static bool read_one(const char *name, long *value)
{
	char *path = str_make("/proc/sys/net/ipv4/%s", name), text[32];
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t n = fd < 0 ? -1 : read(fd, text, sizeof text);
	size_t len;

	free(path);
	if (fd >= 0)
		close(fd);
	for (len = 0; n > 0 && len < (size_t)n && text[len] >= '0' && text[len] <= '9'; len++)
		;
	return parse_number(text, len, value);
}

void settings_read(struct settings *settings)
{
	*settings = (struct settings){0};
	for (int id = 0; id < SETTINGS; id++)
		settings->of[id].given = read_one(specs[id].name, &settings->of[id].value);
}
