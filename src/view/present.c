/*
 * A lesson as slides.
 */
#include "view/present.h"

#include "view/axis.h"
#include "view/explain.h"
#include "view/ladder.h"
#include "view/mdtable.h"
#include "view/pane.h"
#include "view/view.h"

#include <string.h>

enum {
	PANE_LEAST = 6,
	PANE_MOST = 14,
	EXPLAIN_LEAST = 2,
	EXPLAIN_MOST = 5,
	TEXT_MOST = 64,    /* columns of a heading's text */
};

#define MOVE                                                                                      \
	{{' ', INPUT_PAGE_DOWN, INPUT_ENTER, INPUT_RIGHT, 'l'}, OP_STEP, "Space", N_("on"),       \
	 N_("the next step, then the next slide (also PgDn, →, l, Enter)")},                         \
	{{INPUT_PAGE_UP, INPUT_LEFT, 'h', INPUT_BACKSPACE, 'b'}, OP_BACK, "PgUp", N_("back"),     \
	 N_("a step back, then the slide before (also ←, h, b, Backspace)")}

#define THE_OTHERS                                                                                \
	{{INPUT_DOWN, 'j', INPUT_TAB}, OP_DOWN, "↑↓", N_("slide"),                                \
	 N_("the next slide, the one before (also j k, Tab Shift-Tab)")},                                \
	{{INPUT_UP, 'k', INPUT_BACKTAB}, OP_UP, "", NULL, NULL},                                  \
	{{'0', '1', '2', '3', '4'}, OP_CHOOSE, "0-9", N_("jump"),                                 \
	 N_("to the slide of that number (Enter, when more digits could follow)")},               \
	{{'5', '6', '7', '8', '9'}, OP_CHOOSE, "", NULL, NULL},                                   \
	{{'r'}, OP_RESTART, "r", N_("again"), N_("start the demo anew with two new processes")}, \
	{{'i'}, OP_EXPLAIN, "i", N_("explain"),                                                   \
	 N_("mark an error, call or state; Enter opens its card (or click it)")},                       \
	{{'o'}, OP_SETUP, "o", NULL, N_("show or fold the calls of the set-up")},                 \
	{{'t'}, OP_TIME, "t", NULL,                                                               \
	 N_("the timeline in true time, where distance is time, or in order")},                   \
	{{'/'}, OP_SEARCH, "/", NULL, N_("search in this lesson and the cards")},                  \
	{{'g', INPUT_HOME}, OP_FIRST, "g G", NULL, N_("first slide, last slide (also Home and End)")},                \
	{{'G', INPUT_END}, OP_LAST, "", NULL, NULL},                                              \
	{{INPUT_CLICK}, OP_CLICK, "", NULL, NULL},                                                \
	{{'?'}, OP_HELP, "?", N_("help"), N_("this help; any key closes it")},                    \
	{{'q', INPUT_ESC}, OP_LEAVE, "q", N_("end"), N_("end the presentation (also Esc)")},      \
	{{0}, OP_NONE, NULL, NULL, NULL}

static const struct binding keys[] = {
	MOVE,
	{{'v'}, OP_RECALL, "v", NULL, N_("show the recording of the rehearsal, or the live run again")},
	THE_OTHERS,
};

/* Where the demo has a recording, and while that is shown. */
static const struct binding keys_rehearsed[] = {
	MOVE,
	{{'v'}, OP_RECALL, "v", N_("recording"),
	 N_("show the recording of the rehearsal, or the live run again")},
	THE_OTHERS,
};

static const struct binding keys_recorded[] = {
	MOVE,
	{{'v'}, OP_RECALL, "v", N_("live"), N_("go back to the live run")},
	THE_OTHERS,
};

/*
 * Slides.
 */

/* A list whose items are no answers. */
static bool is_plain_list(const struct block *b)
{
	return b->kind == BLOCK_LIST && b->children.n && b->children.at[0].task == TASK_NONE;
}

/* What stands under the heading that block I - 1 is: its first paragraph or list. */
static const struct block *text_after(const struct blocks *blocks, size_t i)
{
	for (; i < blocks->n; i++) {
		const struct block *b = &blocks->at[i];

		if (b->kind == BLOCK_HEADING || b->kind == BLOCK_DEMO)
			return NULL;
		if (block_is_note(b))
			i++;
		else if (b->kind == BLOCK_PARAGRAPH || is_plain_list(b))
			return b;
	}
	return NULL;
}

