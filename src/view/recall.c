#include "view/recall.h"

#include "base/text.h"

#include <time.h>

void recall_close(struct recall *r)
{
	if (r->shows)
		player_free(&r->player);
	r->shows = false;
}

static void forget_difference(struct recall *r)
{
	free(r->differs);
	r->differs = NULL;
}

void recall_demo(struct recall *r, size_t demo)
{
	recall_close(r);
	forget_difference(r);
	r->of = rehearsal_of(&r->rehearsal, demo);
}

void recall_happened(struct recall *r, const struct player *live)
{
	size_t n = live->events.list.n;
	enum event_kind kind = n ? live->events.list.at[n - 1].kind : EVENT_DONE;
	struct str words = {0};

	if (!r->of || n == 0 || live->restarting ||
	    (kind != EVENT_BEGIN && kind != EVENT_ROW_DONE && kind != EVENT_DONE))
		return;
	forget_difference(r);
	if (rehearsal_differs(&words, live->demo, &live->events, &r->of->events))
		r->differs = str_take(&words);
	str_free(&words);
}

void recall_toggle(struct recall *r, const struct player *live)
{
	int row = player_row(live);

	if (r->shows) {
		recall_close(r);
		return;
	}
	r->shows = true;
	player_recall(&r->player, live->lesson, live->demo, &r->of->events);
	player_look(&r->player, row > 0 ? row : 0);
}

void recall_date(struct str *to, const struct recording *recording)
{
	time_t when = (time_t)recording->when;
	struct tm tm = {0};

	if (localtime_r(&when, &tm))
		str_addf(to, "%04d-%02d-%02d %02d:%02d", tm.tm_year + 1900, tm.tm_mon + 1,
			 tm.tm_mday, tm.tm_hour, tm.tm_min);
	else
		str_add(to, _("an unknown day"));
}

void recall_words(struct str *to, const struct recall *r, const struct player *live)
{
	if (r->shows)
		str_add(to, _("A recording of the rehearsal, not live. v goes back to the live run."));
	else if (r->differs)
		str_addf(to, _("Not as rehearsed: %s. v shows the recording."), r->differs);
	else if (r->of && live->trouble)
		str_add(to, _("v shows the recording of the rehearsal."));
}

void recall_free(struct recall *r)
{
	recall_close(r);
	forget_difference(r);
	rehearsal_free(&r->rehearsal);
	*r = (struct recall){0};
}
