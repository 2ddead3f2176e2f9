#include "command/command.h"

#include "base/near.h"
#include "base/text.h"

#include <stdarg.h>
#include <string.h>

static const struct command *const commands[] = {
	&command_open, &command_list, &command_run, &command_lint, &command_doctor,
	&command_explain, &command_notes, &command_progress, &command_present, &command_compare,
	&command_play, &command_trace, &command_lab, &command_report,
};

const struct command *command_at(size_t i)
{
	return i < sizeof commands / sizeof *commands ? commands[i] : NULL;
}

const struct command *command_find(const char *name)
{
	const struct command *c;

	for (size_t i = 0; (c = command_at(i)); i++)
		if (strcmp(c->name, name) == 0)
			return c;
	return NULL;
}

int command_help(const struct command *command)
{
	/* TRANSLATORS: a command, and what may follow it */
	printf(_("Usage: socktutor %1$s %2$s\n"), command->name, command->usage);
	printf("\n%s\n", _(command->summary));
	if (command->help)
		putchar('\n');
	for (size_t i = 0; command->help && command->help[i]; i++)
		fputs(_(command->help[i]), stdout);
	return EXIT_HELD;
}

int command_misused(const struct command *command, const char *format, ...)
{
	va_list ap;

	fputs("socktutor: ", stderr);
	va_start(ap, format);
	vfprintf(stderr, _(format), ap);
	va_end(ap);
	fputc('\n', stderr);
	fprintf(stderr, _("Usage: socktutor %1$s %2$s\n"), command->name, command->usage);
	return EXIT_CANNOT;
}

void command_split(const char *target, char **lesson, char **demo)
{
	const char *hash = strrchr(target, '#');

	*lesson = hash ? mem_strndup(target, (size_t)(hash - target)) : mem_strdup(target);
	*demo = hash ? mem_strdup(hash + 1) : NULL;
}

int command_no_lesson(const struct shelf *shelf, const char *id)
{
	struct near near = near_start(id);

	for (size_t i = 0; i < shelf->lessons.n; i++)
		near_offer(&near, shelf->lessons.at[i]->id);
	if (near.best)
		fprintf(stderr, _("socktutor: no lesson '%1$s' (did you mean '%2$s'?)\n"), id,
			near.best);
	else
		fprintf(stderr, _("socktutor: no lesson '%s'; `socktutor list` names them all\n"),
			id);
	return EXIT_CANNOT;
}

int command_no_demo(const struct lesson *lesson, const char *id)
{
	struct near near = near_start(id);

	for (size_t i = 0; i < lesson->demos.n; i++)
		near_offer(&near, lesson->demos.at[i].id);
	if (near.best)
		fprintf(stderr, _("socktutor: no demo '%1$s' (did you mean '%2$s'?)\n"), id,
			near.best);
	else
		fprintf(stderr, _("socktutor: no demo '%s'; `socktutor list` names them all\n"),
			id);
	return EXIT_CANNOT;
}