void present_start(struct present *p, const struct lesson *lesson)
{
	const struct blocks *blocks = &lesson->blocks;

	present_free(p);
	p->lesson = lesson;
	p->played = -1;
	vec_push(&p->slides, (struct slide){.demo = -1});
	for (size_t i = 0; i < blocks->n; i++) {
		const struct block *b = &blocks->at[i];

		if (b->kind == BLOCK_HEADING && b->level > 1)
			vec_push(&p->slides, (struct slide){b, text_after(blocks, i + 1), -1});
		else if (b->kind == BLOCK_DEMO)
			vec_push(&p->slides, (struct slide){.demo = (int)b->demo});
	}
}

void present_plays(struct present *p, int demo)
{
	p->played = demo;
	recall_demo(&p->recall, (size_t)demo);
	for (size_t i = 0; i < p->slides.n; i++)
		if (p->slides.at[i].demo == demo)
			p->at = i;
}

static int slide_line(const struct present *p, const struct slide *slide)
{
	if (slide->demo >= 0)
		return p->lesson->demos.at[slide->demo].line;
	return slide->heading ? slide->heading->line : 0;
}

size_t present_slide_at(const struct present *p, int line)
{
	size_t at = 0;

	for (size_t i = 0; i < p->slides.n; i++)
		if (slide_line(p, &p->slides.at[i]) <= line)
			at = i;
	return at;
}

void present_free(struct present *p)
{
	vec_free(&p->slides);
	recall_free(&p->recall);
	*p = (struct present){.played = -1};
}

static const struct slide *slide_now(const struct present *p)
{
	return &p->slides.at[p->at];
}

static bool plays(const struct model *m)
{
	return slide_now(&m->present)->demo >= 0;
}

/* What the slide shows of its demo: the live run, or the recording. */
static struct player *shown(struct model *m)
{
	return m->present.recall.shows ? &m->present.recall.player : &m->player;
}

void model_open_present(struct model *m, size_t index)
{
	model_open_lesson(m, index, 0);
	present_start(&m->present, m->reader.lesson);
	m->view = VIEW_PRESENT;
}

/*
 * Drawing.
 */

/* `looking back · step 2 of 4 · `; looking at a recording, one does nothing else. */
static void progress_words(struct str *to, const struct player *p)
{
	if (p->looking >= 0 && !p->recorded)
		str_addf(to, "%s · ", _("looking back"));
	str_addf(to, _("step %1$d of %2$d"), player_step_number(p, player_row(p)), player_steps(p));
	str_add(to, " · ");
}

/* ` RECORDING 2026-11-22 16:20 ` on a line that is like no other. */
static int draw_label(struct canvas *c, const struct recall *recall)
{
	struct str s = {0};
	int x;

	canvas_fill(c, 0, 0, c->columns, 1, STYLE_SELECTED, " ");
	str_addf(&s, "%s ", _("RECORDING"));
	recall_date(&s, recall->of);
	x = 1 + canvas_text(c, 1, 0, c->columns - 1, STYLE_SELECTED, str_text(&s));
	str_free(&s);
	return x + canvas_text(c, x, 0, 3, STYLE_SELECTED, " · ");
}

static void draw_header(struct canvas *c, struct model *m)
{
	const struct present *present = &m->present;
	const struct player *p = shown(m);
	bool recorded = plays(m) && p->recorded;
	struct str s = {0};
	int from, x = 1;

	if (recorded)
		x = draw_label(c, &present->recall);
	if (plays(m) && player_row(p) >= 0)
		progress_words(&s, p);
	if (present->number)
		str_addf(&s, _("slide %d_"), present->number);
	else
		str_addf(&s, _("slide %1$zu of %2$zu"), present->at + 1, present->slides.n);
	from = canvas_right(c, 0, 0, c->columns - 1, recorded ? STYLE_SELECTED : STYLE_NORMAL,
			    str_text(&s));
	str_cut(&s, 0);
	if (plays(m))
		str_addf(&s, "%s%s", recorded ? "" : " · ",
			 p->demo->title ? p->demo->title : p->demo->id);
	if (!recorded)
		x += canvas_short(c, x, 0, from - x - 2, STYLE_HEADING, present->lesson->title);
	canvas_short(c, x, 0, from - x - 2, recorded ? STYLE_SELECTED : STYLE_NORMAL,
		     str_text(&s));
	str_free(&s);
}

