#include "command/command.h"

#include "base/text.h"
#include "base/utf8.h"
#include "term/notes.h"
#include "view/flow.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

enum { COLUMNS = 72 };

/* Lines only, the newest at the end: it works in any terminal, and for a screen reader. */
static void print_note(const char *text)
{
	struct str line = {0};
	struct lines lines = {0};
	const char *end;

	puts("\n------------------------------------------------------------------------");
	for (; *text; text = *end ? end + 1 : end) {
		end = text + strcspn(text, "\n");
		str_cut(&line, 0);
		str_addn(&line, text, (size_t)(end - text));
		flow_all(&lines, COLUMNS, STYLE_NORMAL, str_text(&line));
	}
	for (size_t i = 0; i < lines.list.n; i++) {
		str_cut(&line, 0);
		line_print(&line, &lines.list.at[i]);
		puts(str_text(&line));
	}
	fflush(stdout);
	lines_free(&lines);
	str_free(&line);
}

/* Until the presentation ends. */
static void read_notes(int fd)
{
	struct str text = {0};
	char buffer[4096];
	ssize_t n;

	while ((n = read(fd, buffer, sizeof buffer)) > 0 || (n < 0 && errno == EINTR))
		for (ssize_t i = 0; i < n; i++) {
			str_addc(&text, buffer[i]);
			if (buffer[i])
				continue;
			print_note(str_text(&text));
			str_cut(&text, 0);
		}
	str_free(&text);
}

static int run(const struct command *command, const struct tutorial_options *given, int argc,
	       char **argv)
{
	struct tutorial_options options = *given;
	int c, fd;

	optind = 0;
	while ((c = getopt_long(argc, argv, "h", tutorial_longs, NULL)) != -1)
		if (!tutorial_option(&options, c))
			return tutorial_no_option(command, c);
	if (optind < argc)
		return command_misused(command, "notes takes no '%s'", argv[optind]);
	fd = notes_connect();
	if (fd < 0) {
		fputs(_("socktutor: no presentation goes on; `socktutor present LESSON` starts "
			"one\n"),
		      stderr);
		return EXIT_CANNOT;
	}
	read_notes(fd);
	close(fd);
	printf("\n%s\n", _("The presentation has ended."));
	return EXIT_HELD;
}

const struct command command_notes = {
	.name = "notes",
	.usage = "",
	.summary =
		N_("Show the presenter's notes of the presentation that goes on, in a second terminal."),
	.help = HELP(
		N_("A lesson's notes are the paragraphs after `<!-- note -->`. They come over a Unix socket.\n")),
	.run = run,
};
