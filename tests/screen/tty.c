#include "tty.h"

#include "base/mem.h"
#include "base/utf8.h"
#include "shell.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>
#include <utmp.h>

struct tty {
	VTerm *vterm;
	VTermScreen *screen;
	int master;
	int news;             /* from the shell */
	int wake;             /* to the shell */
	pid_t shell;
	pid_t job;
	int status;           /* as waitpid() has it, -1 while it runs */
	int columns;
	int rows;
	bool alternate;       /* the alternate screen is shown */
	bool cursor;          /* the cursor is */
	bool mouse;           /* the mouse is asked for */
	struct termios modes; /* before the job */
};

static void fail(const char *what)
{
	perror(what);
	exit(1);
}

static int on_property(VTermProp prop, VTermValue *value, void *user)
{
	struct tty *t = user;

	if (prop == VTERM_PROP_ALTSCREEN)
		t->alternate = value->boolean;
	if (prop == VTERM_PROP_CURSORVISIBLE)
		t->cursor = value->boolean;
	if (prop == VTERM_PROP_MOUSE)
		t->mouse = value->number != VTERM_PROP_MOUSE_NONE;
	return 1;
}

static void start_vterm(struct tty *t)
{
	static const VTermScreenCallbacks calls = {.settermprop = on_property};

	t->vterm = vterm_new(t->rows, t->columns);
	vterm_set_utf8(t->vterm, 1);
	t->screen = vterm_obtain_screen(t->vterm);
	vterm_screen_enable_altscreen(t->screen, 1);
	vterm_screen_set_callbacks(t->screen, &calls, t);
	vterm_screen_reset(t->screen, 1);
}

static void start_shell(struct tty *t, const char *directory, char *const *argv)
{
	struct winsize size = {.ws_row = (unsigned short)t->rows,
			       .ws_col = (unsigned short)t->columns};
	int news[2], wake[2], slave;

	if (pipe2(news, O_CLOEXEC) < 0 || pipe2(wake, O_CLOEXEC) < 0)
		fail("pipe2");
	if (openpty(&t->master, &slave, NULL, NULL, &size) < 0)
		fail("openpty");
	tcgetattr(slave, &t->modes);
	t->shell = fork();
	if (t->shell < 0)
		fail("fork");
	if (t->shell == 0) {
		login_tty(slave);
		close(t->master);
		close(news[0]);
		close(wake[1]);
		if (chdir(directory) < 0)
			fail(directory);
		shell_run(argv, news[1], wake[0]);
	}
	close(slave);
	close(news[1]);
	close(wake[0]);
	t->news = news[0];
	t->wake = wake[1];
	fcntl(t->master, F_SETFL, O_NONBLOCK);
	fcntl(t->master, F_SETFD, FD_CLOEXEC);
}

struct tty *tty_open(const char *directory, int columns, int rows, char *const *argv)
{
	struct tty *t = mem_zero(1, sizeof *t);

	t->columns = columns;
	t->rows = rows;
	t->status = -1;
	t->cursor = true;
	/* What the job leaves behind becomes a child of this process, and is found. */
	prctl(PR_SET_CHILD_SUBREAPER, 1);
	start_vterm(t);
	start_shell(t, directory, argv);
	while (t->job == 0 && tty_take(t, 10000))
		;
	return t;
}

/* Replies of the terminal: what it is, where the cursor is, keys. */
static void send_replies(struct tty *t)
{
	char buffer[256];
	size_t n;

	while ((n = vterm_output_read(t->vterm, buffer, sizeof buffer)) > 0)
		if (write(t->master, buffer, n) != (ssize_t)n)
			return;
}

static bool take_output(struct tty *t)
{
	char buffer[4096];
	ssize_t n = read(t->master, buffer, sizeof buffer);

	if (n <= 0)
		return false;
	vterm_input_write(t->vterm, buffer, (size_t)n);
	vterm_screen_flush_damage(t->screen);
	send_replies(t);
	return true;
}

