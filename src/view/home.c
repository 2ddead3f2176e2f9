/*
 * The list of lessons.
 */
#include "view/view.h"

#include "view/flow.h"

#include <string.h>

enum { TOP = 2, DETAILS = 5 /* rule, summary, and a line to spare */ };

static const struct binding keys[] = {
	{{INPUT_UP, 'k', INPUT_WHEEL_UP}, OP_UP, "↑↓", "choose", "choose a lesson (also k and j)"},
	{{INPUT_DOWN, 'j', INPUT_WHEEL_DOWN}, OP_DOWN, "", NULL, NULL},
	{{INPUT_ENTER, INPUT_RIGHT, 'l'}, OP_ENTER, "Enter", "open", "open the lesson"},
	{{'/'}, OP_SEARCH, "/", "search", "search in all lessons, demos and cards"},
	{{'P'}, OP_PRESENT, "P", "present", "present the lesson: its demos and headings as slides"},
	{{INPUT_PAGE_UP, 'g', INPUT_HOME}, OP_FIRST, "g G", NULL, "first lesson, last lesson"},
	{{INPUT_PAGE_DOWN, 'G', INPUT_END}, OP_LAST, "", NULL, NULL},
	{{INPUT_CLICK}, OP_CLICK, "", NULL, NULL},
	{{'?'}, OP_HELP, "?", "help", "this help; any key closes it"},
	{{'q'}, OP_LEAVE, "q", "quit", "quit"},
	{{0}, OP_NONE, NULL, NULL, NULL},
};

static size_t lessons(const struct model *m)
{
	return m->shelf->lessons.n;
}

/* Lines of the list that fit. */
static size_t list_room(const struct model *m)
{
	return (size_t)(m->rows - TOP - DETAILS - 2);
}

/* The first lesson in view. */
static size_t list_first(const struct model *m)
{
	size_t room = list_room(m), n = lessons(m), chosen = m->home.chosen;

	if (n <= room || chosen < room / 2)
		return 0;
	return chosen - room / 2 + room > n ? n - room : chosen - room / 2;
}

static size_t lesson_number(const struct model *m, const char *id)
{
	for (size_t i = 0; i < lessons(m); i++)
		if (strcmp(m->shelf->lessons.at[i]->id, id) == 0)
			return i + 1;
	return 0;
}

static void after_words(struct str *to, const struct model *m, const struct lesson *lesson)
{
	size_t n = 0;

	for (size_t i = 0; i < lesson->after.n; i++) {
		size_t number = lesson_number(m, lesson->after.at[i]);

		if (number)
			str_addf(to, "%s%zu", n++ ? " and " : "after ", number);
	}
}

static void draw_lesson(struct canvas *c, const struct model *m, size_t i, int y)
{
	const struct lesson *lesson = m->shelf->lessons.at[i];
	bool chosen = i == m->home.chosen;
	enum style style = chosen ? STYLE_BOLD : STYLE_NORMAL;
	int title = c->columns / 2 - 8, x = 12 + title;
	struct str s = {0};

	if (chosen)
		canvas_text(c, 5, y, 1, STYLE_ACCENT, "▸");
	str_addf(&s, "%zu", i + 1);
	canvas_right(c, 6, y, 3, chosen ? STYLE_ACCENT : STYLE_DIM, str_text(&s));
	canvas_short(c, 11, y, title, style, lesson->title);
	str_cut(&s, 0);
	if (!lesson->glanced)
		str_addf(&s, "%zu demo%s", lesson->demos.n, lesson->demos.n == 1 ? "" : "s");
	canvas_text(c, x, y, 9, STYLE_DIM, str_text(&s));
	str_cut(&s, 0);
	after_words(&s, m, lesson);
	canvas_short(c, x + 10, y, c->columns - x - 20, STYLE_DIM, str_text(&s));
	if (lesson->minutes > 0) {
		str_cut(&s, 0);
		str_addf(&s, "%d min", lesson->minutes);
		canvas_right(c, c->columns - 12, y, 9, STYLE_DIM, str_text(&s));
	}
	str_free(&s);
}

static void draw_details(struct canvas *c, const struct model *m)
{
	const struct lesson *lesson = m->shelf->lessons.at[m->home.chosen];
	int y = c->rows - DETAILS - 2, width = c->columns - 12;
	struct lines lines = {.ascii = c->ascii};

	canvas_fill(c, 5, y, c->columns - 10, 1, STYLE_DIM, "─");
	if (lesson->summary)
		flow_all(&lines, width < LAYOUT_TEXT ? width : LAYOUT_TEXT, STYLE_NORMAL,
			 lesson->summary);
	for (size_t i = 0; i < lines.list.n && i + 1 < DETAILS; i++)
		line_draw(c, 6, y + 1 + (int)i, width, &lines.list.at[i]);
	lines_free(&lines);
}

static void draw(struct canvas *c, struct model *m)
{
	size_t first = list_first(m), room = list_room(m);

	canvas_text(c, 5, 0, 20, STYLE_HEADING, "socktutor");
	canvas_right(c, 0, 0, c->columns - 5, STYLE_DIM, "Sockets, seen from inside");
	if (lessons(m) == 0) {
		canvas_text(c, 5, TOP, c->columns - 6, STYLE_NORMAL, "There are no lessons here.");
		return;
	}
	for (size_t i = first; i < lessons(m) && i < first + room; i++)
		draw_lesson(c, m, i, TOP + (int)(i - first));
	draw_details(c, m);
}

static struct request click(struct model *m, const struct input *input)
{
	size_t at = list_first(m) + (size_t)(input->y - TOP);

	if (input->y < TOP || (size_t)(input->y - TOP) >= list_room(m) || at >= lessons(m))
		return (struct request){REQUEST_NONE, 0};
	if (m->home.chosen == at)
		return (struct request){REQUEST_LESSON, (int)at};
	m->home.chosen = at;
	return (struct request){REQUEST_NONE, 0};
}

static struct request handle(struct model *m, enum op op, const struct input *input)
{
	struct request none = {REQUEST_NONE, 0};
	size_t n = lessons(m);

	if (op == OP_LEAVE)
		return (struct request){REQUEST_CLOSE, 0};
	if (n == 0)
		return none;
	if (op == OP_UP && m->home.chosen > 0)
		m->home.chosen--;
	else if (op == OP_DOWN && m->home.chosen + 1 < n)
		m->home.chosen++;
	else if (op == OP_FIRST)
		m->home.chosen = 0;
	else if (op == OP_LAST)
		m->home.chosen = n - 1;
	else if (op == OP_CLICK)
		return click(m, input);
	else if (op == OP_ENTER)
		return (struct request){REQUEST_LESSON, (int)m->home.chosen};
	else if (op == OP_SEARCH)
		model_open_finder(m);
	else if (op == OP_PRESENT)
		return (struct request){REQUEST_PRESENT, (int)m->home.chosen};
	return none;
}

const struct view view_home = {"Lessons", keys, draw, handle, NULL, NULL};
