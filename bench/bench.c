/*
 * bench.c - runs the measurements and prints one table.
 *
 *     bench            all of them
 *     bench NAME...    these
 */
#include "bench.h"

#include <locale.h>
#include <stdio.h>
#include <string.h>
#include <sys/utsname.h>
#include <unistd.h>

static const struct measurement measurements[] = {
	{"calls", bench_calls},
	{"compare", bench_compare},
	{"frame", bench_frame},
	{"lens", bench_lens},
	{"wire", bench_wire},
	{"redraw", bench_redraw},
	{"start", bench_start},
	{"waiting", bench_waiting},
	{"memory", bench_memory},
	{"timeline", bench_timeline},
	{"trace", bench_trace},
};
enum { MEASUREMENTS = sizeof measurements / sizeof *measurements };

static bool wanted(const char *name, int argc, char **argv)
{
	for (int i = 1; i < argc; i++)
		if (strcmp(argv[i], name) == 0)
			return true;
	return argc == 1;
}

static bool exists(const char *name)
{
	for (int i = 0; i < MEASUREMENTS; i++)
		if (strcmp(measurements[i].name, name) == 0)
			return true;
	return false;
}

/* This program's own path: what strace is to run. */
static void find_self(char *path, size_t n)
{
	ssize_t got = readlink("/proc/self/exe", path, n - 1);

	path[got > 0 ? got : 0] = '\0';
}

static void name_machine(void)
{
	struct utsname u;

	if (uname(&u) < 0)
		return;
	printf("%s %s, %s, %ld processors, %s\n", u.sysname, u.release, u.machine,
	       sysconf(_SC_NPROCESSORS_ONLN), geteuid() == 0 ? "as root" : "as a plain user");
	puts("Medians; in brackets where the middle half of the samples lies.\n");
}

int main(int argc, char **argv)
{
	const char *program = getenv("SOCKTUTOR");
	char self[4096];
	struct bench bench = {
		.program = program ? program : SOCKTUTOR_BUILD_DIR "/socktutor",
		.self = self,
		.source = SOCKTUTOR_SOURCE_DIR,
	};

	setlocale(LC_CTYPE, "");
	if (MB_CUR_MAX == 1)
		setlocale(LC_CTYPE, "C.UTF-8");
	if (argc > 1 && strcmp(argv[1], "--twin") == 0)
		return twin_run(argc - 2, argv + 2);
	for (int i = 1; i < argc; i++)
		if (!exists(argv[i])) {
			fprintf(stderr, "bench: no measurement '%s'; there are:", argv[i]);
			for (int j = 0; j < MEASUREMENTS; j++)
				fprintf(stderr, " %s", measurements[j].name);
			fputc('\n', stderr);
			return 2;
		}
	find_self(self, sizeof self);
	name_machine();
	report_heading();
	for (int i = 0; i < MEASUREMENTS; i++)
		if (wanted(measurements[i].name, argc, argv))
			measurements[i].run(&bench);
	return 0;
}
