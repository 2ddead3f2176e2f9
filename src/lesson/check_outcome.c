#include "lesson/check_outcome.h"

#include "timeline/outcome_kind.h"

#include <string.h>
#include <sys/socket.h>

/* The calls that can sleep. close() can, with SO_LINGER (socket(7)). */
static bool can_block(const struct call *call)
{
	static const char *const names[] = {
		"accept", "accept4", "connect", "send", "sendto", "recv", "recvfrom", "read",
		"write", "poll", "sendfd", "recvfd", "close",
	};

	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (strcmp(call->name, names[i]) == 0)
			return true;
	return false;
}

/* The most bytes the call can move, or -1 when that is not written. */
static long most_bytes(const struct action *action)
{
	const struct arg *length = action_arg(action, PARAM_LENGTH);
	const struct arg *flags = action_arg(action, PARAM_INT);

	if (!length || length->kind != ARG_NUMBER)
		return -1;
	/* MSG_TRUNC gives the true length of a datagram, however much was asked for. */
	if (flags && (flags->kind != ARG_NUMBER || flags->number & MSG_TRUNC))
		return -1;
	return length->number;
}

static bool most(long number, long limit, const char *what, struct str *why)
{
	if (number >= 0 && (limit < 0 || number <= limit))
		return true;
	str_addf(why, "the call %s at most %ld", what, limit);
	return false;
}

static bool only_zero(long number, const struct call *call, struct str *why)
{
	if (number == 0)
		return true;
	str_addf(why, "%s() returns 0, or -1 with an error such as = -1 EINVAL", call->name);
	return false;
}

static bool number_can_hold(long number, const struct action *action, struct str *why)
{
	const struct call *call = action->call;
	const struct arg *fds = action_arg(action, PARAM_POLLFDS);

	if (number == -1)
		return true;
	switch (call->result) {
	case RESULT_ZERO:
	case RESULT_PAIR:
	case RESULT_ADDRESS:
	case RESULT_OPTION:
	case RESULT_HANDLER:
		return only_zero(number, call, why);
	case RESULT_COUNT:
		return most(number, most_bytes(action), "sends", why);
	case RESULT_BYTES:
	case RESULT_BYTES_FROM:
		return most(number, most_bytes(action), "asks for", why);
	case RESULT_EVENTS:
		return most(number, (long)fds->n_items, "polls", why);
	case RESULT_FD:
	case RESULT_GIVEN_FD:
	case RESULT_NUMBER:
		return most(number, -1, "", why);
	case RESULT_NEVER:
		break;
	}
	return true;
}

static bool detail_can_hold(const struct call *call, struct str *why)
{
	switch (call->result) {
	case RESULT_ZERO:
	case RESULT_FD:
	case RESULT_COUNT:
	case RESULT_GIVEN_FD:
		str_addf(why, "%s() gives nothing but a number, such as = 0", call->name);
		return false;
	case RESULT_PAIR:
	case RESULT_BYTES:
	case RESULT_BYTES_FROM:
	case RESULT_EVENTS:
	case RESULT_ADDRESS:
	case RESULT_OPTION:
	case RESULT_NUMBER:
	case RESULT_HANDLER:
	case RESULT_NEVER:
		break;
	}
	return true;
}

static bool bytes_can_hold(const struct outcome *outcome, const struct action *action,
			   struct str *why)
{
	const struct call *call = action->call;
	long limit = most_bytes(action);

	switch (call->result) {
	case RESULT_BYTES:
	case RESULT_BYTES_FROM:
		if (limit < 0 || outcome->len <= (size_t)limit)
			return true;
		str_addf(why, "the call asks for at most %ld bytes, these are %zu", limit,
			 outcome->len);
		return false;
	case RESULT_ADDRESS:
	case RESULT_OPTION:
		return true;
	case RESULT_ZERO:
	case RESULT_FD:
	case RESULT_PAIR:
	case RESULT_COUNT:
	case RESULT_EVENTS:
	case RESULT_NUMBER:
	case RESULT_HANDLER:
	case RESULT_GIVEN_FD:
	case RESULT_NEVER:
		break;
	}
	str_addf(why, "%s() gives no bytes; recv() does", call->name);
	return false;
}

/* Whether a call that does this can have the outcome. */
static bool did_fits(const struct outcome_spec *spec, enum did did)
{
	return spec->did == DID_OTHER || did == spec->did ||
	       (did != DID_OTHER && did == spec->also);
}

static bool has_time(const struct outcome_spec *spec, const struct call *call, struct str *why)
{
	if (!spec->sleeps || can_block(call))
		return true;
	str_addf(why, "%s() always returns at once", call->name);
	return false;
}

/* Which calls do what the outcome says was done. */
static bool can_do(const struct outcome_spec *spec, const struct call *call, struct str *why)
{
	if (!has_time(spec, call, why))
		return false;
	if (did_fits(spec, call->did))
		return true;
	str_addf(why, "%s() does not do that; %s() does", call->name, spec->call);
	return false;
}

bool outcome_can_hold(const struct outcome *outcome, const struct action *action,
		      struct str *why)
{
	const struct outcome_spec *spec = outcome_spec(outcome->kind);
	const struct call *call = action->call;

	if (spec->cause != CAUSE_CALL)
		return true; /* not about the call */
	if (spec->about == ABOUT_DOING)
		return can_do(spec, call, why);
	if (call->result == RESULT_NEVER) {
		str_addf(why, "%s() never returns; exited 0 speaks of it", call->name);
		return false;
	}
	if (!has_time(spec, call, why))
		return false;
	if (outcome->kind == OUTCOME_EOF && !call_reads(call)) {
		str_addf(why, "%s() does not read; = 0 is its result", call->name);
		return false;
	}
	if (outcome->kind == OUTCOME_BYTES)
		return bytes_can_hold(outcome, action, why);
	if (outcome->kind != OUTCOME_RETURNS)
		return true;
	return number_can_hold(outcome->number, action, why) &&
	       (!outcome->detail || detail_can_hold(call, why));
}
