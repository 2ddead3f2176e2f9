#include "view/states.h"

#include "base/text.h"

#include <string.h>

struct point {
	int8_t x, y;
};

/* Where a state's name stands: its middle. */
static const struct {
	const char *name;
	struct point at;
} nodes[LENS_STATES] = {
	[LENS_CLOSE] = {"CLOSED", {39, 0}},
	[LENS_LISTEN] = {"LISTEN", {16, 2}},
	[LENS_SYN_SENT] = {"SYN_SENT", {62, 2}},
	[LENS_SYN_RECV] = {"SYN_RECV", {16, 5}},
	[LENS_ESTABLISHED] = {"ESTABLISHED", {39, 7}},
	[LENS_FIN_WAIT1] = {"FIN_WAIT1", {16, 10}},
	[LENS_CLOSE_WAIT] = {"CLOSE_WAIT", {62, 10}},
	[LENS_FIN_WAIT2] = {"FIN_WAIT2", {16, 13}},
	[LENS_CLOSING] = {"CLOSING", {46, 13}},
	[LENS_LAST_ACK] = {"LAST_ACK", {62, 13}},
	[LENS_TIME_WAIT] = {"TIME_WAIT", {16, 16}},
	[LENS_GONE] = {"CLOSED", {62, 16}},
};

/* An arrow's corners, from its first to its head; its words; where the roles that went there
 * are named. Those of length 0 have no line of their own. */
struct stroke {
	uint8_t n;
	struct point corner[4];
	const char *words;    /* what is called or comes, and what is sent */
	struct point words_at;
	struct point who_at;
};
static const struct stroke strokes[LENS_ARROWS] = {
	[ARROW_LISTEN] = {3, {{34, 0}, {16, 0}, {16, 1}}, "listen()", {18, 1}, {11, 1}},
	[ARROW_CONNECT] = {3, {{46, 0}, {62, 0}, {62, 1}}, "connect(): SYN", {64, 1}, {64, 0}},
	[ARROW_CALLED] = {2, {{16, 3}, {16, 4}}, "SYN: SYN+ACK", {18, 3}, {11, 3}},
	[ARROW_BOTH_CALL] = {3, {{59, 3}, {59, 5}, {24, 5}}, "SYN: SYN+ACK", {34, 4}, {47, 4}},
	[ARROW_ANSWERED] = {3, {{62, 3}, {62, 7}, {49, 7}}, "SYN+ACK: ACK", {64, 4}, {64, 5}},
	[ARROW_ACCEPTED] = {3, {{16, 6}, {16, 7}, {32, 7}}, "ACK", {18, 6}, {11, 6}},
	[ARROW_CLOSE_EARLY] = {4, {{10, 5}, {6, 5}, {6, 10}, {10, 10}}, "close()", {8, 8}, {1, 8}},
	[ARROW_CLOSE] = {3, {{36, 8}, {16, 8}, {16, 9}}, "close(): FIN", {18, 9}, {11, 9}},
	[ARROW_CLOSED_BY] = {3, {{42, 8}, {62, 8}, {62, 9}}, "FIN: ACK", {64, 9}, {64, 8}},
	[ARROW_FIN_ACKED] = {2, {{16, 11}, {16, 12}}, "ACK", {18, 11}, {11, 11}},
	[ARROW_BOTH_CLOSE] = {3, {{25, 10}, {46, 10}, {46, 12}}, "FIN: ACK", {48, 11}, {48, 12}},
	[ARROW_BOTH_ACKED] = {3, {{30, 10}, {30, 16}, {24, 16}}, "FIN+ACK: ACK", {32, 12}, {25, 12}},
	[ARROW_LAST_FIN] = {2, {{16, 14}, {16, 15}}, "FIN: ACK", {18, 14}, {11, 14}},
	[ARROW_CLOSING_ACKED] = {3, {{46, 14}, {46, 16}, {24, 16}}, "ACK", {48, 14}, {48, 15}},
	[ARROW_CLOSE_TOO] = {2, {{62, 11}, {62, 12}}, "close(): FIN", {64, 11}, {64, 12}},
	[ARROW_LAST_ACKED] = {2, {{62, 14}, {62, 15}}, "ACK", {64, 14}, {64, 15}},
	[ARROW_TIME_UP] = {3, {{16, 17}, {62, 17}, {62, 17}}, " 60 s ", {22, 17}, {30, 17}},
};

