/**
 * Templates of regimes over HTTP: the list, one of them, and a declaration held against one: of a
 * public pilot by anybody, of an application by whoever may see it.
 */
import { route, type Route } from "@sandbank/kernel/http";
import type { Store } from "@sandbank/kernel/store";
import { isRefusal, type Refusal } from "@sandbank/kernel/words";
import { z } from "zod";
import { findBody, readFilings } from "../application/application.store.ts";
import { applicationFor } from "../counter/applications.ts";
import type { Declaration } from "../declaration/declaration.contract.ts";
import { slugContract } from "../declaration/declaration.contract.ts";
import { findPublicPilot } from "../pilot/pilot.store.ts";
import { SANDBOX_PARTITION } from "../ports.ts";
import { refuse as refuseOfPilot } from "../refusals.ts";
import { conformity } from "../regime/conformity.ts";
import {
  type ConformityAnswer,
  conformityContract,
  regimeAnswerContract,
  regimeParams,
  regimesAnswerContract,
} from "../regime/regime.contract.ts";
import { refuse } from "../regime/regime.refusals.ts";
import { regimeAnswer, regimeAnswers, regimeOf } from "../regime/regime.ts";

const heldParams = z.strictObject({ slug: slugContract, regime: regimeParams.shape.id });

/** GET /api/regimes, …/{id}; GET …/pilots/{slug}/regimes/{regime}, …/applications/{slug}/regimes/{regime}. */
export function regimeRoutes(store: Store): Route[] {
  return [...templates(), ...held(store)];
}

function templates(): Route[] {
  return [
    route({
      method: "GET",
      path: "/api/regimes",
      summary: { zh: "监管制度模板", en: "Templates of regimes" },
      auth: "none",
      answer: regimesAnswerContract,
      handle: async () => ({ regimes: regimeAnswers() }),
    }),
    route({
      method: "GET",
      path: "/api/regimes/{id}",
      summary: { zh: "一项监管制度模板", en: "The template of one regime" },
      auth: "none",
      params: regimeParams,
      answer: regimeAnswerContract,
      refusals: ["regime_unknown"],
      async handle({ params }) {
        const regime = regimeOf(params.id);
        return regime === undefined ? refuse("regime_unknown") : regimeAnswer(regime);
      },
    }),
  ];
}

function held(store: Store): Route[] {
  return [
    route({
      method: "GET",
      path: "/api/pilots/{slug}/regimes/{regime}",
      summary: {
        zh: "以某一监管制度对照公布的声明书",
        en: "A published declaration held against a regime",
      },
      auth: "none",
      params: heldParams,
      answer: conformityContract,
      refusals: ["pilot_unknown", "regime_unknown"],
      async handle({ params: { slug, regime } }) {
        const pilot = await findPublicPilot(store, SANDBOX_PARTITION, slug);
        if (pilot === undefined) return refuseOfPilot("pilot_unknown");
        return heldAgainst(regime, { declaration: pilot.body, version: pilot.declaration });
      },
    }),
    route({
      method: "GET",
      path: "/api/applications/{slug}/regimes/{regime}",
      summary: {
        zh: "以某一监管制度对照申报的最新一版",
        en: "The latest version of an application held against a regime",
      },
      auth: "any",
      params: heldParams,
      answer: conformityContract,
      refusals: ["regime_unknown"],
      async handle({ params: { slug, regime }, principal }) {
        const found = await applicationFor(store, principal, slug);
        if (isRefusal(found)) return found;
        const filings = await readFilings(store, SANDBOX_PARTITION, slug);
        const version = filings.at(-1)?.version ?? 1;
        const declaration = await findBody(store, SANDBOX_PARTITION, { pilot: slug, version });
        if (declaration === undefined) throw new Error(`nothing on file: ${slug}`);
        return heldAgainst(regime, { declaration, version });
      },
    }),
  ];
}

function heldAgainst(
  id: string,
  of: { readonly declaration: Declaration; readonly version: number },
): ConformityAnswer | Refusal {
  const regime = regimeOf(id);
  if (regime === undefined) return refuse("regime_unknown");
  const { declaration, version } = of;
  return {
    ...{ pilot: declaration.pilot, regime: id, name: regime.name, version },
    verdicts: [...conformity(declaration, regime)],
  };
}
