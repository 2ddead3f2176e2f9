#include "view/lens_line.h"

#include "base/clock.h"
#include "base/text.h"

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
		lens_words(to, e, (enum lens_much)much);
	} while (canvas_columns(c, str_text(to)) > left && much-- > LENS_LEAST);
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
