#include "command/command.h"

#include "base/names.h"
#include "course/card.h"
#include "view/flow.h"

#include <getopt.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

enum { WIDTH_MOST = 80, WIDTH_LEAST = 30, DEMOS_MOST = 12 };

static int terminal_width(void)
{
	struct winsize size;

	if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) < 0 || size.ws_col == 0 ||
	    size.ws_col > WIDTH_MOST)
		return WIDTH_MOST;
	return size.ws_col < WIDTH_LEAST ? WIDTH_LEAST : size.ws_col;
}

/* LABEL, and TEXT beside it. */
static void add_part(struct lines *out, int width, const char *label, const char *text)
{
	struct flow *flow = flow_start(out, width, label, "          ", STYLE_NORMAL);

	flow_text(flow, STYLE_NORMAL, text);
	flow_end(flow);
}

static void add_also(struct lines *out, int width, const struct card *card)
{
	struct str names = {0};

	for (size_t i = 0; i < card->also.n; i++)
		str_addf(&names, "%s%s", i ? ", " : "", card->also.at[i]);
	if (names.len)
		add_part(out, width, "  Also    ", str_text(&names));
	str_free(&names);
}

/* `ECONNRESET, error 104: Connection reset by peer` */
static void add_head(struct lines *out, int width, const struct card *card)
{
	int err = errno_number(card->name, strlen(card->name));
	int sig = signal_number(card->name, strlen(card->name), 0);
	struct str head = {0};

	if (strcmp(card->kind, "errno") == 0 && err)
		str_addf(&head, "%s, error %d: %s", card->name, err, strerror(err));
	else if (strcmp(card->kind, "signal") == 0 && sig)
		str_addf(&head, "%s, signal %d: %s", card->name, sig, strsignal(sig));
	else if (strcmp(card->kind, "call") == 0)
		str_addf(&head, "%s(), a call", card->name);
	else if (strcmp(card->kind, "errno") == 0)
		str_addf(&head, "%s, an error", card->name);
	else
		str_addf(&head, "%s, a %s", card->name, card->kind);
	flow_all(out, width, STYLE_NORMAL, str_text(&head));
	str_free(&head);
}

/* The demos that show it; that there are none is no news. */
static void add_demos(struct lines *out, int width, const struct card *card)
{
	char *demos[DEMOS_MOST + 1];
	struct shelf shelf;
	struct errs errs = {0};
	struct str text = {0};
	size_t n = 0;

	if (shelf_open(&shelf, &errs) == 0)
		n = cards_shown_in(card, &shelf, demos, DEMOS_MOST + 1);
	for (size_t i = 0; i < n; i++) {
		if (i < DEMOS_MOST)
			str_addf(&text, "%s%s", i ? ", " : "", demos[i]);
		free(demos[i]);
	}
	if (n > DEMOS_MOST)
		str_add(&text, " and others");
	if (n > 0)
		add_part(out, width, "  Seen in ", str_text(&text));
	str_free(&text);
	errs_free(&errs);
	shelf_free(&shelf);
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
	struct lines lines = {.ascii = options->ascii};
	int width = terminal_width();

	add_head(&lines, width, card);
	add_also(&lines, width, card);
	add_part(&lines, width, "  Means   ", card->means);
	add_part(&lines, width, "  When    ", card->when);
	if (card->todo)
		add_part(&lines, width, "  To do   ", card->todo);
	add_demos(&lines, width, card);
	add_part(&lines, width, "  Manual  ", card->man);
	print_lines(&lines);
	lines_free(&lines);
}

/* All names, kind by kind. */
static void print_names(const struct cards *cards, const struct tutorial_options *options)
{
	struct lines lines = {.ascii = options->ascii};
	const char *kind, *title;

	for (size_t i = 0; (kind = card_kind_at(i, &title)); i++) {
		struct str names = {0};

		for (size_t k = 0; k < cards->list.n; k++) {
			const struct card *card = &cards->list.at[k];

			/* A name of several words is kept together by its comma. */
			if (strcmp(card->kind, kind) == 0)
				str_addf(&names, "%s%s", names.len ? ", " : "", card->name);
		}
		if (names.len) {
			flow_all(&lines, terminal_width(), STYLE_NORMAL, title);
			add_part(&lines, terminal_width(), "          ", str_text(&names));
		}
		str_free(&names);
	}
	print_lines(&lines);
	lines_free(&lines);
}

static int no_card(const struct cards *cards, const char *name)
{
	const char *nearest = cards_nearest(cards, name);

	fprintf(stderr, "socktutor: no card '%s'", name);
	if (nearest)
		fprintf(stderr, " (did you mean '%s'?)\n", nearest);
	else
		fputs("; `socktutor explain` names them all\n", stderr);
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

static int run(const struct command *command, const struct tutorial_options *options, int argc,
	       char **argv)
{
	static const struct option longs[] = {{"help", no_argument, NULL, 'h'}, {0}};
	struct cards cards;
	struct errs errs = {0};
	int status = EXIT_CANNOT, c;

	optind = 0;
	while ((c = getopt_long(argc, argv, "h", longs, NULL)) != -1)
		return c == 'h' ? command_help(command) : EXIT_CANNOT;
	if (cards_open(&cards, &errs) == 0)
		status = explain(&cards, options, argv + optind, argc - optind);
	errs_print(&errs, stderr);
	errs_free(&errs);
	cards_free(&cards);
	return status;
}

const struct command command_explain = {
	.name = "explain",
	.usage = "[NAME]",
	.summary = "Say what an error, a signal, a call, a flag, a state or a word means.",
	.help = "Names are written as on the screen: ECONNRESET, SIGPIPE, recv, MSG_NOSIGNAL,\n"
		"CLOSE_WAIT, half-close. Without a name it lists all there are.\n"
		"Exit status: 0 there is a card, 2 there is none.\n",
	.run = run,
};
