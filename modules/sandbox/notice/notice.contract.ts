/** What public notices are about. Browser-safe. */
export const NOTICE_KINDS = [
  "published",
  "registered",
  "ready",
  "started",
  "suspension",
  "restriction",
  "resumption",
  "lifting",
  "consultation_closed",
  "amended",
  "refused",
  "withdrawn",
  "change_published",
  "change_adopted",
  "change_refused",
  "exit_begun",
  "exited",
] as const;
export type NoticeKind = (typeof NOTICE_KINDS)[number];
