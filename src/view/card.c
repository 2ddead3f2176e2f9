#include "view/card.h"

#include "base/names.h"
#include "base/text.h"
#include "base/utf8.h"

#include <ctype.h>
#include <string.h>

enum { BOX_MOST = 76, DEMOS_MOST = 4, PAGE = 10 };

#define SCROLL_AND_CLOSE                                                                          \
	{{INPUT_ENTER}, OP_ENTER, "Enter", N_("go there"), NULL},                                 \
	{{INPUT_PAGE_DOWN, ' ', INPUT_WHEEL_DOWN}, OP_PAGE_DOWN, "Space", N_("scroll"), NULL},    \
	{{INPUT_PAGE_UP, 'b', INPUT_WHEEL_UP}, OP_PAGE_UP, "", NULL, NULL},                       \
	{{KEYS_ANY}, OP_LEAVE, "Esc", N_("close"), NULL},                                         \
	{{0}, OP_NONE, NULL, NULL, NULL}

static const struct binding keys_one[] = {
	{{INPUT_DOWN, 'j', INPUT_TAB, INPUT_RIGHT, 'l'}, OP_NEXT_DEMO, "↑↓", N_("demo"), NULL},
	{{INPUT_UP, 'k', INPUT_BACKTAB, INPUT_LEFT, 'h'}, OP_PREVIOUS_DEMO, "", NULL, NULL},
	SCROLL_AND_CLOSE,
};

static const struct binding keys_many[] = {
	{{INPUT_RIGHT, 'l', 'i'}, OP_DOWN, "←→", N_("another"), NULL},
	{{INPUT_LEFT, 'h', 'I'}, OP_UP, "", NULL, NULL},
	{{INPUT_DOWN, 'j', INPUT_TAB}, OP_NEXT_DEMO, "↑↓", N_("demo"), NULL},
	{{INPUT_UP, 'k', INPUT_BACKTAB}, OP_PREVIOUS_DEMO, "", NULL, NULL},
	SCROLL_AND_CLOSE,
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

const struct card *card_named(const struct cards *cards, const char *name)
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
	box->entry = 0;
}

/* The demos that show the card in TO, which has room for one more than are named; how many. */
static size_t entries(const struct card *card, const struct shelf *shelf, char **to)
{
	return shelf ? cards_shown_in(card, shelf, to, DEMOS_MOST + 1) : 0;
}

static int count_entries(const struct card_box *box, const struct shelf *shelf)
{
	char *demos[DEMOS_MOST + 1];
	size_t n = entries(box->list.at[box->at], shelf, demos);

	for (size_t i = 0; i < n; i++)
		free(demos[i]);
	return n < DEMOS_MOST ? (int)n : DEMOS_MOST;
}

/* Mark the next demo; where there is none, scroll. */
static void move(struct card_box *box, const struct shelf *shelf, int by)
{
	int n = count_entries(box, shelf);

	if (n == 0)
		box->scroll += by * PAGE;
	else if (box->entry == 0)
		box->entry = by > 0 ? 1 : n;
	else
		box->entry = (box->entry - 1 + by + n) % n + 1;
}

static bool find_demo(const struct shelf *shelf, const char *name, size_t *lesson, size_t *demo)
{
	for (*lesson = 0; *lesson < shelf->lessons.n; ++*lesson) {
		const struct lesson *l = shelf->lessons.at[*lesson];
		size_t n = strlen(l->id);

		if (strncmp(name, l->id, n) != 0 || name[n] != '#')
			continue;
		for (*demo = 0; *demo < l->demos.n; ++*demo)
			if (strcmp(l->demos.at[*demo].id, name + n + 1) == 0)
				return true;
	}
	return false;
}

bool card_box_entry(const struct card_box *box, const struct shelf *shelf, size_t *lesson,
		    size_t *demo)
{
	char *demos[DEMOS_MOST + 1];
	size_t n = box->entry ? entries(box->list.at[box->at], shelf, demos) : 0;
	bool found = (size_t)box->entry <= n && n > 0 &&
		     find_demo(shelf, demos[box->entry - 1], lesson, demo);

	for (size_t i = 0; i < n; i++)
		free(demos[i]);
	return found;
}

