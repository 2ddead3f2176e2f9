#include "lesson/span.h"

#include "base/mem.h"
#include "base/vec.h"

#include <stdlib.h>
#include <string.h>

void spans_add(struct spans *spans, unsigned style, const char *text, size_t n, const char *href)
{
	vec_push(spans, (struct span){style, mem_strndup(text, n), mem_strdup(href)});
}

void spans_text(struct str *to, const struct spans *spans)
{
	for (size_t i = 0; i < spans->n; i++)
		str_add(to, spans->at[i].style & SPAN_BREAK ? " " : spans->at[i].text);
}

bool spans_same(const struct spans *a, const struct spans *b)
{
	if (a->n != b->n)
		return false;
	for (size_t i = 0; i < a->n; i++)
		if (a->at[i].style != b->at[i].style ||
		    !str_same(a->at[i].text, b->at[i].text) ||
		    !str_same(a->at[i].href, b->at[i].href))
			return false;
	return true;
}

void spans_free(struct spans *spans)
{
	for (size_t i = 0; i < spans->n; i++) {
		free(spans->at[i].text);
		free(spans->at[i].href);
	}
	vec_free(spans);
}

size_t span_code_fence(const char *text)
{
	unsigned long long used = 0;

	for (const char *p = text; *p;) {
		size_t n = strspn(p, "`");

		if (n > 0 && n <= 32)
			used |= 1ull << n;
		p += n;
		p += strcspn(p, "`");
	}
	for (size_t n = 1; n <= 32; n++)
		if (!(used >> n & 1))
			return n;
	return 0;
}

/*
 * Tidying: the old spans are read piece by piece, the new ones written.
 */
struct tidy {
	struct spans out;
	struct str run;         /* text of the span being written */
	unsigned style;         /* its style */
	const char *href;       /* borrowed from the old spans */
	bool open;              /* there is such a span */
	bool space;             /* white space was read and not yet written */
	bool breaks;
};

static void close_run(struct tidy *t)
{
	if (t->open)
		spans_add(&t->out, t->style, str_text(&t->run), t->run.len, t->href);
	str_cut(&t->run, 0);
	t->open = false;
}

static void write_piece(struct tidy *t, unsigned style, const char *href, const char *p, size_t n)
{
	if (!t->open || t->style != style || !str_same(t->href, href)) {
		close_run(t);
		t->style = style;
		t->href = href;
		t->open = true;
	}
	str_addn(&t->run, p, n);
}

/* A space looks like what both its neighbours look like. */
static void write_space(struct tidy *t, unsigned style, const char *href)
{
	unsigned both = t->style & style & ~(unsigned)SPAN_CODE;

	if (!t->space || !t->open) {
		t->space = false;
		return;
	}
	t->space = false;
	if (!str_same(t->href, href) || !(both & (SPAN_LINK | SPAN_IMAGE))) {
		both &= ~(unsigned)(SPAN_LINK | SPAN_IMAGE);
		href = NULL;
	}
	write_piece(t, both, href, " ", 1);
}

static void write_break(struct tidy *t)
{
	bool first = !t->open && t->out.n == 0;

	if (!t->breaks) {
		t->space = true;
		return;
	}
	close_run(t);
	t->space = false;
	if (!first)
		spans_add(&t->out, SPAN_BREAK, "", 0, NULL);
}

static void tidy_text(struct tidy *t, const struct span *span)
{
	const char *p = span->text;

	while (*p) {
		size_t n = strcspn(p, " \t\n");

		if (n > 0) {
			write_space(t, span->style, span->href);
			write_piece(t, span->style, span->href, p, n);
		}
		p += n;
		n = strspn(p, " \t\n");
		if (n > 0)
			t->space = true;
		p += n;
	}
}

static void tidy_code(struct tidy *t, struct span *span)
{
	for (char *p = span->text; *p; p++)
		if (*p == '\t' || *p == '\n')
			*p = ' ';
	if (!*span->text)
		return;
	if (span_code_fence(span->text) == 0) {
		span->style &= ~(unsigned)SPAN_CODE;
		tidy_text(t, span);
		return;
	}
	write_space(t, span->style, span->href);
	write_piece(t, span->style, span->href, span->text, strlen(span->text));
}

static void drop_last_breaks(struct spans *spans)
{
	while (spans->n > 0 && spans->at[spans->n - 1].style & SPAN_BREAK) {
		spans->n--;
		free(spans->at[spans->n].text);
		free(spans->at[spans->n].href);
	}
}

void spans_tidy(struct spans *spans, bool breaks)
{
	struct tidy t = {.breaks = breaks};

	for (size_t i = 0; i < spans->n; i++) {
		struct span *span = &spans->at[i];

		if (span->style & SPAN_BREAK)
			write_break(&t);
		else if (span->style & SPAN_CODE)
			tidy_code(&t, span);
		else
			tidy_text(&t, span);
	}
	close_run(&t);
	drop_last_breaks(&t.out);
	str_free(&t.run);
	spans_free(spans);
	*spans = t.out;
}
