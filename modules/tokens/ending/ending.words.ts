/** What holders are told when the pilot ends. A text never changes; another one gets the next version. */
import type { Text } from "@sandbank/kernel/words";

/** Every text there ever was, the one in use last. */
export const ENDING_NOTICES: readonly { readonly version: number; readonly text: Text }[] = [
  {
    version: 1,
    text: {
      zh: "支付标记试点正在退出。您的支付标记不能再用于新的支付，将逐个场景停用并注销，卡片随后解绑。已授权的支付照常请款或撤销，退款照常退回原卡。您可以继续查询和投诉，直到退出完成。",
      en: "The trial of payment tokens is ending. Your tokens make no new payments; scene by scene they are cut off, then deleted, and your cards are unbound. Payments that were authorised are still captured or voided, and refunds still reach your card. You may look things up and complain until the exit is complete.",
    },
  },
];

/** The text of a version. */
export function noticeOf(version: number): Text | undefined {
  return ENDING_NOTICES.find((one) => one.version === version)?.text;
}

/** The version in use. */
export function currentNotice(): number {
  return ENDING_NOTICES.at(-1)?.version ?? 1;
}
