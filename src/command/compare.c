/*
 * `socktutor compare`: a demo run twice with one thing changed, both runs beside each other.
 */
#include "command/command.h"

#include "base/lang.h"
#include "base/text.h"
#include "command/target.h"
#include "export/export.h"
#include "lesson/variant.h"
#include "stage/stage.h"

#include <getopt.h>
#include <stdlib.h>
#include <string.h>

struct options {
	const struct command *command;
	const char *lang;
	bool json;
	bool given;
	enum demo_key key;
	const char *name;      /* of the key */
	char *value[RUNS];     /* owned; NULL: as the demo says */
};

/* One of the two. */
struct performed {
	struct lesson *lesson; /* of its own */
	struct events events;
	struct str value;
	struct str when;
};

/* What cannot be seen or done here. Returns whether the run can be one of two. */
static bool take(struct performed *p, const char *file, const struct event *e)
{
	const struct demo *demo = &p->lesson->demos.at[0];

	if (e->kind == EVENT_CANNOT)
		fprintf(stderr, "%s: %s: %s\n", file, str_text(&p->value), e->text);
	if (e->kind != EVENT_ROW_DONE || !e->text || e->row > 0)
		return true;
	fprintf(stderr, "%s: %s: %s: %s\n", file, demo->id, str_text(&p->value), e->text);
	return false;
}

/* From BEGIN to DONE. */
static bool carry_out(struct performed *p, struct stage *stage, const char *file)
{
	struct event e;
	bool right = true;

	stage_tell(stage, STAGE_STEP_TO, (int)p->lesson->demos.at[0].table.rows.n);
	for (;;) {
		if (stage_wait(stage, &e, -1) != STAGE_EVENT) {
			fprintf(stderr, "%s: %s\n", file, stage_end_text(stage));
			return false;
		}
		events_add(&p->events, e);
		right = take(p, file, &e) && right;
		if (e.kind == EVENT_DONE)
			return right;
	}
}

static bool perform(struct performed *p, const char *file)
{
	const char *lang = lang_now();
	struct errs errs = {0};
	struct stage *stage;
	bool right;

	/* What the stage says goes into what can be run again, which is the same everywhere. */
	lang_set(LANG_SOURCE);
	stage = stage_open_with(&p->lesson->demos.at[0], &(struct stage_options){.blind = true},
				&errs);
	lang_set(lang);
	right = stage && carry_out(p, stage, file);
	errs_print(&errs, stderr);
	errs_free(&errs);
	stage_close(stage);
	return right;
}

static bool make(struct performed *p, const struct options *o, const struct lesson *lesson,
		 const struct demo *demo, int i)
{
	struct str why = {0};

	p->lesson = variant_make(lesson, demo, o->key, o->value[i], &why);
	if (p->lesson) {
		variant_value(&p->value, &p->lesson->demos.at[0], o->key);
		variant_when(&p->when, &p->lesson->demos.at[0], o->key);
	} else if (o->value[i]) {
		/* The command line asked for it, not the file. */
		fprintf(stderr, "socktutor: --%s '%s': %s\n", o->name, o->value[i], str_text(&why));
	} else {
		fprintf(stderr, "%s:%d: %s\n", lesson->file, demo->line, str_text(&why));
	}
	str_free(&why);
	return p->lesson;
}

/* What had to change with it. */
static void add_notes(struct str *to, const struct performed both[RUNS], const struct demo *was)
{
	for (int i = 0; i < RUNS; i++) {
		struct str note = {0};

		variant_note(&note, was, &both[i].lesson->demos.at[0]);
		if (note.len)
			str_addf(to, " %s", str_text(&note));
		str_free(&note);
	}
}

static int show(const struct options *o, struct performed both[RUNS], const struct demo *was,
		const char *name)
{
	struct compare_run run[RUNS];
	struct comparison comparison;
	struct change change = variant_change(o->key);
	struct compared c = {.name = name, .key = o->name, .run = run, .comparison = &comparison};
	struct str words = {0}, text = {0};
	int status;

	for (int i = 0; i < RUNS; i++) {
		run[i] = variant_run(&both[i].lesson->demos.at[0], &both[i].events,
				     both[i].events.list.n);
		c.value[i] = str_text(&both[i].value);
		change.when[i] = str_text(&both[i].when);
	}
	compare_make(&comparison, run, variant_number_varies);
	compare_words(&words, &comparison, run, &change);
	add_notes(&words, both, was);
	c.words = str_text(&words);
	if (o->json)
		export_compare_json(&text, &c);
	else
		export_compare(&text, &c);
	fputs(str_text(&text), stdout);
	status = comparison.first == SIZE_MAX ? EXIT_HELD : EXIT_DIFFERS;
	comparison_free(&comparison);
	str_free(&words);
	str_free(&text);
	return status;
}

static int compare_demo(const struct options *o, const struct lesson *lesson,
			const struct demo *demo, const char *name)
{
	struct performed both[RUNS] = {0};
	char *full = str_make("%s#%s", name, demo->id);
	bool right = true;
	int status;

	for (int i = 0; i < RUNS; i++)
		right = right && make(&both[i], o, lesson, demo, i);
	/* One after the other: without namespaces both would want the same names and ports. */
	for (int i = 0; i < RUNS; i++)
		right = right && perform(&both[i], lesson->file);
	status = right ? show(o, both, demo, full) : EXIT_CANNOT;
	for (int i = 0; i < RUNS; i++) {
		lesson_free(both[i].lesson);
		events_free(&both[i].events);
		str_free(&both[i].value);
		str_free(&both[i].when);
	}
	free(full);
	return status;
}

