/**
 * The one door of payment tokens: the promise of pilot 4. Commands and migrations are constants,
 * since the guard and the store are built from them; the rest is joined to its ports by
 * `tokensModule`.
 */
import type { Command, DueSource } from "@sandbank/kernel/guard";
import type { Route } from "@sandbank/kernel/http";
import type { Task } from "@sandbank/kernel/jobs";
import type { Migrations, RoleDeclaration } from "@sandbank/kernel/store";
import { addCard, fundCard } from "./account/account.ts";
import { returnFunds } from "./account/return.ts";
import { cardRoutes } from "./account/account.routes.ts";
import { dueClosings } from "./account/card-event.jobs.ts";
import { cardEventRoutes } from "./account/card-event.routes.ts";
import { endCard, hearCardEvent } from "./account/card-event.ts";
import { cryptogramRoutes } from "./cryptogram/cryptogram.routes.ts";
import { makeCryptogram } from "./cryptogram/make.ts";
import { confirmPayment } from "./confirmation/confirmation.ts";
import { confirmationRoutes } from "./confirmation/confirmation.routes.ts";
import { consentRoutes } from "./consent/consent.routes.ts";
import { formRoutes } from "./edge/form.routes.ts";
import { windUpRest } from "./ending/ending.jobs.ts";
import { endingRoutes } from "./ending/ending.routes.ts";
import { windUp } from "./ending/ending.ts";
import { type Left, leftOf } from "./ending/left.ts";
import { confirmErasure, eraseByBank, eraseMe } from "./erasure/erasure.ts";
import { forgetCards } from "./erasure/erasure.jobs.ts";
import { erasureRoutes } from "./erasure/erasure.routes.ts";
import { refusingCardNumbers } from "./free-text.ts";
import { holdingRoutes } from "./holding/holding.routes.ts";
import { lookRoutes } from "./look/look.routes.ts";
import { look } from "./look/look.ts";
import { misuseRoutes } from "./misuse/misuse.routes.ts";
import { authoriseBy } from "./payment/authorise.ts";
import { declineRoutes } from "./payment/decline.routes.ts";
import { explainRoutes } from "./payment/explain.routes.ts";
import { capture, refund, voidPayment } from "./payment/finish.ts";
import { increase } from "./payment/increase.ts";
import { paymentRoutes } from "./payment/payment.routes.ts";
import type { TokenCodes, TokensPorts } from "./ports.ts";
import {
  activateRequestor,
  endRequestor,
  resumeRequestor,
  suspendRequestor,
} from "./requestor/move.ts";
import { registerRequestor } from "./requestor/register.ts";
import { requestorRoutes } from "./requestor/requestor.routes.ts";
import { destroyVaultKeys } from "./rotation/destruction.jobs.ts";
import { confirmDestruction, destroyKeys } from "./rotation/destruction.ts";
import { turnKey } from "./rotation/rotation.jobs.ts";
import { rotationRoutes } from "./rotation/rotation.routes.ts";
import { endKeyRotation, rotateKey } from "./rotation/rotation.ts";
import { endScene, resumeScene, suspendScene } from "./scene/move.ts";
import { registerScene } from "./scene/register.ts";
import { sceneRoutes } from "./scene/scene.routes.ts";
import { serveHolder } from "./service/service.ts";
import { serviceRoutes } from "./service/service.routes.ts";
import { settle } from "./settlement/settle.ts";
import { dueSettlements } from "./settlement/settlement.jobs.ts";
import { settlementRoutes } from "./settlement/settlement.routes.ts";
import { changeControls } from "./token/change.ts";
import { issueToken } from "./token/issue.ts";
import { boundToken, loosenBounds } from "./token/bound.ts";
import { changeRoutes } from "./token/change.routes.ts";
import { deleteToken, withdrawConsent } from "./token/end.ts";
import { shareToken, unshareToken } from "./token/share.ts";
import { shareRoutes } from "./token/share.routes.ts";
import { resumeToken, suspendToken } from "./token/suspend.ts";
import { tokenRoutes } from "./token/token.routes.ts";

