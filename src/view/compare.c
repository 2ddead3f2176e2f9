#include "view/compare.h"

#include "view/view.h"

bool compare_is_on(const struct model *m)
{
	return m->comparing.lesson != NULL;
}

int64_t compare_due(const struct model *m)
{
	return player_due(&m->player, m->now);
}

struct request compare_tick(struct model *m)
{
	return player_tick(&m->player, m->now);
}

void compare_end(struct model *m)
{
	(void)m;
}

void compare_free(struct comparing *c)
{
	(void)c;
}
