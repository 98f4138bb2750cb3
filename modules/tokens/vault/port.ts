/**
 * The vault in the words in which the module asks for it. The vault stands by itself, with a role and
 * a store of its own; this is the message between the two, and no number passes but where one is asked.
 */
import { isRefusal } from "@sandbank/kernel/words";
import type { CardRef, Vault } from "../ports.ts";
import type { Vault as CardVault } from "./vault.ts";

/** Speaks for a vault. */
export function vaultPort(vault: CardVault): Vault {
  const placesOf = (cards: readonly CardRef[]) =>
    cards.map(({ cardRef: ref, home }) => ({ ref, home }));
  return {
    async seal({ number, expires, holder, home }) {
      const bound = await vault.bindCard({ number, expiry: expires, holder, home });
      if (isRefusal(bound)) return bound;
      const { ref, par, last4, bin } = bound;
      return { cardRef: ref, par, last4, bin };
    },
    async renumber({ cardRef: ref, home, number, expires: expiry, seq }) {
      const face = await vault.renumber({ ref, home, number, expiry, seq });
      return isRefusal(face) ? face : { last4: face.last4, bin: face.bin };
    },
    async look({ id, cards, purpose, principal }) {
      const seen = await vault.detokenise({ id, cards: placesOf(cards), purpose, principal });
      if (isRefusal(seen)) return seen;
      return seen.map(({ ref: cardRef, number, expiry: expires }) => ({
        ...{ cardRef, number, expires },
      }));
    },
    forget: (id, cards) => vault.forget(id, placesOf(cards)),
    rotate: (order, signal) => vault.rotate(order, signal),
    destroyKeys: () => vault.destroyKeys(),
    overview: () => vault.overview(),
  };
}
