#include "lesson/complete.h"

#include "base/names.h"
#include "base/text.h"
#include "lesson/action.h"
#include "lesson/parse.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

/*
 * Names.
 */

static void add_name(struct scope *scope, const char *name)
{
	for (size_t i = 0; i < scope->names.n; i++)
		if (strcmp(scope->names.at[i], name) == 0)
			return;
	vec_push(&scope->names, mem_strdup(name));
}

static void add_defined(struct scope *scope, const struct cell *cell)
{
	if (cell->kind != CELL_ACTION)
		return;
	for (size_t i = 0; i < 2; i++)
		if (cell->action->names[i])
			add_name(scope, cell->action->names[i]);
}

void scope_add_table(struct scope *scope, const struct table *table, size_t row, enum role role)
{
	for (size_t i = 0; i < row && i < table->rows.n; i++)
		add_defined(scope, &table->rows.at[i].cell[role]);
}

void scope_add_cell(struct scope *scope, const char *text)
{
	struct cell cell = {0};
	struct errs errs = {0};

	if (cell_parse(&cell, text, NULL, 0, &errs) == 0)
		add_defined(scope, &cell);
	cell_free(&cell);
	errs_free(&errs);
}

void scope_free(struct scope *scope)
{
	for (size_t i = 0; i < scope->names.n; i++)
		free(scope->names.at[i]);
	vec_free(&scope->names);
}

/*
 * Offering.
 */

struct offer {
	struct completions *out;
	const char *word;   /* what is typed of it */
	size_t len;
};

static bool offered(const struct completions *out, const char *text)
{
	for (size_t i = 0; i < out->list.n; i++)
		if (strcmp(out->list.at[i].text, text) == 0)
			return true;
	return false;
}

/* Capitals are meant; small letters stand for either. */
static bool begins_like(const char *text, const struct offer *o)
{
	for (size_t i = 0; i < o->len; i++)
		if (o->word[i] >= 'A' && o->word[i] <= 'Z')
			return strncmp(text, o->word, o->len) == 0;
	return strncasecmp(text, o->word, o->len) == 0;
}

/* TEXT with AFTER behind it, unless it is another word. */
static void offer(struct offer *o, const char *text, const char *after, const char *about)
{
	char *whole;

	if (!begins_like(text, o))
		return;
	whole = str_make("%s%s", text, after);
	if (offered(o->out, whole))
		free(whole);
	else
		vec_push(&o->out->list, (struct completion){whole, about});
}

static void offer_names(struct offer *o, const struct scope *scope)
{
	for (size_t i = scope->names.n; i-- > 0;)
		offer(o, scope->names.at[i], "", NULL);
}

static void offer_constants(struct offer *o, const char *prefix)
{
	const char *name;

	for (size_t i = 0; (name = constant_at(i)) != NULL; i++)
		if (strncmp(name, prefix, strlen(prefix)) == 0)
			offer(o, name, "", NULL);
}

static void offer_calls(struct offer *o)
{
	const struct call *call;

	for (size_t i = 0; (call = call_at(i)) != NULL; i++)
		offer(o, call->name, "(", call->summary);
}

/* What the director does has few forms: whole cells. */
static void offer_deeds(struct offer *o)
{
	const struct deed *deed;

	for (size_t i = 0; (deed = deed_at(i)) != NULL; i++)
		for (size_t k = 0; deed->examples[k]; k++)
			offer(o, deed->examples[k], "", deed->summary);
}

/* What a cell may begin with. */
static void offer_words(struct offer *o)
{
	static const char *(*const lists[])(size_t i) = {
		outcome_word_at, errno_name_at, signal_name_at,
	};
	const char *name;

	offer_calls(o);
	offer_deeds(o);
	for (size_t list = 0; list < sizeof lists / sizeof *lists; list++)
		/* The names of all errors and signals are too many to offer unasked. */
		for (size_t i = 0; (list < 1 || o->len > 0) && (name = lists[list](i)) != NULL; i++)
			offer(o, name, "", NULL);
}

/*
 * Arguments: which constants a parameter takes.
 */

