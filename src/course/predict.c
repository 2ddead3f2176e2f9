#include "course/predict.h"

#include "course/given.h"
#include "course/words.h"
#include "timeline/outcome_kind.h"

#include <stdlib.h>

/*
 * Choices.
 */

static struct outcome outcome_copy(const struct outcome *o)
{
	struct outcome copy = *o;

	copy.bytes = o->bytes ? mem_strndup(o->bytes, o->len) : NULL;
	copy.detail = mem_strdup(o->detail);
	return copy;
}

static void derive_choices(struct outcomes *to, const struct asked *asked)
{
	vec_push(&to->list, outcome_copy(asked->truth));
	tempt_list(to, asked, PREDICT_MOST - 1);
}

/* How much an outcome says: of those that hold, the one that says most is meant. */
static int says(const struct outcome *o)
{
	int more = (o->sig ? 2 : 0) + (o->detail ? 1 : 0);

	switch (outcome_about(o)) {
	case ABOUT_END:
		return 5;
	case ABOUT_SIGNAL:
		return 4;
	case ABOUT_RESULT:
		return more + (o->kind == OUTCOME_RETURNS ? 0 : 1);
	case ABOUT_SLEEP:
	case ABOUT_SENT:
	case ABOUT_GOT:
	case ABOUT_DOING:
		break;
	}
	return more;
}

/* The choice that can hold beside the one at I, and says more; or NULL. */
static const struct outcome *says_more(const struct outcomes *list, size_t i)
{
	const struct outcome *o = &list->list.at[i];

	for (size_t k = 0; k < list->list.n; k++) {
		const struct outcome *other = &list->list.at[k];

		if (o->kind == OUTCOME_FAILS &&
		    (asked_is_fate(other) || (other->kind == OUTCOME_FAILS && !o->sig &&
					      other->sig && other->err == o->err)))
			return other;
	}
	return NULL;
}

/* Numbers that look random enough for an order: xorshift. */
static unsigned next_random(unsigned *state)
{
	*state ^= *state << 13;
	*state ^= *state >> 17;
	*state ^= *state << 5;
	return *state;
}

static void shuffle(struct prediction *p, unsigned seed)
{
	unsigned state = (seed * 2654435761U) | 1;

	for (int i = 0; i < 4; i++)
		next_random(&state);
	for (size_t i = p->n; i > 1; i--) {
		size_t k = next_random(&state) % i;
		struct choice swap = p->choices[i - 1];

		p->choices[i - 1] = p->choices[k];
		p->choices[k] = swap;
	}
}

/* Make P of the CHOICES, which it takes over. False when there are too few. */
static bool make(struct prediction *p, const struct asked *asked, struct outcomes *choices)
{
	struct str text = {0};

	*p = (struct prediction){.row = asked->row, .role = asked->role,
				 .asked_before = asked->after ? asked->after + 1
							      : asked->call_row};
	if (choices->list.n < CHOICES_FEWEST || choices->list.n > PREDICT_MOST)
		return false;
	words_question(&text, asked);
	p->question = str_take(&text);
	for (size_t i = 0; i < choices->list.n; i++) {
		words_outcome(&text, &choices->list.at[i], asked, says_more(choices, i));
		p->choices[i].words = str_take(&text);
	}
	for (size_t i = 0; i < choices->list.n; i++)
		p->choices[i].outcome = choices->list.at[i];
	p->n = choices->list.n;
	choices->list.n = 0;
	return true;
}

static bool derive(struct prediction *p, const struct asked *asked)
{
	struct outcomes choices = {0};
	bool made;

	derive_choices(&choices, asked);
	made = make(p, asked, &choices);
	outcomes_free(&choices);
	return made;
}

/*
 * Which row.
 */

/* The row of the demo that surprises most, among those that have choices. */
static bool derive_any(struct prediction *p, const struct demo *demo)
{
	int most = 0;

	for (int row = 1; row <= (int)demo->table.rows.n; row++)
		for (enum role role = ROLE_A; role < ROLE_NONE; role++) {
			struct prediction found;
			struct asked asked;
			int surprise = 0;

			if (asked_find(&asked, demo, role, row))
				surprise = asked_surprise(&asked);
			if (surprise <= most || !derive(&found, &asked))
				continue;
			predict_free(p);
			*p = found;
			most = surprise;
		}
	return most > 0;
}

