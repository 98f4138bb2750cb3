/** Addresses of the bank's app: `/{lang}/bank/…`. */
import { addressesOf } from "@sandbank/ui/face";

export { go, type Place, readPlace, useAddress } from "@sandbank/ui/face";

export const addressOf = addressesOf("bank");