static const struct {
	const char *call;    /* NULL: any */
	const char *param;
	const char *prefix;
} takes[] = {
	{NULL, "domain", "AF_"}, {NULL, "type", "SOCK_"}, {NULL, "how", "SHUT_"},
	{"accept4", "flags", "SOCK_"}, {"send", "flags", "MSG_"}, {"sendto", "flags", "MSG_"},
	{"recv", "flags", "MSG_"}, {"recvfrom", "flags", "MSG_"}, {NULL, "level", "SOL_"},
	{NULL, "level", "IPPROTO_"}, {NULL, "optname", "SO_"}, {NULL, "optname", "TCP_"},
	{NULL, "optname", "IP_"}, {NULL, "optname", "IPV6_"}, {NULL, "cmd", "F_"},
	{"fcntl", "arg", "O_"}, {NULL, "signum", "SIG"}, {NULL, "mode", "S_I"},
};

static void offer_flags(struct offer *o, const struct call *call, const struct param *param)
{
	for (size_t i = 0; i < sizeof takes / sizeof *takes; i++)
		if ((!takes[i].call || strcmp(takes[i].call, call->name) == 0) &&
		    strcmp(takes[i].param, param->name) == 0)
			offer_constants(o, takes[i].prefix);
}

static void offer_addresses(struct offer *o, const struct scope *scope)
{
	for (size_t i = scope->names.n; i-- > 0;) {
		char *text = str_make("addr(%s)", scope->names.at[i]);

		offer(o, text, "", N_("the address that it is bound to"));
		free(text);
	}
	offer(o, "\"demo.sock\"", "", N_("a file of the demo's own directory"));
	offer(o, "\"@demo\"", "", N_("an abstract name"));
	offer(o, "\"127.0.0.1:0\"", "", N_("IPv4, at a port that the kernel chooses"));
	offer(o, "\"[::1]:0\"", "", N_("IPv6, at a port that the kernel chooses"));
}

static void offer_argument(struct offer *o, const struct call *call, const struct param *param,
			   const struct scope *scope)
{
	switch (param->kind) {
	case PARAM_FD:
	case PARAM_PASS_FD:
		offer_names(o, scope);
		break;
	case PARAM_LENGTH:
	case PARAM_INT:
	case PARAM_TIMEOUT:
	case PARAM_OPTVAL:
		offer_flags(o, call, param);
		if (o->len > 0)
			offer_names(o, scope);
		break;
	case PARAM_ADDRESS:
		offer_addresses(o, scope);
		break;
	case PARAM_PATH:
		offer(o, "\"demo.sock\"", "", N_("a file of the demo's own directory"));
		break;
	case PARAM_POLLFDS:
		offer_names(o, scope);
		offer_constants(o, "POLL");
		break;
	case PARAM_HANDLER:
		offer(o, "SIG_IGN", "", N_("the process ignores it"));
		offer(o, "SIG_DFL", "", N_("the default action"));
		offer(o, "handler", "", N_("a handler runs"));
		break;
	case PARAM_BYTES:
		offer(o, "\"hello\"", "", NULL);
		break;
	case PARAM_BUFFER:
		offer(o, "buf", "", NULL);
		break;
	case PARAM_NULL:
		offer(o, "NULL", "", NULL);
		break;
	case PARAM_END:
	case PARAM_PAIR:
	case PARAM_OUT_FD:
	case PARAM_OUT_ADDR:
	case PARAM_OUT_OPT:
	case PARAM_ZERO:
		break;
	}
}

/*
 * Where the cursor is.
 */

/* The call that is open at a place in the text, and which of its arguments is there. */
struct context {
	const struct call *call;   /* NULL: in none */
	size_t argument;
	bool in_string;
	size_t word;               /* offset of the word at the cursor */
};

static bool in_word(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	       c == '_';
}

static const struct call *call_before(const char *text, size_t paren)
{
	size_t from = paren;

	while (from > 0 && in_word(text[from - 1]))
		from--;
	return call_find(text + from, paren - from);
}

static const struct param *nth_written(const struct call *call, size_t n)
{
	for (size_t i = 0; i < CALL_PARAMS && call->params[i].kind != PARAM_END; i++)
		if (call->params[i].name && n-- == 0)
			return &call->params[i];
	return NULL;
}

/* Whether the N bytes at ARG, the second argument, leave out the word `buf` that CALL has there. */
static bool leaves_buf_out(const struct call *call, const char *arg, size_t n)
{
	const struct param *second = nth_written(call, 1);

	while (n > 0 && *arg == ' ')
		arg++, n--;
	return second && second->kind == PARAM_BUFFER && n > 0 &&
	       strncmp(arg, "buf", n < 3 ? n : 3) != 0;
}

