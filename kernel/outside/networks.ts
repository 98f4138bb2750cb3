/** Addresses and networks: which of them nobody outside has, and whether one lies in another. */
import { BlockList, isIP } from "node:net";

/** IANA's special-purpose registries, as far as a name may resolve to them. */
export const RESERVED: readonly string[] = [
  ...["0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16"],
  ...["172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16"],
  ...["198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4"],
  // Only 2000::/3 is given to anybody; what lies in it and is not, and what carries IPv4 inside.
  ...["::/3", "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20", "4000::/2", "8000::/1"],
];

/** Whether an address is in one of the networks. The two families never match each other. */
export function networks(list: readonly string[]): (address: string) => boolean {
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
