/*
 * actor.h - the code inside Process A or B that carries out scripted calls.
 *
 * It is as small as it can be: what a learner sees traced is the call of the
 * table and nothing else. All thinking (which call, which arguments, what the
 * result means) is done in the stage.
 */
#ifndef STAGE_ACTOR_H
#define STAGE_ACTOR_H

#include "stage/mailbox.h"

/* What runs in a role's process once the sandbox is closed around it. It does
 * not return. */
typedef void actor_main(struct mailbox *box);

/* The scripted actor: park, carry out what the mailbox says, park, … */
actor_main actor_script;

#endif
