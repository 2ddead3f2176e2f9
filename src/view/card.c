#include "view/card.h"

#include "base/names.h"
#include "base/text.h"
#include "base/utf8.h"

#include <ctype.h>
#include <string.h>

enum { BOX_MOST = 76, DEMOS_MOST = 4, PAGE = 10 };

static const struct binding keys_one[] = {
	{{INPUT_PAGE_DOWN, ' ', INPUT_DOWN, 'j', INPUT_WHEEL_DOWN}, OP_PAGE_DOWN, "↑↓",
	 N_("scroll"), NULL},
	{{INPUT_PAGE_UP, 'b', INPUT_UP, 'k', INPUT_WHEEL_UP}, OP_PAGE_UP, "", NULL, NULL},
	{{KEYS_ANY}, OP_LEAVE, "Esc", N_("close"), NULL},
	{{0}, OP_NONE, NULL, NULL, NULL},
};

static const struct binding keys_many[] = {
	{{INPUT_DOWN, 'j', INPUT_TAB, INPUT_RIGHT, 'l'}, OP_DOWN, "↑↓", N_("another"), NULL},
	{{INPUT_UP, 'k', INPUT_BACKTAB, INPUT_LEFT, 'h'}, OP_UP, "", NULL, NULL},
	{{INPUT_PAGE_DOWN, ' ', INPUT_WHEEL_DOWN}, OP_PAGE_DOWN, "Space", N_("scroll"), NULL},
	{{INPUT_PAGE_UP, 'b', INPUT_WHEEL_UP}, OP_PAGE_UP, "", NULL, NULL},
	{{KEYS_ANY}, OP_LEAVE, "Esc", N_("close"), NULL},
	{{0}, OP_NONE, NULL, NULL, NULL},
};

/*
 * What is in it.
 */

void card_box_add(struct card_box *box, const struct card *card)
{
	for (size_t i = 0; i < box->list.n; i++)
		if (box->list.at[i] == card)
			return;
	vec_push(&box->list, card);
}

/* The card that has this very NAME. */
static const struct card *card_named(const struct cards *cards, const char *name)
{
	const struct card *card = cards ? cards_find(cards, name) : NULL;

	if (!card || strcmp(card->name, name) == 0)
		return card;
	for (size_t i = 0; i < card->also.n; i++)
		if (strcmp(card->also.at[i], name) == 0)
			return card;
	return NULL;
}

static void add_named(struct card_box *box, const struct cards *cards, const char *name)
{
	const struct card *card = name ? card_named(cards, name) : NULL;

	if (card)
		card_box_add(box, card);
}

static bool in_name(char c)
{
	return isalnum((unsigned char)c) || c == '_';
}

/* The end of the string that begins at P, or of the text. */
static const char *after_string(const char *p)
{
	for (p++; *p && *p != '"'; p++)
		if (*p == '\\' && p[1])
			p++;
	return *p ? p + 1 : p;
}

void card_box_text(struct card_box *box, const struct cards *cards, const char *text)
{
	while (*text) {
		size_t n = 0;

		if (*text == '"') {
			text = after_string(text);
			continue;
		}
		while (in_name(text[n]))
			n++;
		if (n) {
			char *name = mem_strndup(text, n);

			add_named(box, cards, name);
			free(name);
		}
		text += n ? n : 1;
	}
}

static void add_segment(struct card_box *box, const struct cards *cards, const struct segment *s)
{
	if (s->protocol != PROTOCOL_TCP)
		return;
	if (s->flags & SEGMENT_RST)
		add_named(box, cards, "RST");
	if (s->flags & SEGMENT_FIN)
		add_named(box, cards, "FIN");
	if (s->flags & SEGMENT_SYN)
		add_named(box, cards, "SYN");
}

static void add_return(struct card_box *box, const struct cards *cards, const struct event *e)
{
	if (e->u.ret.err)
		add_named(box, cards, errno_name(e->u.ret.err));
	else if (e->u.ret.reads && e->u.ret.result == 0)
		add_named(box, cards, "EOF");
	else if (e->text)
		card_box_text(box, cards, e->text);
}

static void add_event(struct card_box *box, const struct cards *cards, const struct event *e)
{
	if (e->kind == EVENT_CALL && e->text)
		card_box_text(box, cards, e->text);
	else if (e->kind == EVENT_RETURN)
		add_return(box, cards, e);
	else if (e->kind == EVENT_BLOCKED)
		add_named(box, cards, "blocks");
	else if (e->kind == EVENT_SIGNAL)
		add_named(box, cards, signal_name(e->u.signal.number));
	else if (e->kind == EVENT_END)
		add_named(box, cards, e->u.end.signal ? signal_name(e->u.end.signal) : "exited");
	else if (e->kind == EVENT_SEGMENT)
		add_segment(box, cards, &e->u.segment);
}

