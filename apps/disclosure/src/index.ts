/** The door of the public site: its pages, its assets, and the port that feeds it. */
export * from "./ports.ts";
export type * from "./complaint.ports.ts";
export { type Asset, ASSET_CACHE, assets } from "./assets.ts";
export {
  type Json,
  type PageAnswer,
  type PageRequest,
  type PageRoute,
  PUBLIC_CSP,
} from "./face.ts";
export { disclosureHttp, siteFrame } from "./http.ts";
export { answerPage, disclosurePages, matchPath, missingPage } from "./routes.ts";
export type * from "./hearing.ports.ts";
export type * from "./exit.ports.ts";
export type * from "./regime.ports.ts";
