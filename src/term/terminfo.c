#include "term/terminfo.h"

#include "base/text.h"

#include <curses.h>
#include <term.h>
#include <unistd.h>

static const char *capability(const char *name)
{
	const char *text = tigetstr(name);

	return text == (const char *)-1 ? NULL : text;
}

bool terminfo_has(const char *name)
{
	return capability(name) != NULL;
}

const char *terminfo_unusable(void)
{
	int state = 0;
	bool places;

	if (setupterm(NULL, STDOUT_FILENO, &state) != OK)
		return _("its kind (TERM) is not known here");
	places = terminfo_has("cup");
	del_curterm(cur_term);
	return places ? NULL : _("its kind (TERM) cannot place text");
}

void terminfo_show_cursor(void)
{
	if (capability("cnorm"))
		putp(capability("cnorm"));
	fflush(stdout);
}

void terminfo_rescue(void)
{
	static const char *const names[] = {"sgr0", "op", "rmcup", "rmkx", "cnorm"};
	int state = 0;

	if (setupterm(NULL, STDOUT_FILENO, &state) != OK)
		return;
	/* No capability names what leaves the mouse alone. */
	if (terminfo_has("kmous"))
		putp("\033[?1006l\033[?1000l");
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (capability(names[i]))
			putp(capability(names[i]));
	fflush(stdout);
}
