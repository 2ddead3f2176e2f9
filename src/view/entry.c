#include "view/entry.h"

#include "base/mem.h"
#include "base/utf8.h"

#include <stdlib.h>

enum { CTRL_A = 1, CTRL_E = 5, CTRL_K = 11, CTRL_U = 21, CTRL_W = 23 };

void entry_set(struct entry *e, const char *text)
{
	str_cut(&e->text, 0);
	str_add(&e->text, text);
	e->at = e->text.len;
}

/* Drop the bytes from FROM to TO, and leave the cursor at FROM. */
static void drop(struct entry *e, size_t from, size_t to)
{
	char *rest = mem_strdup(str_text(&e->text) + to);

	str_cut(&e->text, from);
	str_add(&e->text, rest);
	free(rest);
	e->at = from;
}

static void insert(struct entry *e, const char *text)
{
	char *rest = mem_strdup(str_text(&e->text) + e->at);

	str_cut(&e->text, e->at);
	str_add(&e->text, text);
	e->at = e->text.len;
	str_add(&e->text, rest);
	free(rest);
}

void entry_replace(struct entry *e, size_t from, const char *text)
{
	drop(e, from, e->at);
	insert(e, text);
}

static uint32_t at(const struct entry *e, size_t i, size_t *len)
{
	uint32_t cp = 0;

	*len = utf8_get(str_text(&e->text) + i, e->text.len - i, &cp);
	return cp;
}

/* A character goes with the marks that stand over it. */
static size_t after(const struct entry *e, size_t i)
{
	size_t len;

	if (i >= e->text.len)
		return e->text.len;
	at(e, i, &len);
	i += len;
	while (i < e->text.len && utf8_width(at(e, i, &len)) == 0)
		i += len;
	return i;
}

static size_t before(const struct entry *e, size_t i)
{
	size_t last = 0;

	for (size_t k = 0; k < i; k = after(e, k))
		last = k;
	return last;
}

static size_t word_before(const struct entry *e, size_t i)
{
	while (i > 0 && e->text.p[i - 1] == ' ')
		i--;
	while (i > 0 && e->text.p[i - 1] != ' ')
		i--;
	return i;
}

static void type(struct entry *e, uint32_t cp, size_t most)
{
	struct str s = {0};

	str_addu(&s, cp);
	if (e->text.len + s.len <= most)
		insert(e, str_text(&s));
	str_free(&s);
}

bool entry_key(struct entry *e, uint32_t key, size_t most)
{
	if (key == INPUT_LEFT)
		e->at = before(e, e->at);
	else if (key == INPUT_RIGHT)
		e->at = after(e, e->at);
	else if (key == INPUT_HOME || key == CTRL_A)
		e->at = 0;
	else if (key == INPUT_END || key == CTRL_E)
		e->at = e->text.len;
	else if (key == INPUT_BACKSPACE)
		drop(e, before(e, e->at), e->at);
	else if (key == INPUT_DELETE)
		drop(e, e->at, after(e, e->at));
	else if (key == CTRL_U)
		drop(e, 0, e->at);
	else if (key == CTRL_K)
		str_cut(&e->text, e->at);
	else if (key == CTRL_W)
		drop(e, word_before(e, e->at), e->at);
	else if (key < INPUT_UP && utf8_printable(key))
		type(e, key, most);
	else
		return false;
	return true;
}

static int columns_between(const struct entry *e, size_t from, size_t to)
{
	char *text = mem_strndup(str_text(&e->text) + from, to - from);
	int columns = (int)utf8_columns(text);

	free(text);
	return columns;
}

void entry_draw(struct canvas *c, int x, int y, int width, enum style style, const struct entry *e)
{
	size_t from = 0;

	while (from < e->at && columns_between(e, from, e->at) > width - 1)
		from = after(e, from);
	canvas_fill(c, x, y, width, 1, style, " ");
	canvas_text(c, x, y, width, style, str_text(&e->text) + from);
	c->cursor_x = x + columns_between(e, from, e->at);
	c->cursor_y = y;
}

void entry_free(struct entry *e)
{
	str_free(&e->text);
	e->at = 0;
}
