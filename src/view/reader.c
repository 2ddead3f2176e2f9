/*
 * A lesson's text, page by page: its keys, and what they do.
 */
#include "view/reader_draw.h"

#include <string.h>

#define TURN_PAGES                                                                               \
	{{' ', INPUT_PAGE_DOWN, INPUT_RIGHT, 'l', 'f'}, OP_PAGE_DOWN, "Space", N_("next page"),  \
	 N_("next page (also PgDn, →, l and f)")},                                                     \
	{{'b', INPUT_PAGE_UP, INPUT_LEFT, 'h', INPUT_BACKSPACE}, OP_PAGE_UP, "b", N_("page back"), \
	 N_("page before (also PgUp, ←, h and Backspace)")}

#define THE_OTHERS                                                                               \
	{{INPUT_BACKTAB}, OP_PREVIOUS_DEMO, "", NULL, NULL},                                     \
	{{INPUT_DOWN, 'j', INPUT_WHEEL_DOWN}, OP_DOWN, "↑↓", NULL,                               \
	 N_("demo or answer before or after, else page (also k and j)")},                       \
	{{INPUT_UP, 'k', INPUT_WHEEL_UP}, OP_UP, "", NULL, NULL},                                \
	{{'/'}, OP_SEARCH, "/", N_("search"), N_("search in all lessons, demos and cards")},     \
	{{'n'}, OP_AGAIN, "n N", NULL, N_("next place found, the one before")},                  \
	{{'N'}, OP_AGAIN_BACK, "", NULL, NULL},                                                  \
	{{'i'}, OP_EXPLAIN, "i", NULL,                                                            \
	 N_("mark the next name that has a card; Enter opens it (or click it)")},                              \
	{{'g', INPUT_HOME}, OP_FIRST, "g G", NULL, N_("first page, last page (also Home and End)")},                 \
	{{'G', INPUT_END}, OP_LAST, "", NULL, NULL},                                             \
	{{INPUT_CLICK}, OP_CLICK, "", NULL, NULL},                                               \
	{{'?'}, OP_HELP, "?", N_("help"), N_("this help; any key closes it")},                   \
	{{'q', INPUT_ESC}, OP_LEAVE, "q", N_("lessons"), N_("back to the lessons (also Esc)")},  \
	{{0}, OP_NONE, NULL, NULL, NULL}

static const struct binding keys[] = {
	TURN_PAGES,
	{{INPUT_ENTER}, OP_ENTER, "Enter", N_("run demo"),
	 N_("run the demo that is marked on this page")},
	{{INPUT_TAB}, OP_NEXT_DEMO, "Tab", N_("next demo"),
	 N_("go to the next demo or question (Shift-Tab: the one before)")},
	{{'1', '2', '3', '4', '5', '6'}, OP_CHOOSE, "1 2 …", NULL,
	 N_("choose that answer of the question on this page")},
	THE_OTHERS,
};

/* While an answer is marked. */
static const struct binding question_keys[] = {
	TURN_PAGES,
	{{'1', '2', '3', '4', '5', '6'}, OP_CHOOSE, "1 2 …", N_("answer"),
	 N_("choose that answer")},
	{{INPUT_ENTER}, OP_ENTER, "Enter", N_("the marked one"),
	 N_("choose the answer that is marked")},
	{{INPUT_TAB}, OP_NEXT_DEMO, "Tab", NULL,
	 N_("go to the next demo or question (Shift-Tab: the one before)")},
	THE_OTHERS,
};

/* Whether line I is one that Enter can be about. */
static bool is_stop(const struct reader *r, size_t i)
{
	return reader_line_at(r, i)->demo_foot || reader_line_at(r, i)->answer_head;
}

/* Whether Tab goes there: of a question it is the first answer. */
static bool is_tab_stop(const struct reader *r, size_t i)
{
	return is_stop(r, i) && reader_line_at(r, i)->answer <= 0;
}

/* The first stop on the page now, or the last; or SIZE_MAX. */
static size_t page_stop(const struct reader *r, bool last)
{
	const struct page *page = reader_page_now(r);
	size_t stop = SIZE_MAX;

	for (size_t i = page->first; i < page->first + page->n; i++)
		if (is_stop(r, i) && (stop == SIZE_MAX || last))
			stop = i;
	return stop;
}

