/**
 * What the leaves of a log say, read by a stranger: acts in unbroken order, the policies that were
 * put in force, and the stated totals, which may exceed no cap except by use that stood before the
 * cap was lowered. Other kinds of leaves are counted and otherwise left alone.
 */
import type { Canonical } from "./canonical.ts";

export interface Breach {
  readonly kind: "form" | "order" | "cap";
  readonly sentence: string;
}

interface Total {
  readonly used: bigint;
  readonly cap: bigint;
}

type Leaf = { readonly [name: string]: Canonical | undefined };

const DIGITS = /^(0|[1-9]\d{0,18})$/;

export class Caps {
  acts = 0;
  members = 0;
  #seq = 0n;
  readonly #policies = new Set<string>([""]);
  readonly #caps = new Map<string, bigint>();
  readonly #totals = new Map<string, Total>();

  get totals(): ReadonlyMap<string, Total> {
    return this.#totals;
  }

  /** Takes in the next leaf; answers with what is wrong in it. */
  read(leaf: Canonical): Breach | undefined {
    if (leaf === null || typeof leaf !== "object" || Array.isArray(leaf)) {
      return { kind: "form", sentence: "the entry is not an object" };
    }
    const members = leaf as Leaf;
    if (members["t"] === "act") return this.#act(members);
    if (members["t"] === "policy") return this.#policy(members);
    if (members["t"] === "totals") return this.#stated(members);
    if (members["t"] === "member") this.members += 1;
    return undefined;
  }

  #act(leaf: Leaf): Breach | undefined {
    const { seq, policy } = leaf;
    if (typeof seq !== "string" || !DIGITS.test(seq) || typeof policy !== "string") {
      return { kind: "form", sentence: "the act has no place or no policy" };
    }
    this.acts += 1;
    this.#seq += 1n;
    if (BigInt(seq) !== this.#seq) {
      return { kind: "order", sentence: `act ${this.#seq} is missing; ${seq} stands in its place` };
    }
    if (this.#policies.has(policy)) return undefined;
    return { kind: "order", sentence: `act ${seq} names a policy that was never put in force` };
  }

  #policy(leaf: Leaf): Breach | undefined {
    const { hash, policy } = leaf;
    const rules = (policy as Leaf | undefined)?.["limits"];
    if (typeof hash !== "string" || !Array.isArray(rules)) {
      return { kind: "form", sentence: "the policy cannot be read" };
    }
    this.#policies.add(hash);
    for (const rule of rules as readonly Leaf[]) {
      const { id, cap } = rule;
      if (typeof id === "string" && typeof cap === "string") this.#caps.set(id, BigInt(cap));
    }
    return undefined;
  }

  #stated(leaf: Leaf): Breach | undefined {
    const { totals } = leaf;
    if (!Array.isArray(totals)) return { kind: "form", sentence: "the totals cannot be read" };
    for (const { limit, period, used, cap } of totals as readonly Leaf[]) {
      if (![limit, period, used, cap].every((one) => typeof one === "string")) {
        return { kind: "form", sentence: "a total cannot be read" };
      }
      const breach = this.#total(`${limit} ${period}`, {
        limit: limit as string,
        used: BigInt(used as string),
        cap: BigInt(cap as string),
      });
      if (breach) return breach;
    }
    return undefined;
  }

  #total(key: string, now: Total & { readonly limit: string }): Breach | undefined {
    const before = this.#totals.get(key);
    this.#totals.set(key, { used: now.used, cap: now.cap });
    const policyCap = this.#caps.get(now.limit);
    if (policyCap === undefined) {
      return { kind: "cap", sentence: `${now.limit} is in no policy of this log` };
    }
    // A lowered cap undoes nothing: use above it may stand, and may only fall.
    const standing = before === undefined ? 0n : before.used;
    const most = standing > policyCap ? standing : policyCap;
    if (now.used <= most) return undefined;
    const said = `used ${now.used} under a stated cap of ${now.cap}, while the policy says ${policyCap}`;
    return { kind: "cap", sentence: `${key}: ${said}` };
  }
}
