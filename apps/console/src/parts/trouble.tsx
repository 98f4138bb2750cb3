/** How the console shows a "no": rule, reason and remedy, as every face does. */
export { ReadingTrouble, TroubleNote } from "@sandbank/ui/face/parts";