/* The first answer on the page now to a question that is still open, or SIZE_MAX. */
static size_t open_stop(const struct reader *r)
{
	const struct page *page = reader_page_now(r);

	for (size_t i = page->first; i < page->first + page->n; i++)
		if (reader_line_at(r, i)->answer_head && !quiz_right(&r->quiz, reader_line_at(r, i)->question))
			return i;
	return SIZE_MAX;
}

static void go_to_page(struct reader *r, size_t page, bool last_stop)
{
	if (page >= r->layout.pages.n)
		page = r->layout.pages.n - 1;
	r->page = page;
	r->focus = page_stop(r, last_stop);
	if (!last_stop && reader_focus_line(r) && quiz_right(&r->quiz, reader_focus_line(r)->question) &&
	    open_stop(r) != SIZE_MAX)
		r->focus = open_stop(r);
}

static void set_layout(struct layout *layout, const struct model *m, const struct lesson *lesson,
		       const struct prediction *hidden)
{
	int most = m->columns - reader_text_x(m) - 1;

	layout_make_hiding(layout, lesson, reader_text_width(m), most < LAYOUT_MOST ? most : LAYOUT_MOST,
			   m->ascii, hidden);
	layout_pages(layout, m->rows - READER_TOP - READER_BOTTOM);
}

size_t reader_page_for(const struct model *m, size_t index, int line)
{
	struct layout layout;
	size_t page;

	set_layout(&layout, m, m->shelf->lessons.at[index], NULL);
	page = layout_page_at(&layout, line) + 1;
	layout_free(&layout);
	return page;
}

/* Whether demo INDEX will ask, and has not been seen: then its text must not tell. */
static bool will_ask(const struct model *m, size_t index)
{
	const struct lesson *lesson = m->reader.lesson;

	return m->progress && !m->no_predictions &&
	       !progress_has_seen(m->progress, lesson->id, lesson->demos.at[index].id);
}

static void unhide(struct reader *r)
{
	for (size_t i = 0; i < r->hidden.n; i++)
		predict_free(&r->hidden.at[i]);
	vec_free(&r->hidden);
}

static void hide(struct model *m)
{
	struct reader *r = &m->reader;

	unhide(r);
	for (size_t i = 0; i < r->lesson->demos.n; i++) {
		struct prediction p = {0};

		if (will_ask(m, i))
			predict_find(&p, r->lesson, i, 0, NULL);
		vec_push(&r->hidden, p);
	}
}

int reader_place(const struct reader *r)
{
	return r->layout.pages.n ? layout_place(&r->layout, r->page) : r->place;
}

void reader_go(struct reader *r, int line)
{
	r->place = line;
	r->demo = -1;
	if (r->layout.pages.n)
		go_to_page(r, layout_page_at(&r->layout, line), false);
}

void reader_free(struct reader *r)
{
	layout_free(&r->layout);
	quiz_free(&r->quiz);
	unhide(r);
}

static void mark_demo(struct reader *r)
{
	size_t line = layout_demo_line(&r->layout, r->demo);

	if (line == SIZE_MAX)
		return;
	r->page = layout_page_of(&r->layout, line);
	r->focus = line;
}

void reader_show_demo(struct model *m, size_t index)
{
	m->reader.demo = (int)index;
	if (m->reader.layout.pages.n)
		mark_demo(&m->reader);
	/* What it showed need not be hidden any more: the text is set again. */
	m->reader.columns = 0;
}

/* Set the text for the screen's size, at the place where it was. */
static void fit(struct model *m)
{
	struct reader *r = &m->reader;
	size_t weight = 0, page;
	bool again = r->layout.pages.n > 0;

	if (again && r->columns == m->columns && r->rows == m->rows)
		return;
	if (again)
		weight = layout_weight(&r->layout, reader_page_now(r)->first);
	layout_free(&r->layout);
	hide(m);
	set_layout(&r->layout, m, r->lesson, r->hidden.at);
	page = again ? layout_page_of(&r->layout, layout_at_weight(&r->layout, weight))
		     : layout_page_at(&r->layout, r->place);
	if (!again)
		quiz_open(&r->quiz, r->lesson, r->layout.questions.list.n, m->progress);
	go_to_page(r, page, false);
	if (r->demo >= 0)
		mark_demo(r);
	r->demo = -1;
	r->columns = m->columns;
	r->rows = m->rows;
}

/* Where one leaves off is where one looked last. */
static void note_place(struct model *m)
{
	if (m->progress)
		progress_place(m->progress, m->reader.lesson->id,
			       layout_place(&m->reader.layout, m->reader.page));
}

