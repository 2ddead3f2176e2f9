#include "base/names.h"

#include <errno.h>
#include <locale.h>
#include <signal.h>
#include <string.h>

struct name {
	const char *text;
	int value;
};

#define N(x) {#x, x}
/* The first name of a value is the one printed: EAGAIN before EWOULDBLOCK. */
static const struct name errnos[] = {
	N(EPERM), N(ENOENT), N(ESRCH), N(EINTR), N(EIO), N(ENXIO), N(E2BIG), N(ENOEXEC),
	N(EBADF), N(ECHILD), N(EAGAIN), N(EWOULDBLOCK), N(ENOMEM), N(EACCES), N(EFAULT),
	N(EBUSY), N(EEXIST), N(EXDEV), N(ENODEV), N(ENOTDIR), N(EISDIR), N(EINVAL),
	N(ENFILE), N(EMFILE), N(ENOTTY), N(ETXTBSY), N(EFBIG), N(ENOSPC), N(ESPIPE),
	N(EROFS), N(EMLINK), N(EPIPE), N(EDOM), N(ERANGE), N(EDEADLK), N(ENAMETOOLONG),
	N(ENOLCK), N(ENOSYS), N(ENOTEMPTY), N(ELOOP), N(ENOMSG), N(ENODATA), N(ETIME),
	N(EPROTO), N(EBADMSG), N(EOVERFLOW), N(EILSEQ), N(EUSERS), N(ENOTSOCK),
	N(EDESTADDRREQ), N(EMSGSIZE), N(EPROTOTYPE), N(ENOPROTOOPT), N(EPROTONOSUPPORT),
	N(ESOCKTNOSUPPORT), N(EOPNOTSUPP), N(ENOTSUP), N(EPFNOSUPPORT), N(EAFNOSUPPORT),
	N(EADDRINUSE), N(EADDRNOTAVAIL), N(ENETDOWN), N(ENETUNREACH), N(ENETRESET),
	N(ECONNABORTED), N(ECONNRESET), N(ENOBUFS), N(EISCONN), N(ENOTCONN), N(ESHUTDOWN),
	N(ETOOMANYREFS), N(ETIMEDOUT), N(ECONNREFUSED), N(EHOSTDOWN), N(EHOSTUNREACH),
	N(EALREADY), N(EINPROGRESS), N(ESTALE), N(EDQUOT), N(ECANCELED),
};

static const struct name signals[] = {
	N(SIGHUP), N(SIGINT), N(SIGQUIT), N(SIGILL), N(SIGTRAP), N(SIGABRT), N(SIGBUS),
	N(SIGFPE), N(SIGKILL), N(SIGUSR1), N(SIGSEGV), N(SIGUSR2), N(SIGPIPE), N(SIGALRM),
	N(SIGTERM), N(SIGCHLD), N(SIGCONT), N(SIGSTOP), N(SIGTSTP), N(SIGTTIN),
	N(SIGTTOU), N(SIGURG), N(SIGXCPU), N(SIGXFSZ), N(SIGVTALRM), N(SIGPROF),
	N(SIGWINCH), N(SIGIO), N(SIGPOLL), N(SIGSYS),
#ifdef SIGPWR
	N(SIGPWR),
#endif
};
#undef N

#define COUNT(a) (sizeof(a) / sizeof *(a))

static const char *name_of(const struct name *names, size_t n, int value)
{
	for (size_t i = 0; i < n; i++)
		if (names[i].value == value)
			return names[i].text;
	return NULL;
}

static int value_of(const struct name *names, size_t n, size_t skip, const char *text, size_t len)
{
	for (size_t i = 0; i < n; i++)
		if (strlen(names[i].text) == len + skip &&
		    memcmp(names[i].text + skip, text, len) == 0)
			return names[i].value;
	return 0;
}

const char *errno_name(int err)
{
	return name_of(errnos, COUNT(errnos), err);
}

int errno_number(const char *name, size_t len)
{
	return value_of(errnos, COUNT(errnos), 0, name, len);
}

const char *signal_name(int sig)
{
	return name_of(signals, COUNT(signals), sig);
}

int signal_number(const char *name, size_t len, int short_too)
{
	int sig = value_of(signals, COUNT(signals), 0, name, len);

	if (!sig && short_too)
		sig = value_of(signals, COUNT(signals), strlen("SIG"), name, len);
	return sig;
}

/* The words of the C library are those of the thread's locale. */
static const char *in_english(char *(*words)(int), int value)
{
	locale_t english = newlocale(LC_ALL_MASK, "C", (locale_t)0), before;
	const char *text;

	if (!english)
		return words(value);
	before = uselocale(english);
	text = words(value);
	uselocale(before);
	freelocale(english);
	return text;
}

const char *errno_words(int err)
{
	return in_english(strerror, err);
}

const char *signal_words(int sig)
{
	return in_english(strsignal, sig);
}

const char *errno_name_at(size_t i)
{
	return i < COUNT(errnos) ? errnos[i].text : NULL;
}

const char *signal_name_at(size_t i)
{
	return i < COUNT(signals) ? signals[i].text : NULL;
}
