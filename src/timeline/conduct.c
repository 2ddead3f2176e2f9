#include "timeline/conduct.h"

struct conduct_stream {
	unsigned long socket;
};

bool conduct_is(const struct outcome *outcome)
{
	return outcome->kind >= OUTCOME_LISTENS;
}

bool conduct_find(struct conduct *c, const struct outcome *outcome, enum role role,
		  const struct events *events, size_t from, int64_t now, size_t *at)
{
	(void)now;
	for (size_t i = from > c->seen ? from : c->seen; i < events->list.n; i++)
		if (outcome_occurs(outcome, role, events, i)) {
			c->seen = *at = i + 1;
			return true;
		}
	return false;
}

void conduct_free(struct conduct *c)
{
	vec_free(&c->streams);
	*c = (struct conduct){0};
}
