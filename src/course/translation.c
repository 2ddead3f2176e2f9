#include "course/translation.h"

#include "base/near.h"
#include "course/comment.h"
#include "course/predict.h"
#include "course/question.h"
#include "lesson/check.h"

#include <string.h>

/* Two lessons being compared. */
struct pair {
	const struct lesson *lesson;
	const struct lesson *original;
	struct errs *errs;
};

/* A line of the lesson; where it is not known, the first. */
static int line_or_first(int line)
{
	return line > 0 ? line : 1;
}

/*
 * Front matter.
 */

static void check_number(const struct pair *p, const char *key, int line, int here, int there)
{
	if (here != there)
		errs_add(p->errs, p->lesson->file, line_or_first(line),
			 "%s: %d stands here, and in the original %s: %d, which would be right", key,
			 here, key, there);
}

static void list_after(struct str *to, const struct lesson *lesson)
{
	for (size_t i = 0; i < lesson->after.n; i++)
		str_addf(to, "%s%s", i ? ", " : "", lesson->after.at[i]);
}

static void check_after(const struct pair *p)
{
	struct str here = {0}, there = {0};

	list_after(&here, p->lesson);
	list_after(&there, p->original);
	if (!str_same(str_text(&here), str_text(&there)))
		errs_add(p->errs, p->lesson->file, line_or_first(p->lesson->after_line),
			 "the lesson comes after [%s], and its original after [%s], which would be "
			 "right", str_text(&here), str_text(&there));
	str_free(&here);
	str_free(&there);
}

static void check_front(const struct pair *p)
{
	check_number(p, "order", p->lesson->order_line, p->lesson->order, p->original->order);
	check_number(p, "minutes", p->lesson->minutes_line, p->lesson->minutes,
		     p->original->minutes);
	check_after(p);
}

/*
 * Demos.
 */

static const struct demo *find_demo(const struct lesson *lesson, const char *id)
{
	for (size_t i = 0; i < lesson->demos.n; i++)
		if (str_same(lesson->demos.at[i].id, id))
			return &lesson->demos.at[i];
	return NULL;
}

static int demo_line(const struct demo *demo)
{
	return demo->directive_line ? demo->directive_line : demo->line;
}

static const char *cell_words(const struct cell *cell)
{
	return cell->kind == CELL_EMPTY ? "nothing" : cell->text;
}

/* Returns whether the row's cells are the same. */
static bool check_row(const struct pair *p, const struct table_row *here,
		      const struct table_row *there, size_t number)
{
	for (enum role role = ROLE_A; role < ROLE_NONE; role++) {
		if (str_same(here->cell[role].text, there->cell[role].text))
			continue;
		errs_add(p->errs, p->lesson->file, here->line,
			 "row %zu, %s: %s stands here, and in the original (line %d) %s, which "
			 "would be right", number, role_name(role), cell_words(&here->cell[role]),
			 there->line, cell_words(&there->cell[role]));
		return false;
	}
	if (!here->note && there->note)
		errs_add(p->errs, p->lesson->file, here->line,
			 "row %zu has no note, and in the original (line %d) it has one", number,
			 there->line);
	return true;
}

/* WHAT the rows are of: "the demo". */
static void check_rows(const struct pair *p, const char *what, const struct demo *here,
		       const struct demo *there)
{
	size_t n = here->table.rows.n, m = there->table.rows.n;
	bool same = true;

	/* After a row too many or too few all others would differ as well. */
	for (size_t i = 0; i < n && i < m && (same || n == m); i++)
		same = check_row(p, &here->table.rows.at[i], &there->table.rows.at[i], i + 1);
	if (n != m)
		errs_add(p->errs, p->lesson->file, here->line,
			 "%s '%s' has %zu rows, and in the original (line %d) %zu, which would be "
			 "right", what, here->id, n, there->line, m);
}

static bool same_settings(const struct settings *a, const struct settings *b)
{
	for (int id = 0; id < SETTINGS; id++)
		if (a->of[id].given != b->of[id].given ||
		    (a->of[id].given && a->of[id].value != b->of[id].value))
			return false;
	return true;
}

static bool same_setup(const struct demo *a, const struct demo *b)
{
	for (enum role role = ROLE_A; role < ROLE_NONE; role++)
		if (a->setup[role].misses != b->setup[role].misses ||
		    a->setup[role].ignores_sigpipe != b->setup[role].ignores_sigpipe)
			return false;
	return a->link == b->link && a->patience == b->patience &&
	       a->at_once.first == b->at_once.first && a->at_once.last == b->at_once.last &&
	       same_settings(&a->settings, &b->settings);
}