/* Nested parentheses and braces belong to an argument. A string's word begins at its quote. */
static struct context find_context(const char *text, size_t cursor)
{
	struct context c = {0};
	size_t second = 0;
	int depth = 0;

	for (size_t i = 0; i < cursor; i++) {
		if (text[i] == '"')
			c.in_string = !c.in_string, c.word = i;
		else if (c.in_string && text[i] == '\\')
			i++;
		else if (c.in_string)
			continue;
		else if (text[i] == '(' && !c.call && depth == 0 && call_before(text, i))
			c.call = call_before(text, i), c.argument = 0;
		else if (text[i] == '(' || text[i] == '{')
			depth++;
		else if ((text[i] == ')' || text[i] == '}') && depth > 0)
			depth--;
		else if (text[i] == ')')
			c.call = NULL;
		else if (text[i] == ',' && depth == 0 && c.argument++ == 0)
			second = i + 1;
	}
	if (c.call && c.argument > 0 && leaves_buf_out(c.call, text + second, cursor - second))
		c.argument++;
	if (c.in_string)
		return c;
	for (c.word = cursor; c.word > 0 && in_word(text[c.word - 1]);)
		c.word--;
	return c;
}

static void write_signature(struct completions *out, const struct context *c)
{
	const struct param *param;

	str_addf(&out->signature, "%s(", c->call->name);
	for (size_t i = 0; (param = nth_written(c->call, i)) != NULL; i++) {
		str_add(&out->signature, i ? ", " : "");
		if (i == c->argument) {
			out->part = out->signature.len;
			out->part_len = strlen(param->name);
		}
		str_add(&out->signature, param->name);
	}
	str_addc(&out->signature, ')');
	out->about = c->call->summary;
}

/* Whether nothing but the word at the cursor stands behind the last `=`, or in the cell: a
 * function's name can stand there. */
static bool at_start(const char *text, const struct context *c, bool *assigned)
{
	size_t i = c->word;

	while (i > 0 && text[i - 1] == ' ')
		i--;
	*assigned = i > 0 && text[i - 1] == '=';
	return i == 0 || (*assigned && i > 1);
}

/* Whether the cell begins with a word of the director's, and the cursor is behind that: the whole
 * cell is then the word. */
static bool in_deed(const char *text, size_t cursor, size_t *from)
{
	const char *word;

	*from = strspn(text, " ");
	for (size_t i = 0; (word = director_word_at(i)) != NULL; i++)
		if (strncasecmp(text + *from, word, strlen(word)) == 0 &&
		    text[*from + strlen(word)] == ' ' && cursor > *from + strlen(word))
			return true;
	return false;
}

void complete_cell(struct completions *out, const char *text, size_t cursor,
		   const struct scope *scope)
{
	struct context c = find_context(text, cursor);
	size_t begin;
	bool deed = !c.call && in_deed(text, cursor, &begin);
	struct offer o;
	const struct param *param = c.call ? nth_written(c.call, c.argument) : NULL;
	bool assigned;

	if (deed)
		c.word = begin;
	o = (struct offer){out, text + c.word, cursor - c.word};
	*out = (struct completions){.from = c.word};
	if (c.call)
		write_signature(out, &c);
	if (deed)
		offer_deeds(&o);
	else if (param) {
		offer_argument(&o, c.call, param, scope);
		/* An address may follow the bytes. */
		if (c.argument == 2 && strcmp(c.call->name, "sendto") == 0)
			offer_addresses(&o, scope);
	} else if (!c.call && !c.in_string && at_start(text, &c, &assigned)) {
		if (assigned)
			offer_calls(&o);
		else
			offer_words(&o);
	}
}

char *completions_common(const struct completions *c)
{
	size_t len;

	if (c->list.n == 0)
		return NULL;
	len = strlen(c->list.at[0].text);
	for (size_t i = 1; i < c->list.n; i++)
		while (strncmp(c->list.at[0].text, c->list.at[i].text, len) != 0)
			len--;
	return mem_strndup(c->list.at[0].text, len);
}

void completions_free(struct completions *c)
{
	for (size_t i = 0; i < c->list.n; i++)
		free(c->list.at[i].text);
	vec_free(&c->list);
	str_free(&c->signature);
	*c = (struct completions){0};
}
