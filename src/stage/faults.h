/*
 * faults.h - what is wrong with the wire and the sockets in this run, and making it so.
 *
 * Where there are namespaces a cut or late wire is the gate's (gate.h), which all segments meet.
 * Where the loopback takes no such filter, the wire is cut by a filter on every Internet socket
 * there is; the kernel then still answers for sockets that are gone. What one role misses is
 * always a filter on that role's `sock`.
 */
#ifndef STAGE_FAULTS_H
#define STAGE_FAULTS_H

#include "stage/gate.h"
#include "stage/late.h"

struct scene;
struct tracee;

struct faults {
	unsigned misses[ROLES]; /* what the role's `sock` is to miss: MISS_* */
	int64_t delay[ROLES];   /* how much later segments reach it, ns */
	bool cut;
	bool on_sockets;        /* it is cut by filters on the sockets */
	struct gate gate;
	struct late late;
};

/* A new run: only what the demo's directive says is wrong. */
void faults_begin(struct scene *s);

/* The network is a new one: nothing that was put on the old one is there. */
void faults_renewed(struct scene *s);

/* Learn the ports of the role's descriptor FD, and see to it that it misses what it must.
 * SOCK: it is the one called `sock`, which has just got that name. */
void faults_socket(struct scene *s, enum role role, int fd, bool sock);

/* Learn the ports of descriptor FD of T, any process of the role's. */
void faults_ports(struct scene *s, enum role role, const struct tracee *t, int fd);

/* The set-up is over: `sock` misses from now on what the directive says. */
void faults_after_setup(struct scene *s);

/* What the director does. 0 with *HOW how it was done (N_(); NULL: there is nothing to say
 * about that); -1 with WHY it cannot be done on this machine. */
int faults_cut(struct scene *s, bool cut, const char **how, struct str *why);
int faults_miss(struct scene *s, enum role role, unsigned misses, const char **how,
		struct str *why);
int faults_delay(struct scene *s, enum role role, int64_t ns, struct str *why);

/* Take in what is to be kept on its way, and let go what is due. */
void faults_tick(struct scene *s);

/* When to tick at the latest (monotonic ns), or INT64_MAX; and what is readable before. */
int64_t faults_due(const struct scene *s);
int faults_fd(const struct scene *s);

void faults_free(struct scene *s);

#endif
