/*
 * orders.h - what the learner wants done by hand, until its moment has come.
 *
 * A deed belongs to a row: it is done when that row is over, or, when it was put in while the
 * row went on, as soon as the row's actions have begun and nobody moves. So a replay does it
 * where it was done before. One that comes for a row that is past is done at once.
 */
#ifndef STAGE_ORDERS_H
#define STAGE_ORDERS_H

#include "base/vec.h"
#include "stage/stage.h"
#include "timeline/table.h"

struct order {
	int row;
	bool during;
	enum role role;
	struct cell cell; /* owned; its action is the deed */
};

/* All-zero: none. */
struct orders {
	VEC(struct order) list;
	size_t next;        /* those before it are done */
	bool going;         /* `next` was begun, and has not reached its process yet */
	int64_t until;      /* that is waited for at most until then; monotonic */
};

/* Take in DEED. What is no deed, or one that only lets time pass, is passed over. */
void orders_add(struct orders *orders, const struct stage_deed *deed);

/* The one to be done next, or NULL. */
const struct order *orders_next(const struct orders *orders);

/* Forget all. */
void orders_clear(struct orders *orders);

#endif
