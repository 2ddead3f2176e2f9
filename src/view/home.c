/*
 * The list of lessons.
 */
#include "view/view.h"

#include "base/utf8.h"
#include "view/flow.h"

#include <string.h>

enum {
	TOP = 2,
	DETAILS = 5,       /* rule, summary, tally */
	SUMMARY = 3,
};

static const struct binding keys[] = {
	{{INPUT_UP, 'k', INPUT_WHEEL_UP}, OP_UP, "↑↓", N_("choose"),
	 N_("choose a lesson (also k and j)")},
	{{INPUT_DOWN, 'j', INPUT_WHEEL_DOWN}, OP_DOWN, "", NULL, NULL},
	{{INPUT_ENTER, INPUT_RIGHT, 'l'}, OP_ENTER, "Enter", N_("open"),
	 N_("open the lesson (also → and l, or click it)")},
	{{'/'}, OP_SEARCH, "/", N_("search"), N_("search in all lessons, demos and cards")},
	{{'P'}, OP_PRESENT, "P", N_("present"),
	 N_("present the lesson: its demos and headings as slides")},
	{{'r'}, OP_RESET, "r", N_("reset"), N_("forget what was done in the lesson; asks first")},
	{{'R'}, OP_RESET_ALL, "R", NULL, N_("forget all that was done; asks first")},
	{{INPUT_PAGE_UP, 'g', INPUT_HOME}, OP_FIRST, "g G", NULL, N_("first lesson, last (also Home and End, PgUp and PgDn)")},
	{{INPUT_PAGE_DOWN, 'G', INPUT_END}, OP_LAST, "", NULL, NULL},
	{{INPUT_CLICK}, OP_CLICK, "", NULL, NULL},
	{{'?'}, OP_HELP, "?", N_("help"), N_("this help; any key closes it")},
	{{'q'}, OP_LEAVE, "q", N_("quit"), N_("quit")},
	{{0}, OP_NONE, NULL, NULL, NULL},
};

/* While it asks whether to forget. */
static const struct binding forget_keys[] = {
	{{'y', 'Y'}, OP_YES, "y", N_("forget it"), NULL},
	{{KEYS_ANY}, OP_NO, N_("any other key"), N_("keep it"), NULL},
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
		if (str_same(m->shelf->lessons.at[i]->id, id))
			return i + 1;
	return 0;
}

static bool glanced(const struct model *m)
{
	for (size_t i = 0; i < lessons(m); i++)
		if (m->shelf->lessons.at[i]->glanced)
			return true;
	return false;
}

static void find_left(struct model *m)
{
	struct home *h = &m->home;
	size_t number = lesson_number(m, progress_where(m->progress).lesson);

	h->left = number ? number - 1 : SIZE_MAX;
	h->columns = m->columns;
	h->rows = m->rows;
	if (number)
		h->page = reader_page_for(m, h->left, model_place(m, h->left));
}

/* Once the chosen lesson is done, the next that is not is what one goes on with. */
static void go_on(struct home *h)
{
	size_t next = h->chosen;

	while (next < h->tallies.n && h->tallies.at[next].done)
		next++;
	if (next < h->tallies.n)
		h->chosen = next;
}

void home_count(struct model *m)
{
	struct home *h = &m->home;

	if (!m->progress || glanced(m))
		return;
	if (!h->counted) {
		bool was_done = h->chosen < h->tallies.n && h->tallies.at[h->chosen].done;

		vec_free(&h->tallies);
		for (size_t i = 0; i < lessons(m); i++)
			vec_push(&h->tallies,
				 progress_tally(m->progress, m->shelf->lessons.at[i]));
		if (!was_done)
			go_on(h);
	}
	if (!h->counted || h->columns != m->columns || h->rows != m->rows)
		find_left(m);
	h->counted = true;
}

void home_resume(struct model *m)
{
	size_t number = 0;

	if (m->progress)
		number = lesson_number(m, progress_where(m->progress).lesson);
	if (number)
		m->home.chosen = number - 1;
}

void home_free(struct home *home)
{
	vec_free(&home->tallies);
}

/* What is known of lesson I, or NULL: nothing yet. */
static const struct tally *tally_at(const struct model *m, size_t i)
{
	return m->home.counted ? &m->home.tallies.at[i] : NULL;
}

static bool is_done(const struct model *m, size_t i)
{
	return tally_at(m, i) && tally_at(m, i)->done;
}

