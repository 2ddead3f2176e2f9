#include "base/err.h"

#include "base/str.h"
#include "base/text.h"

#include <string.h>

void errs_add(struct errs *errs, const char *file, int line, const char *format, ...)
{
	struct str text = {0};
	va_list ap;

	va_start(ap, format);
	str_addv(&text, _(format), ap);
	va_end(ap);
	vec_push(&errs->list, (struct err){mem_strdup(file), line, str_take(&text)});
}

/* Insertion sort: stable, and the lists are short. */
static void sort_by_line(struct errs *errs)
{
	for (size_t i = 1; i < errs->list.n; i++) {
		struct err e = errs->list.at[i];
		size_t j = i;

		while (j > 0 && str_same(errs->list.at[j - 1].file, e.file) &&
		       errs->list.at[j - 1].line > e.line) {
			errs->list.at[j] = errs->list.at[j - 1];
			j--;
		}
		errs->list.at[j] = e;
	}
}

void errs_print(struct errs *errs, FILE *to)
{
	sort_by_line(errs);
	for (size_t i = 0; i < errs->list.n; i++) {
		const struct err *e = &errs->list.at[i];

		if (e->file && e->line > 0)
			fprintf(to, "%s:%d: %s\n", e->file, e->line, e->text);
		else if (e->file)
			fprintf(to, "%s: %s\n", e->file, e->text);
		else
			fprintf(to, "socktutor: %s\n", e->text);
	}
}

void errs_cut(struct errs *errs, size_t n)
{
	while (errs->list.n > n) {
		struct err *last = &errs->list.at[--errs->list.n];

		free(last->file);
		free(last->text);
	}
}

void errs_free(struct errs *errs)
{
	errs_cut(errs, 0);
	vec_free(&errs->list);
}
