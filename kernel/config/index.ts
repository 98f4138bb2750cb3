export * from "./limits.ts";
export * from "./config.ts";
export type { MailServer, PostSettings, SmsGateway } from "./post.ts";
export type { PublicSite } from "./site.ts";