static void add_block(struct lines *out, int width, const struct block *b, const char *mark)
{
	struct links links = {.list = {0}};
	struct flow *f = flow_start(out, width, mark, *mark ? "  " : "", STYLE_DIM);

	spans_flow(f, b, STYLE_NORMAL, &links);
	flow_end(f);
	vec_free(&links.list);
}

static void slide_text(struct lines *out, int width, const struct slide *slide,
		       const struct lesson *lesson)
{
	const struct block *text = slide->text;

	if (!slide->heading && lesson->summary)
		flow_all(out, width, STYLE_NORMAL, lesson->summary);
	if (text && text->kind == BLOCK_PARAGRAPH)
		add_block(out, width, text, "");
	for (size_t i = 0; text && text->kind == BLOCK_LIST && i < text->children.n; i++) {
		const struct blocks *item = &text->children.at[i].children;

		if (item->n && item->at[0].kind == BLOCK_PARAGRAPH)
			add_block(out, width, &item->at[0], "• ");
	}
}

/* A heading above the middle, a rule, and what its text begins with. */
static void draw_heading(struct canvas *c, const struct model *m)
{
	const struct slide *slide = slide_now(&m->present);
	const struct lesson *lesson = m->present.lesson;
	int width = c->columns - 8 < TEXT_MOST ? c->columns - 8 : TEXT_MOST;
	int x = (c->columns - width) / 2, y = c->rows / 4;
	struct lines text = {.ascii = c->ascii}, head = {.ascii = c->ascii};
	struct str title = {0};

	if (slide->heading)
		spans_text(&title, &slide->heading->spans);
	else
		str_add(&title, lesson->title);
	flow_all(&head, width, STYLE_HEADING, str_text(&title));
	for (size_t i = 0; i < head.list.n; i++)
		line_draw(c, x, y++, width, &head.list.at[i]);
	canvas_fill(c, x, y, width, 1, STYLE_ACCENT, "─");
	y += 2;
	slide_text(&text, width, slide, lesson);
	for (size_t i = 0; i < text.list.n && y < c->rows - 2; i++)
		line_draw(c, x, y++, width, &text.list.at[i]);
	str_free(&title);
	lines_free(&head);
	lines_free(&text);
}

/* The panes when there is room beside all of the timeline, else a line for each process. */
static int draw_panes(struct canvas *c, const struct player *p, int64_t now, int y, int room)
{
	int left = c->columns / 2;
	struct str s = {0};

	if (room > PANE_MOST)
		room = PANE_MOST;
	if (room >= PANE_LEAST) {
		pane_draw(c, 0, y, left, room, p, ROLE_A, now);
		pane_draw(c, left, y, c->columns - left, room, p, ROLE_B, now);
		return room;
	}
	for (int role = 0; role < ROLES; role++) {
		str_cut(&s, 0);
		pane_title(&s, p, (enum role)role, left - 3);
		canvas_short(c, role ? left + 1 : 2, y, left - 3, STYLE_NORMAL, str_text(&s));
	}
	str_free(&s);
	return 1;
}

/* What is to be said of the rehearsal, above what the step means. */
static void add_words(struct lines *out, int width, struct model *m)
{
	const struct recall *recall = &m->present.recall;
	struct str s = {0};

	recall_words(&s, recall, &m->player);
	if (s.len)
		flow_all(out, width, recall->differs && !recall->shows ? STYLE_BAD : STYLE_ACCENT,
			 str_text(&s));
	str_free(&s);
}

static void draw_demo(struct canvas *c, struct model *m)
{
	struct player *p = shown(m);
	struct lines lines = {.ascii = c->ascii};
	int said = c->rows / 8, left, y = 1;

	said = said < EXPLAIN_LEAST ? EXPLAIN_LEAST : said > EXPLAIN_MOST ? EXPLAIN_MOST : said;
	left = c->rows - 2 - said;
	y += draw_panes(c, p, m->now, y, left - ladder_wants(p, c->columns));
	left -= y - 1;
	if (p->true_time)
		axis_draw(c, 0, y, c->columns, left, p, m->now);
	else
		ladder_draw(c, 0, y, c->columns, left, p);
	add_words(&lines, c->columns - 2, m);
	explain_lines(&lines, c->columns - 2, p);
	for (size_t i = 0; i < lines.list.n && (int)i < said; i++)
		line_draw(c, 1, y + left + (int)i, c->columns - 2, &lines.list.at[i]);
	lines_free(&lines);
}

