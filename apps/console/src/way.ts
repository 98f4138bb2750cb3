/** Addresses of the console: `/{lang}/console/…`. */
import { addressesOf } from "@sandbank/ui/face";

export { go, type Place, readPlace, useAddress } from "@sandbank/ui/face";

export const addressOf = addressesOf("console");