static void check_setup(const struct pair *p, const struct demo *here, const struct demo *there)
{
	struct str directive = {0};

	if (same_setup(here, there))
		return;
	demo_print_directive(&directive, there);
	errs_add(p->errs, p->lesson->file, demo_line(here),
		 "the demo '%s' is set up in another way than in the original (line %d); right, but "
		 "for the title, would be %s", here->id, demo_line(there),
		 directive.len ? str_text(&directive) : "no directive");
	str_free(&directive);
}

/* A demo that only the translation has. */
static void extra_demo(const struct pair *p, const struct demo *demo)
{
	struct near near = near_start(demo->id);

	for (size_t i = 0; i < p->original->demos.n; i++)
		near_offer(&near, p->original->demos.at[i].id);
	errs_add(p->errs, p->lesson->file, demo_line(demo),
		 "the original has no demo '%s'%s%s%s", demo->id,
		 near.best ? " (did you mean '" : "", near.best ? near.best : "",
		 near.best ? "'?)" : "");
}

/* A demo that only the original has; in the translation it should stand at INDEX. */
static void missing_demo(const struct pair *p, const struct demo *demo, size_t index)
{
	const struct lesson *l = p->lesson;
	size_t before = index < l->demos.n ? index : l->demos.n;

	errs_add(p->errs, l->file, before ? l->demos.at[before - 1].line : 1,
		 "the original's demo '%s' (line %d) is missing%s%s%s", demo->id, demo_line(demo),
		 before ? "; it would stand after '" : "", before ? l->demos.at[before - 1].id : "",
		 before ? "'" : "");
}

/* The demos that both have stand in the same order; the first that does not is told. */
static void check_order(const struct pair *p)
{
	size_t n = 0;

	for (size_t i = 0; i < p->lesson->demos.n; i++) {
		const struct demo *here = &p->lesson->demos.at[i];

		if (!find_demo(p->original, here->id))
			continue;
		while (n < p->original->demos.n &&
		       !find_demo(p->lesson, p->original->demos.at[n].id))
			n++;
		if (n == p->original->demos.n) /* it has been there before */
			return;
		if (!str_same(p->original->demos.at[n].id, here->id)) {
			errs_add(p->errs, p->lesson->file, demo_line(here),
				 "the demo '%s' stands here, and in the original '%s', which would "
				 "be right", here->id, p->original->demos.at[n].id);
			return;
		}
		n++;
	}
}

static void check_demos(const struct pair *p)
{
	for (size_t i = 0; i < p->original->demos.n; i++)
		if (!find_demo(p->lesson, p->original->demos.at[i].id))
			missing_demo(p, &p->original->demos.at[i], i);
	for (size_t i = 0; i < p->lesson->demos.n; i++) {
		const struct demo *here = &p->lesson->demos.at[i];
		const struct demo *there = find_demo(p->original, here->id);

		if (!there) {
			extra_demo(p, here);
			continue;
		}
		check_setup(p, here, there);
		check_rows(p, "the demo", here, there);
	}
	check_order(p);
}

/*
 * Comments that set something up: <!-- predict: … -->, <!-- note -->. The parts of a lab are
 * looked at with it.
 */

struct comments {
	VEC(const struct block *) list;
};

/* The length of the word that COMMENT begins with, if it is one of ours, else 0. */
static size_t comment_word(const char *text)
{
	static const char *const words[] = {"predict", "here", "lab", "note"};
	size_t n = strspn(text, "abcdefghijklmnopqrstuvwxyz");

	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (strlen(words[i]) == n && strncmp(words[i], text, n) == 0)
			return n;
	return 0;
}

static const char *comment_text(const struct block *block)
{
	return block->text + strspn(block->text, " \t\n");
}

static void find_comments(struct comments *to, const struct blocks *blocks)
{
	for (size_t i = 0; i < blocks->n; i++) {
		const struct block *b = &blocks->at[i];

		if (b->kind == BLOCK_COMMENT && b->text && comment_word(comment_text(b)) &&
		    !lab_is(b->text))
			vec_push(&to->list, b);
		find_comments(to, &b->children);
	}
}

