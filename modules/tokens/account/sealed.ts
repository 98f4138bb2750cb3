/** The card vault as this module's port: what it says of a card, in the words of the port. */
import { isRefusal } from "@sandbank/kernel/words";
import type { Vault } from "../ports.ts";
import type { Vault as CardVault } from "../vault/vault.ts";

/** Joins the vault of `vault/` to the port. */
export function sealedBy(vault: Pick<CardVault, "bindCard">): Vault {
  return {
    async seal({ number, expires, holder, home }) {
      const bound = await vault.bindCard({ number, expiry: expires, holder, home });
      if (isRefusal(bound)) return bound;
      const { ref: cardRef, par, last4, bin } = bound;
      return { cardRef, par, last4, bin };
    },
  };
}