/* `after 1, 2 and 4`: those that are not done. */
static void after_words(struct str *to, const struct model *m, const struct lesson *lesson)
{
	size_t numbers[16], n = 0;
	struct str most = {0};

	for (size_t i = 0; i < lesson->after.n && n < sizeof numbers / sizeof *numbers; i++) {
		size_t number = lesson_number(m, lesson->after.at[i]);

		if (number && !is_done(m, number - 1))
			numbers[n++] = number;
	}
	if (n == 0)
		return;
	for (size_t i = 0; i + 1 < n; i++)
		str_addf(&most, "%s%zu", i ? ", " : "", numbers[i]);
	if (n == 1)
		/* TRANSLATORS: beside a lesson: what to do before, by its number */
		str_addf(to, _("after %zu"), numbers[0]);
	else
		/* TRANSLATORS: beside a lesson: what to do before; "after 1, 2 and 4" */
		str_addf(to, _("after %1$s and %2$zu"), str_text(&most), numbers[n - 1]);
	str_free(&most);
}

/* Append WORDS, `demos 1/3`, unless there is nothing of it (ALL), or it would not fit in WIDTH.
 * The words are freed. */
static void add_count(struct str *to, int width, size_t all, char *words)
{
	const char *gap = to->len ? "  " : "";

	if (all && (int)(utf8_columns(str_text(to)) + strlen(gap) + utf8_columns(words)) <= width)
		str_addf(to, "%s%s", gap, words);
	free(words);
}

static void tally_words(struct str *to, int width, const struct tally *t)
{
	add_count(to, width, t->demos,
		  str_make(_("demos %1$zu/%2$zu"), t->demos_seen, t->demos));
	add_count(to, width, t->questions,
		  str_make(_("questions %1$zu/%2$zu"), t->questions_right, t->questions));
	add_count(to, width, t->predictions,
		  str_make(_("predictions %1$zu/%2$zu"), t->predictions_right, t->predictions));
	add_count(to, width, t->labs, str_make(_("labs %1$zu/%2$zu"), t->labs_met, t->labs));
}

/* What stands beside the title of lesson I. */
static enum style state_words(struct str *to, const struct model *m, size_t i, int width)
{
	const struct tally *t = tally_at(m, i);

	if (t && !t->done && i == m->home.left) {
		str_addf(to, _("continue on page %zu"), m->home.page);
		if ((int)utf8_columns(str_text(to)) > width) {
			str_cut(to, 0);
			str_addf(to, _("page %zu"), m->home.page);
		}
		return STYLE_ACCENT;
	}
	if (t && t->begun) {
		tally_words(to, width, t);
		return STYLE_NORMAL;
	}
	after_words(to, m, m->shelf->lessons.at[i]);
	return STYLE_DIM;
}

static void draw_lesson(struct canvas *c, const struct model *m, size_t i, int y)
{
	const struct lesson *lesson = m->shelf->lessons.at[i];
	bool chosen = i == m->home.chosen;
	enum style style = chosen ? STYLE_BOLD : STYLE_NORMAL;
	int title = c->columns / 2 - 8, x = 12 + title;
	struct str s = {0};
	enum style state;

	if (chosen)
		canvas_text(c, 5, y, 1, STYLE_ACCENT, "▸");
	str_addf(&s, "%zu", i + 1);
	canvas_right(c, 6, y, 3, chosen ? STYLE_ACCENT : STYLE_DIM, str_text(&s));
	canvas_short(c, 11, y, title, style, lesson->title);
	str_cut(&s, 0);
	state = state_words(&s, m, i, c->columns - x - 10);
	canvas_short(c, x, y, c->columns - x - 10, state, str_text(&s));
	if (is_done(m, i)) {
		canvas_right(c, c->columns - 12, y, 9, STYLE_GOOD, "✓");
	} else if (lesson->minutes > 0) {
		str_cut(&s, 0);
		str_addf(&s, _("%d min"), lesson->minutes);
		canvas_right(c, c->columns - 12, y, 9, STYLE_DIM, str_text(&s));
	}
	str_free(&s);
}

/* All that is known of the chosen lesson, in one line. */
static void draw_tally(struct canvas *c, const struct model *m, int y)
{
	const struct tally *t = tally_at(m, m->home.chosen);
	struct str s = {0};

	if (!t || !t->begun)
		return;
	tally_words(&s, c->columns - 12, t);
	canvas_text(c, 6, y, c->columns - 12, STYLE_DIM, str_text(&s));
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
	for (size_t i = 0; i < lines.list.n && i < SUMMARY; i++)
		line_draw(c, 6, y + 1 + (int)i, width, &lines.list.at[i]);
	draw_tally(c, m, y + 1 + SUMMARY);
	lines_free(&lines);
}

