#include "view/flow.h"

#include "base/utf8.h"
#include "view/ascii.h"
#include "view/breaks.h"

#include <string.h>

enum { JOINER = 0x200d /* makes one picture of two */ };

struct flow {
	struct lines *out;
	int width;
	const char *rest;
	enum style prefix_style;
	struct line line;      /* being filled */
	int used;              /* columns of it */
	int begin;             /* columns of its prefix */
	struct line word;      /* not yet on the line */
	int word_columns;
	uint32_t last;         /* of the word, without marks; 0: it has none */
	bool space;            /* a space stands before the word */
	enum style space_style;
	size_t made;
	bool broken;           /* the last thing was a break: the empty line after it is none */
};

static void line_free(struct line *line)
{
	for (size_t i = 0; i < line->runs.n; i++)
		free(line->runs.at[i].text);
	vec_free(&line->runs);
}

static struct line line_empty(void)
{
	return (struct line){.heading = -1, .demo = -1, .lab = -1, .question = -1, .answer = -1};
}

static void line_addn(struct line *line, enum style style, const char *text, size_t n)
{
	struct run *last = line->runs.n ? &line->runs.at[line->runs.n - 1] : NULL;

	if (n == 0)
		return;
	if (last && last->style == style) {
		size_t len = strlen(last->text);

		last->text = mem_resize(last->text, len + n + 1, 1);
		memcpy(last->text + len, text, n);
		last->text[len + n] = '\0';
		return;
	}
	vec_push(&line->runs, (struct run){style, mem_strndup(text, n)});
}

void line_add(struct line *line, enum style style, const char *text)
{
	line_addn(line, style, text, strlen(text));
}

int line_columns(const struct line *line)
{
	size_t columns = 0;

	for (size_t i = 0; i < line->runs.n; i++)
		columns += utf8_columns(line->runs.at[i].text);
	return (int)columns;
}

void line_pad(struct line *line, int columns)
{
	for (int i = line_columns(line); i < columns; i++)
		line_add(line, STYLE_NORMAL, " ");
}

void line_print(struct str *to, const struct line *line)
{
	for (size_t i = 0; i < line->runs.n; i++)
		str_add(to, line->runs.at[i].text);
}

int line_draw(struct canvas *c, int x, int y, int width, const struct line *line)
{
	int used = 0;

	for (size_t i = 0; i < line->runs.n; i++) {
		const char *text = line->runs.at[i].text;
		int took = canvas_text(c, x + used, y, width - used, line->runs.at[i].style, text);

		used += took;
		/* A wide character that was cut may leave a column, which nothing else takes. */
		if (took < canvas_columns(c, text))
			break;
	}
	return used;
}

struct line *lines_add(struct lines *lines)
{
	vec_push(&lines->list, line_empty());
	return &lines->list.at[lines->list.n - 1];
}

void lines_cut(struct lines *lines, size_t n)
{
	while (lines->list.n > n)
		line_free(&lines->list.at[--lines->list.n]);
}

void lines_free(struct lines *lines)
{
	for (size_t i = 0; i < lines->list.n; i++)
		line_free(&lines->list.at[i]);
	vec_free(&lines->list);
}

static void begin_line(struct flow *f, const char *prefix)
{
	f->line = line_empty();
	line_add(&f->line, f->prefix_style, prefix ? prefix : "");
	f->used = line_columns(&f->line);
	f->begin = f->used;
}

struct flow *flow_start(struct lines *out, int width, const char *first, const char *rest,
			enum style prefix)
{
	struct flow *f = mem_zero(1, sizeof *f);

	f->out = out;
	f->width = width < 2 ? 2 : width;
	f->rest = rest;
	f->prefix_style = prefix;
	f->word = line_empty();
	begin_line(f, first);
	return f;
}

static void next_line(struct flow *f)
{
	vec_push(&f->out->list, f->line);
	f->made++;
	begin_line(f, f->rest);
}

/* At least two columns a line, whatever the prefix. */
static int line_end(const struct flow *f)
{
	return f->width > f->begin + 2 ? f->width : f->begin + 2;
}

/* Where the character before P[AT] begins, and it; at 0 it is 0. */
static size_t step_back(const char *p, size_t at, uint32_t *cp)
{
	*cp = 0;
	while (at > 0) {
		at--;
		while (at > 0 && ((unsigned char)p[at] & 0xc0) == 0x80)
			at--;
		utf8_get(p + at, 4, cp);
		if (utf8_width(*cp) > 0)
			break;
	}
	return at;
}

/* Of the N bytes at TEXT, FITS have room: how many to take, so that the next line does not begin
 * with what closes. A few characters back at most, or none. */
