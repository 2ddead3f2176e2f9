#include "view/canvas.h"

#include "base/mem.h"
#include "base/utf8.h"
#include "view/ascii.h"

#include <stdlib.h>
#include <string.h>

/* Where drawing is, and where it must stop. */
struct pen {
	struct canvas *c;
	int x;
	int end;
	int y;
	enum style style;
};

static const struct glyph blank = {" ", 1, STYLE_NORMAL};

void canvas_start(struct canvas *c, int columns, int rows, bool ascii)
{
	*c = (struct canvas){.ascii = ascii};
	canvas_resize(c, columns, rows);
}

void canvas_resize(struct canvas *c, int columns, int rows)
{
	c->columns = columns;
	c->rows = rows;
	c->glyphs = mem_resize(c->glyphs, (size_t)columns * (size_t)rows, sizeof *c->glyphs);
	canvas_clear(c);
}

void canvas_free(struct canvas *c)
{
	free(c->glyphs);
	*c = (struct canvas){0};
}

void canvas_clear(struct canvas *c)
{
	size_t n = (size_t)c->columns * (size_t)c->rows;

	for (size_t i = 0; i < n; i++)
		c->glyphs[i] = blank;
	c->cursor_x = -1;
	c->cursor_y = -1;
}

struct glyph *canvas_at(const struct canvas *c, int x, int y)
{
	if (x < 0 || y < 0 || x >= c->columns || y >= c->rows)
		return NULL;
	return &c->glyphs[(size_t)y * (size_t)c->columns + (size_t)x];
}

/* Make the cell at X ready to be drawn over: half a wide character is no character. */
static void cell_clear(struct canvas *c, int x, int y)
{
	struct glyph *g = canvas_at(c, x, y);

	if (!g)
		return;
	if (g->width == 0 && x > 0)
		*canvas_at(c, x - 1, y) = blank;
	if (g->width == 2 && x + 1 < c->columns)
		*canvas_at(c, x + 1, y) = blank;
	*g = blank;
}

static void cell_put(struct pen *pen, const char *p, size_t n, int width)
{
	struct glyph *g = canvas_at(pen->c, pen->x, pen->y);

	cell_clear(pen->c, pen->x, pen->y);
	if (width == 2)
		cell_clear(pen->c, pen->x + 1, pen->y);
	/* Half outside it would be half a character. */
	if (!g || n >= GLYPH_BYTES || (width == 2 && !canvas_at(pen->c, pen->x + 1, pen->y)))
		return;
	memcpy(g->text, p, n);
	g->text[n] = '\0';
	g->width = (unsigned char)width;
	g->style = (unsigned char)pen->style;
	if (width == 2)
		*canvas_at(pen->c, pen->x + 1, pen->y) =
			(struct glyph){"", 0, (unsigned char)pen->style};
}

/* Add a combining mark to the character that was drawn last. */
static void cell_combine(struct pen *pen, int begin, const char *p, size_t n)
{
	struct glyph *g = canvas_at(pen->c, pen->x - 1, pen->y);
	size_t len;

	if (pen->x <= begin || !g)
		return;
	if (g->width == 0)
		g = canvas_at(pen->c, pen->x - 2, pen->y);
	if (!g)
		return;
	len = strlen(g->text);
	if (len + n >= GLYPH_BYTES)
		return;
	memcpy(g->text + len, p, n);
	g->text[len + n] = '\0';
}

/* What is drawn for CP in ASCII, or NULL: itself. */
static const char *instead_of(const struct canvas *c, uint32_t cp)
{
	return c->ascii && cp >= 0x80 ? ascii_for(cp) : NULL;
}

/* Draw what stands for a character in ASCII; returns whether all of it fitted. */
static bool draw_ascii(struct pen *pen, const char *text)
{
	if (pen->x + (int)strlen(text) > pen->end)
		return false;
	for (; *text; text++, pen->x++)
		cell_put(pen, text, 1, 1);
	return true;
}