/* The whole course: a bar that is full when all has been seen and answered. */
static void draw_course(struct canvas *c, const struct model *m, int y)
{
	size_t begun = 0, has = 0, all = 0;
	struct str s = {0};
	int x = 6, room, full;

	for (size_t i = 0; i < lessons(m) && m->home.counted; i++) {
		const struct tally *t = &m->home.tallies.at[i];

		begun += t->begun;
		has += t->demos_seen + t->questions_right + t->labs_met;
		all += t->demos + t->questions + t->labs;
	}
	if (all == 0)
		return;
	str_addf(&s, _("%1$zu of %2$zu lessons begun · %3$zu %%"), begun, lessons(m),
		 has * 100 / all);
	x += canvas_text(c, x, y, c->columns / 4, STYLE_DIM, _("course")) + 2;
	room = c->columns - x - 2 - canvas_columns(c, str_text(&s)) - 5;
	full = (int)((size_t)room * has / all);
	canvas_fill(c, x, y, full, 1, STYLE_ACCENT, c->ascii ? "#" : "━");
	canvas_fill(c, x + full, y, room - full, 1, STYLE_DIM, "─");
	canvas_text(c, x + room + 2, y, c->columns, STYLE_NORMAL, str_text(&s));
	str_free(&s);
}

/* Asked before anything is forgotten. */
static void draw_question(struct canvas *c, const struct model *m, int y)
{
	char *text = m->home.asks == HOME_ASKS_ALL
			     ? mem_strdup(_("Forget all that was done, in every lesson?"))
			     : str_make(_("Forget what was done in the lesson “%s”?"),
					m->shelf->lessons.at[m->home.chosen]->title);

	canvas_fill(c, 0, y, c->columns, 1, STYLE_NORMAL, " ");
	canvas_short(c, 1, y, c->columns - 2, STYLE_ACCENT, text);
	free(text);
}

static void draw(struct canvas *c, struct model *m)
{
	size_t first = list_first(m), room = list_room(m);

	home_count(m);
	canvas_text(c, 5, 0, 20, STYLE_HEADING, "socktutor");
	canvas_right(c, 0, 0, c->columns - 5, STYLE_DIM, _("Sockets, seen from inside"));
	if (lessons(m) == 0) {
		canvas_text(c, 5, TOP, c->columns - 6, STYLE_NORMAL,
			    _("There are no lessons here."));
		return;
	}
	for (size_t i = first; i < lessons(m) && i < first + room; i++)
		draw_lesson(c, m, i, TOP + (int)(i - first));
	draw_details(c, m);
	if (m->home.asks == HOME_ASKS_NOTHING)
		draw_course(c, m, c->rows - 2);
	else
		draw_question(c, m, c->rows - 2);
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

/* The answer to whether to forget. */
static void forget(struct model *m, bool yes)
{
	const struct lesson *lesson = m->shelf->lessons.at[m->home.chosen];

	if (yes && m->progress)
		progress_reset(m->progress,
			       m->home.asks == HOME_ASKS_ALL ? NULL : lesson->id);
	m->home.asks = HOME_ASKS_NOTHING;
	m->home.counted = false;
}

static struct request handle(struct model *m, enum op op, const struct input *input)
{
	struct request none = {REQUEST_NONE, 0};
	size_t n = lessons(m);

	if (op == OP_LEAVE)
		return (struct request){REQUEST_CLOSE, 0};
	if (n == 0)
		return none;
	if (m->home.asks != HOME_ASKS_NOTHING)
		forget(m, op == OP_YES);
	else if (op == OP_RESET || op == OP_RESET_ALL)
		m->home.asks = op == OP_RESET ? HOME_ASKS_ONE : HOME_ASKS_ALL;
	else if (op == OP_UP && m->home.chosen > 0)
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
	else if (op == OP_PRESENT)
		return (struct request){REQUEST_PRESENT, (int)m->home.chosen};
	return none;
}

static const struct binding *keys_now(const struct model *m)
{
	return m->home.asks == HOME_ASKS_NOTHING ? NULL : forget_keys;
}

const struct view view_home = {N_("Lessons"), keys, draw, handle, keys_now};
