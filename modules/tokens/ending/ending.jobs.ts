/** The end of the pilot between two acts: the next thousands. */
import { systemPrincipal } from "@sandbank/kernel/identity";
import { task, type Task } from "@sandbank/kernel/jobs";
import type { TokensPorts } from "../ports.ts";
import type { EndingPart } from "../ending.contract.ts";
import { WIND_UP } from "./ending.ts";

/** Goes on where an act left more than it took. */
export function windUpRest({ guard }: Pick<TokensPorts, "guard">): Task {
  return task<{ readonly part: EndingPart; readonly after: string }>({
    task: WIND_UP,
    async run({ part, after }, { partition }) {
      const outcome = await guard.act({
        ...{ partition, id: `wind-up.${after}`, principal: systemPrincipal("tokens") },
        ...{ command: "tokens.wind_up", content: { part } },
      });
      if (outcome.kind !== "accepted") throw new Error(`the end stopped: ${outcome.kind}`);
    },
  });
}
