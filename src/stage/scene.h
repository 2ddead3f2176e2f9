/*
 * scene.h - what is on stage in one run of a demo: two roles, a wire, and the
 * list of what was seen. Here stops become events.
 *
 * The director (director.h) decides who does what; this is how it is done and
 * told. Everything here belongs to the stage process.
 */
#ifndef STAGE_SCENE_H
#define STAGE_SCENE_H

#include "lesson/demo.h"
#include "stage/channel.h"
#include "stage/faults.h"
#include "stage/lens.h"
#include "stage/marshal.h"
#include "stage/names.h"
#include "stage/program.h"
#include "stage/sandbox.h"
#include "stage/tracer.h"
#include "stage/wire.h"

#include <sched.h>

/* One role: its names and the call it is making. Its process is in scene.tracee. */
struct member {
	actor_main *play;          /* what its process runs */
	struct names names;
	struct parcel parcel;
	const struct action *action; /* the call under way, or NULL */
	char *whole;               /* its text; owned */
	char *was;                 /* it closes a name: the address of that; owned, or NULL */
	uint32_t call;             /* its number */
	bool entered;              /* CALL was told */
	bool closed;               /* it has just closed something */
	bool blocked;              /* BLOCKED was told */
	bool restless;             /* something was told since the last READY */
	bool waking;               /* SIGCONT was sent and has not been seen yet */
	bool given_up;             /* a row failed because its call was pending */
};

struct scene {
	const struct demo *demo;
	struct sandbox box;
	struct wire wire;
	struct pcap_file file;     /* what is captured is written there */
	bool file_lost;            /* that it could not be was told */
	struct lens_watch lens;
	struct tracee tracee[ROLES];
	struct member cast[ROLES];
	struct programs programs;
	cpu_set_t processors;      /* that this process might run on, before it chose one */
	struct events events;
	int channel;               /* events go there; -1 once the tutor is gone */
	struct outbox outbox;      /* told, not yet sent */
	int64_t start;             /* monotonic, of BEGIN */
	int row;
	uint32_t calls;            /* how many so far */
	struct faults faults;
	bool lost;                 /* no process can be made any more: the stage is of no use */
	bool wired;                /* the demo has Internet sockets */
	bool deaf;                 /* but nobody wants to see their segments */
	bool turns;                /* a parked process is turned to its call, where that is possible */
	struct settings own;       /* this machine's */
	bool real_time;            /* the demo's settings are left alone */
	int64_t patience;          /* of each row, ns */
	struct str set_why;        /* why the demo's settings do not hold, or empty */
	struct str wire_why;       /* why there is no capture, or empty */
};

/* Tell an event: its time and row are filled in; TEXT is given away. It goes to the tutor
 * with the next scene_send(). */
void scene_tell(struct scene *s, struct event e);

/* The same for what happened at WHEN, monotonic ns; nothing later was told. */
void scene_tell_at(struct scene *s, struct event e, int64_t when);

/* Tell `kind` with a text made as by printf(). */
void scene_say(struct scene *s, enum event_kind kind, enum role role, const char *format, ...)
	__attribute__((format(printf, 4, 5)));

/* Send what was told to the tutor. To be called whenever nothing more is known to come soon. */
void scene_send(struct scene *s);

/* New processes for both roles; names and events are empty. 0; -1: a sentence was told. */
int scene_begin(struct scene *s);

/* End both processes. */
void scene_end(struct scene *s);

/* Begin ACTION, an ACTION_CALL, for ROLE, which is parked. 0; -1 when it cannot be: REFUSED
 * was told. */
int scene_act(struct scene *s, enum role role, const struct action *action);

/* Let a held role go on. */
void scene_release(struct scene *s, enum role role);

/* Take in one stop of a role that was let go, with ALL also the end of one that was held, and
 * tell what it means. Returns whether there was one. */
bool scene_watch(struct scene *s, bool all);

/* Look whether a role that was let go has fallen asleep in its call; told once a call. */
void scene_look(struct scene *s);

/* Whether somebody runs whom nobody has seen stop or sleep. */
bool scene_busy(const struct scene *s);

/* Tell the segments that were captured. */
void scene_wire(struct scene *s);

/* Tell what the kernel now holds for the roles' sockets, where that may have changed. */
void scene_lens(struct scene *s);

/* The run is over: what is captured from now on is of no demo. */
void scene_over(struct scene *s);

/* Send the role a signal from outside. */
void scene_kill(struct scene *s, enum role role, int sig);

/* Free all. */
void scene_free(struct scene *s);

#endif
