/**
 * Calling outside. A name is resolved once, and the call goes to the address that was looked at, so
 * that the name cannot mean another machine in between. Addresses that no stranger has (this
 * machine, private and reserved networks) are refused unless they are listed. If one of a name's
 * addresses is refused, the name is.
 */
import { lookup } from "node:dns/promises";
import { BlockList, isIP } from "node:net";
import type { Refusal } from "../words/index.ts";
import { refuse } from "./outside.refusals.ts";

/** Where a call goes. */
export interface Pinned {
  /** The name as it was asked for: certificates are checked against it. */
  readonly host: string;
  readonly address: string;
  /** True for an address of the list: nobody stands between it and us. */
  readonly inside: boolean;
}

export interface Outside {
  /** Refuses `outside_name_unknown`, `outside_address_private`. */
  pin(host: string): Promise<Pinned | Refusal>;
}

type Addresses = readonly { readonly address: string }[];

/** IANA's special-purpose registries, as far as a name may resolve to them. */
const RESERVED = {
  ipv4: [
    ...["0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16"],
    ...["172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16"],
    ...["198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4"],
  ],
  // Only 2000::/3 is given to anybody; what lies in it and is not, and what carries IPv4 inside.
  ipv6: ["::/3", "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20", "4000::/2", "8000::/1"],
} as const;

/** `inside` lists addresses and networks that are called though nobody outside has them. */
export function outside(settings: {
  readonly inside: readonly string[];
  /** How names are resolved; the machine's own way unless told. */
  readonly resolve?: (host: string) => Promise<Addresses>;
}): Outside {
  const listed = networks(settings.inside);
  const reserved = networks([...RESERVED.ipv4, ...RESERVED.ipv6]);
  const resolve = settings.resolve ?? ((host) => lookup(host, { all: true, verbatim: true }));
  return {
    async pin(host) {
      const named = { params: { host: host.slice(0, 255) } };
      const found = isIP(host) === 0 ? await resolve(host).catch(() => []) : [{ address: host }];
      const [first] = found;
      if (first === undefined) return refuse("outside_name_unknown", named);
      const isAllowed = ({ address }: Addresses[number]) => listed(address) || !reserved(address);
      if (!found.every(isAllowed)) return refuse("outside_address_private", named);
      return { host, address: first.address, inside: listed(first.address) };
    },
  };
}

/** Whether an address is in one of the networks. The two families never match each other. */
function networks(list: readonly string[]): (address: string) => boolean {
  const of = { ipv4: new BlockList(), ipv6: new BlockList() };
  for (const one of list) {
    const [address = "", prefix] = one.split("/", 2);
    const family = isIP(address) === 6 ? "ipv6" : "ipv4";
    of[family].addSubnet(address, Number(prefix ?? (family === "ipv6" ? 128 : 32)), family);
  }
  return (address) => {
    const family = isIP(address) === 6 ? "ipv6" : "ipv4";
    return of[family].check(address, family);
  };
}