/*
 * Lines are laid on a grid before they are drawn, so that those that meet join.
 */
enum { UP = 1, DOWN = 2, LEFT = 4, RIGHT = 8 };

struct grid {
	uint8_t sides[STATES_ROWS][STATES_COLUMNS];
	uint8_t how[STATES_ROWS][STATES_COLUMNS]; /* enum way_how, the most of those that meet */
};

static void lay(struct grid *g, struct point at, unsigned sides, enum way_how how)
{
	uint8_t *cell = &g->sides[at.y][at.x];

	*cell = (uint8_t)(*cell | sides);
	if (g->how[at.y][at.x] < how)
		g->how[at.y][at.x] = (uint8_t)how;
}

static int8_t step_to(int8_t from, int8_t to)
{
	return (int8_t)(from < to ? from + 1 : from > to ? from - 1 : from);
}

static unsigned side_to(struct point from, struct point to)
{
	return to.x > from.x ? RIGHT : to.x < from.x ? LEFT : to.y > from.y ? DOWN : UP;
}

static void lay_line(struct grid *g, struct point from, struct point to, enum way_how how)
{
	while (from.x != to.x || from.y != to.y) {
		struct point next = {step_to(from.x, to.x), step_to(from.y, to.y)};

		lay(g, from, side_to(from, next), how);
		lay(g, next, side_to(next, from), how);
		from = next;
	}
}

static enum way_how most_of(const struct lens_way *const ways[ROLES], size_t arrow)
{
	enum way_how most = WAY_NOT;

	for (int r = 0; r < ROLES; r++)
		if (ways[r] && ways[r]->arrow[arrow] > most)
			most = (enum way_how)ways[r]->arrow[arrow];
	return most;
}

static void lay_all(struct grid *g, const struct lens_way *const ways[ROLES])
{
	for (size_t i = 0; i < LENS_ARROWS; i++)
		for (int k = 0; k + 1 < strokes[i].n; k++)
			lay_line(g, strokes[i].corner[k], strokes[i].corner[k + 1],
				 most_of(ways, i));
	/* These begin or end below a state. */
	lay(g, strokes[ARROW_TIME_UP].corner[1], UP, most_of(ways, ARROW_TIME_UP));
	lay(g, strokes[ARROW_TIME_UP].corner[0], UP, most_of(ways, ARROW_TIME_UP));
	lay(g, strokes[ARROW_CLOSE].corner[0], UP, most_of(ways, ARROW_CLOSE));
	lay(g, strokes[ARROW_CLOSED_BY].corner[0], UP, most_of(ways, ARROW_CLOSED_BY));
}

/* By the sides that a cell joins. */
static const char *const thin[16] = {
	" ", "│", "│", "│", "─", "┘", "┐", "┤", "─", "└", "┌", "├", "─", "┴", "┬", "┼",
};
static const char *const heavy[16] = {
	" ", "┃", "┃", "┃", "━", "┛", "┓", "┫", "━", "┗", "┏", "┣", "━", "┻", "┳", "╋",
};

static const char *line_text(unsigned sides, enum way_how how, bool ascii)
{
	bool upright = (sides & (LEFT | RIGHT)) == 0, flat = (sides & (UP | DOWN)) == 0;

	switch (how) {
	case WAY_NOT:
		return thin[sides];
	case WAY_UNSEEN:
		if (upright)
			return ascii ? ":" : "┊";
		if (flat)
			return ascii ? "." : "┈";
		return thin[sides];
	case WAY_SEEN:
		return heavy[sides];
	}
	return " ";
}

static enum style line_style(enum way_how how)
{
	return how == WAY_SEEN ? STYLE_BOLD : how == WAY_UNSEEN ? STYLE_NORMAL : STYLE_DIM;
}

static void draw_grid(struct canvas *c, int x, int y, const struct grid *g)
{
	for (int row = 0; row < STATES_ROWS; row++)
		for (int column = 0; column < STATES_COLUMNS; column++) {
			unsigned sides = g->sides[row][column];
			enum way_how how = (enum way_how)g->how[row][column];

			if (sides)
				canvas_text(c, x + column, y + row, 1, line_style(how),
					    line_text(sides, how, c->ascii));
		}
}