/* What one would rather look up stands first. */
static int rank(const struct card *card)
{
	static const char *const order[] = {"errno", "signal", "state", "word", "call"};
	int n = (int)(sizeof order / sizeof *order);

	for (int i = 0; i < n; i++)
		if (strcmp(card->kind, order[i]) == 0)
			return i;
	return n;
}

static void sort(struct card_box *box)
{
	for (size_t i = 1; i < box->list.n; i++) {
		const struct card *card = box->list.at[i];
		size_t to = i;

		for (; to > 0 && rank(box->list.at[to - 1]) > rank(card); to--)
			box->list.at[to] = box->list.at[to - 1];
		box->list.at[to] = card;
	}
}

void card_box_step(struct card_box *box, const struct cards *cards, const struct player *p)
{
	bool called[ROLES] = {false}, returned[ROLES] = {false};
	int row = player_row(p);

	for (size_t i = player_end(p); i-- > 0;) {
		const struct event *e = &p->events.list.at[i];
		bool *met = e->kind == EVENT_CALL ? called : e->kind == EVENT_RETURN ? returned : NULL;

		if (e->row == 0 && row > 0)
			break;
		/* An outcome speaks of the newest call, which may have been made rows before. */
		if (e->row == row || (met && e->role != ROLE_NONE && !met[e->role]))
			add_event(box, cards, e);
		if (met && e->role != ROLE_NONE)
			met[e->role] = true;
	}
	sort(box);
}

static bool name_at(const struct canvas *c, int x, int y)
{
	const struct glyph *g = canvas_at(c, x, y);

	return g && in_name(g->text[0]) && g->text[1] == '\0';
}

void card_box_word(struct card_box *box, const struct cards *cards, const struct canvas *c, int x,
		   int y)
{
	const struct card *card;
	struct str word = {0};

	while (name_at(c, x, y) && name_at(c, x - 1, y))
		x--;
	for (; name_at(c, x, y); x++)
		str_add(&word, canvas_at(c, x, y)->text);
	card = cards && word.len ? cards_find(cards, str_text(&word)) : NULL;
	if (card)
		card_box_add(box, card);
	str_free(&word);
}

bool card_box_shows(const struct card_box *box)
{
	return box->list.n > 0;
}

void card_box_clear(struct card_box *box)
{
	vec_free(&box->list);
	*box = (struct card_box){.at = 0};
}

/*
 * Keys.
 */

const struct binding *card_box_keys(const struct card_box *box)
{
	return box->list.n > 1 ? keys_many : keys_one;
}

static void turn(struct card_box *box, size_t by)
{
	box->at = (box->at + by) % box->list.n;
	box->scroll = 0;
}

void card_box_handle(struct card_box *box, enum op op)
{
	if (op == OP_DOWN)
		turn(box, 1);
	else if (op == OP_UP)
		turn(box, box->list.n - 1);
	else if (op == OP_PAGE_DOWN)
		box->scroll += PAGE;
	else if (op == OP_PAGE_UP)
		box->scroll -= PAGE;
	else
		card_box_clear(box);
}

/*
 * Drawing.
 */

enum part { ALSO, WHEN, TO_DO, SEEN_IN, MANUAL, PARTS };

static const char *const labels[PARTS] = {
	[ALSO] = N_("Also"),       [WHEN] = N_("When"),     [TO_DO] = N_("To do"),
	[SEEN_IN] = N_("Seen in"), [MANUAL] = N_("Manual"),
};

/* Columns of the widest label, and a gap. */
static int label_columns(void)
{
	int most = 0;

	for (size_t i = 0; i < PARTS; i++) {
		int columns = (int)utf8_columns(_(labels[i]));

		most = columns > most ? columns : most;
	}
	return most + 2;
}

static void add_part(struct lines *out, int width, enum part part, const char *text)
{
	int columns = label_columns();
	const char *label = _(labels[part]);
	char *first, *rest;
	struct flow *flow;

	if (!text || !*text)
		return;
	first = str_make("%s%*s", label, columns - (int)utf8_columns(label), "");
	rest = str_make("%*s", columns, "");
	lines_add(out);
	flow = flow_start(out, width, first, rest, STYLE_DIM);
	flow_text(flow, STYLE_NORMAL, text);
	flow_end(flow);
	free(first);
	free(rest);
}

