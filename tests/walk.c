/*
 * walk COMMAND [ARG]...: be the reader of a plain tutorial. Every prompt is answered: a step
 * with an empty line, a choice with 1, 2, 3 … in turn until it is taken, the menu with Q.
 * What was read goes to standard output; closes with how many prompts were answered.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

struct reader {
	int to;             /* the tutorial's standard input */
	int from;           /* its standard output */
	char text[1 << 16]; /* what came since the last answer */
	size_t n;
	int answers;
	int choice;         /* of the question that is asked again */
};

static int ends_with(const struct reader *r, const char *end)
{
	size_t n = strlen(end);

	return r->n >= n && memcmp(r->text + r->n - n, end, n) == 0;
}

/* The N of the last `Your choice, 1 to N`, or 0. */
static int choices(const struct reader *r)
{
	static const char words[] = "Your choice, 1 to ";
	const char *last = NULL, *at = r->text;

	while ((at = strstr(at, words)))
		last = at++;
	return last && ends_with(r, "(s skips): ") ? atoi(last + strlen(words)) : 0;
}

static void answer(struct reader *r, const char *text)
{
	if (write(r->to, text, strlen(text)) < 0 || write(r->to, "\n", 1) < 0)
		exit(1);
	r->answers++;
	r->n = 0;
	r->text[0] = '\0';
}

/* A question that was answered wrong says `Try again`: then the next choice is due. */
static void answer_choice(struct reader *r, int n)
{
	char digits[16];

	r->choice = strstr(r->text, "Try again") ? r->choice % n + 1 : 1;
	snprintf(digits, sizeof digits, "%d", r->choice);
	answer(r, digits);
}

static void answer_prompt(struct reader *r)
{
	int n = choices(r);

	if (n > 0)
		answer_choice(r, n);
	else if (ends_with(r, "Your choice: "))
		answer(r, "Q");
	else if (ends_with(r, "leaves the lab: "))
		answer(r, "q");
	else if (ends_with(r, "lesson: ") || ends_with(r, "demo: ") || ends_with(r, "skips it: "))
		answer(r, "");
}

static void take(struct reader *r, const char *p, size_t n)
{
	fwrite(p, 1, n, stdout);
	if (n > sizeof r->text - 1 - r->n)
		r->n = 0; /* a long text without a prompt */
	if (n > sizeof r->text - 1)
		return;
	memcpy(r->text + r->n, p, n);
	r->n += n;
	r->text[r->n] = '\0';
	answer_prompt(r);
}

static pid_t start(struct reader *r, char **argv)
{
	int in[2], out[2];
	pid_t pid;

	if (pipe(in) < 0 || pipe(out) < 0)
		return -1;
	pid = fork();
	if (pid == 0) {
		dup2(in[0], 0);
		dup2(out[1], 1);
		close(in[1]);
		close(out[0]);
		execvp(argv[0], argv);
		perror(argv[0]);
		_exit(127);
	}
	close(in[0]);
	close(out[1]);
	r->to = in[1];
	r->from = out[0];
	return pid;
}

int main(int argc, char **argv)
{
	static struct reader r;
	char buffer[4096];
	ssize_t n;
	pid_t pid;
	int status = 0;

	if (argc < 2)
		return 2;
	pid = start(&r, argv + 1);
	while ((n = read(r.from, buffer, sizeof buffer)) > 0 || (n < 0 && errno == EINTR))
		if (n > 0)
			take(&r, buffer, (size_t)n);
	close(r.to);
	waitpid(pid, &status, 0);
	printf("\n%d prompts answered\n", r.answers);
	return WIFEXITED(status) ? WEXITSTATUS(status) : 1;
}
