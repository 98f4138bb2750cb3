/**
 * What stands against a payment before the ledger is asked, and the decline that it becomes. Whatever
 * it is, the requestor hears one coarse code; the whole reason is for the holder and the issuer. Each
 * payment is looked at whole, so that no reason is quicker to find than another.
 */
import type { Instant } from "@sandbank/kernel/clock";
import { type Change, change, type RefusalWithChanges } from "@sandbank/kernel/guard";
import type { Principal } from "@sandbank/kernel/identity";
import type { Failed } from "@sandbank/kernel/words";
import type { Authorisation } from "../contract.ts";
import type { Confirmation } from "../confirmation/confirmation.store.ts";
import { brokenBy } from "../control/control.ts";
import { type Cryptogram, objectionTo, type Presented } from "../cryptogram/cryptogram.ts";
import { refuse, type TokensRefusal } from "../refusals.ts";
import { type Scene, takesChannel, takesMcc, takesMerchant } from "../scene/scene.ts";
import type { Token } from "../token/token.ts";
import { unconfirmed } from "./confirmed.ts";
import { addDecline } from "./decline.store.ts";
import { momentOf } from "./moment.ts";

/** What there is for a payment: each may be missing. */
export interface Found {
  readonly token: Token | undefined;
  readonly scene: Scene | undefined;
  /** The cryptogram of the counter that it names. */
  readonly made: Cryptogram | undefined;
  /** The holder's newest confirmation for the merchant, where the payment needs one. */
  readonly confirmation: Confirmation | undefined;
}

/** What a payment is judged by; one that is only asked about has as much. */
export type Paying = Omit<Authorisation, "token" | "reference" | "cryptogram">;

/** Where a merchant is who does not say. */
export const HOME_COUNTRY = "CN";

/** Who asks for what, and when. */
export interface Asking {
  /** The payment as it would stand: when one is raised, its whole new amount. */
  readonly command: Paying;
  readonly principal: Principal;
  readonly presented: Presented;
  readonly now: Instant;
}

/** Everything that stands against a payment before the ledger is asked; in order of precedence. */
export function objections(found: Found, asked: Asking): Failed[] {
  const { token } = found;
  if (!token) return [no("token_unknown")];
  const { command, now } = asked;
  const failed: Failed[] = [];
  if (token.state === "deleted") failed.push(no("token_deleted"));
  if (token.expires <= now) failed.push(no("token_expired"));
  if (token.causes !== 0) failed.push(no("token_suspended"));
  if (!token.cardOpen) failed.push(no("card_closed"));
  pushOutsideScene(failed, { token, scene: found.scene }, asked);
  failed.push(...aboutCryptogram(found, asked));
  const { country = HOME_COUNTRY, ...rest } = command;
  const amount = BigInt(command.amount);
  // What stands against a cryptogram that was brought has been said.
  const cryptogram = asked.presented !== "none";
  failed.push(...brokenBy(token.control, { ...rest, country, amount, cryptogram, now }));
  failed.push(...unconfirmed(token, found.confirmation, { amount, now }));
  return failed;
}

function pushOutsideScene(
  failed: Failed[],
  { token, scene }: { readonly token: Token; readonly scene: Scene | undefined },
  { command, principal }: Asking,
): void {
  const { scene: limit, merchant, mcc, channel } = command;
  if (scene?.organisation !== principal.organisation) failed.push(no("scene_of_another_requestor"));
  if (!token.scenes.includes(limit)) failed.push(no("scene_not_of_token", limit));
  if (!scene) return;
  if (scene.requestor !== "active") failed.push(no("requestor_not_active"));
  if (scene.state !== "open") failed.push(no("scene_not_open", limit));
  if (!takesMerchant(scene, merchant)) failed.push(no("merchant_outside_scene", limit));
  if (!takesMcc(scene, mcc)) failed.push(no("mcc_outside_scene", limit));
  if (!takesChannel(scene, channel)) failed.push(no("channel_outside_scene", limit));
}

function aboutCryptogram({ scene, made }: Found, { command, principal, presented, now }: Asking) {
  const { amount, currency, scene: at } = command;
  const { organisation } = principal;
  const bound = { scene: at, organisation, amount: BigInt(amount), currency };
  return objectionTo({ presented, made, bound }, { needed: scene?.cryptogram === true, now });
}

function no(code: TokensRefusal, limit?: string): Failed {
  return limit === undefined ? { code } : { code, limit };
}

/** The one coarse code, with the whole reason for those whom it concerns. */
export function declined(
  asked: Pick<Asking, "principal" | "now"> & {
    readonly command: Pick<Authorisation, "scene" | "merchant" | "reference" | "amount">;
    readonly id: string;
    readonly token: Token | undefined;
    readonly spent: readonly Change[];
  },
  failed: readonly Failed[],
): RefusalWithChanges {
  const { command, principal, now, id, token, spent } = asked;
  const { scene, merchant, reference } = command;
  const row = {
    ...{ id, scene, merchant, reference },
    token: token?.id ?? null,
    holder: token?.holder ?? null,
    organisation: principal.organisation,
    amount: BigInt(command.amount),
    code: failed[0]?.code ?? "payment_declined",
    failed: failedText(failed),
    at: momentOf(now).at,
  };
  return { refusal: refuse("payment_declined"), onRefusal: [change(addDecline, row), ...spent] };
}

function failedText(failed: readonly Failed[]): string {
  return JSON.stringify(failed, (_, value) => (typeof value === "bigint" ? `${value}` : value));
}