static void draw(struct canvas *c, struct model *m)
{
	fit(m);
	note_place(m);
	reader_draw(c, m);
}

/* Whether TEXT begins on line I; it may end on the next. */
static bool line_has(const struct reader *r, size_t i, const char *text)
{
	struct str s = {0}, next = {0};
	const char *at;
	bool found;
	size_t len;

	line_print(&s, reader_line_at(r, i));
	len = s.len;
	if (i + 1 < r->layout.lines.list.n) {
		line_print(&next, reader_line_at(r, i + 1));
		at = str_text(&next);
		str_addf(&s, "%s%s", reader_line_at(r, i)->runs_on ? "" : " ", at + strspn(at, " "));
	}
	at = strcasestr(str_text(&s), text);
	found = at && (size_t)(at - str_text(&s)) < len;
	str_free(&next);
	str_free(&s);
	return found;
}

static bool page_has(const struct reader *r, size_t page, const char *text)
{
	const struct page *p = &r->layout.pages.at[page];

	for (size_t i = p->first; i < p->first + p->n; i++)
		if (line_has(r, i, text))
			return true;
	return false;
}

/* Go to the next page that has what is sought. */
static void find(struct model *m, const char *text, bool back)
{
	struct reader *r = &m->reader;
	size_t n = r->layout.pages.n;

	for (size_t i = 1; i <= n; i++) {
		size_t page = (r->page + (back ? n * 2 - i : i)) % n;

		if (page_has(r, page, text)) {
			go_to_page(r, page, false);
			return;
		}
	}
	model_say(m, _("That is not in this lesson."));
}

/* The next stop of Tab after line FROM (BY 1), or the last before it (-1), or SIZE_MAX. */
static size_t next_tab_stop(const struct reader *r, size_t from, int by)
{
	size_t n = r->layout.lines.list.n;

	if (by > 0) {
		for (size_t i = from; i < n; i++)
			if (is_tab_stop(r, i))
				return i;
	} else {
		for (size_t i = from; i-- > 0;)
			if (is_tab_stop(r, i))
				return i;
	}
	return SIZE_MAX;
}

/* Another demo or question of the lesson, on whatever page it stands. */
static void tab(struct reader *r, int by)
{
	size_t from = r->focus == SIZE_MAX ? reader_page_now(r)->first : r->focus + (by > 0), stop;

	/* Back from a question's later answer: to what is before the question. */
	while (by < 0 && r->focus != SIZE_MAX && !is_tab_stop(r, from) && from > 0)
		from--;
	stop = next_tab_stop(r, from, by);
	if (stop == SIZE_MAX)
		return;
	r->page = layout_page_of(&r->layout, stop);
	r->focus = stop;
}

/* The stop after the marked one on this page (BY 1), or before it (-1), or SIZE_MAX. */
static size_t neighbour(const struct reader *r, int by)
{
	const struct page *page = reader_page_now(r);
	size_t found = SIZE_MAX;

	for (size_t i = page->first; i < page->first + page->n; i++) {
		if (!is_stop(r, i) || r->focus == SIZE_MAX)
			continue;
		if (by > 0 && i > r->focus)
			return i;
		if (by < 0 && i < r->focus)
			found = i;
	}
	return found;
}

/* Up or down: a stop on this page, or the page before or after. */
static void move_by(struct reader *r, int by)
{
	size_t stop = neighbour(r, by);

	if (stop != SIZE_MAX)
		r->focus = stop;
	else if (by > 0 && r->page + 1 < r->layout.pages.n)
		go_to_page(r, r->page + 1, false);
	else if (by < 0 && r->page > 0)
		go_to_page(r, r->page - 1, true);
}

/* Choose ANSWER of QUESTION; it is marked from now on. */
static void choose(struct model *m, int question, int answer)
{
	struct reader *r = &m->reader;

	for (size_t i = 0; i < r->layout.lines.list.n; i++)
		if (reader_line_at(r, i)->answer_head && reader_line_at(r, i)->question == question &&
		    reader_line_at(r, i)->answer == answer)
			r->focus = i;
	quiz_choose(&r->quiz, &r->layout, question, answer, m->progress);
}

