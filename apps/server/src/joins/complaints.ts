/** Complaints and pools as the public site asks for them: the sandbox's own engine behind its port. */
import type { ComplaintDesk, DisclosureReader } from "@sandbank/disclosure";
import type { Outcome } from "@sandbank/kernel/guard";
import { OutcomeUnknown } from "@sandbank/kernel/http";
import { isRefusal, type Refusal } from "@sandbank/kernel/words";
import { PUBLIC_DESK, type SandboxModule } from "@sandbank/sandbox";
import { operatorOf } from "../parts.ts";
import { sharedByCrowd } from "./crowd.ts";

/** Numbers and pools for everybody. */
export function complaintReadings({
  complaints,
  pools,
}: Pick<SandboxModule, "complaints" | "pools">): Pick<
  DisclosureReader,
  "complaints" | "compensation"
> {
  return {
    complaints: sharedByCrowd(async (slug) => {
      const numbers = await complaints.numbers(slug);
      return numbers && { ...numbers, taken: operatorOf(slug) !== undefined };
    }),
    compensation: sharedByCrowd((slug) => pools.detail(slug)),
  };
}

/** The desk behind the public forms: nobody is known there, so the system speaks for whoever comes. */
export function complaintDesk({ complaints }: Pick<SandboxModule, "complaints">): ComplaintDesk {
  return {
    async lodge({ pilot, id, lodging }) {
      const sender = { principal: PUBLIC_DESK, id };
      const came = await complaints.lodge({ ...sender, pilot, lodging });
      return "outcome" in came ? refusalOf(came.outcome) : came;
    },
    follow: (receipt) => complaints.follow(receipt),
    async act({ id, following }) {
      const came = await complaints.actByReceipt({ principal: PUBLIC_DESK, id, following });
      if (isRefusal(came)) return came;
      return came.kind === "accepted" ? true : refusalOf(came);
    },
    async eraseWords({ id, receipt }) {
      const came = await complaints.eraseByReceipt({ principal: PUBLIC_DESK, id, receipt });
      if (isRefusal(came)) return came;
      return came.kind === "accepted" ? true : refusalOf(came);
    },
  };
}

function refusalOf(outcome: Outcome): Refusal {
  if (outcome.kind === "refused") return outcome.refusal;
  // The same form, sent again, carries the same id: nothing is done twice.
  throw new OutcomeUnknown();
}