/* Draw one code point; returns whether it fitted. */
static bool draw_one(struct pen *pen, int begin, uint32_t cp)
{
	const char *ascii;
	char bytes[4];
	size_t n;
	int width;

	if (!utf8_printable(cp))
		cp = 0xfffd;
	ascii = instead_of(pen->c, cp);
	if (ascii)
		return draw_ascii(pen, ascii);
	n = utf8_put(cp, bytes);
	width = utf8_width(cp);
	if (width == 0) {
		cell_combine(pen, begin, bytes, n);
		return true;
	}
	if (pen->x + width > pen->end)
		return false;
	cell_put(pen, bytes, n, width);
	pen->x += width;
	return true;
}

int canvas_text(struct canvas *c, int x, int y, int width, enum style style, const char *text)
{
	struct pen pen = {c, x, x + width, y, style};
	size_t n = strlen(text);

	for (size_t i = 0; i < n;) {
		uint32_t cp;

		i += utf8_get(text + i, n - i, &cp);
		if (!draw_one(&pen, x, cp))
			break;
	}
	return pen.x - x;
}

static int char_columns(const struct canvas *c, uint32_t cp)
{
	const char *ascii = instead_of(c, cp);

	return ascii ? (int)strlen(ascii) : utf8_width(cp);
}

int canvas_columns(const struct canvas *c, const char *text)
{
	size_t n = strlen(text);
	int columns = 0;

	for (size_t i = 0; i < n;) {
		uint32_t cp;

		i += utf8_get(text + i, n - i, &cp);
		columns += char_columns(c, cp);
	}
	return columns;
}

int canvas_short(struct canvas *c, int x, int y, int width, enum style style, const char *text)
{
	int dots = canvas_columns(c, "…");
	int used;

	if (canvas_columns(c, text) <= width)
		return canvas_text(c, x, y, width, style, text);
	if (width < dots)
		return 0;
	used = canvas_text(c, x, y, width - dots, style, text);
	return used + canvas_text(c, x + used, y, dots, style, "…");
}

int canvas_right(struct canvas *c, int x, int y, int width, enum style style, const char *text)
{
	int columns = canvas_columns(c, text);
	int from = columns < width ? x + width - columns : x;

	canvas_short(c, from, y, x + width - from, style, text);
	return from;
}

void canvas_fill(struct canvas *c, int x, int y, int w, int h, enum style style, const char *text)
{
	for (int row = y; row < y + h; row++)
		for (int column = x; column < x + w; column++)
			canvas_text(c, column, row, 1, style, text);
}

void canvas_restyle(struct canvas *c, int x, int y, int w, enum style style)
{
	for (int column = x; column < x + w; column++) {
		struct glyph *g = canvas_at(c, column, y);

		if (g)
			g->style = (unsigned char)style;
	}
}

void canvas_box(struct canvas *c, int x, int y, int w, int h, const char *title,
		enum style title_style)
{
	int right = x + w - 1, bottom = y + h - 1;

	if (w < 2 || h < 2)
		return;
	canvas_fill(c, x + 1, y, w - 2, 1, STYLE_DIM, "─");
	canvas_fill(c, x + 1, bottom, w - 2, 1, STYLE_DIM, "─");
	canvas_fill(c, x, y + 1, 1, h - 2, STYLE_DIM, "│");
	canvas_fill(c, right, y + 1, 1, h - 2, STYLE_DIM, "│");
	canvas_text(c, x, y, 1, STYLE_DIM, "┌");
	canvas_text(c, right, y, 1, STYLE_DIM, "┐");
	canvas_text(c, x, bottom, 1, STYLE_DIM, "└");
	canvas_text(c, right, bottom, 1, STYLE_DIM, "┘");
	if (title && w > 6) {
		int used;

		canvas_text(c, x + 1, y, 1, title_style, " ");
		used = canvas_short(c, x + 2, y, w - 4, title_style, title);
		canvas_text(c, x + 2 + used, y, 1, title_style, " ");
	}
}

static void print_line(struct str *to, const struct canvas *c, int y)
{
	size_t end = to->len;

	for (int x = 0; x < c->columns; x++) {
		const struct glyph *g = canvas_at(c, x, y);

		str_add(to, g->text);
		if (g->text[0] && strcmp(g->text, " ") != 0)
			end = to->len;
	}
	str_cut(to, end);
	str_addc(to, '\n');
}

void canvas_print(struct str *to, const struct canvas *c)
{
	for (int y = 0; y < c->rows; y++)
		print_line(to, c, y);
}
