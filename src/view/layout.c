/*
 * layout.c - lines that were set (markdown.c) as pages, and the places in them.
 */
#include "view/markdown.h"

#include <string.h>

static bool line_empty(const struct line *line)
{
	for (size_t i = 0; i < line->runs.n; i++)
		if (strspn(line->runs.at[i].text, " ") != strlen(line->runs.at[i].text))
			return false;
	return true;
}

/* One past the last of the lines that stay together with line I. */
static size_t glued_end(const struct layout *l, size_t i)
{
	while (i < l->lines.list.n && l->lines.list.at[i].glue)
		i++;
	return i + 1;
}

/* What stays together is longer than the page from FIRST to END. Better than through a table
 * that fits on the next page is a break before it; but no heading stays behind alone. And the
 * next page gets more than a line or two. */
static size_t torn_end(const struct layout *l, size_t first, size_t end)
{
	enum { FEW = 4 };
	const struct line *lines = l->lines.list.at;
	size_t left;

	for (size_t i = end; i > first + 1; i--)
		if (line_empty(&lines[i - 1]) && lines[i - 2].heading < 0 &&
		    glued_end(l, i) - i <= end - first)
			return i;
	left = glued_end(l, end) - end;
	return left < FEW && end > first + 2 * FEW ? end - (FEW - left) : end;
}

/* The end of the page that begins at FIRST. */
static size_t page_end(const struct layout *l, size_t first, size_t height)
{
	size_t n = l->lines.list.n, end = first + height;

	for (size_t i = first; i < end && i < n; i++)
		if (l->lines.list.at[i].page_ends)
			return i + 1;
	if (end >= n)
		return n;
	for (size_t i = end; i > first; i--)
		if (!l->lines.list.at[i - 1].glue)
			return i;
	return torn_end(l, first, end);
}

void layout_pages(struct layout *layout, int height)
{
	const struct lines *lines = &layout->lines;
	size_t first = 0;

	layout->pages.n = 0;
	while (first < lines->list.n) {
		size_t end = page_end(layout, first, (size_t)height), next = end;

		while (end > first + 1 && line_empty(&lines->list.at[end - 1]))
			end--;
		vec_push(&layout->pages, (struct page){first, end - first});
		for (first = next; first < lines->list.n; first++)
			if (!line_empty(&lines->list.at[first]))
				break;
	}
	if (layout->pages.n == 0)
		vec_push(&layout->pages, (struct page){0, 0});
}

size_t layout_page_of(const struct layout *layout, size_t line)
{
	size_t page = 0;

	while (page + 1 < layout->pages.n && layout->pages.at[page + 1].first <= line)
		page++;
	return page;
}

static size_t line_weight(const struct line *line)
{
	size_t weight = 0;

	for (size_t i = 0; i < line->runs.n; i++)
		for (const char *p = line->runs.at[i].text; *p; p++)
			weight += *p != ' ';
	return weight;
}

size_t layout_weight(const struct layout *layout, size_t line)
{
	size_t weight = 0;

	for (size_t i = 0; i < line && i < layout->lines.list.n; i++)
		weight += line_weight(&layout->lines.list.at[i]);
	return weight;
}

size_t layout_at_weight(const struct layout *layout, size_t weight)
{
	size_t before = 0, i;

	for (i = 0; i + 1 < layout->lines.list.n; i++) {
		before += line_weight(&layout->lines.list.at[i]);
		if (before > weight)
			break;
	}
	return i;
}

size_t layout_demo_line(const struct layout *layout, int demo)
{
	for (size_t i = 0; i < layout->lines.list.n; i++)
		if (layout->lines.list.at[i].demo_foot && layout->lines.list.at[i].demo == demo)
			return i;
	return SIZE_MAX;
}

int layout_place(const struct layout *layout, size_t page)
{
	const struct page *p = &layout->pages.at[page];

	for (size_t i = p->first; i < p->first + p->n; i++)
		if (layout->lines.list.at[i].block)
			return layout->lines.list.at[i].block;
	for (size_t i = p->first; i-- > 0;)
		if (layout->lines.list.at[i].block)
			return layout->lines.list.at[i].block;
	return 0;
}

size_t layout_page_at(const struct layout *layout, int place)
{
	size_t at = 0;

	for (size_t i = 0; i < layout->lines.list.n; i++) {
		int block = layout->lines.list.at[i].block;

		if (block && block <= place)
			at = i;
	}
	return layout_page_of(layout, at);
}

void layout_free(struct layout *layout)
{
	questions_free(&layout->questions);
	for (size_t i = 0; i < layout->headings.n; i++)
		free(layout->headings.at[i].text);
	vec_free(&layout->headings);
	vec_free(&layout->pages);
	lines_free(&layout->lines);
}