static bool take_news(struct tty *t)
{
	struct shell_news news;

	if (read(t->news, &news, sizeof news) != sizeof news)
		return false;
	t->job = news.pid;
	t->status = news.status;
	return true;
}

bool tty_take(struct tty *t, int ms)
{
	struct pollfd fds[] = {{t->master, POLLIN, 0}, {t->news, POLLIN, 0}};
	bool came = false;

	/* Once there was an end, polling for more of the same would spin. */
	if (poll(fds, 2, ms) <= 0)
		return false;
	if (fds[0].revents & POLLIN)
		came = take_output(t);
	if (fds[1].revents & POLLIN)
		came = take_news(t) || came;
	if (!came)
		poll(NULL, 0, ms < 5 ? ms : 5);
	return came;
}

void tty_cell(const struct tty *t, int x, int y, VTermScreenCell *cell)
{
	vterm_screen_get_cell(t->screen, (VTermPos){y, x}, cell);
}

static void add_line(const struct tty *t, int y, struct str *to)
{
	size_t end = to->len;

	for (int x = 0; x < t->columns;) {
		VTermScreenCell cell;

		tty_cell(t, x, y, &cell);
		x += cell.width > 1 ? cell.width : 1;
		if (cell.chars[0] == 0) {
			str_addc(to, ' ');
			continue;
		}
		for (int i = 0; i < VTERM_MAX_CHARS_PER_CELL && cell.chars[i]; i++)
			str_addu(to, cell.chars[i]);
		if (cell.chars[0] != ' ')
			end = to->len;
	}
	str_cut(to, end);
	str_addc(to, '\n');
}

void tty_text(const struct tty *t, struct str *to)
{
	for (int y = 0; y < t->rows; y++)
		add_line(t, y, to);
}

int tty_columns(const struct tty *t)
{
	return t->columns;
}

int tty_rows(const struct tty *t)
{
	return t->rows;
}

static VTermKey named_key(const char *name)
{
	static const struct {
		const char *name;
		VTermKey key;
	} table[] = {
		{"Enter", VTERM_KEY_ENTER}, {"Tab", VTERM_KEY_TAB},
		{"Esc", VTERM_KEY_ESCAPE}, {"Backspace", VTERM_KEY_BACKSPACE},
		{"Up", VTERM_KEY_UP}, {"Down", VTERM_KEY_DOWN}, {"Left", VTERM_KEY_LEFT},
		{"Right", VTERM_KEY_RIGHT}, {"Home", VTERM_KEY_HOME}, {"End", VTERM_KEY_END},
		{"PgUp", VTERM_KEY_PAGEUP}, {"PgDn", VTERM_KEY_PAGEDOWN},
	};

	for (size_t i = 0; i < sizeof table / sizeof *table; i++)
		if (strcmp(table[i].name, name) == 0)
			return table[i].key;
	return VTERM_KEY_NONE;
}

static bool send_char(struct tty *t, const char *name, VTermModifier mod)
{
	size_t n = strlen(name);
	uint32_t cp;

	if (n == 0 || utf8_get(name, n, &cp) != n)
		return false;
	vterm_keyboard_unichar(t->vterm, cp, mod);
	return true;
}

bool tty_key(struct tty *t, const char *name)
{
	VTermKey key = named_key(name);
	bool known = true;

	if (key != VTERM_KEY_NONE)
		vterm_keyboard_key(t->vterm, key, VTERM_MOD_NONE);
	else if (strcmp(name, "BackTab") == 0)
		vterm_keyboard_key(t->vterm, VTERM_KEY_TAB, VTERM_MOD_SHIFT);
	else if (strcmp(name, "Space") == 0)
		vterm_keyboard_unichar(t->vterm, ' ', VTERM_MOD_NONE);
	else if (strncmp(name, "C-", 2) == 0)
		known = send_char(t, name + 2, VTERM_MOD_CTRL);
	else
		known = send_char(t, name, VTERM_MOD_NONE);
	send_replies(t);
	return known;
}

