#include "view/offer.h"

#include "base/text.h"

static void draw_signature(struct canvas *c, int x, int y, int w, const struct completions *could)
{
	const char *text = str_text(&could->signature);
	int end = x;

	if (!*text)
		return;
	end += canvas_text(c, x, y, w, STYLE_CODE, text);
	if (could->part_len)
		canvas_restyle(c, x + (int)could->part, y, (int)could->part_len, STYLE_BOLD);
	if (could->about)
		canvas_short(c, end + 2, y, x + w - end - 2, STYLE_DIM, _(could->about));
}

/* The first that is shown so that number ONE still has room. */
static size_t first_shown(const struct canvas *c, const struct completions *could, size_t one,
			  int room)
{
	size_t first = one;

	for (size_t i = one + 1; i-- > 0;) {
		room -= canvas_columns(c, could->list.at[i].text) + 2;
		if (room < 0)
			break;
		first = i;
	}
	return first;
}

void offer_draw(struct canvas *c, int x, int y, int w, const struct completions *could,
		size_t choice)
{
	enum { ELLIPSES = 4 };
	size_t i = 0;
	int end = x + w;

	draw_signature(c, x, y, w, could);
	if (could->list.n && choice != SIZE_MAX)
		i = first_shown(c, could, choice, w - ELLIPSES);
	if (i > 0)
		x += canvas_text(c, x, y + 1, 2, STYLE_DIM, "… ");
	for (; i < could->list.n; i++) {
		const char *text = could->list.at[i].text;

		if (x + canvas_columns(c, text) > end - 1) {
			canvas_text(c, x, y + 1, end - x, STYLE_DIM, "…");
			return;
		}
		x += canvas_text(c, x, y + 1, end - x,
				 i == choice ? STYLE_SELECTED : STYLE_NORMAL, text) + 2;
	}
}
