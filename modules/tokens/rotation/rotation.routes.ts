/** The vault's keys over HTTP: how they stand, and the proposal to turn one. */
import { toIso, type Instant } from "@sandbank/kernel/clock";
import { answerOf, route, type Route } from "@sandbank/kernel/http";
import type { Principal, Role } from "@sandbank/kernel/identity";
import type { Refusal } from "@sandbank/kernel/words";
import { isOurs } from "../issuer.ts";
import type { TokensPorts, VaultState } from "../ports.ts";
import {
  newRotationContract,
  type NewRotation,
  rotationContract,
  type VaultAnswer,
  vaultContract,
} from "../vault.contract.ts";
import { refuse } from "./rotation.refusals.ts";

const READERS: readonly Role[] = [
  ...(["institution_operator", "institution_approver", "compliance_officer"] as const),
  ...(["supervisor_officer", "supervisor_approver", "auditor"] as const),
];

/** GET /api/vault, POST /api/vault/rotations. */
export function rotationRoutes(ports: TokensPorts): Route[] {
  return [overviewRoute(ports), rotateRoute(ports)];
}

function overviewRoute(ports: TokensPorts): Route {
  return route({
    method: "GET",
    path: "/api/vault",
    summary: {
      zh: "查看保险库密钥、轮换进度与用量",
      en: "See the vault's keys, rotations and quotas",
    },
    auth: "any",
    answer: vaultContract,
    refusals: ["for_staff_of_the_vault"],
    async handle({ principal }) {
      const may = mayRead(principal) && isOurs(ports, principal);
      return may ? shown(await ports.vault.overview()) : refuse("for_staff_of_the_vault");
    },
  });
}

function rotateRoute(ports: TokensPorts): Route {
  const { guard, partitions, vault } = ports;
  return route({
    method: "POST",
    path: "/api/vault/rotations",
    summary: {
      zh: "提出轮换密钥，由另一人批准",
      en: "Propose to turn a key; another person approves",
    },
    auth: "any",
    body: newRotationContract,
    answer: rotationContract,
    refusals: [
      ...["rotation_by_people_only", "rotation_under_way", "kek_not_at_hand", "kek_in_use"],
      "keys_destruction_ordered",
    ],
    async handle({ body, principal, id }) {
      if (!isOurs(ports, principal)) return refuse("for_staff_of_the_vault");
      const own = principal.roles.includes("institution_operator");
      const no = own && body.kind === "kek" ? unfit(body, await vault.overview()) : undefined;
      if (no) return no;
      const partition = partitions.all[0] ?? 0;
      const call = { partition, id, principal, command: "tokens.rotate_key", content: body };
      return answerOf(await guard.act(call), (answer) => answer as { rotation: string });
    },
  });
}

function mayRead({ roles }: Principal): boolean {
  return roles.some((role) => READERS.includes(role));
}

/** Why a key-encryption key cannot be turned to now. */
function unfit(
  { kek }: Extract<NewRotation, { kind: "kek" }>,
  { kept, keys }: VaultState,
): Refusal | undefined {
  const params = { kek };
  if (!kept.some(({ name }) => name === kek)) return refuse("kek_not_at_hand", { params });
  const living = keys.filter(({ state }) => state !== "destroyed");
  return living.every((key) => key.kek === kek) ? refuse("kek_in_use", { params }) : undefined;
}

const text = (instant: Instant | null) => (instant === null ? null : toIso(instant));

function shown({ keys, kept, rotations, quotas }: VaultState): VaultAnswer {
  return {
    keys: keys.map(({ uses, uses_max, made, ended, ...key }) => ({
      ...key,
      ...{ uses: String(uses), usesMax: String(uses_max), made: text(made), ended: text(ended) },
    })),
    kept: kept.map(({ name, made, holders }) => ({ name, made, holders: [...holders] })),
    rotations: rotations.map(({ id, kind, total, moved, begun, ended }) => ({
      ...{ id, kind, total: String(total), begun: toIso(begun), ended: text(ended) },
      // Cards that were bound meanwhile are walked past as well.
      moved: String(moved < total ? moved : total),
    })),
    quotas: quotas.map(({ used, cap, ...quota }) => ({
      ...quota,
      ...{ used: String(used), cap: String(cap) },
    })),
  };
}
