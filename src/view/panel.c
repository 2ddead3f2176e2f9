#include "view/panel.h"

#include "base/text.h"
#include "view/view.h"

static const struct panel *const table[] = {
	&panel_compare,
	&panel_editor,
	&panel_faults,
	&panel_lens,
	&panel_states,
	&panel_task,
	&panel_wire,
	NULL,
};

const struct panel *panel_find(enum op op)
{
	for (size_t i = 0; table[i]; i++)
		if (table[i]->op == op)
			return table[i];
	return NULL;
}

const struct panel *panels_below(const struct panels *panels)
{
	return panels->open && panels->open->over ? panels->under : panels->open;
}

bool panels_close(struct panels *panels)
{
	if (!panels->open)
		return false;
	panels->open = panels->open->over ? panels->under : NULL;
	panels->under = NULL;
	return true;
}

bool panels_toggle(struct model *m, enum op op)
{
	const struct panel *panel = panel_find(op);

	if (!panel)
		return false;
	if (m->panels.open == panel) {
		panels_close(&m->panels);
		return true;
	}
	m->panels.under = panel->over ? m->panels.open : NULL;
	m->panels.open = panel;
	if (!panel->over)
		m->panels.scroll = 0;
	if (panel->open)
		panel->open(m);
	return true;
}

bool panel_read(struct model *m, enum op op, const struct input *input,
		void (*take_cards)(struct model *m))
{
	if (op == OP_CLICK) {
		model_explain_word(m, input->x, input->y);
		return true;
	}
	if (op != OP_STEP || input->key != INPUT_ENTER)
		return keys_scroll(&m->panels.scroll, op);
	take_cards(m);
	if (!card_box_shows(&m->box))
		model_say(m, _("Nothing here has a card."));
	return true;
}