static void add_also(struct lines *out, int width, const struct card *card)
{
	struct str names = {0};

	for (size_t i = 0; i < card->also.n; i++)
		str_addf(&names, "%s%s", i ? ", " : "", card->also.at[i]);
	add_part(out, width, ALSO, str_text(&names));
	str_free(&names);
}

static void add_demos(struct lines *out, int width, const struct card *card,
		      const struct shelf *shelf)
{
	char *demos[DEMOS_MOST + 1];
	size_t n = shelf ? cards_shown_in(card, shelf, demos, DEMOS_MOST + 1) : 0;
	struct str text = {0};

	for (size_t i = 0; i < n; i++) {
		if (i < DEMOS_MOST)
			str_addf(&text, "%s%s", i ? ", " : "", demos[i]);
		free(demos[i]);
	}
	if (n > DEMOS_MOST) {
		char *some = str_take(&text);

		/* TRANSLATORS: names of demos, parted by commas */
		str_addf(&text, _("%s and others"), some);
		free(some);
	}
	add_part(out, width, SEEN_IN, str_text(&text));
	str_free(&text);
}

void card_lines(struct lines *out, int width, const struct card *card, const struct shelf *shelf)
{
	if (card->means)
		flow_all(out, width, STYLE_NORMAL, card->means);
	add_also(out, width, card);
	add_part(out, width, WHEN, card->when);
	add_part(out, width, TO_DO, card->todo);
	add_demos(out, width, card, shelf);
	add_part(out, width, MANUAL, card->man);
}

void card_title(struct str *to, const struct card *card)
{
	int err = errno_number(card->name, strlen(card->name));
	int sig = signal_number(card->name, strlen(card->name), 0);

	if (strcmp(card->kind, "errno") == 0 && err)
		str_addf(to, _("%1$s · error %2$d · %3$s"), card->name, err, errno_words(err));
	else if (strcmp(card->kind, "signal") == 0 && sig)
		str_addf(to, _("%1$s · signal %2$d · %3$s"), card->name, sig, signal_words(sig));
	else if (strcmp(card->kind, "call") == 0)
		str_addf(to, _("%s() · call"), card->name);
	else
		str_addf(to, "%s · %s", card->name, _(card->kind));
}

/* The names in the frame's lower border, the one that is shown marked; from it on, where not all
 * have room. */
static void draw_names(struct canvas *c, const struct card_box *box, int x, int y, int w)
{
	int need = 0, end = x + w;

	for (size_t i = 0; i < box->list.n; i++)
		need += canvas_columns(c, box->list.at[i]->name) + 2;
	for (size_t i = need > w ? box->at : 0; i < box->list.n && x < end - 4; i++) {
		bool shown = i == box->at;
		const char *name = box->list.at[i]->name;

		x += canvas_text(c, x, y, 1, STYLE_NORMAL, " ");
		x += canvas_short(c, x, y, end - x - 1, shown ? STYLE_SELECTED : STYLE_LINK, name);
		x += canvas_text(c, x, y, 1, STYLE_NORMAL, " ");
	}
}

void card_box_draw(struct canvas *c, struct card_box *box, const struct shelf *shelf)
{
	const struct card *card = box->list.at[box->at];
	int w = c->columns - 4 < BOX_MOST ? c->columns - 4 : BOX_MOST, h, room, x, y;
	struct lines lines = {.ascii = c->ascii};
	struct str head = {0};

	card_lines(&lines, w - 4, card, shelf);
	h = (int)lines.list.n + 3 < c->rows - 1 ? (int)lines.list.n + 3 : c->rows - 1;
	room = h - 3;
	if (box->scroll > (int)lines.list.n - room)
		box->scroll = (int)lines.list.n - room;
	if (box->scroll < 0)
		box->scroll = 0;
	x = (c->columns - w) / 2;
	y = (c->rows - 1 - h) / 2;
	card_title(&head, card);
	canvas_fill(c, x, y, w, h, STYLE_NORMAL, " ");
	canvas_box(c, x, y, w, h, str_text(&head), STYLE_HEADING);
	for (int i = 0; i < room; i++)
		line_draw(c, x + 2, y + 1 + i, w - 4, &lines.list.at[i + box->scroll]);
	if (box->scroll + room < (int)lines.list.n)
		canvas_right(c, x, y + h - 2, w - 2, STYLE_DIM, _("more …"));
	if (box->list.n > 1)
		draw_names(c, box, x + 2, y + h - 1, w - 4);
	c->cursor_x = -1;
	str_free(&head);
	lines_free(&lines);
}
