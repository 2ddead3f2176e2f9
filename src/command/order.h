/*
 * order.h - a demo's actions in another order than its table's, without a screen.
 */
#ifndef COMMAND_ORDER_H
#define COMMAND_ORDER_H

#include "command/performance.h"

/* Whether TEXT is an order: the letters A and B. */
bool order_is_right(const char *text);

/*
 * Let the roles of DEMO, of LESSON, called NAME, take their next actions as the letters of ORDER
 * say. What the table promised is not asked of it: what came about is printed, as a table that
 * can be run again. Returns an exit status: EXIT_CANNOT when a role has no action left, or
 * sleeps in a call when its turn comes.
 */
int order_run(const struct performance *how, const struct lesson *lesson, const struct demo *demo,
	      const char *name, const char *order);

#endif