export type * from "./ports.ts";
export { DECLINING } from "./ports.ts";
export type { Left } from "./ending/left.ts";
export { hmacSha256, hmacSm3 } from "./vault/derive.ts";
export {
  changeHolder,
  joinAt,
  keptIn,
  makeKey,
  namesIn,
  oldKeyIn,
  partsCustody,
  prepareParts,
  splitOldKey,
} from "./vault/parts.ts";
export { VaultProblem } from "./vault/problem.ts";
export { aesGcmOpen, aesGcmSeal, IV_BYTES, keyOf, TAG_BYTES, type ToSeal } from "./vault/seal.ts";
export { vaultPort } from "./vault/port.ts";
export { openVault, type VaultSettings } from "./vault/vault.ts";
export { vaultMigrations, vaultRole } from "./vault/vault.store.ts";

/** Every command of the module, for the guard. `codes` tells genuine cryptograms from others. */
export const tokensCommands = (codes: TokenCodes): readonly Command[] => [
  ...[addCard, fundCard, returnFunds, hearCardEvent, endCard, registerRequestor, registerScene],
  ...[activateRequestor, suspendRequestor, resumeRequestor, endRequestor],
  ...[suspendScene, resumeScene, endScene],
  ...[makeCryptogram, authoriseBy(codes), increase],
  ...[capture, voidPayment, refund, settle, serveHolder],
  ...[issueToken, suspendToken, resumeToken, deleteToken, withdrawConsent],
  ...[changeControls, boundToken, loosenBounds, shareToken, unshareToken, confirmPayment],
  ...[eraseByBank, eraseMe, confirmErasure, look, rotateKey, endKeyRotation],
  ...[windUp, destroyKeys, confirmDestruction],
];

export const tokensMigrations: Migrations = {
  schema: "tokens",
  folder: new URL("./sql/", import.meta.url),
};

export const tokensRole: RoleDeclaration = {
  role: "sandbank_tokens",
  memberOf: ["sandbank_act"],
};

/** The module joined to the rest of the system. */
export interface TokensModule {
  readonly name: "tokens";
  readonly commands: readonly Command[];
  readonly migrations: Migrations;
  readonly role: RoleDeclaration;
  readonly routes: readonly Route[];
  readonly tasks: readonly Task[];
  /** What falls due at an instant of business time. */
  readonly dues: readonly DueSource[];
  /** What is not brought to an end, counted as it stands: what steps of an exit wait for. */
  left(): Promise<readonly Left[]>;
}

export function tokensModule(ports: TokensPorts): TokensModule {
  return {
    name: "tokens",
    commands: tokensCommands(ports.codes),
    migrations: tokensMigrations,
    role: tokensRole,
    routes: [
      ...cardRoutes(ports),
      ...cardEventRoutes(ports),
      ...lookRoutes(ports),
      ...rotationRoutes(ports),
      ...requestorRoutes(ports),
      ...sceneRoutes(ports),
      ...consentRoutes(),
      ...tokenRoutes(ports),
      ...cryptogramRoutes(ports),
      ...changeRoutes(ports),
      ...shareRoutes(ports),
      ...confirmationRoutes(ports),
      ...explainRoutes(ports),
      ...paymentRoutes(ports),
      ...formRoutes(ports),
      ...settlementRoutes(ports),
      ...declineRoutes(ports),
      ...misuseRoutes(ports),
      ...serviceRoutes(ports),
      ...erasureRoutes(ports),
      ...holdingRoutes(ports),
      ...endingRoutes(ports),
    ].map(refusingCardNumbers),
    tasks: [forgetCards(ports), turnKey(ports), windUpRest(ports), destroyVaultKeys(ports)],
    dues: [dueClosings(ports), dueSettlements(ports)],
    left: () => leftOf(ports),
  };
}
