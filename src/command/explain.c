#include "command/command.h"

#include "base/text.h"
#include "course/card.h"
#include "view/card.h"

#include <getopt.h>
#include <string.h>
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
		   "CLOSE_WAIT, half-close. Without a name it lists all there are.\n"),
		N_("Exit status: 0 there is a card, 2 there is none.\n")),
	.run = run,
};
