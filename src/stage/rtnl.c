#include "stage/rtnl.h"

#include <errno.h>
#include <libmnl/libmnl.h>

static int ask(struct mnl_socket *nl, const struct nlmsghdr *nlh)
{
	char answer[8192];
	ssize_t n;

	if (mnl_socket_bind(nl, 0, MNL_SOCKET_AUTOPID) < 0 ||
	    mnl_socket_sendto(nl, nlh, nlh->nlmsg_len) < 0)
		return -1;
	do
		n = mnl_socket_recvfrom(nl, answer, sizeof answer);
	while (n < 0 && errno == EINTR);
	if (n < 0)
		return -1;
	return mnl_cb_run(answer, (size_t)n, nlh->nlmsg_seq, mnl_socket_get_portid(nl), NULL,
			  NULL) < 0 ? -1 : 0;
}

int rtnl_ask(struct nlmsghdr *nlh)
{
	struct mnl_socket *nl = mnl_socket_open(NETLINK_ROUTE);
	int got, err;

	if (!nl)
		return -1;
	nlh->nlmsg_flags |= NLM_F_REQUEST | NLM_F_ACK;
	nlh->nlmsg_seq = 1;
	got = ask(nl, nlh);
	err = errno;
	mnl_socket_close(nl);
	errno = err;
	return got;
}
