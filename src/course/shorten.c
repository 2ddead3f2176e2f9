#include "course/shorten.h"

#include "base/text.h"
#include "course/fact.h"

/* What a sentence is made of. */
struct figures {
	const char *names;   /* `tcp_syn_retries is 1` */
	const char *here;    /* what it takes here: `3 s` */
	const char *values;  /* this machine's own: `6` */
	const char *there;   /* what it would take with those, or NULL: it does */
};

static void say_connect(struct str *to, const struct figures *f)
{
	if (f->there)
		str_addf(to,
			 _("Shortened: %1$s here, so connect() gives up after about %2$s; with "
			   "this machine's own, %3$s, it would take %4$s."),
			 f->names, f->here, f->values, f->there);
	else
		str_addf(to,
			 _("In real time: %1$s, as on this machine, so connect() gives up after "
			   "about %2$s."),
			 f->names, f->here);
}

static void say_retransmit(struct str *to, const struct figures *f)
{
	if (f->there)
		str_addf(to,
			 _("Shortened: %1$s here, so bytes that nobody confirms are given up after "
			   "about %2$s; with this machine's own, %3$s, it would take %4$s."),
			 f->names, f->here, f->values, f->there);
	else
		str_addf(to,
			 _("In real time: %1$s, as on this machine, so bytes that nobody confirms "
			   "are given up after about %2$s."),
			 f->names, f->here);
}

static void say_keepalive(struct str *to, const struct figures *f)
{
	if (f->there)
		str_addf(to,
			 _("Shortened: %1$s here, so SO_KEEPALIVE gives a silent connection up "
			   "after about %2$s; with this machine's own, %3$s, it would take %4$s."),
			 f->names, f->here, f->values, f->there);
	else
		str_addf(to,
			 _("In real time: %1$s, as on this machine, so SO_KEEPALIVE gives a silent "
			   "connection up after about %2$s."),
			 f->names, f->here);
}

/* Settings that decide together when something is given up. */
struct family {
	enum setting settings[3];
	size_t n;
	int64_t (*takes)(const struct settings *settings);
	void (*say)(struct str *to, const struct figures *figures);
};

static const struct family families[] = {
	{{SETTING_SYN_RETRIES, SETTING_SYN_LINEAR}, 2, fact_connect, say_connect},
	{{SETTING_RETRIES2}, 1, fact_retransmit, say_retransmit},
	{{SETTING_KEEPALIVE_TIME, SETTING_KEEPALIVE_INTVL, SETTING_KEEPALIVE_PROBES}, 3,
	 fact_keepalive, say_keepalive},
	/* What these change has no formula: it depends on what else is going on. */
	{{SETTING_SYNACK_RETRIES}, 1, NULL, NULL},
	{{SETTING_RETRIES1}, 1, NULL, NULL},
	{{SETTING_ORPHAN_RETRIES}, 1, NULL, NULL},
	{{SETTING_FIN_TIMEOUT}, 1, NULL, NULL},
	{{SETTING_RTO_MAX}, 1, NULL, NULL},
};
enum { FAMILIES = sizeof families / sizeof *families };

struct settings shorten_settings(const struct demo *demo, const struct settings *own,
				 bool real_time)
{
	struct settings all = *own;

	for (int id = 0; id < SETTINGS && !real_time; id++)
		if (demo->settings.of[id].given)
			all.of[id] = demo->settings.of[id];
	return all;
}

static bool touched(const struct family *family, const struct demo *demo)
{
	for (size_t i = 0; i < family->n; i++)
		if (demo->settings.of[family->settings[i]].given)
			return true;
	return false;
}

/* `tcp_syn_retries is 1, tcp_syn_linear_timeouts is 0`: those that the demo gives, as they are
 * in SETTINGS. */
static void add_names(struct str *to, const struct family *family, const struct demo *demo,
		      const struct settings *settings)
{
	size_t start = to->len;

	for (size_t i = 0; i < family->n; i++) {
		enum setting id = family->settings[i];

		if (!demo->settings.of[id].given)
			continue;
		if (to->len > start)
			str_add(to, ", ");
		str_addf(to, _("%s is %ld"), setting_spec(id)->name, settings->of[id].value);
	}
}

/* `6`, `6, 4`. */
static void add_values(struct str *to, const struct family *family, const struct demo *demo,
		       const struct settings *settings)
{
	size_t start = to->len;

	for (size_t i = 0; i < family->n; i++) {
		enum setting id = family->settings[i];

		if (demo->settings.of[id].given)
			str_addf(to, "%s%ld", to->len > start ? ", " : "", settings->of[id].value);
	}
}

/* No more digits than an `about` can bear. */
static void add_about(struct str *to, int64_t ns)
{
	if (ns < 60 * CLOCK_S)
		str_addf(to, "%.2g s", (double)ns / (double)CLOCK_S);
	else if (ns < 3600 * CLOCK_S)
		clock_print(to, ns);
	else
		str_addf(to, _("%d h %02d min"), (int)(ns / (3600 * CLOCK_S)),
			 (int)(ns / (60 * CLOCK_S) % 60));
}

static void add_figures(struct str *to, const struct family *family, const struct demo *demo,
			const struct settings *all, const struct settings *own, bool real_time)
{
	struct str names = {0}, values = {0}, here = {0}, there = {0};

	add_names(&names, family, demo, all);
	add_values(&values, family, demo, own);
	add_about(&here, family->takes(all));
	add_about(&there, family->takes(own));
	family->say(to, &(struct figures){str_text(&names), str_text(&here), str_text(&values),
					  real_time ? NULL : str_text(&there)});
	str_free(&names);
	str_free(&values);
	str_free(&here);
	str_free(&there);
}

/* Where there is no figure, or nothing became shorter. */
static void add_plain(struct str *to, const struct family *family, const struct demo *demo,
		      const struct settings *all, const struct settings *own)
{
	struct str names = {0}, values = {0};

	add_names(&names, family, demo, all);
	add_values(&values, family, demo, own);
	str_addf(to, _("%s here; this machine's own: %s."), str_text(&names), str_text(&values));
	str_free(&names);
	str_free(&values);
}

/* Settings that this kernel does not have are in no sentence. */
static bool known(const struct family *family, const struct demo *demo, const struct settings *own)
{
	for (size_t i = 0; i < family->n; i++)
		if (demo->settings.of[family->settings[i]].given && !own->of[family->settings[i]].given)
			return false;
	return true;
}

bool shorten_sentence(struct str *to, const struct demo *demo, const struct settings *own,
		      bool real_time, size_t i)
{
	struct settings all = shorten_settings(demo, own, real_time);

	for (size_t f = 0; f < FAMILIES; f++) {
		const struct family *family = &families[f];

		if (!touched(family, demo) || !known(family, demo, own) || i-- > 0)
			continue;
		if (family->takes && family->takes(own) >= 0 &&
		    (real_time || family->takes(&all) < family->takes(own)))
			add_figures(to, family, demo, &all, own, real_time);
		else
			add_plain(to, family, demo, &all, own);
		return true;
	}
	return false;
}

int64_t shorten_patience(const struct demo *demo, const struct settings *own, bool real_time)
{
	struct settings all = shorten_settings(demo, own, false);
	int64_t more = 0;

	for (size_t f = 0; f < FAMILIES && real_time; f++) {
		const struct family *family = &families[f];
		int64_t longer;

		if (!family->takes || !touched(family, demo))
			continue;
		longer = family->takes(own) - family->takes(&all);
		more = longer > more ? longer : more;
	}
	/* The kernel's timers may run late, and wait for the longer of two. */
	return demo->patience + more + more / 4;
}
