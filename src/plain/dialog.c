#include "plain/dialog.h"

#include "base/mem.h"
#include "base/text.h"

#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void dialog_lines(const struct lines *lines)
{
	struct str text = {0};

	for (size_t i = 0; i < lines->list.n; i++) {
		line_print(&text, &lines->list.at[i]);
		while (text.len && text.p[text.len - 1] == ' ')
			str_cut(&text, text.len - 1);
		str_addc(&text, '\n');
	}
	fwrite(str_text(&text), 1, text.len, stdout);
	str_free(&text);
}

void dialog_say(const char *format, ...)
{
	struct lines lines = {0};
	struct str text = {0};
	va_list ap;

	va_start(ap, format);
	str_addv(&text, format, ap);
	va_end(ap);
	flow_all(&lines, PLAIN_COLUMNS, STYLE_NORMAL, str_text(&text));
	dialog_lines(&lines);
	lines_free(&lines);
	str_free(&text);
}

static void trim(char *s)
{
	size_t n = strlen(s), from = strspn(s, " \t\r\n");

	while (n > from && isspace((unsigned char)s[n - 1]))
		n--;
	memmove(s, s + from, n - from);
	s[n - from] = '\0';
}

/* Read a line after PROMPT. Returns whether there is one. */
static bool read_answer(struct dialog *d, const char *prompt)
{
	printf("%s ", prompt);
	fflush(stdout);
	if (getline(&d->answer, &d->size, stdin) < 0) {
		putchar('\n');
		return false;
	}
	trim(d->answer);
	if (!isatty(STDIN_FILENO))
		puts(d->answer);
	return true;
}

/* Ask with PROMPT, and after an aside with what it is in FULL. */
static const char *ask(struct dialog *d, const char *prompt, const char *full)
{
	if (d->over)
		return "";
	do {
		if (!read_answer(d, prompt)) {
			d->over = d->leave = true;
			return "";
		}
		prompt = full;
	} while (d->aside && d->aside(d->data, d->answer));
	if (strcmp(d->answer, "Q") == 0)
		d->over = d->leave = true;
	else if (strcmp(d->answer, "q") == 0)
		d->leave = true;
	return d->leave ? "" : d->answer;
}

const char *dialog_ask(struct dialog *d, const char *prompt)
{
	return ask(d, prompt, prompt);
}

const char *dialog_ask_again(struct dialog *d, const char *prompt, const char *brief)
{
	bool again = d->said == prompt;

	d->said = prompt;
	return ask(d, again ? brief : prompt, prompt);
}

size_t dialog_choose(struct dialog *d, size_t n)
{
	char *prompt = str_make(_("Your choice, 1 to %zu (s skips):"), n);
	size_t chosen = 0;

	while (!d->leave) {
		const char *answer = dialog_ask(d, prompt);
		char *end;

		if (!*answer || strcmp(answer, "s") == 0)
			break;
		chosen = strtoul(answer, &end, 10);
		if (!*end && chosen >= 1 && chosen <= n)
			break;
		chosen = 0;
		dialog_say(_("Please type a number from 1 to %zu."), n);
	}
	free(prompt);
	return chosen;
}

void dialog_free(struct dialog *d)
{
	free(d->answer);
	*d = (struct dialog){0};
}
