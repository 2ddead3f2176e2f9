#include "view/panel.h"

static const struct panel *const panels[] = {
	NULL,
};

const struct panel *panel_find(enum op op)
{
	for (size_t i = 0; panels[i]; i++)
		if (panels[i]->op == op)
			return panels[i];
	return NULL;
}

bool panels_toggle(struct panels *p, enum op op)
{
	const struct panel *panel = panel_find(op);

	if (!panel)
		return false;
	p->open = p->open == panel ? NULL : panel;
	p->scroll = 0;
	return true;
}
