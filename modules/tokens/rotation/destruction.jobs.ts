/** A destruction of keys that two people ordered: a message to the vault, told until it is done. */
import { systemPrincipal } from "@sandbank/kernel/identity";
import { task, type Task } from "@sandbank/kernel/jobs";
import type { TokensPorts } from "../ports.ts";
import { DESTROY_KEYS } from "./destruction.ts";

/** A folder that cannot be written is waited for, ten minutes at a time. */
const TRIES_MAX = 1_000;

/** Has the vault destroy its keys, until it has; then says so. */
export function destroyVaultKeys({ guard, vault }: Pick<TokensPorts, "guard" | "vault">): Task {
  return task<{ readonly destruction: string }>({
    task: DESTROY_KEYS,
    attempts_max: TRIES_MAX,
    async run({ destruction }, { partition }) {
      const keys = await vault.destroyKeys();
      const outcome = await guard.act({
        ...{ partition, id: `destroyed.${destruction}`, principal: systemPrincipal("vault") },
        ...{ command: "tokens.confirm_destruction", content: { destruction, keys } },
      });
      if (outcome.kind !== "accepted") {
        throw new Error(`the keys' destruction is not on record: ${outcome.kind}`);
      }
    },
  });
}
