#include "command/command.h"

#include "base/names.h"
#include "base/text.h"
#include "course/card.h"
#include "view/card.h"

#include <getopt.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/ioctl.h>
#include <unistd.h>

enum { WIDTH_MOST = 80, WIDTH_LEAST = 30 };

static int terminal_width(void)
{
	struct winsize size;

	if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) < 0 || size.ws_col == 0 ||
	    size.ws_col > WIDTH_MOST)
		return WIDTH_MOST;
	return size.ws_col < WIDTH_LEAST ? WIDTH_LEAST : size.ws_col;
}

static void print_lines(const struct lines *lines)
{
	for (size_t i = 0; i < lines->list.n; i++) {
		struct str text = {0};

		line_print(&text, &lines->list.at[i]);
		puts(str_text(&text));
		str_free(&text);
	}
}

static void print_card(const struct card *card, const struct tutorial_options *options)
{
	struct lines lines = {.ascii = options->ascii || options->only_ascii};
	struct shelf shelf;
	struct errs errs = {0};
	struct str title = {0};

	card_title(&title, card);
	flow_all(&lines, terminal_width(), STYLE_NORMAL, str_text(&title));
	lines_add(&lines);
	/* Without lessons it is still a card. */
	shelf_open(&shelf, options->lang, &errs);
	card_lines(&lines, terminal_width(), card, &shelf, 0);
	print_lines(&lines);
	str_free(&title);
	errs_free(&errs);
	shelf_free(&shelf);
	lines_free(&lines);
}

static void add_names(struct lines *out, const char *title, const char *names)
{
	struct flow *flow;

	flow_all(out, terminal_width(), STYLE_NORMAL, title);
	flow = flow_start(out, terminal_width(), "    ", "    ", STYLE_NORMAL);
	flow_text(flow, STYLE_NORMAL, names);
	flow_end(flow);
}

/* All names, kind by kind. */
static void print_names(const struct cards *cards, const struct tutorial_options *options)
{
	struct lines lines = {.ascii = options->ascii || options->only_ascii};
	const char *kind, *title;

	for (size_t i = 0; (kind = card_kind_at(i, &title)); i++) {
		struct str names = {0};

		for (size_t k = 0; k < cards->list.n; k++) {
			const struct card *card = &cards->list.at[k];

			/* A name of several words is kept together by its comma. */
			if (strcmp(card->kind, kind) == 0)
				str_addf(&names, "%s%s", names.len ? ", " : "", card->name);
		}
		if (names.len)
			add_names(&lines, _(title), str_text(&names));
		str_free(&names);
	}
	print_lines(&lines);
	lines_free(&lines);
}

static int no_card(const struct cards *cards, const char *name)
{
	const char *nearest = cards_nearest(cards, name);

	if (nearest)
		fprintf(stderr, _("socktutor: no card '%1$s' (did you mean '%2$s'?)\n"), name,
			nearest);
	else
		fprintf(stderr, _("socktutor: no card '%s'; `socktutor explain` names them all\n"),
			name);
	return EXIT_CANNOT;
}

/* The errno whose words perror(3) would print, or NULL. */
static const char *errno_of_words(const char *words)
{
	const char *name;

	for (size_t i = 0; (name = errno_name_at(i)); i++)
		if (strcasecmp(errno_words(errno_number(name, strlen(name))), words) == 0)
			return name;
	return NULL;
}

/* `kill`, as after `kill -`. */
static const char *signal_of_short(const char *name)
{
	const char *full;

	for (size_t i = 0; (full = signal_name_at(i)); i++)
		if (strcasecmp(full + strlen("SIG"), name) == 0)
			return full;
	return NULL;
}

/* How a shell tells that a signal ended a program. Source: sh(1p), "Exit Status for Commands". */
enum { ENDED_BY = 128 };

/* The name of what programs and shells print otherwise: `104`, `Connection reset by peer`, 141 (a
 * shell's status), `kill`. NULL: it is none of these. */
static const char *name_of(const char *printed)
{
	char *end;
	long n = strtol(printed, &end, 10);
	const char *name;

	if (n > 0 && n < INT_MAX && *end == '\0') {
		name = errno_name((int)n);
		return name || n < ENDED_BY ? name : signal_name((int)n - ENDED_BY);
	}
	name = errno_of_words(printed);
	return name ? name : signal_of_short(printed);
}

/* `explain broken pipe` need not be quoted. */
static char *join(char **words, int n)
{
	struct str name = {0};

	for (int i = 0; i < n; i++)
		str_addf(&name, "%s%s", i ? " " : "", words[i]);
	return str_take(&name);
}

static int explain(const struct cards *cards, const struct tutorial_options *options, char **words,
		   int n)
{
	char *name = join(words, n);
	const struct card *card = cards_find(cards, name);
	int status = EXIT_HELD;

	if (!card && n && name_of(name))
		card = cards_find(cards, name_of(name));
	if (n == 0)
		print_names(cards, options);
	else if (card)
		print_card(card, options);
	else
		status = no_card(cards, name);
	free(name);
	return status;
}

static int run(const struct command *command, const struct tutorial_options *given, int argc,
	       char **argv)
{
	struct tutorial_options options = *given;
	struct cards cards;
	struct errs errs = {0};
	int status = EXIT_CANNOT, c;

	optind = 0;
	while ((c = getopt_long(argc, argv, "h", common_longs, NULL)) != -1)
		if (!tutorial_option(&options, c))
			return tutorial_no_option(command, c);
	if (cards_open(&cards, options.lang, &errs) == 0)
		status = explain(&cards, &options, argv + optind, argc - optind);
	errs_print(&errs, stderr);
	errs_free(&errs);
	cards_free(&cards);
	return status;
}

const struct command command_explain = {
	.name = "explain",
	.usage = "[NAME]",
	.summary = N_("Say what an error, a signal, a call, a flag, a state or a word means."),
	.help = HELP(
		N_("Names are written as on the screen: ECONNRESET, SIGPIPE, recv, MSG_NOSIGNAL,\n"
		   "CLOSE_WAIT, half-close; or as programs and shells print them: 104, Connection\n"
		   "reset by peer, 141. Without a name it lists all there are.\n"),
		N_("Exit status: 0 there is a card, 2 there is none.\n")),
	.run = run,
};
