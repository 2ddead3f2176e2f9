#include "view/panel.h"

#include "view/view.h"

static const struct panel *const panels[] = {
	&panel_compare,
	&panel_editor,
	&panel_lens,
	&panel_states,
	&panel_wire,
	NULL,
};

const struct panel *panel_find(enum op op)
{
	for (size_t i = 0; panels[i]; i++)
		if (panels[i]->op == op)
			return panels[i];
	return NULL;
}

bool panels_toggle(struct model *m, enum op op)
{
	const struct panel *panel = panel_find(op);

	if (!panel)
		return false;
	m->panels.open = m->panels.open == panel ? NULL : panel;
	m->panels.scroll = 0;
	if (m->panels.open && panel->open)
		panel->open(m);
	return true;
}
