/** What a receipt says of an erasure: what it covers, and what stays and why. */
import type { Text } from "@sandbank/kernel/words";

export const COVERS: readonly Text[] = [
  {
    zh: "姓名、账户参考号、卡段与卡号后四位：已从卡片、标记和支付中删除",
    en: "name, account reference, range and last four digits: gone from cards, tokens and payments",
  },
  {
    zh: "卡号的密文及其专用盐值、卡号的盲索引：由保险库销毁；此后无法由任何留存内容核对出卡号",
    en: "each number's ciphertext with the salt of its own, and its blind index: destroyed by the vault; nothing that is left can be tried against a number",
  },
  {
    zh: "打开本人各项操作所需的盐值与内容：日志中的承诺从此不能再打开",
    en: "salts and contents that open the acts about the holder: their commitments in the log open no more",
  },
  {
    zh: "被拒绝支付的原因记录和订单参考号",
    en: "reasons of declined payments, and references of orders",
  },
];

export const STAYS: readonly Text[] = [
  {
    zh: "金额与分录：账目须保持平衡，不含姓名",
    en: "amounts and postings, without a name: the books have to balance",
  },
  {
    zh: "支付标记号：以免再发给他人",
    en: "numbers of tokens, so that nobody else is given them",
  },
  {
    zh: "日志中的记录与本凭证：只含承诺和数目",
    en: "records of the log and this receipt: commitments and counts only",
  },
  {
    zh: "此前制作的备份：在其被销毁之前仍含原有内容",
    en: "backups made before, until they are thrown away",
  },
];