static int visit(void *context, struct lesson *lesson, const char *name, const char *demo,
		 bool shelved)
{
	const struct options *o = context;
	const struct demo *found = NULL;

	(void)shelved;
	if (demo)
		found = lesson_demo(lesson, demo);
	else if (lesson->demos.n == 1)
		found = &lesson->demos.at[0];
	if (found)
		return compare_demo(o, lesson, found, name);
	if (demo)
		return command_no_demo(lesson, demo);
	return command_misused(o->command, _("%s has %zu demos; say which: %s#DEMO"), name,
			       lesson->demos.n, name);
}

/* `unix,tcp`; `FIN+RST,none`: what is missed has commas of its own in a directive. */
static int take_values(struct options *o, const char *name, enum demo_key key, const char *text)
{
	const char *comma = strchr(text, ',');

	if (o->given)
		return command_misused(o->command, _("one change at a time: --%s or --%s"),
				       o->name, name);
	o->given = true;
	o->key = key;
	o->name = name;
	if (comma) {
		o->value[0] = mem_strndup(text, (size_t)(comma - text));
		o->value[1] = mem_strdup(comma + 1);
	} else {
		o->value[1] = mem_strdup(text);
	}
	for (int i = 0; i < RUNS; i++)
		for (char *p = o->value[i]; p && (p = strchr(p, '+'));)
			*p = ',';
	if (comma && strchr(comma + 1, ','))
		return command_misused(o->command, _("--%s takes two values at most"), name);
	return EXIT_HELD;
}

static int take_format(struct options *o, const char *text)
{
	o->json = strcmp(text, "json") == 0;
	if (o->json || strcmp(text, "md") == 0)
		return EXIT_HELD;
	return command_misused(o->command, _("no format '%s'; md and json are known"), text);
}

enum { OPTION_KEY = 256 };

static int take_options(struct options *o, const struct tutorial_options *given, int argc,
			char **argv, bool *over)
{
	static const struct option longs[] = {
		{"link", required_argument, NULL, OPTION_KEY + KEY_LINK},
		{"a-misses", required_argument, NULL, OPTION_KEY + KEY_A_MISSES},
		{"b-misses", required_argument, NULL, OPTION_KEY + KEY_B_MISSES},
		{"a-sigpipe", required_argument, NULL, OPTION_KEY + KEY_A_SIGPIPE},
		{"b-sigpipe", required_argument, NULL, OPTION_KEY + KEY_B_SIGPIPE},
		{"format", required_argument, NULL, 'f'},
		COMMON_LONGS,
		{0},
	};
	struct tutorial_options options = *given;
	int c, at, status = EXIT_HELD;

	o->lang = given->lang;
	optind = 0;
	while (status == EXIT_HELD && (c = getopt_long(argc, argv, "h", longs, &at)) != -1) {
		if (c >= OPTION_KEY) {
			status = take_values(o, longs[at].name, (enum demo_key)(c - OPTION_KEY),
					     optarg);
		} else if (c == 'f') {
			status = take_format(o, optarg);
		} else if (!tutorial_option(&options, c)) {
			*over = true;
			return tutorial_no_option(o->command, c);
		}
		o->lang = options.lang;
	}
	return status;
}

static int run(const struct command *command, const struct tutorial_options *given, int argc,
	       char **argv)
{
	struct options o = {.command = command};
	struct library lib = {0};
	bool over = false;
	int status = take_options(&o, given, argc, argv, &over);

	if (status != EXIT_HELD || over)
		goto end;
	lib.lang = o.lang;
	if (!o.given)
		status = command_misused(command, _("what is to be changed? As in --link unix,tcp"));
	else if (argc - optind != 1)
		status = command_misused(command, _("one demo at a time"));
	else
		status = target_find(&lib, argv[optind], visit, &o);
	library_free(&lib);
end:
	free(o.value[0]);
	free(o.value[1]);
	return status;
}

const struct command command_compare = {
	.name = "compare",
	.usage = "OPTION [--format md|json] FILE|LESSON[#DEMO]",
	.summary = N_("Run a demo twice with one thing changed and show both runs side by side."),
	.help = HELP(
		N_("The first difference is marked and explained. One OPTION says what is changed, with two\n"
		   "values, or with one that is compared with the demo as it is:\n"),
		N_("  --link LINK,LINK    another link: unix unix-dgram unix-seqpacket pair tcp tcp6 udp\n"),
		N_("  --a-misses WHAT,WHAT  what never reaches A's socket: FIN, RST, data, all, joined by +;\n"
		   "                      or none\n"),
		N_("  --b-misses WHAT,WHAT  the same for B\n"),
		N_("  --a-sigpipe HOW,HOW  what SIGPIPE does to A: default or ignore\n"),
		N_("  --b-sigpipe HOW,HOW  the same for B\n"),
		N_("  --format md|json    one Markdown table (md, the default), or JSON lines\n"),
		N_("What differs between the two runs counts, not what the table promises. With a link\n"
		   "that has no segments, what a cell says of them is unseen, and nothing is missed.\n"),
		N_("Exit status: 0 both showed the same, 1 they differ, 2 not runnable here.\n")),
	.run = run,
};
