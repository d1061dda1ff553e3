/*
 * steps_net: the steps for what is seen of the network: addresses, TLS.
 *
 * ip(v4,v6): the network of the first v4 bits (0 to 32) of an IPv4 address, or of the first
 * v6 bits (0 to 128) of an IPv6 address, as ADDRESS/BITS. IPv4 is four decimals of 0 to 255
 * without leading zeros, separated by '.'. IPv6 is as RFC 4291 section 2.2 has it, with an
 * IPv4 address as its last four bytes or without; a zone, '%' and at least one character
 * behind it, is left out. An IPv4 address in IPv6 (::ffff:0:0/96), which servers with one
 * socket for both report, is that IPv4 address. The network's address is written as RFC 5952
 * section 4 says.
 *
 * ja3-sort: a JA3 text, "VERSION,CIPHERS,EXTENSIONS,CURVES,FORMATS": decimals of 0 to 65535
 * without leading zeros, one in VERSION, any number separated by '-' in each of the others,
 * at most STEPS_ITEMS in one. GREASE (RFC 8701: both bytes are equal and end in hex a) is left
 * out of all of them, and the extensions are in ascending order: Chrome permutes them for
 * each connection.
 */
#ifndef WHORL_STEPS_NET_H
#define WHORL_STEPS_NET_H

#include "steps/normalize.h"

/* The prepare() of ip, see struct step. */
steps_prepare steps_net_bits;

/* The apply() of a row each, see struct step. */
bool steps_net_ip(const struct call *call, struct signal *signal, struct arena *arena);
bool steps_net_ja3(const struct call *call, struct signal *signal, struct arena *arena);

#endif
