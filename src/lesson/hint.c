/*
 * hint.c - what a cell that cannot be read was probably meant to say.
 */
#include "lesson/hint.h"

#include "base/mem.h"
#include "base/names.h"
#include "lesson/deed.h"
#include "lesson/parse.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* Words that people reach for, and what the notation has for them. */
static const struct {
	const char *word;
	const char *meant;
} others[] = {
	{"select", "poll(sock, POLLIN)"}, {"pselect", "poll(sock, POLLIN)"},
	{"ppoll", "poll(sock, POLLIN)"}, {"epoll_wait", "poll(sock, POLLIN)"},
	{"sleep", "wait 1s"}, {"usleep", "wait 1s"}, {"nanosleep", "wait 1s"},
	{"pause", "wait 1s"},
	{"raise", "kill -TERM"}, {"abort", "kill -ABRT"},
	{"_exit", "exit(0)"}, {"quit", "exit(0)"},
	{"sigaction", "signal(SIGPIPE, handler)"},
	{"ioctl", "fcntl(sock, F_GETFL)"},
	{"sendmsg", "sendfd(sock, fd)"}, {"recvmsg", "recvfd(sock)"},
	{"hangs", "blocks"}, {"hang", "blocks"}, {"blocked", "blocks"}, {"stuck", "blocks"},
	{"sleeps", "blocks"}, {"waiting", "blocks"},
	{"nothing", "blocks"}, {"pending", "blocks"},
	{"ok", "= 0"}, {"success", "= 0"}, {"succeeds", "= 0"},
};

static const char *other_word(const char *text, size_t len)
{
	for (size_t i = 0; i < sizeof others / sizeof *others; i++)
		if (strlen(others[i].word) == len && strncasecmp(others[i].word, text, len) == 0)
			return others[i].meant;
	return NULL;
}

/* `wait(200ms)`: the director's words have no parentheses. */
static const char *deed_with(const char *text, size_t len)
{
	for (size_t i = 0; deed_at(i); i++) {
		const struct deed *deed = deed_at(i);

		if (strlen(deed->word) == len && strncasecmp(deed->word, text, len) == 0)
			return deed->kind == DEED_KILL ? "kill -TERM" : deed->examples[0];
	}
	return NULL;
}

/* `Connection reset by peer`. */
static const char *words_of_error(const char *text)
{
	const char *name;
	size_t len = strlen(text);

	for (size_t i = 0; len >= 6 && (name = errno_name_at(i)); i++)
		if (strncasecmp(errno_words(errno_number(name, strlen(name))), text, len) == 0)
			return name;
	return NULL;
}

/* `5`, `-1 EPIPE`, `"hello"`: only the = is missing. */
static char *with_equals(const char *text)
{
	char *whole = str_make("= %s", text);
	struct scan scan = scan_start(whole);
	struct outcome outcome = {0};
	bool right = strchr("-+0123456789\"{", *text) && outcome_scan(&scan, &outcome) &&
		     scan_at_end(&scan);

	outcome_free(&outcome);
	str_free(&scan.wrong);
	if (right)
		return whole;
	free(whole);
	return NULL;
}

char *hint_cell(const char *text)
{
	size_t len = strcspn(text, " \t(");
	const char *meant = other_word(text, len);

	if (!meant && text[len] == '(')
		meant = deed_with(text, len);
	if (!meant)
		meant = words_of_error(text);
	return meant ? mem_strdup(meant) : *text ? with_equals(text) : NULL;
}

/* Quotes that word processors put for " and ', and that C does not know. */
bool hint_is_quote(const char *p)
{
	static const char *const quotes[] = {"'", "“", "”", "„", "‘", "’", "‚", "«", "»", "「",
					     "『", "`"};

	for (size_t i = 0; i < sizeof quotes / sizeof *quotes; i++)
		if (strncmp(p, quotes[i], strlen(quotes[i])) == 0)
			return true;
	return false;
}