/* The prediction that COMMENT asks for. False when it is wrong: then that was said. */
static bool predict_given(struct prediction *p, const struct lesson *lesson, size_t demo,
			  const struct block *comment, struct errs *errs)
{
	struct outcomes choices = {0};
	struct asked asked;
	bool made = false;

	if (!given_read(&asked, &choices, lesson, demo, comment, errs))
		return false;
	made = choices.list.n ? make(p, &asked, &choices) : derive(p, &asked);
	if (!made && errs)
		errs_add(errs, lesson->file, comment->line, "no choices can be derived for row %d; "
			 "give them: choices=\"EOF; ECONNRESET; blocks\"", asked.row);
	outcomes_free(&choices);
	return made;
}

bool predict_find(struct prediction *p, const struct lesson *lesson, size_t demo, unsigned seed,
		  struct errs *errs)
{
	const struct block *comment = given_comment(lesson, demo);
	bool found = comment && predict_given(p, lesson, demo, comment, errs);

	if (!found) {
		*p = (struct prediction){0};
		found = derive_any(p, &lesson->demos.at[demo]);
	}
	shuffle(p, seed);
	return found;
}

bool predict_hides(const struct prediction *p, const struct demo *demo, enum role role, int row)
{
	return p->n > 0 && row >= p->row &&
	       demo->table.rows.at[row - 1].cell[role].kind == CELL_OUTCOME;
}

bool predict_is_given(const struct lesson *lesson, size_t demo)
{
	struct prediction p = {0};
	struct errs errs = {0};
	bool given = given_comment(lesson, demo) && predict_find(&p, lesson, demo, 0, &errs) &&
		     errs.list.n == 0;

	predict_free(&p);
	errs_free(&errs);
	return given;
}

void predict_check(const struct lesson *lesson, struct errs *errs)
{
	given_check_places(lesson, errs);
	for (size_t i = 0; i < lesson->demos.n; i++) {
		struct prediction p;

		predict_find(&p, lesson, i, 0, errs);
		predict_free(&p);
	}
}

/*
 * The answer.
 */

/* How many events there are before the verdict on the row. */
static size_t verdict_index(const struct prediction *p, const struct events *events)
{
	for (size_t i = 0; i < events->list.n; i++) {
		const struct event *e = &events->list.at[i];

		if (e->kind == EVENT_VERDICT && e->role == p->role && e->row == p->row)
			return i;
	}
	return events->list.n;
}

/* How many events there are before the role's next call after index FROM. */
static size_t next_call_index(const struct prediction *p, const struct events *events, size_t from)
{
	for (size_t i = from; i < events->list.n; i++)
		if (events->list.at[i].kind == EVENT_CALL && events->list.at[i].role == p->role)
			return i;
	return events->list.n;
}

static enum verdict judge_until(const struct outcome *outcome, const struct prediction *p,
				const struct events *events, size_t end)
{
	struct events until = {.list = {events->list.at, end, end}};

	return outcome_judge(outcome, p->role, &until).verdict;
}

int predict_truth(const struct prediction *p, const struct events *events)
{
	size_t verdict = verdict_index(p, events);
	size_t next = next_call_index(p, events, verdict);
	int best = -1;

	for (size_t i = 0; i < p->n; i++) {
		const struct outcome *o = &p->choices[i].outcome;
		enum verdict v = judge_until(o, p, events, verdict);

		/* The call has returned as it says, and the signal is still on its way. */
		if (v == VERDICT_PENDING && o->sig)
			v = judge_until(o, p, events, next);
		if (v == VERDICT_HOLDS &&
		    (best < 0 || says(o) > says(&p->choices[best].outcome)))
			best = (int)i;
	}
	return best;
}

void predict_free(struct prediction *p)
{
	free(p->question);
	for (size_t i = 0; i < p->n; i++) {
		outcome_free(&p->choices[i].outcome);
		free(p->choices[i].words);
	}
	*p = (struct prediction){0};
}
