/**
 * Public notices: what became of a pilot, in both languages, for everybody. A directive's notice is
 * the supervisor's own text; the others are set here. Notices are appended, never taken back.
 */
import { type Instant, toIso } from "@sandbank/kernel/clock";
import { change, type Change } from "@sandbank/kernel/guard";
import type { Text } from "@sandbank/kernel/words";
import { publishNotice } from "./notice.store.ts";

export const NOTICE_KINDS = [
  "published",
  "registered",
  "ready",
  "started",
  "suspension",
  "restriction",
  "resumption",
  "lifting",
] as const;
export type NoticeKind = (typeof NOTICE_KINDS)[number];

/** What is said of the steps that need no author. */
export const STEP_NOTICES: Readonly<
  Record<"published" | "registered" | "ready" | "started", (name: Text) => Text>
> = {
  published: (name) => ({
    zh: `${name.zh}的声明已公示，公开征求意见。`,
    en: `The declaration of ${name.en} is published for public comment.`,
  }),
  registered: (name) => ({
    zh: `${name.zh}经公示审核通过，完成登记。`,
    en: `${name.en} has passed publication and review and is registered.`,
  }),
  ready: (name) => ({
    zh: `${name.zh}的管控规则已编译并通过自检，可以开始测试。`,
    en: `The policy of ${name.en} is compiled and has passed its self-test; testing may start.`,
  }),
  started: (name) => ({
    zh: `${name.zh}开始测试。参加自愿，可以随时退出。`,
    en: `${name.en} starts testing. Joining is voluntary, and everybody may leave at any time.`,
  }),
};

/** The change that publishes a notice. `id` must be its own: one act may publish several. */
export function publish(notice: {
  readonly id: string;
  readonly pilot: string;
  readonly at: Instant;
  readonly kind: NoticeKind;
  readonly text: Text;
  readonly directive?: string;
}): Change {
  const { at, directive, ...rest } = notice;
  return change(publishNotice, { ...rest, at: toIso(at), directive: directive ?? null });
}
