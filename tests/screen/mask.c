#include "mask.h"

#include "base/utf8.h"

#include <ctype.h>
#include <stdbool.h>
#include <string.h>

static size_t digits(const char *p)
{
	return strspn(p, "0123456789");
}

/* A duration at P: `0 µs`, `+1.20 s`. Returns its length, or 0. */
static size_t duration(const char *p)
{
	static const char *const units[] = {" µs", " us", " ms", " s", " min"};
	size_t n = p[0] == '+', number = digits(p + n);

	if (number == 0)
		return 0;
	n += number;
	if (p[n] == '.' && digits(p + n + 1))
		n += 1 + digits(p + n + 1);
	for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
		size_t len = strlen(units[i]);

		if (strncmp(p + n, units[i], len) == 0 && !isalpha((unsigned char)p[n + len]))
			return n + len;
	}
	return 0;
}

/* The time of a timeline row, which stands right-aligned before two spaces, or a box over it:
 * spaces before it count to it. */
static size_t mask_time(struct str *to, const char *p)
{
	enum { CELL = 8 };
	size_t n = duration(p), columns = utf8_columns_n(p, n), spaces = 0;

	bool ends = strncmp(p + n, "  ", 2) == 0 || strncmp(p + n, " │", strlen(" │")) == 0 ||
		    strncmp(p + n, " |", 2) == 0 || strncmp(p + n, "│", strlen("│")) == 0 ||
		    strncmp(p + n, "└", strlen("└")) == 0;

	if (n == 0 || !ends)
		return 0;
	while (spaces < to->len && to->p[to->len - 1 - spaces] == ' ')
		spaces++;
	if (columns > CELL || spaces < CELL - columns)
		return 0;
	str_cut(to, to->len - (CELL - columns));
	str_add(to, "    ~ ~~");
	return n;
}

/* A time that a box over the timeline cuts off: `  +42 µ│`. */
static size_t mask_cut_time(struct str *to, const char *p)
{
	static const char *const units[] = {"µ", "u", "m", "s", ""};
	bool apart = to->len >= 2 && to->p[to->len - 1] == ' ' && to->p[to->len - 2] == ' ';
	size_t n = p[0] == '+', number = digits(p + n);
	bool time = n > 0;

	if (!apart || number == 0)
		return 0;
	n += number;
	if (p[n] == '.')
		n += 1 + digits(p + n + 1);
	time |= p[n] == ' ';
	n += p[n] == ' ';
	if (!time)
		return 0;
	for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
		size_t end = n + strlen(units[i]);

		if (strncmp(p + n, units[i], strlen(units[i])) != 0 ||
		    (strncmp(p + end, "│", strlen("│")) != 0 && p[end] != '|'))
			continue;
		for (size_t k = 0; k < utf8_columns_n(p, end); k++)
			str_addc(to, ' ');
		return end;
	}
	return 0;
}

static size_t mask_pid(struct str *to, const char *p, size_t *wider)
{
	size_t n;

	if (strncmp(p, "pid ", 4) != 0)
		return 0;
	n = digits(p + 4);
	if (n == 0)
		return 0;
	str_add(to, "pid #");
	*wider += n - 1;
	return 4 + n;
}

static size_t mask_port(struct str *to, const char *p)
{
	static const char *const hosts[] = {"127.0.0.1:", "[::1]:"};

	for (size_t i = 0; i < sizeof hosts / sizeof *hosts; i++) {
		size_t len = strlen(hosts[i]), n;

		if (strncmp(p, hosts[i], len) != 0)
			continue;
		n = digits(p + len);
		str_add(to, hosts[i]);
		for (size_t k = 0; k < n; k++)
			str_addc(to, '#');
		return len + n;
	}
	return 0;
}

static size_t mask_waiting(struct str *to, const char *p, size_t *wider)
{
	const char *block = *p == '#' ? "#" : "▒";
	size_t n = 0, blocks = 0, number;

	while (strncmp(p + n, block, strlen(block)) == 0) {
		n += strlen(block);
		blocks++;
	}
	if (blocks == 0 || strncmp(p + n, " waiting ", 9) != 0)
		return 0;
	number = strspn(p + n + 9, "0123456789.");
	str_addf(to, "%s waiting #", block);
	*wider += blocks - 1 + number - 1;
	return n + 9 + number;
}

/* Give back the columns that masks took: to the frame's line, or to the space before a bar. */
static void give_back(struct str *to, const char *p, size_t *wider)
{
	const char *fill = strncmp(p, "─┐", strlen("─┐")) == 0 ? "─" : NULL;

	if (strncmp(p, " │", strlen(" │")) == 0 || strncmp(p, " |", 2) == 0)
		fill = " ";
	if (strncmp(p, "-+", 2) == 0)
		fill = "-";
	for (; fill && *wider > 0; (*wider)--)
		str_add(to, fill);
}

void mask_text(struct str *to, const char *text)
{
	size_t wider = 0;

	for (const char *p = text; *p;) {
		size_t n = mask_time(to, p);

		n = n ? n : mask_cut_time(to, p);
		n = n ? n : mask_pid(to, p, &wider);
		n = n ? n : mask_port(to, p);
		n = n ? n : mask_waiting(to, p, &wider);
		if (n == 0 && *p == '\n')
			wider = 0;
		if (n == 0) {
			give_back(to, p, &wider);
			str_addc(to, *p);
			n = 1;
		}
		p += n;
	}
}