static void draw(struct canvas *c, struct model *m)
{
	draw_header(c, m);
	if (plays(m))
		draw_demo(c, m);
	else
		draw_heading(c, m);
}

/*
 * Keys.
 */

static struct request go_to(struct model *m, size_t slide)
{
	struct present *p = &m->present;
	int demo;

	p->number = 0;
	if (slide >= p->slides.n)
		return (struct request){REQUEST_NONE, 0};
	if (slide != p->at)
		recall_close(&p->recall);
	p->at = slide;
	demo = slide_now(p)->demo;
	/* A demo that one comes back to is as one left it. */
	if (demo < 0 || demo == p->played)
		return (struct request){REQUEST_NONE, 0};
	return (struct request){REQUEST_DEMO, demo};
}

struct request model_go_to_slide(struct model *m, int line)
{
	m->view = VIEW_PRESENT;
	return go_to(m, present_slide_at(&m->present, line));
}

static struct request go_on(struct model *m)
{
	struct player *p = shown(m);

	if (m->present.number)
		return go_to(m, (size_t)m->present.number - 1);
	if (!plays(m) || p->trouble)
		return go_to(m, m->present.at + 1);
	if (p->looking >= 0 && player_forward(p))
		return (struct request){REQUEST_NONE, 0};
	if (p->recorded || (p->finished >= 0 && !player_next_row(p, p->finished)))
		return go_to(m, m->present.at + 1);
	return player_step(p);
}

static struct request go_back(struct model *m)
{
	if (m->present.number) {
		m->present.number /= 10;
		return (struct request){REQUEST_NONE, 0};
	}
	if ((plays(m) && player_back(shown(m))) || m->present.at == 0)
		return (struct request){REQUEST_NONE, 0};
	return go_to(m, m->present.at - 1);
}

/* Digits are taken until no further one could follow. */
static struct request digit(struct model *m, uint32_t key)
{
	struct present *p = &m->present;
	int number = p->number * 10 + (int)(key - '0'), n = (int)p->slides.n;

	if (number > n)
		number = (int)(key - '0');
	p->number = number <= n ? number : 0;
	if (p->number && p->number * 10 > n)
		return go_to(m, (size_t)p->number - 1);
	return (struct request){REQUEST_NONE, 0};
}

static void recall(struct model *m)
{
	struct recall *r = &m->present.recall;
	char *message;

	if (r->of) {
		recall_toggle(r, &m->player);
		return;
	}
	message = str_make(_("No rehearsal of this demo is kept; `socktutor run %s` makes one."),
			   m->present.lesson->id);
	model_say(m, message);
	free(message);
}

static struct request restart(struct model *m)
{
	recall_close(&m->present.recall);
	return player_restart(&m->player);
}

static struct request handle_demo(struct model *m, enum op op, const struct input *input)
{
	if (op == OP_RESTART)
		return restart(m);
	if (op == OP_RECALL)
		recall(m);
	else if (op == OP_SETUP)
		shown(m)->setup_open = !shown(m)->setup_open;
	else if (op == OP_TIME)
		shown(m)->true_time = !shown(m)->true_time;
	else if (op == OP_EXPLAIN)
		model_mark_word(m, 1);
	else if (op == OP_CLICK)
		model_explain_word(m, input->x, input->y);
	return (struct request){REQUEST_NONE, 0};
}

static struct request handle(struct model *m, enum op op, const struct input *input)
{
	struct present *p = &m->present;

	if (op == OP_LEAVE)
		return (struct request){REQUEST_CLOSE, 0};
	if (op == OP_STEP)
		return go_on(m);
	if (op == OP_BACK)
		return go_back(m);
	if (op == OP_CHOOSE)
		return digit(m, input->key);
	if (op == OP_DOWN)
		return go_to(m, p->at + 1);
	if (op == OP_UP)
		return go_to(m, p->at ? p->at - 1 : 0);
	if (op == OP_FIRST || op == OP_LAST)
		return go_to(m, op == OP_FIRST ? 0 : p->slides.n - 1);
	if (plays(m))
		return handle_demo(m, op, input);
	return (struct request){REQUEST_NONE, 0};
}

static const struct binding *keys_now(const struct model *m)
{
	if (!plays(m) || !m->present.recall.of)
		return NULL;
	return m->present.recall.shows ? keys_recorded : keys_rehearsed;
}

const struct view view_present = {N_("Presenting a lesson"), keys, draw, handle, keys_now};
