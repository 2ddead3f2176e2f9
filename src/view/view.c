#include "view/view.h"

#include "base/utf8.h"
#include "view/welcome.h"

#include <string.h>

static const struct view *const views[VIEWS] = {
	[VIEW_HOME] = &view_home,
	[VIEW_READER] = &view_reader,
	[VIEW_DEMO] = &view_demo,
	[VIEW_FINDER] = &view_finder,
	[VIEW_PRESENT] = &view_present,
};

const struct view *view_at(enum view_id id)
{
	return views[id];
}

void model_start(struct model *m, const struct shelf *shelf)
{
	*m = (struct model){.shelf = shelf, .player = {.looking = -1, .finished = -1},
			    .trail = {SIZE_MAX, 0}};
}

void model_free(struct model *m)
{
	home_free(&m->home);
	reader_free(&m->reader);
	asking_free(&m->asking);
	player_free(&m->player);
	hand_free(&m->hand);
	labs_free(&m->labs);
	program_free(&m->program);
	editor_free(&m->editor);
	compare_free(&m->comparing);
	card_box_clear(&m->box);
	finder_free(&m->finder);
	present_free(&m->present);
	free(m->sought);
	free(m->message);
}

bool model_explain_word(struct model *m, int x, int y)
{
	struct canvas c;

	canvas_start(&c, m->columns, m->rows, m->ascii);
	views[m->view]->draw(&c, m);
	card_box_word(&m->box, m->cards, &c, x, y);
	canvas_free(&c);
	return card_box_shows(&m->box);
}

/* What there is to mark on the screen as it is now. */
static void find_words(struct words *words, struct model *m)
{
	struct canvas c;

	canvas_start(&c, m->columns, m->rows, m->ascii);
	views[m->view]->draw(&c, m);
	words_find(words, m->cards, &c);
	canvas_free(&c);
}

void model_mark_word(struct model *m, int by)
{
	struct words words;
	size_t n, at;

	find_words(&words, m);
	n = words.list.n;
	at = words_index(&words, m->marked);
	if (n == 0)
		model_say(m, _("Nothing on this screen has a card."));
	if (at == SIZE_MAX)
		at = 0;
	else
		at = (at + (by > 0 ? 1 : n - 1)) % n;
	m->marked = n ? words.list.at[at].card : NULL;
	words_free(&words);
}

/* All cards of the screen, so that one can go on from one to the other; the marked one shows. */
static void open_marked(struct model *m)
{
	struct words words;

	find_words(&words, m);
	for (size_t i = 0; i < words.list.n; i++)
		card_box_add(&m->box, words.list.at[i].card);
	if (words_index(&words, m->marked) != SIZE_MAX)
		m->box.at = words_index(&words, m->marked);
	words_free(&words);
}

static void draw_marked(struct canvas *c, struct model *m)
{
	struct words words;
	size_t at;

	words_find(&words, m->cards, c);
	at = words_index(&words, m->marked);
	if (at == SIZE_MAX) {
		m->marked = NULL;
	} else {
		const struct word *word = &words.list.at[at];

		canvas_restyle(c, word->x, word->y, word->columns, STYLE_SELECTED);
		c->cursor_x = word->x;
		c->cursor_y = word->y;
	}
	words_free(&words);
}

/* A key while a name is marked. Returns whether it was about that; any other ends it. */
static bool marked_takes(struct model *m, uint32_t key)
{
	enum op op = keys_find(words_keys(), key);

	if (op == OP_DOWN || op == OP_UP)
		model_mark_word(m, op == OP_DOWN ? 1 : -1);
	else if (op == OP_ENTER)
		open_marked(m);
	else
		m->marked = NULL;
	return op != OP_NONE;
}

/* To the demo that is marked in the card, where it stands in its lesson. */
static struct request follow(struct model *m)
{
	struct trail from = {model_lesson_index(m), 0};
	size_t lesson, demo;

	if (!card_box_entry(&m->box, m->shelf, &lesson, &demo)) {
		card_box_clear(&m->box);
		return (struct request){REQUEST_NONE, 0};
	}
	card_box_clear(&m->box);
	m->marked = NULL;
	if (m->present.lesson && lesson != from.lesson) {
		model_say(m, _("That is another lesson; q ends the presentation."));
		return (struct request){REQUEST_NONE, 0};
	}
	if (m->present.lesson)
		return model_go_to_slide(m, m->reader.lesson->demos.at[demo].line);
	from.line = from.lesson == SIZE_MAX ? 0 : reader_place(&m->reader);
	if (m->view == VIEW_FINDER) {
		m->finder.left = true;
		from.lesson = SIZE_MAX;
	}
	model_go(m, lesson, 0);
	reader_show_demo(m, demo);
	if (lesson != from.lesson)
		m->trail = from;
	return (struct request){REQUEST_READ, 0};
}

