#include "lesson/lesson.h"

#include "base/mem.h"
#include "base/utf8.h"
#include "lesson/demo_make.h"
#include "lesson/front.h"
#include "lesson/lab_make.h"
#include "lesson/markdown.h"
#include "lesson/pad.h"
#include "lesson/widen.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* How many of the N bytes at P are what they should be: most of a lesson is. */
static size_t fine_ascii(const char *p, size_t n)
{
	size_t i = 0;

	while (i < n && ((p[i] >= ' ' && p[i] < 0x7f) || p[i] == '\n' || p[i] == '\t'))
		i++;
	return i;
}

/* Valid UTF-8 in which lines end in \n, and no other control character but tab is. */
static void clean(struct str *to, const char *text, size_t len)
{
	size_t i = len >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;

	str_addn(to, "", 0);
	while (i < len) {
		uint32_t cp;
		size_t fine = fine_ascii(text + i, len - i), step;

		str_addn(to, text + i, fine);
		i += fine;
		if (i == len)
			break;
		step = utf8_get(text + i, len - i, &cp);
		if (text[i] == '\r') {
			step = i + 1 < len && text[i + 1] == '\n' ? 2 : 1;
			str_addc(to, '\n');
		} else {
			str_addu(to, utf8_printable(cp) ? cp : 0xfffd);
		}
		i += step;
	}
}

/* `lessons/broken-pipe.md` is called broken-pipe. */
static char *id_of(const char *file)
{
	const char *slash = strrchr(file, '/');
	const char *name = slash ? slash + 1 : file;
	const char *dot = strrchr(name, '.');

	if (!dot || dot == name || !str_same(dot, ".md"))
		return utf8_clean(name, strlen(name));
	return utf8_clean(name, (size_t)(dot - name));
}

static char *first_heading(const struct blocks *blocks)
{
	for (size_t i = 0; i < blocks->n; i++) {
		struct str s = {0};

		if (blocks->at[i].kind != BLOCK_HEADING)
			continue;
		spans_text(&s, &blocks->at[i].spans);
		return str_take(&s);
	}
	return NULL;
}

void lesson_anchor(struct str *to, const char *text)
{
	size_t start = to->len;

	str_addn(to, "", 0);
	for (const char *p = text; *p; p++) {
		unsigned char c = (unsigned char)*p;

		if (c < 0x80 && isalnum(c))
			str_addc(to, (char)tolower(c));
		else if (to->len > start && to->p[to->len - 1] != '-')
			str_addc(to, '-');
	}
	if (to->len > start && to->p[to->len - 1] == '-')
		str_cut(to, to->len - 1);
}

char *lesson_default_title(const struct lesson *lesson)
{
	char *title = first_heading(&lesson->blocks);

	return title ? title : mem_strdup(*lesson->id ? lesson->id : "lesson");
}

static int count_lines(const char *p, const char *end)
{
	int n = 0;

	for (; p < end; p++)
		n += *p == '\n';
	return n;
}

static void parse_markdown(struct lesson *lesson, const char *text, size_t len, int line,
			   struct errs *errs)
{
	struct source source = {.file = lesson->file, .line = line, .pad = pad_for(text, len)};
	struct str padded = {0};

	for (size_t i = 0; i < source.pad; i++)
		str_addc(&padded, '\n');
	str_addn(&padded, text, len);
	source.text = str_text(&padded) + source.pad;
	source.end = source.text + len;
	markdown_parse(&lesson->blocks, &source, errs);
	str_free(&padded);
}

struct lesson *lesson_parse(const char *file, const char *text, size_t len, struct errs *errs)
{
	struct lesson *lesson = mem_zero(1, sizeof *lesson);
	struct str cleaned = {0};
	const char *body;

	lesson->file = mem_strdup(file);
	lesson->id = id_of(file);
	if (len > LESSON_MOST_BYTES) {
		errs_add(errs, file, 0, "the file has %zu bytes; a lesson has at most %d", len,
			 LESSON_MOST_BYTES);
		len = 0;
	}
	clean(&cleaned, text, len);
	widen_rules(&cleaned);
	text = str_text(&cleaned);
	body = front_parse(lesson, text, cleaned.len, errs);
	parse_markdown(lesson, body, (size_t)(text + cleaned.len - body),
		       1 + count_lines(text, body), errs);
	str_free(&cleaned);
	if (!lesson->title)
		lesson->title = lesson_default_title(lesson);
	lab_make_all(lesson, errs);
	demo_make_all(lesson, errs);
	lab_place_all(lesson);
	return lesson;
}