void card_box_handle(struct card_box *box, enum op op, const struct shelf *shelf)
{
	if (op == OP_DOWN)
		turn(box, 1);
	else if (op == OP_UP)
		turn(box, box->list.n - 1);
	else if (op == OP_NEXT_DEMO || op == OP_PREVIOUS_DEMO)
		move(box, shelf, op == OP_NEXT_DEMO ? 1 : -1);
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

/* A part of a card under way: its text goes into the flow. */
struct paragraph {
	struct flow *flow;
	char *first, *rest;
};

static struct paragraph part_start(struct lines *out, int width, enum part part)
{
	int columns = label_columns();
	const char *label = _(labels[part]);
	struct paragraph p = {
		.first = str_make("%s%*s", label, columns - (int)utf8_columns(label), ""),
		.rest = str_make("%*s", columns, ""),
	};

	lines_add(out);
	p.flow = flow_start(out, width, p.first, p.rest, STYLE_DIM);
	return p;
}

static void part_end(struct paragraph *p)
{
	flow_end(p->flow);
	free(p->first);
	free(p->rest);
}

static void add_part(struct lines *out, int width, enum part part, const char *text)
{
	struct paragraph p;

	if (!text || !*text)
		return;
	p = part_start(out, width, part);
	flow_text(p.flow, STYLE_NORMAL, text);
	part_end(&p);
}

static void add_also(struct lines *out, int width, const struct card *card)
{
	struct str names = {0};

	for (size_t i = 0; i < card->also.n; i++)
		str_addf(&names, "%s%s", i ? ", " : "", card->also.at[i]);
	add_part(out, width, ALSO, str_text(&names));
	str_free(&names);
}

/* Names by commas, the one numbered MARKED marked; N may be one more than are named. */
static void add_names(struct flow *flow, char **names, size_t n, int marked)
{
	/* TRANSLATORS: names of demos, parted by commas */
	const char *pattern = n > DEMOS_MOST ? _("%s and others") : "%s";
	const char *at = strstr(pattern, "%s");
	char *before = mem_strndup(pattern, (size_t)(at - pattern));

	flow_text(flow, STYLE_NORMAL, before);
	for (size_t i = 0; i < n && i < DEMOS_MOST; i++) {
		flow_text(flow, STYLE_NORMAL, i ? ", " : "");
		flow_text(flow, (int)i + 1 == marked ? STYLE_SELECTED : STYLE_LINK, names[i]);
	}
	flow_text(flow, STYLE_NORMAL, at + strlen("%s"));
	free(before);
}

static void add_demos(struct lines *out, int width, const struct card *card,
		      const struct shelf *shelf, int marked)
{
	char *demos[DEMOS_MOST + 1];
	size_t n = entries(card, shelf, demos);
	struct paragraph p;

	if (n == 0)
		return;
	p = part_start(out, width, SEEN_IN);
	add_names(p.flow, demos, n, marked);
	part_end(&p);
	for (size_t i = 0; i < n; i++)
		free(demos[i]);
}

void card_lines(struct lines *out, int width, const struct card *card, const struct shelf *shelf,
		int marked)
{
	if (card->means)
		flow_all(out, width, STYLE_NORMAL, card->means);
	add_also(out, width, card);
	add_part(out, width, WHEN, card->when);
	add_part(out, width, TO_DO, card->todo);
	add_demos(out, width, card, shelf, marked);
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

/* Scroll to the demo that is marked, if one is. */
static void show_marked(struct card_box *box, const struct lines *lines, int room)
{
	for (int i = 0; i < (int)lines->list.n; i++) {
		const struct line *line = &lines->list.at[i];
		bool marked = false;

		for (size_t k = 0; k < line->runs.n; k++)
			marked = marked || line->runs.at[k].style == STYLE_SELECTED;
		if (marked && i < box->scroll)
			box->scroll = i;
		else if (marked && i >= box->scroll + room)
			box->scroll = i - room + 1;
	}
}

void card_box_draw(struct canvas *c, struct card_box *box, const struct shelf *shelf)
{
	const struct card *card = box->list.at[box->at];
	int w = c->columns - 4 < BOX_MOST ? c->columns - 4 : BOX_MOST, h, room, x, y;
	struct lines lines = {.ascii = c->ascii};
	struct str head = {0};

	card_lines(&lines, w - 4, card, shelf, box->entry);
	h = (int)lines.list.n + 3 < c->rows - 1 ? (int)lines.list.n + 3 : c->rows - 1;
	room = h - 3;
	show_marked(box, &lines, room);
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