static struct request card_input(struct model *m, enum op op)
{
	if (op == OP_ENTER)
		return follow(m);
	card_box_handle(&m->box, op, m->shelf);
	return (struct request){REQUEST_NONE, 0};
}

void model_close_lesson(struct model *m)
{
	struct trail back = m->trail;

	if (back.lesson == SIZE_MAX)
		m->view = m->finder.open ? VIEW_FINDER : VIEW_HOME;
	else
		model_open_lesson(m, back.lesson, back.line);
}

void model_say(struct model *m, const char *text)
{
	free(m->message);
	m->message = mem_strdup(text);
}

static void forget_search(struct model *m)
{
	free(m->sought);
	m->sought = NULL;
}

void model_open_lesson(struct model *m, size_t index, int line)
{
	reader_free(&m->reader);
	forget_search(m);
	m->home.chosen = index;
	m->home.counted = false;
	m->trail.lesson = SIZE_MAX;
	m->reader = (struct reader){.lesson = m->shelf->lessons.at[index],
				    .focus = SIZE_MAX,
				    .place = line,
				    .demo = -1,
				    .quiz.question = -1};
	m->view = VIEW_READER;
}

size_t model_lesson_index(const struct model *m)
{
	for (size_t i = 0; i < m->shelf->lessons.n; i++)
		if (m->shelf->lessons.at[i] == m->reader.lesson)
			return i;
	return SIZE_MAX;
}

void model_go(struct model *m, size_t index, int line)
{
	if (model_lesson_index(m) != index) {
		model_open_lesson(m, index, line);
		return;
	}
	reader_go(&m->reader, line);
	m->view = VIEW_READER;
}

int model_place(const struct model *m, size_t index)
{
	struct place place = {NULL, 0};

	if (m->progress)
		place = progress_where(m->progress);
	return str_same(place.lesson, m->shelf->lessons.at[index]->id) ? place.line : 0;
}

void model_open_demo(struct model *m, size_t index)
{
	m->panels = (struct panels){0};
	player_free(&m->player);
	hand_free(&m->hand);
	labs_free(&m->labs);
	if (m->editor.draft.original != &m->reader.lesson->demos.at[index])
		editor_free(&m->editor);
	lesson_free(m->editor.changed);
	m->editor.changed = NULL;
	player_start(&m->player, m->reader.lesson, &m->reader.lesson->demos.at[index]);
	player_real_time(&m->player, m->real_time);
	asking_open(&m->asking, &m->player, m->reader.lesson, index,
		    m->no_predictions || m->present.lesson);
	m->view = m->present.lesson ? VIEW_PRESENT : VIEW_DEMO;
	if (m->present.lesson)
		present_plays(&m->present, (int)index);
	reader_show_demo(m, index);
}

const struct demo *model_own_demo(const struct model *m)
{
	if (m->editor.changed)
		return m->editor.draft.original;
	return hand_is_on(m) ? m->hand.session.original : m->player.demo;
}

void model_change_demo(struct model *m)
{
	struct editor *e = &m->editor;
	const struct demo *demo = e->next ? &e->next->demos.at[0] : e->draft.original;

	m->panels = (struct panels){0};
	player_free(&m->player);
	hand_free(&m->hand);
	labs_free(&m->labs);
	player_start(&m->player, m->reader.lesson, demo);
	player_real_time(&m->player, m->real_time);
	asking_give_up(&m->asking, &m->player);
	lesson_free(e->changed);
	e->changed = e->next;
	e->next = NULL;
}

/* The demo counts as seen when its last row was carried out; for who presents nothing counts. */
static void note_seen(struct model *m)
{
	const struct player *p = &m->player;

	if (!m->progress || m->editor.changed || hand_is_on(m) || m->present.lesson || p->restarting ||
	    p->deeds.n || p->finished < 0 || player_next_row(p, p->finished) ||
	    progress_has_seen(m->progress, p->lesson->id, p->demo->id))
		return;
	progress_demo_seen(m->progress, p->lesson->id, p->demo->id);
}

struct player *model_player(struct model *m, enum act act)
{
	return act == ACT_MAIN ? &m->player : &m->comparing.other;
}

void model_event(struct model *m, enum act act, struct event event)
{
	player_event(model_player(m, act), event, m->now);
	if (act != ACT_MAIN)
		return;
	asking_happened(&m->asking, &m->player, m->progress);
	recall_happened(&m->present.recall, &m->player);
	note_seen(m);
	labs_happened(m);
}

void model_gone(struct model *m, enum act act, const char *why)
{
	player_gone(model_player(m, act), why);
	if (act == ACT_MAIN)
		asking_happened(&m->asking, &m->player, m->progress);
}

int64_t model_due(const struct model *m)
{
	if (hand_due(m))
		return 0;
	return compare_is_on(m) ? compare_due(m) : player_due(&m->player, m->now);
}

