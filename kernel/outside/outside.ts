/**
 * Calling outside: the only way out for every address that this house is told. A name is resolved
 * once, and the call goes to an address that was looked at, so that the name cannot mean another
 * machine in between; the next call looks again. Addresses that no stranger has (this machine,
 * private and reserved networks) are refused unless they are listed, and if one of a name's addresses
 * is refused, the name is. Beyond the list only https is spoken, and nobody is sent on elsewhere.
 */
import { lookup } from "node:dns/promises";
import { isIP } from "node:net";
import { isRefusal, type Refusal } from "../words/index.ts";
import { networks, RESERVED } from "./networks.ts";
import { refuse } from "./outside.refusals.ts";
import { type Call, type Reply, send } from "./send.ts";

/** Where a call goes. */
export interface Pinned {
  /** The name as it was asked for: certificates are checked against it. */
  readonly host: string;
  /** All that the name means, each looked at; the first is tried first. */
  readonly addresses: readonly [string, ...string[]];
  /** True where all of them are of the list: nobody stands between them and us. */
  readonly inside: boolean;
}

export interface Outside {
  /** Refuses outside_name_unknown, outside_address_private. */
  pin(host: string): Promise<Pinned | Refusal>;
  /**
   * One question and its answer, whatever its status; nobody is followed elsewhere. Refuses
   * outside_name_unknown, outside_address_private, outside_needs_https; throws where nobody answers.
   */
  call(call: Call): Promise<Reply | Refusal>;
}

type Addresses = readonly { readonly address: string }[];

/** `inside` lists addresses and networks that are called though nobody outside has them. */
export function outside(settings: {
  readonly inside: readonly string[];
  /** How names are resolved; the machine's own way unless told. */
  readonly resolve?: (host: string) => Promise<Addresses>;
}): Outside {
  const listed = networks(settings.inside);
  const reserved = networks(RESERVED);
  const resolve = settings.resolve ?? ((host) => lookup(host, { all: true, verbatim: true }));
  const pin = async (host: string): Promise<Pinned | Refusal> => {
    const named = { params: { host: host.slice(0, 255) } };
    const found = isIP(host) === 0 ? await resolve(host).catch(() => []) : [{ address: host }];
    const [first, ...others] = found.map(({ address }) => address);
    if (first === undefined) return refuse("outside_name_unknown", named);
    const addresses = [first, ...others] as const;
    const isAllowed = (address: string) => listed(address) || !reserved(address);
    if (!addresses.every(isAllowed)) return refuse("outside_address_private", named);
    return { host, addresses, inside: addresses.every(listed) };
  };
  return {
    pin,
    async call(call) {
      const host = call.url.hostname.replace(/^\[(.*)\]$/, "$1");
      const pinned = await pin(host);
      if (isRefusal(pinned)) return pinned;
      if (call.url.protocol !== "https:" && !pinned.inside) {
        return refuse("outside_needs_https", { params: { host: host.slice(0, 255) } });
      }
      return send(pinned.addresses, call);
    },
  };
}
