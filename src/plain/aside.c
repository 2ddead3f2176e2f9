#include "plain/aside.h"

#include "base/text.h"
#include "view/card.h"

#include <stdio.h>
#include <string.h>

void aside_keys(void)
{
	dialog_say(_("Enter goes on. A number chooses. s skips. q leaves, Q quits at once. i and a "
		     "name, as in i ECONNRESET, says what the name means. ? says this again."));
}

void aside_card(const struct plain *p, const struct card *card)
{
	struct lines lines = {0};
	struct str title = {0};

	card_title(&title, card);
	flow_all(&lines, PLAIN_COLUMNS, STYLE_NORMAL, str_text(&title));
	card_lines(&lines, PLAIN_COLUMNS, card, p->options->shelf, 0);
	dialog_lines(&lines);
	str_free(&title);
	lines_free(&lines);
}

static void explain(const struct plain *p, const char *name)
{
	const struct card *card = cards_find(&p->cards, name);
	const char *nearest = card ? NULL : cards_nearest(&p->cards, name);

	if (card)
		aside_card(p, card);
	else if (!*name)
		dialog_say(_("i and a name, as in i ECONNRESET, says what the name means."));
	else if (nearest)
		dialog_say(_("There is no card “%1$s”. Did you mean “%2$s”?"), name, nearest);
	else
		dialog_say(_("There is no card “%s”."), name);
}

static bool take(void *data, const char *answer)
{
	const struct plain *p = data;

	if (strcmp(answer, "?") == 0)
		aside_keys();
	else if (strcmp(answer, "i") == 0 || strncmp(answer, "i ", 2) == 0)
		explain(p, answer + 1 + strspn(answer + 1, " "));
	else
		return false;
	return true;
}

void aside_start(struct plain *p)
{
	struct errs errs = {0};

	cards_open(&p->cards, p->options->lang, &errs);
	errs_print(&errs, stderr);
	errs_free(&errs);
	p->dialog.aside = take;
	p->dialog.data = p;
}

void aside_end(struct plain *p)
{
	cards_free(&p->cards);
}