struct request model_tick(struct model *m)
{
	if (compare_is_on(m))
		return compare_tick(m);
	if (hand_due(m))
		return hand_tick(m);
	if (m->player.queued && asking_stops(&m->asking, &m->player)) {
		m->player.queued = false;
		return (struct request){REQUEST_NONE, 0};
	}
	return player_tick(&m->player, m->now);
}

struct request model_other_request(struct model *m)
{
	struct request request = m->comparing.request;

	m->comparing.request = (struct request){REQUEST_NONE, 0};
	return request;
}

void model_alone(struct model *m)
{
	compare_end(m);
}

void view_too_small(struct canvas *c)
{
	struct str s = {0};
	struct lines lines = {.ascii = c->ascii};

	str_addf(&s,
		 _("This needs at least %1$d columns and %2$d lines; there are %3$d and %4$d. Make "
		   "the window larger, or press q to quit."),
		 SCREEN_LEAST_COLUMNS, SCREEN_LEAST_ROWS, c->columns, c->rows);
	flow_all(&lines, c->columns, STYLE_NORMAL, str_text(&s));
	for (size_t i = 0; i < lines.list.n; i++)
		line_draw(c, 0, (int)i, c->columns, &lines.list.at[i]);
	lines_free(&lines);
	str_free(&s);
}

/* Above line BOTTOM, in as many lines as it takes: what went wrong, and where, stands at its end. */
static void draw_message(struct canvas *c, const struct model *m, int bottom)
{
	enum { MOST = 6 };
	struct lines lines = {.ascii = c->ascii};
	int n;

	flow_all(&lines, c->columns - 2, STYLE_ACCENT, m->message);
	n = lines.list.n < MOST ? (int)lines.list.n : MOST;
	canvas_fill(c, 0, bottom - n, c->columns, n, STYLE_NORMAL, " ");
	for (int i = 0; i < n; i++)
		line_draw(c, 1, bottom - n + i, c->columns - 2, &lines.list.at[i]);
	lines_free(&lines);
}

static bool too_small(const struct model *m)
{
	return m->columns < SCREEN_LEAST_COLUMNS || m->rows < SCREEN_LEAST_ROWS;
}

static const struct binding *keys_now(const struct model *m)
{
	const struct view *view = views[m->view];
	const struct binding *now = view->keys_now ? view->keys_now(m) : NULL;

	if (m->welcome)
		return welcome_keys();
	if (card_box_shows(&m->box))
		return card_box_keys(&m->box);
	if (m->marked)
		return words_keys();
	return now ? now : view->keys;
}

void model_draw(struct canvas *c, struct model *m)
{
	const struct view *view = views[m->view];

	if (c->columns != m->columns || c->rows != m->rows)
		canvas_resize(c, m->columns, m->rows);
	else
		canvas_clear(c);
	if (too_small(m)) {
		view_too_small(c);
		return;
	}
	view->draw(c, m);
	if (m->marked)
		draw_marked(c, m);
	if (card_box_shows(&m->box))
		card_box_draw(c, &m->box, m->shelf);
	keys_bar(c, c->rows - 1, keys_now(m));
	if (m->message)
		draw_message(c, m, c->rows - 1);
	if (m->welcome)
		welcome_draw(c);
	else if (m->help)
		keys_help(c, _(view->name), keys_now(m), m->help - 1);
}

void model_rub_out(struct str *text)
{
	while (text->len > 0) {
		size_t at = text->len - 1;
		uint32_t cp;

		while (at > 0 && ((unsigned char)text->p[at] & 0xc0) == 0x80)
			at--;
		utf8_get(text->p + at, text->len - at, &cp);
		str_cut(text, at);
		if (utf8_width(cp) > 0)
			return;
	}
}

static struct request small_input(const struct input *input)
{
	bool quit = input->key == 'q' || input->key == INPUT_ESC;

	return (struct request){quit ? REQUEST_QUIT : REQUEST_NONE, 0};
}

static void close_welcome(struct model *m)
{
	m->welcome = false;
	if (m->progress)
		progress_visited(m->progress);
}

struct request model_input(struct model *m, const struct input *input)
{
	const struct view *view = views[m->view];
	struct request none = {REQUEST_NONE, 0};
	enum op op;

	if (too_small(m))
		return small_input(input);
	/* What it covers was not read yet. */
	if (m->welcome) {
		close_welcome(m);
		return none;
	}
	free(m->message);
	m->message = NULL;
	if (m->help) {
		m->help = keys_help_goes_on(keys_now(m), m->rows, m->help - 1) ? m->help + 1 : 0;
		return none;
	}
	if (m->marked && !card_box_shows(&m->box) && marked_takes(m, input->key))
		return none;
	op = keys_find(keys_now(m), input->key);
	if (op == OP_NONE)
		return none;
	if (card_box_shows(&m->box))
		return card_input(m, op);
	if (op == OP_HELP)
		m->help = 1;
	else if (op == OP_SEARCH)
		model_open_finder(m);
	else
		return view->handle(m, op, input);
	return none;
}
