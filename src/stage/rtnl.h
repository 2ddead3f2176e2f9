/*
 * rtnl.h - one question to the kernel's own network settings, and its answer.
 *
 * Source: rtnetlink(7).
 */
#ifndef STAGE_RTNL_H
#define STAGE_RTNL_H

#include <linux/netlink.h>

/* Send the message, over a socket of its own, and wait for the kernel's word: it answers at
 * once. 0; -1 with errno. */
int rtnl_ask(struct nlmsghdr *nlh);

#endif
