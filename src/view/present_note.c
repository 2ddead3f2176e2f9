/*
 * What the lesson says to whoever presents it, for the slide that shows.
 */
#include "view/present.h"

#include "base/text.h"

/* Where the slide begins in the lesson. */
static size_t slide_block(const struct lesson *lesson, const struct slide *slide)
{
	for (size_t i = 0; i < lesson->blocks.n; i++) {
		const struct block *b = &lesson->blocks.at[i];

		if (slide->demo >= 0 ? b->kind == BLOCK_DEMO && (int)b->demo == slide->demo
				     : b == slide->heading)
			return i;
	}
	return 0;
}

static bool begins_slide(const struct block *b)
{
	return b->kind == BLOCK_DEMO || (b->kind == BLOCK_HEADING && b->level > 1);
}

static void add_paragraph(struct str *to, const struct block *b)
{
	for (size_t i = 0; i < b->spans.n; i++)
		str_add(to, b->spans.at[i].text ? b->spans.at[i].text : "\n");
	str_addc(to, '\n');
}

void present_note(struct str *to, const struct present *p)
{
	const struct blocks *blocks = &p->lesson->blocks;
	const struct slide *slide = &p->slides.at[p->at];
	size_t first = slide_block(p->lesson, slide);

	/* TRANSLATORS: the title of a lesson, and which of its slides */
	str_addf(to, _("%1$s, slide %2$zu of %3$zu"), p->lesson->title, p->at + 1, p->slides.n);
	if (slide->demo >= 0)
		str_addf(to, ": %s", p->lesson->demos.at[slide->demo].title);
	str_addc(to, '\n');
	for (size_t i = first; i < blocks->n && (i == first || !begins_slide(&blocks->at[i])); i++)
		if (block_is_note(&blocks->at[i]) && i + 1 < blocks->n &&
		    blocks->at[i + 1].kind == BLOCK_PARAGRAPH) {
			str_addc(to, '\n');
			add_paragraph(to, &blocks->at[i + 1]);
		}
}
