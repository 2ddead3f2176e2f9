#include "bench.h"

void samples_add(struct samples *s, double value)
{
	vec_push(&s->list, value);
}

static int compare(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

double samples_at(struct samples *s, double part)
{
	double at, rest;
	size_t i;

	if (s->list.n == 0)
		return 0;
	qsort(s->list.at, s->list.n, sizeof *s->list.at, compare);
	at = part * (double)(s->list.n - 1);
	i = (size_t)at;
	rest = at - (double)i;
	if (i + 1 == s->list.n)
		return s->list.at[i];
	return s->list.at[i] * (1 - rest) + s->list.at[i + 1] * rest;
}

void samples_free(struct samples *s)
{
	vec_free(&s->list);
}
