#include "view/lens_line.h"

#include "base/clock.h"
#include "base/text.h"

#include <string.h>

/* The kernel's timer counts down on the screen only while a blocked call has it drawn again and
 * again: else the figure would stand still. */
static void add_countdown(struct str *to, const struct player *p, const struct event *e,
			  int64_t now)
{
	bool counts = e->u.lens.timer == LENS_TIMER_AGAIN || e->u.lens.timer == LENS_TIMER_PROBE;
	size_t end = player_end(p);
	int64_t left = e->ns + e->u.lens.timer_ms * CLOCK_MS - (now - p->began);

	if (!counts || p->looking >= 0 || left < 0 ||
	    (player_blocked(p, ROLE_A, end) == EVENT_NONE &&
	     player_blocked(p, ROLE_B, end) == EVENT_NONE))
		return;
	str_addf(to, _(" · again in %d.%d s"), (int)(left / CLOCK_S),
		 (int)(left % CLOCK_S / (100 * CLOCK_MS)));
}

/* Take the last of the parts of TO away. Returns whether there was more than one. */
static bool drop_part(struct str *to)
{
	static const char dot[] = " · ";
	const char *text = str_text(to), *last = NULL;

	for (const char *at = text; (at = strstr(at, dot)); at++)
		last = at;
	if (last)
		str_cut(to, (size_t)(last - text));
	return last;
}

/* What is most telling and fits in WIDTH columns: the bytes that wait before those that only may be
 * sent, and at least the state. */
static void write_less(struct str *to, const struct canvas *c, const struct event *e, int width)
{
	struct str least = {0};
	int columns;

	lens_words(to, e, LENS_LESS);
	if (canvas_columns(c, str_text(to)) <= width)
		return;
	while (canvas_columns(c, str_text(to)) > width && drop_part(to))
		;
	columns = canvas_columns(c, str_text(to));
	lens_words(&least, e, LENS_LEAST);
	/* So much was dropped that the state is said better in its shortest way. */
	if (columns > width || columns <= canvas_columns(c, str_text(&least))) {
		str_cut(to, 0);
		str_add(to, str_text(&least));
	}
	str_free(&least);
}

/* The most that fits in WIDTH columns; the countdown matters more than what stands still. */
static void write_words(struct str *to, const struct canvas *c, const struct player *p,
			const struct event *e, int64_t now, int width)
{
	struct str countdown = {0};
	int left, much = LENS_ALL;

	add_countdown(&countdown, p, e, now);
	left = width - canvas_columns(c, str_text(&countdown));
	do {
		str_cut(to, 0);
		if (much == LENS_LESS)
			write_less(to, c, e, left);
		else
			lens_words(to, e, (enum lens_much)much);
	} while (canvas_columns(c, str_text(to)) > left && much-- > LENS_LESS);
	if (canvas_columns(c, str_text(to)) <= left)
		str_add(to, str_text(&countdown));
	str_free(&countdown);
}

void lens_line_draw(struct canvas *c, int x, int y, int w, const struct player *p, enum role role,
		    int64_t now)
{
	const struct lenses *lenses = &player_timeline(p)->lenses;
	uint32_t socket = lenses_telling(lenses, &p->events, role);
	const struct lens_now *at;
	struct str words = {0};
	enum style style;
	int used;

	if (socket == 0 || w < 12)
		return;
	at = &lenses->list.at[socket - 1];
	style = at->newest != at->before && player_row(p) > 0 ? STYLE_BOLD : STYLE_NORMAL;
	write_words(&words, c, p, &p->events.list.at[at->newest], now, w - 5);
	canvas_text(c, x + 1, y, 1, style, " ");
	used = canvas_short(c, x + 2, y, w - 5, style, str_text(&words));
	canvas_text(c, x + 2 + used, y, 1, style, " ");
	str_free(&words);
}