static void draw_head(struct canvas *c, int x, int y, const struct stroke *s, enum way_how how)
{
	struct point head = s->corner[s->n - 1], before = s->corner[s->n - 2];
	unsigned side = side_to(before, head);

	if (head.x == before.x && head.y == before.y)
		return;
	canvas_text(c, x + head.x, y + head.y, 1, line_style(how),
		    side == DOWN ? "▼" : side == LEFT ? "◀" : "▶");
}

/* `A`, `AB`; in parentheses who must have gone there, but was not seen to. */
static void write_who(struct str *to, const struct lens_way *const ways[ROLES], size_t arrow)
{
	static const char *const seen[ROLES] = {"A", "B"}, *const unseen[ROLES] = {"(A)", "(B)"};
	bool both = ways[ROLE_A] && ways[ROLE_B] && ways[ROLE_A]->arrow[arrow] == WAY_UNSEEN &&
		    ways[ROLE_B]->arrow[arrow] == WAY_UNSEEN;

	for (int r = 0; r < ROLES && !both; r++)
		if (ways[r] && ways[r]->arrow[arrow] != WAY_NOT)
			str_add(to, ways[r]->arrow[arrow] == WAY_SEEN ? seen[r] : unseen[r]);
	if (both)
		str_add(to, "(AB)");
}

static void draw_words(struct canvas *c, int x, int y, const struct lens_way *const ways[ROLES])
{
	for (size_t i = 0; i < LENS_ARROWS; i++) {
		const struct stroke *s = &strokes[i];
		enum way_how how = most_of(ways, i);
		struct str who = {0};

		if (s->n == 0)
			continue;
		draw_head(c, x, y, s, how);
		canvas_text(c, x + s->words_at.x, y + s->words_at.y, STATES_COLUMNS - s->words_at.x,
			    how == WAY_NOT ? STYLE_DIM : STYLE_NORMAL, s->words);
		write_who(&who, ways, i);
		canvas_text(c, x + s->who_at.x, y + s->who_at.y, 6, STYLE_ACCENT, str_text(&who));
		str_free(&who);
	}
}

static enum style node_style(const struct lens_way *const ways[ROLES], size_t node)
{
	enum style style = STYLE_DIM;

	for (int r = 0; r < ROLES; r++) {
		if (ways[r] && ways[r]->at == node)
			return STYLE_ACCENT;
		if (ways[r] && ways[r]->node[node] != WAY_NOT)
			style = STYLE_NORMAL;
	}
	return style;
}

static void draw_nodes(struct canvas *c, int x, int y, const struct lens_way *const ways[ROLES])
{
	for (size_t i = 0; i < LENS_STATES; i++) {
		bool a = ways[ROLE_A] && ways[ROLE_A]->at == i;
		bool b = ways[ROLE_B] && ways[ROLE_B]->at == i;
		int n = (int)strlen(nodes[i].name), from = x + nodes[i].at.x - n / 2;

		canvas_text(c, from, y + nodes[i].at.y, n, node_style(ways, i), nodes[i].name);
		if (a || b)
			canvas_text(c, from + n, y + nodes[i].at.y, 3, STYLE_ACCENT,
				    a && b ? "◂AB" : a ? "◂A" : "◂B");
	}
}

void states_draw(struct canvas *c, int x, int y, const struct lens_way *const ways[ROLES])
{
	struct grid grid = {.sides = {{0}}};

	lay_all(&grid, ways);
	draw_grid(c, x, y, &grid);
	draw_words(c, x, y, ways);
	draw_nodes(c, x, y, ways);
}

const char *states_name(lens_node node)
{
	return nodes[node].name;
}

void states_cut_words(struct str *to, const struct lens_way *way)
{
	if (way->cut && way->reset)
		str_addf(to, _("cut off in %s by a reset"), states_name(way->cut_from));
	else if (way->cut)
		str_addf(to, _("cut off in %s: reset or timed out"),
			 states_name(way->cut_from));
}
