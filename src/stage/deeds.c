#include "stage/deeds.h"

#include "base/clock.h"
#include "base/names.h"
#include "base/text.h"
#include "stage/fill.h"

#include <errno.h>
#include <string.h>

/* What came of it. */
struct done {
	struct str how; /* more than its words say, or empty */
	struct str why; /* why it cannot be done on this machine */
};

struct work {
	enum cannot cannot; /* when the machine does not allow it */
	const char *says;   /* of which this says what; why stands behind it */
	/* Do it. Returns 0, or -1: it cannot be done here. NULL: there is nothing to do. */
	int (*act)(struct scene *s, enum role role, const struct action *action,
		   struct done *done);
};

static int do_kill(struct scene *s, enum role role, const struct action *action,
		   struct done *done)
{
	(void)done;
	scene_kill(s, role, action->signal);
	return 0;
}

static int do_cut(struct scene *s, enum role role, const struct action *action,
		  struct done *done)
{
	const char *how;
	int got = faults_cut(s, action->deed->kind == DEED_CUT, &how, &done->why);

	(void)role;
	if (how)
		str_add(&done->how, _(how));
	return got;
}

static int do_miss(struct scene *s, enum role role, const struct action *action,
		   struct done *done)
{
	const char *how;
	int got = faults_miss(s, role, action->misses, &how, &done->why);

	if (how)
		str_add(&done->how, _(how));
	return got;
}

static int do_delay(struct scene *s, enum role role, const struct action *action,
		    struct done *done)
{
	return faults_delay(s, role, action->ns, &done->why);
}

/* "2559872 bytes, then it is full" */
static void filled_words(struct str *to, const struct filled *f)
{
	if (f->err == 0) {
		str_add(to, _("nothing is put in: an error or the end waits there"));
		return;
	}
	if (f->err != EAGAIN)
		str_addf(to, _("%1$zu bytes, then an error: %2$s"), f->bytes, errno_words(f->err));
	else if (f->messages)
		str_addf(to, _("%1$zu bytes in %2$zu messages, then it is full"), f->bytes,
			 f->messages);
	else
		str_addf(to, _("%zu bytes, then it is full"), f->bytes);
}

static int do_fill(struct scene *s, enum role role, const struct action *action,
		   struct done *done)
{
	struct filled filled;
	long fd;

	(void)action;
	if (!names_get(&s->cast[role].names, "sock", &fd) || s->tracee[role].hold == HOLD_ENDED) {
		str_add(&done->how, _("there is no socket called sock now"));
		return 0;
	}
	if (fill_socket(&s->tracee[role], (int)fd, &s->wire, &filled) == 0) {
		filled_words(&done->how, &filled);
		return 0;
	}
	if (errno == EBADF) {
		str_add(&done->how, _("its socket is closed"));
		return 0;
	}
	str_add(&done->why, strerror(errno));
	return -1;
}

static const struct work works[DEEDS] = {
	[DEED_KILL] = {CANNOT_CUT, N_("It cannot be killed here"), do_kill},
	[DEED_CUT] = {CANNOT_CUT, N_("The wire cannot be cut here"), do_cut},
	[DEED_MEND] = {CANNOT_CUT, N_("The wire cannot be mended here"), do_cut},
	[DEED_WAIT] = {CANNOT_CUT, N_("One cannot wait here"), NULL},
	[DEED_MISSES] = {CANNOT_MISS, N_("It cannot be made to miss segments here"), do_miss},
	[DEED_DELAY] = {CANNOT_DELAY, N_("Segments cannot be held up here"), do_delay},
	[DEED_FILL] = {CANNOT_FILL, N_("No buffer can be filled here"), do_fill},
};

static void tell_cannot(struct scene *s, enum role role, enum cannot cannot, const char *says,
			const char *why)
{
	scene_tell(s, (struct event){.kind = EVENT_CANNOT, .role = role, .u.cannot = cannot,
				     .text = str_make("%s: %s.", says, why)});
}

/* On this link there is nothing that it could be done to. */
static void tell_why_not(struct scene *s, enum role role, const struct action *action,
			 const char *why)
{
	struct str words = {0};

	deed_print(&words, action);
	tell_cannot(s, role, CANNOT_LINK, str_text(&words), why);
	str_free(&words);
}

static void tell_done(struct scene *s, enum role role, const struct action *action, bool by_hand,
		      const char *how, int64_t when)
{
	struct event e = {.kind = EVENT_DIRECTOR, .role = role};
	struct str text = {0};

	deed_print(&text, action);
	if (*how)
		str_addf(&text, " (%s)", how);
	e.text = str_take(&text);
	e.u.director.by_hand = by_hand;
	e.u.director.quiet = action->deed->on != DEED_ON_PROCESS;
	scene_tell_at(s, e, when);
}

void deed_begin(struct scene *s, enum role role, const struct action *action, bool by_hand)
{
	const struct deed *deed = action->deed;
	enum role whom = deed->on == DEED_ON_WIRE || deed->on == DEED_ON_NOBODY ? ROLE_NONE : role;
	const struct work *work = &works[deed->kind];
	const char *why = deed_why_not(action, s->demo->link);
	int64_t when;
	struct done done = {0};

	if (why) {
		tell_why_not(s, whom, action, why);
		return;
	}
	scene_wire(s);
	when = clock_now();
	if (work->act && work->act(s, role, action, &done) < 0)
		tell_cannot(s, whom, work->cannot, _(work->says), str_text(&done.why));
	else
		tell_done(s, whom, action, by_hand, str_text(&done.how), when);
	str_free(&done.how);
	str_free(&done.why);
}

int64_t deed_lasts(const struct action *action)
{
	return action->deed->kind == DEED_WAIT ? action->ns : 0;
}

/* A signal has done its work when it reached the process, which then is held, parked, asleep
 * again, stopped or gone. */
bool deed_settled(const struct scene *s, enum role role, const struct action *action)
{
	return action->deed->on != DEED_ON_PROCESS || s->tracee[role].hold != HOLD_RUNNING;
}
