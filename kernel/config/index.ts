export * from "./limits.ts";
export * from "./config.ts";
export { LOOPBACK, type MailServer, type PostSettings, type SmsGateway } from "./post.ts";
export type { PublicSite } from "./site.ts";