/* The comment as it should be, but for its title: appended to TO. */
static void comment_print(struct str *to, const struct block *block)
{
	const char *text = comment_text(block);
	size_t n = comment_word(text);
	struct comment_pair pair;

	str_addn(to, text, n);
	text += n;
	if (*text != ':')
		return;
	str_addc(to, ':');
	for (text++; comment_next(&text, &pair); comment_pair_free(&pair)) {
		if (str_same(pair.key, "title"))
			continue;
		str_addf(to, " %s", pair.key);
		if (pair.value)
			str_addf(to, strpbrk(pair.value, " ;") ? "=\"%s\"" : "=%s", pair.value);
	}
}

static void check_comment(const struct pair *p, const struct block *here,
			  const struct block *there)
{
	struct str a = {0}, b = {0};

	comment_print(&a, here);
	comment_print(&b, there);
	if (!str_same(str_text(&a), str_text(&b)))
		errs_add(p->errs, p->lesson->file, here->line,
			 "<!-- %s --> stands here, and in the original (line %d) <!-- %s -->, which "
			 "would be right", str_text(&a), there->line, str_text(&b));
	str_free(&a);
	str_free(&b);
}

/* BLOCK is only in one of the two; LINE is of the translation. */
static void odd_comment(const struct pair *p, int line, const char *words,
			const struct block *block)
{
	struct str comment = {0};

	comment_print(&comment, block);
	errs_add(p->errs, p->lesson->file, line, "%s (line %d): <!-- %s -->", words, block->line,
		 str_text(&comment));
	str_free(&comment);
}

static void check_comments(const struct pair *p)
{
	struct comments here = {0}, there = {0};
	size_t n, m;

	find_comments(&here, &p->lesson->blocks);
	find_comments(&there, &p->original->blocks);
	n = here.list.n;
	m = there.list.n;
	for (size_t i = 0; i < n && i < m; i++)
		check_comment(p, here.list.at[i], there.list.at[i]);
	if (n > m)
		odd_comment(p, here.list.at[m]->line, "the original has no such comment",
			    here.list.at[m]);
	if (n < m)
		odd_comment(p, n ? here.list.at[n - 1]->line : 1,
			    "after this the original has one more comment", there.list.at[n]);
	vec_free(&here.list);
	vec_free(&there.list);
}

/*
 * Labs.
 */

static const struct lab *find_lab(const struct lesson *lesson, const char *id)
{
	for (size_t i = 0; i < lesson->labs.n; i++)
		if (str_same(lesson->labs.at[i].setup.id, id))
			return &lesson->labs.at[i];
	return NULL;
}

static void check_lab_count(const struct pair *p, const struct lab *here, const struct lab *there,
			    const char *what, size_t n, size_t m)
{
	if (n != m)
		errs_add(p->errs, p->lesson->file, here->line,
			 "%s of the lab '%s': %zu, and in the original (line %d) %zu, which would be "
			 "right", what, here->setup.id, n, there->line, m);
}

static void check_lab_table(const struct pair *p, const char *what, size_t here, size_t there)
{
	if (here != SIZE_MAX && there != SIZE_MAX)
		check_rows(p, what, &p->lesson->lab_tables.at[here].demo,
			   &p->original->lab_tables.at[there].demo);
}

static void check_lab(const struct pair *p, const struct lab *here, const struct lab *there)
{
	check_comment(p, &p->lesson->blocks.at[here->first], &p->original->blocks.at[there->first]);
	check_lab_table(p, "the goal of the lab", here->goal, there->goal);
	check_lab_count(p, here, there, "hints", here->hints.n, there->hints.n);
	check_lab_count(p, here, there, "solutions", here->solutions.n, there->solutions.n);
	check_lab_count(p, here, there, "wrong attempts", here->wrong.n, there->wrong.n);
	for (size_t i = 0; i < here->solutions.n && i < there->solutions.n; i++)
		check_lab_table(p, "a solution of the lab", here->solutions.at[i],
				there->solutions.at[i]);
	for (size_t i = 0; i < here->wrong.n && i < there->wrong.n; i++)
		check_lab_table(p, "a wrong attempt of the lab", here->wrong.at[i],
				there->wrong.at[i]);
}

static void extra_lab(const struct pair *p, const struct lab *lab)
{
	struct near near = near_start(lab->setup.id);

	for (size_t i = 0; i < p->original->labs.n; i++)
		near_offer(&near, p->original->labs.at[i].setup.id);
	errs_add(p->errs, p->lesson->file, lab->line, "the original has no lab '%s'%s%s%s",
		 lab->setup.id, near.best ? " (did you mean '" : "", near.best ? near.best : "",
		 near.best ? "'?)" : "");
}

