#include "stage/orders.h"

#include "lesson/action.h"

void orders_add(struct orders *orders, const struct stage_deed *deed)
{
	struct order order = {deed->row, deed->during, deed->role, {0}};
	struct errs errs = {0};

	cell_parse(&order.cell, deed->text, NULL, 0, &errs);
	if (order.cell.kind == CELL_ACTION && order.cell.action->kind == ACTION_DEED &&
	    order.cell.action->deed->on != DEED_ON_NOBODY && deed->role < ROLE_NONE)
		vec_push(&orders->list, order);
	else
		cell_free(&order.cell);
	errs_free(&errs);
}

const struct order *orders_next(const struct orders *orders)
{
	return orders->next < orders->list.n ? &orders->list.at[orders->next] : NULL;
}

void orders_clear(struct orders *orders)
{
	for (size_t i = 0; i < orders->list.n; i++)
		cell_free(&orders->list.at[i].cell);
	vec_free(&orders->list);
	orders->next = 0;
	orders->going = false;
}