void tty_click(struct tty *t, int button, int x, int y)
{
	vterm_mouse_move(t->vterm, y, x, VTERM_MOD_NONE);
	vterm_mouse_button(t->vterm, button, true, VTERM_MOD_NONE);
	vterm_mouse_button(t->vterm, button, false, VTERM_MOD_NONE);
	send_replies(t);
}

void tty_resize(struct tty *t, int columns, int rows)
{
	struct winsize size = {.ws_row = (unsigned short)rows, .ws_col = (unsigned short)columns};

	t->columns = columns;
	t->rows = rows;
	vterm_set_size(t->vterm, rows, columns);
	ioctl(t->master, TIOCSWINSZ, &size);
}

/* The first child of PID that is not EXCEPT, or 0. */
static pid_t child_but(pid_t pid, pid_t except)
{
	char path[64];
	long child = 0;
	FILE *f;

	snprintf(path, sizeof path, "/proc/%ld/task/%ld/children", (long)pid, (long)pid);
	f = fopen(path, "r");
	if (!f)
		return 0;
	while (fscanf(f, "%ld", &child) == 1 && child == except)
		child = 0;
	fclose(f);
	return (pid_t)child;
}

static pid_t child_of(pid_t pid)
{
	return child_but(pid, 0);
}

bool tty_signal(struct tty *t, enum who who, int sig)
{
	pid_t pid = t->job;

	for (int i = WHO_GUARD; i < (int)who && i < WHO_STAGE && pid > 0; i++)
		pid = who == WHO_OTHER && i == WHO_TUTOR ? child_but(pid, child_of(pid))
							 : child_of(pid);
	return pid > 0 && kill(pid, sig) == 0;
}

void tty_continue(struct tty *t)
{
	/* A shell that has gone with its terminal cannot be told; what is waited for next says so. */
	if (write(t->wake, "c", 1) == 1)
		t->status = -1;
}

enum job tty_job(const struct tty *t, int *detail)
{
	*detail = 0;
	if (t->status == -1)
		return JOB_RUNS;
	if (WIFSTOPPED(t->status)) {
		*detail = WSTOPSIG(t->status);
		return JOB_STOPPED;
	}
	if (WIFSIGNALED(t->status)) {
		*detail = WTERMSIG(t->status);
		return JOB_KILLED;
	}
	*detail = WEXITSTATUS(t->status);
	return JOB_EXITED;
}

const char *tty_not_restored(const struct tty *t)
{
	struct termios now;

	if (t->master < 0)
		return NULL;
	if (t->alternate)
		return "the alternate screen is still shown";
	if (!t->cursor)
		return "the cursor is hidden";
	if (t->mouse)
		return "the mouse is still asked for";
	if (tcgetattr(t->master, &now) < 0)
		return "the terminal is gone";
	if (now.c_iflag != t->modes.c_iflag || now.c_oflag != t->modes.c_oflag ||
	    now.c_cflag != t->modes.c_cflag || now.c_lflag != t->modes.c_lflag)
		return "the terminal's modes are not those of before";
	return NULL;
}

bool tty_left_over(struct tty *t)
{
	pid_t pid;

	/* What has ended is gone when it is waited for; the shell does not count. */
	while ((pid = waitpid(-1, NULL, WNOHANG)) > 0)
		if (pid == t->shell)
			t->shell = 0;
	return child_but(getpid(), t->shell) != 0 || (t->shell != 0 && child_of(t->shell) != 0);
}

void tty_hang_up(struct tty *t)
{
	close(t->master);
	t->master = -1;
}

void tty_close(struct tty *t)
{
	pid_t pid;

	if (!t)
		return;
	if (t->master >= 0)
		close(t->master);
	close(t->news);
	close(t->wake);
	/* Any of them may end first: the first process of a namespace ends last. */
	while ((pid = child_of(getpid())) > 0) {
		kill(pid, SIGKILL);
		waitpid(-1, NULL, 0);
	}
	vterm_free(t->vterm);
	free(t);
}