/* Where both have the same labs, they stand in the same order; the first that does not is told. */
static void check_lab_order(const struct pair *p)
{
	for (size_t i = 0; i < p->lesson->labs.n && i < p->original->labs.n; i++) {
		const struct lab *here = &p->lesson->labs.at[i];
		const char *there = p->original->labs.at[i].setup.id;

		if (str_same(here->setup.id, there))
			continue;
		errs_add(p->errs, p->lesson->file, here->line,
			 "the lab '%s' stands here, and in the original '%s', which would be right",
			 here->setup.id, there);
		return;
	}
}

static void check_labs(const struct pair *p)
{
	bool same = true;

	for (size_t i = 0; i < p->original->labs.n; i++) {
		const struct lab *there = &p->original->labs.at[i];

		if (find_lab(p->lesson, there->setup.id))
			continue;
		errs_add(p->errs, p->lesson->file, 1, "the original's lab '%s' (line %d) is missing",
			 there->setup.id, there->line);
		same = false;
	}
	for (size_t i = 0; i < p->lesson->labs.n; i++) {
		const struct lab *here = &p->lesson->labs.at[i];
		const struct lab *there = find_lab(p->original, here->setup.id);

		same = same && there;
		if (there)
			check_lab(p, here, there);
		else
			extra_lab(p, here);
	}
	if (same)
		check_lab_order(p);
}

/*
 * Questions.
 */

static void check_answers(const struct pair *p, const struct question *here,
			  const struct question *there)
{
	if (here->answers.n != there->answers.n)
		errs_add(p->errs, p->lesson->file, here->line,
			 "question %d has %zu answers, and in the original (line %d) %zu, which would "
			 "be right", here->number, here->answers.n, there->line, there->answers.n);
	for (size_t i = 0; i < here->answers.n && i < there->answers.n; i++) {
		bool right = there->answers.at[i].right;

		if (here->answers.at[i].right != right)
			errs_add(p->errs, p->lesson->file, here->answers.at[i].text->line,
				 "this answer is marked as %s, and in the original (line %d) it is "
				 "%s; %s would be right", right ? "wrong" : "right",
				 there->answers.at[i].text->line, right ? "right" : "wrong",
				 right ? "- [x]" : "- [ ]");
	}
}

static void check_questions(const struct pair *p)
{
	struct questions here, there;
	size_t n, m;

	questions_find(&here, p->lesson);
	questions_find(&there, p->original);
	n = here.list.n;
	m = there.list.n;
	for (size_t i = 0; i < n && i < m; i++)
		check_answers(p, &here.list.at[i], &there.list.at[i]);
	if (n != m)
		errs_add(p->errs, p->lesson->file, n ? here.list.at[n > m ? m : n - 1].line : 1,
			 "the lesson has %zu questions, and its original %zu, which would be right", n,
			 m);
	questions_free(&here);
	questions_free(&there);
}

void translation_check(const struct lesson *lesson, const struct lesson *original,
		       struct errs *errs)
{
	struct pair p = {lesson, original, errs};

	check_front(&p);
	check_demos(&p);
	check_comments(&p);
	check_labs(&p);
	check_questions(&p);
}

/*
 * All of them.
 */

/* WHOLE is what a learner of that language has. */
static void check_folder(const struct shelf *folder, struct shelf *originals, struct shelf *whole,
			 struct errs *errs)
{
	for (size_t i = 0; i < folder->lessons.n; i++) {
		const struct lesson *lesson = folder->lessons.at[i];
		const struct lesson *original = shelf_find(originals, lesson->id);

		lesson_check(lesson, whole, errs);
		predict_check(lesson, errs);
		if (original)
			translation_check(lesson, original, errs);
	}
}

void translations_check(struct shelf *originals, struct errs *errs)
{
	struct entries langs;

	shelf_langs(&langs, originals);
	for (size_t i = 0; i < langs.list.n; i++) {
		struct shelf folder, whole;
		struct errs known = {0};

		shelf_open_folder(&folder, langs.list.at[i], errs);
		shelf_open(&whole, langs.list.at[i], &known);
		check_folder(&folder, originals, &whole, errs);
		errs_free(&known);
		shelf_free(&whole);
		shelf_free(&folder);
	}
	entries_free(&langs);
}
