/** A rotation that two people ordered: a message to the vault, told until it is done. */
import { systemPrincipal } from "@sandbank/kernel/identity";
import { task, type Task } from "@sandbank/kernel/jobs";
import type { TokensPorts } from "../ports.ts";
import { TURN_KEY } from "./rotation.ts";

/** A key part that its holder has taken away again is waited for, ten minutes at a time. */
const TRIES_MAX = 1_000;

type Payload = {
  readonly id: string;
  readonly kind: "kek" | "card" | "index";
  readonly kek: string | null;
};

export function turnKey({ vault, guard }: Pick<TokensPorts, "vault" | "guard">): Task {
  return task<Payload>({
    task: TURN_KEY,
    attempts_max: TRIES_MAX,
    async run({ id, kind, kek }, { partition, signal }) {
      await vault.rotate({ id, kind, ...(kek === null ? {} : { kek }) }, signal);
      const outcome = await guard.act({
        ...{ partition, id: `end-rotation.${id}`, principal: systemPrincipal("vault") },
        ...{ command: "tokens.end_rotation", content: { rotation: id } },
      });
      if (outcome.kind !== "accepted") throw new Error(`a rotation could not end: ${outcome.kind}`);
    },
  });
}