/* All of FROM, but not more than one byte over the limit. */
static void read_all(struct str *to, FILE *from)
{
	char part[8192];
	size_t n;

	while (to->len <= LESSON_MOST_BYTES && (n = fread(part, 1, sizeof part, from)) > 0)
		str_addn(to, part, n);
}

static FILE *open_file(const char *path, struct errs *errs)
{
	FILE *from = fopen(path, "re");

	if (!from)
		errs_add(errs, path, 0, "cannot be opened: %s", strerror(errno));
	return from;
}

struct lesson *lesson_read(const char *path, struct errs *errs)
{
	bool standard = str_same(path, "-");
	FILE *from = standard ? stdin : open_file(path, errs);
	struct lesson *lesson = NULL;
	struct str text = {0};

	if (!from)
		return NULL;
	read_all(&text, from);
	if (ferror(from))
		errs_add(errs, path, 0, "cannot be read: %s", strerror(errno));
	else if (text.len > LESSON_MOST_BYTES)
		errs_add(errs, path, 0, "is too big: a lesson has at most %d bytes",
			 LESSON_MOST_BYTES);
	else
		lesson = lesson_parse(path, str_text(&text), text.len, errs);
	if (!standard)
		fclose(from);
	str_free(&text);
	return lesson;
}

/* What FROM's front matter says, if it fits in a few lines. */
static void glance(struct lesson *lesson, FILE *from)
{
	char head[2048];
	size_t n = fread(head, 1, sizeof head, from);
	struct str cleaned = {0};
	struct errs later = {0};

	clean(&cleaned, head, n);
	front_parse(lesson, str_text(&cleaned), cleaned.len, &later);
	errs_free(&later);
	str_free(&cleaned);
}

struct lesson *lesson_glance(const char *path, struct errs *errs)
{
	FILE *from = open_file(path, errs);
	struct lesson *lesson;

	if (!from)
		return NULL;
	lesson = mem_zero(1, sizeof *lesson);
	lesson->file = mem_strdup(path);
	lesson->id = id_of(path);
	lesson->glanced = true;
	glance(lesson, from);
	fclose(from);
	if (lesson->title || lesson_complete(lesson, errs) == 0)
		return lesson;
	lesson_free(lesson);
	return NULL;
}

int lesson_complete(struct lesson *lesson, struct errs *errs)
{
	struct lesson *whole, glanced = *lesson;
	size_t before = errs->list.n;

	if (!lesson->glanced)
		return 0;
	whole = lesson_read(lesson->file, errs);
	if (!whole)
		return -1;
	*lesson = *whole;
	*whole = glanced;
	lesson_free(whole);
	return errs->list.n > before ? -1 : 0;
}

struct demo *lesson_demo(struct lesson *lesson, const char *id)
{
	for (size_t i = 0; i < lesson->demos.n; i++)
		if (str_same(lesson->demos.at[i].id, id))
			return &lesson->demos.at[i];
	return NULL;
}

void lesson_free(struct lesson *lesson)
{
	if (!lesson)
		return;
	for (size_t i = 0; i < lesson->blocks.n; i++)
		block_free(&lesson->blocks.at[i]);
	vec_free(&lesson->blocks);
	for (size_t i = 0; i < lesson->demos.n; i++)
		demo_free(&lesson->demos.at[i]);
	vec_free(&lesson->demos);
	for (size_t i = 0; i < lesson->labs.n; i++)
		lab_free(&lesson->labs.at[i]);
	vec_free(&lesson->labs);
	for (size_t i = 0; i < lesson->lab_tables.n; i++)
		demo_free(&lesson->lab_tables.at[i].demo);
	vec_free(&lesson->lab_tables);
	for (size_t i = 0; i < lesson->after.n; i++)
		free(lesson->after.at[i]);
	vec_free(&lesson->after);
	free(lesson->file);
	free(lesson->id);
	free(lesson->title);
	free(lesson->summary);
	free(lesson);
}

bool block_is_note(const struct block *block)
{
	const char *text = block->kind == BLOCK_COMMENT && block->text ? block->text : "";

	text += strspn(text, " \t\n");
	return strncmp(text, "note", 4) == 0 && text[4 + strspn(text + 4, " \t\n")] == '\0';
}
