/** User statements for everybody, and consents by the key of the institution that has them. */
import { toIso } from "@sandbank/kernel/clock";
import { route, type Route } from "@sandbank/kernel/http";
import type { Principal } from "@sandbank/kernel/identity";
import {
  type Consent,
  consentResultsContract,
  consentsContract,
} from "../consent/consent.contract.ts";
import { refuse } from "../consent/consent.refusals.ts";
import { findPilot } from "../pilot/pilot.store.ts";
import { SANDBOX_PARTITION, type SandboxPorts } from "../ports.ts";
import { refuse as refusePilot } from "../refusals.ts";
import { statementsContract } from "../statement/statement.contract.ts";
import { readStatements } from "../statement/statement.store.ts";
import { permitPilotParams } from "./permit.contract.ts";
import { refuse as refusePermit } from "./permit.refusals.ts";
import { countedFor } from "./permit.routes.ts";

type Ports = Pick<SandboxPorts, "store" | "guard" | "permits">;

/** GET /api/pilots/{slug}/statements, POST /api/permits/{slug}/consents. */
export function statementRoutes(ports: Ports): Route[] {
  const { store } = ports;
  return [
    route({
      method: "GET",
      path: "/api/pilots/{slug}/statements",
      summary: { zh: "用户明示的各个版本", en: "The versions of the user statement" },
      auth: "none",
      params: permitPilotParams,
      answer: statementsContract,
      async handle({ params: { slug } }) {
        const pilot = await findPilot(store, SANDBOX_PARTITION, slug);
        if (pilot === undefined) return refusePilot("pilot_unknown");
        const rows = await readStatements(store, SANDBOX_PARTITION, slug);
        const versions = rows.map(({ body, at, ...row }) => ({
          ...{ ...row, at: toIso(at), statement: body },
        }));
        return { pilot: slug, consentRequired: pilot.admission?.consent ?? false, versions };
      },
    }),
    consentRoute(ports),
  ];
}

function consentRoute(ports: Ports): Route {
  return route({
    method: "POST",
    path: "/api/permits/{slug}/consents",
    summary: {
      zh: "记录客户对用户明示的同意，一次最多一千条",
      en: "Record consents to the user statement, up to 1,000 at once",
    },
    auth: "key",
    signed: "act_in_content",
    params: permitPilotParams,
    body: consentsContract,
    answer: consentResultsContract,
    refusals: ["permit_pilot_unknown", "statement_unknown"],
    countedFor: countedFor(ports),
    async handle({ params: { slug }, body: { consents }, principal }) {
      const partition = ports.permits.partitionOf(slug);
      if (partition === undefined) return refusePermit("permit_pilot_unknown");
      const versions = await readStatements(ports.store, SANDBOX_PARTITION, slug);
      const shown = (one: Consent) =>
        versions.some(({ version, hash }) => version === one.version && hash === one.hash);
      const stray = consents.findIndex((one) => !shown(one));
      if (stray >= 0) return refuse("statement_unknown", { field: `/consents/${stray}` });
      const outcomes = await Promise.allSettled(
        consents.map((consent) => record(ports, { partition, principal, consent })),
      );
      const results = outcomes.map((one, at) => {
        const customer = consents[at]?.customer ?? "";
        return one.status === "rejected"
          ? { customer, outcome: "unknown" as const }
          : { customer, ...one.value };
      });
      return { results };
    },
  });
}

async function record(
  { guard }: Ports,
  of: { readonly partition: number; readonly principal: Principal; readonly consent: Consent },
) {
  const { partition, principal, consent } = of;
  // Within an organisation a customer consents to a version once: that is the natural key.
  const id = `c${consent.version}:${consent.customer}`.slice(0, 80);
  const call = { partition, principal, id, command: "sandbox.record_consent", content: consent };
  const outcome = await guard.act(call);
  if (outcome.kind === "accepted") return { outcome: "accepted" as const };
  if (outcome.kind === "refused") {
    return { outcome: "refused" as const, code: outcome.refusal.code };
  }
  return { outcome: "unknown" as const };
}