/* A number key: of the question that is marked, else of the first on this page. */
static void choose_number(struct model *m, int answer)
{
	const struct reader *r = &m->reader;
	const struct line *focus = reader_focus_line(r);
	const struct page *page = reader_page_now(r);
	int question = focus ? focus->question : -1;

	for (size_t i = page->first; i < page->first + page->n && question < 0; i++)
		if (reader_line_at(r, i)->answer_head)
			question = reader_line_at(r, i)->question;
	if (question < 0)
		model_say(m, _("No question on this page."));
	else
		choose(m, question, answer);
}

static struct request click(struct model *m, const struct input *input)
{
	struct reader *r = &m->reader;
	size_t at = reader_page_now(r)->first + (size_t)(input->y - READER_TOP);

	if (input->y < READER_TOP || at >= reader_page_now(r)->first + reader_page_now(r)->n)
		return (struct request){REQUEST_NONE, 0};
	if (reader_line_at(r, at)->lab >= 0)
		return (struct request){REQUEST_LAB, reader_line_at(r, at)->lab};
	if (reader_line_at(r, at)->demo >= 0)
		return (struct request){REQUEST_DEMO, reader_line_at(r, at)->demo};
	if (reader_line_at(r, at)->answer >= 0)
		choose(m, reader_line_at(r, at)->question, reader_line_at(r, at)->answer);
	else
		model_explain_word(m, input->x, input->y);
	return (struct request){REQUEST_NONE, 0};
}

static struct request enter(struct model *m)
{
	const struct line *focus = reader_focus_line(&m->reader);

	if (focus && focus->lab >= 0)
		return (struct request){REQUEST_LAB, focus->lab};
	if (focus && focus->demo_foot)
		return (struct request){REQUEST_DEMO, focus->demo};
	if (focus)
		choose(m, focus->question, focus->answer);
	else
		model_say(m, m->reader.lesson->demos.n
				     ? _("No demo on this page; Tab goes to the next.")
				     : _("This lesson has no demo."));
	return (struct request){REQUEST_NONE, 0};
}

static void move(struct reader *r, enum op op)
{
	if (op == OP_PAGE_DOWN && r->page + 1 < r->layout.pages.n)
		go_to_page(r, r->page + 1, false);
	else if (op == OP_PAGE_UP && r->page > 0)
		go_to_page(r, r->page - 1, false);
	else if (op == OP_FIRST)
		go_to_page(r, 0, false);
	else if (op == OP_LAST)
		go_to_page(r, r->layout.pages.n, false);
	else if (op == OP_DOWN || op == OP_UP)
		move_by(r, op == OP_DOWN ? 1 : -1);
	else if (op == OP_NEXT_DEMO || op == OP_PREVIOUS_DEMO)
		tab(r, op == OP_NEXT_DEMO ? 1 : -1);
}

/* The reason has been read. After a right answer the next open question is marked. */
static void close_reason(struct reader *r, enum op op)
{
	if (quiz_tells(&r->quiz) && op != OP_CHOOSE && quiz_right(&r->quiz, r->quiz.question) &&
	    open_stop(r) != SIZE_MAX)
		r->focus = open_stop(r);
	quiz_close(&r->quiz);
}

static struct request handle(struct model *m, enum op op, const struct input *input)
{
	fit(m);
	close_reason(&m->reader, op);
	if (op == OP_LEAVE)
		return (struct request){REQUEST_CLOSE, 0};
	if (op == OP_ENTER)
		return enter(m);
	if (op == OP_CLICK)
		return click(m, input);
	if ((op == OP_AGAIN || op == OP_AGAIN_BACK) && m->sought)
		find(m, m->sought, op == OP_AGAIN_BACK);
	else if (op == OP_EXPLAIN)
		model_mark_word(m, 1);
	else if (op == OP_CHOOSE)
		choose_number(m, (int)(input->key - '1'));
	else if (op == OP_PAGE_DOWN && m->reader.page + 1 == m->reader.layout.pages.n)
		model_say(m, _("That was the last page; q goes back to the lessons."));
	else
		move(&m->reader, op);
	return (struct request){REQUEST_NONE, 0};
}

static const struct binding *keys_now(const struct model *m)
{
	const struct line *focus = m->reader.layout.pages.n ? reader_focus_line(&m->reader) : NULL;

	if (quiz_tells(&m->reader.quiz))
		return quiz_keys();
	return focus && focus->answer_head ? question_keys : NULL;
}

const struct view view_reader = {N_("Reading a lesson"), keys, draw, handle, keys_now};