static size_t fit_well(const char *text, size_t n, size_t fits)
{
	size_t end = fits;

	for (int tries = 0; end > 0 && end < n && tries < 4; tries++) {
		uint32_t before, after;
		size_t at = step_back(text, end, &before);

		utf8_get(text + end, n - end, &after);
		if (!breaks_badly(before, after))
			return end;
		end = at;
	}
	return end == n ? n : fits;
}

/* Of the bytes at TEXT, FITS have room: how many up to the last bar, which joins flags, so that
 * each keeps its name whole; or 0. */
static size_t fit_flags(const char *text, size_t fits)
{
	while (fits > 0 && text[fits - 1] != '|')
		fits--;
	return fits;
}

/* Put TEXT on lines, broken where it must be: anywhere, or WELL. */
static void put_broken(struct flow *f, enum style style, const char *text, bool well)
{
	size_t n = strlen(text);

	while (n > 0) {
		size_t fits = utf8_fit(text, n, (size_t)(line_end(f) - f->used)), flags;

		flags = well && fits < n ? fit_flags(text, fits) : 0;
		if (flags > 0)
			fits = flags;
		else if (well)
			fits = fit_well(text, n, fits);
		line_addn(&f->line, style, text, fits);
		f->used += (int)utf8_columns_n(text, fits);
		text += fits;
		n -= fits;
		if (n == 0)
			break;
		f->line.runs_on = true;
		next_line(f);
	}
}

/* Move the word to the line, or to the next one when it does not fit. */
static void put_word(struct flow *f)
{
	int space = f->space && f->used > f->begin;

	if (!f->word.runs.n)
		return;
	if (f->used > f->begin && f->used + space + f->word_columns > line_end(f)) {
		f->line.runs_on = !space;
		next_line(f);
		space = 0;
	}
	if (space) {
		line_add(&f->line, f->space_style, " ");
		f->used++;
	}
	for (size_t i = 0; i < f->word.runs.n; i++)
		put_broken(f, f->word.runs.at[i].style, f->word.runs.at[i].text, true);
	line_free(&f->word);
	f->word = line_empty();
	f->word_columns = 0;
	f->last = 0;
	f->space = false;
	f->broken = false;
}

/* Add CP, which is the N bytes at TEXT, to the word, or begin another with it. */
static void add_char(struct flow *f, enum style style, const char *text, size_t n, uint32_t cp)
{
	int width = utf8_width(cp);

	if (width > 0) {
		if (breaks_between(f->last, cp))
			put_word(f);
		f->last = cp;
	} else if (cp == JOINER) {
		f->last = 0;
	}
	line_addn(&f->word, style, text, n);
	f->word_columns += width;
}

static void add_words(struct flow *f, enum style style, const char *text)
{
	size_t n = strlen(text);

	for (size_t i = 0; i < n;) {
		uint32_t cp;
		size_t step = utf8_get(text + i, n - i, &cp);

		if (cp == ' ' || cp == '\t' || cp == '\n') {
			bool inside = f->word.runs.n &&
				      f->word.runs.at[f->word.runs.n - 1].style == style;

			put_word(f);
			f->space = true;
			f->space_style = inside && style != STYLE_LINK ? style : STYLE_NORMAL;
		} else {
			add_char(f, style, text + i, step, cp);
		}
		i += step;
	}
}

void flow_text(struct flow *f, enum style style, const char *text)
{
	char *ascii = f->out->ascii ? ascii_text(text) : NULL;

	add_words(f, style, ascii ? ascii : text);
	free(ascii);
}

void flow_raw(struct flow *f, enum style style, const char *text)
{
	char *ascii = f->out->ascii ? ascii_text(text) : NULL;

	put_word(f);
	put_broken(f, style, ascii ? ascii : text, false);
	f->broken = false;
	free(ascii);
}

void flow_break(struct flow *f)
{
	put_word(f);
	next_line(f);
	f->space = false;
	f->broken = true;
}

size_t flow_end(struct flow *f)
{
	size_t made;

	put_word(f);
	if (!f->broken)
		next_line(f);
	line_free(&f->line);
	made = f->made;
	free(f);
	return made;
}

size_t flow_all(struct lines *out, int width, enum style style, const char *text)
{
	struct flow *f = flow_start(out, width, NULL, NULL, STYLE_NORMAL);

	flow_text(f, style, text);
	return flow_end(f);
}

void flow_draw(struct canvas *c, int x, int y, int w, int h, enum style style, const char *text)
{
	struct lines lines = {.ascii = c->ascii};

	flow_all(&lines, w, style, text);
	for (size_t i = 0; i < lines.list.n && (int)i < h; i++)
		line_draw(c, x, y + (int)i, w, &lines.list.at[i]);
	lines_free(&lines);
}
