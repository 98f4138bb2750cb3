/**
 * What a verifier may find, each with the index of the leaf it begins at. A finding is a refusal to
 * believe, not an error: a walk names the first and goes on as far as it can.
 */
import { declareRefusals, type Refusal } from "../words/index.ts";

const telling = {
  zh: "不要相信这份日志，保存现有副本，并告知监管方。",
  en: "Do not trust this log. Keep the copy you have and tell the supervisor.",
};
const again = {
  zh: "重新取得文件后再验证一次；仍然如此则告知监管方。",
  en: "Fetch the file again and verify once more; if it stays so, tell the supervisor.",
};
const opening = {
  zh: "向运营方索取与日志相符的事实文件。",
  en: "Ask the operator for a facts file that fits the log.",
};

/** Makes a finding. `index` stands in `params` as text, so that both languages can name it. */
export const finding = declareRefusals("evidence.verify", {
  log_file_missing: {
    category: "absent",
    text: {
      zh: "日志缺少文件 {path}，从第 {index} 条起无法验证。",
      en: "The log lacks {path}: it cannot be verified from leaf {index} on.",
    },
    remedy: again,
  },
  bundle_malformed: {
    category: "invalid",
    text: {
      zh: "文件 {path} 从第 {index} 条起读不出来。",
      en: "{path} cannot be read from leaf {index} on.",
    },
    remedy: again,
  },
  leaf_altered: {
    category: "conflicting",
    text: {
      zh: "第 {index} 条不是已签署的内容，是第一条不符的。",
      en: "Leaf {index} is not what was signed; it is the first that differs.",
    },
    remedy: telling,
  },
  leaves_altered: {
    category: "conflicting",
    text: {
      zh: "第 {index} 条至第 {to} 条中有内容与签署的不符。",
      en: "Something between leaf {index} and leaf {to} is not what was signed.",
    },
    remedy: telling,
  },
  leaf_missing: {
    category: "absent",
    text: { zh: "缺少第 {index} 条。", en: "Leaf {index} is missing." },
    remedy: telling,
  },
  tile_altered: {
    category: "conflicting",
    text: {
      zh: "文件 {path} 与各条内容不符（第 {index} 条起），内容本身与签署的一致。",
      en: "{path} does not fit the leaves (from leaf {index}); the leaves themselves are what was signed.",
    },
    remedy: again,
  },
  root_not_signed: {
    category: "conflicting",
    text: {
      zh: "全部内容算出的根与检查点不同，无法指出是哪一条。",
      en: "The leaves give another root than the checkpoint, and nothing tells which of them differ.",
    },
    remedy: telling,
  },
  head_not_its_leaves: {
    category: "conflicting",
    text: {
      zh: "数据库中日志头的根与各条内容不符。",
      en: "The root of the log's head in the database does not fit its leaves.",
    },
    remedy: telling,
  },
  older_not_a_prefix: {
    category: "conflicting",
    text: {
      zh: "较早的检查点（{size} 条）不是这份日志的开头：历史被改写过。",
      en: "The older checkpoint ({size} leaves) is no beginning of this log: history was rewritten.",
    },
    remedy: telling,
  },
  log_shrunk: {
    category: "conflicting",
    text: {
      zh: "日志现有 {now} 条，少于曾经签署的 {size} 条。",
      en: "The log has {now} leaves, fewer than the {size} that were signed.",
    },
    remedy: telling,
  },
  origin_of_another: {
    category: "conflicting",
    text: {
      zh: "检查点属于另一份日志：{origin}。",
      en: "The checkpoint is that of another log: {origin}.",
    },
    remedy: again,
  },
  witnesses_too_few: {
    category: "unauthenticated",
    text: {
      zh: "{asked_for} 位见证人中只有 {signed} 位签名有效。",
      en: "Only {signed} of the {asked_for} witnesses that are needed signed this checkpoint.",
    },
    remedy: telling,
  },
  leaf_not_understood: {
    category: "invalid",
    text: {
      zh: "第 {index} 条不是规范的记录。",
      en: "Leaf {index} is no record in canonical form.",
    },
    remedy: telling,
  },
  seq_not_continuous: {
    category: "conflicting",
    text: {
      zh: "第 {index} 条的序号是 {seq}，应为 {expected}。",
      en: "Leaf {index} has number {seq} where {expected} was due.",
    },
    remedy: telling,
  },
  policy_hash_wrong: {
    category: "conflicting",
    text: {
      zh: "第 {index} 条公布的政策与其哈希不符。",
      en: "Leaf {index} states a policy that does not have the hash it states.",
    },
    remedy: telling,
  },
  policy_not_in_force: {
    category: "conflicting",
    text: {
      zh: "第 {index} 条所依据的不是当时有效的政策。",
      en: "Leaf {index} acts under a policy that was not in force.",
    },
    remedy: telling,
  },
  closed_class_accepted: {
    category: "conflicting",
    text: {
      zh: "第 {index} 条接受了已关闭类别 {class} 的业务。",
      en: "Leaf {index} accepts an act of class {class}, which was closed.",
    },
    remedy: telling,
  },
  total_cap_not_declared: {
    category: "conflicting",
    text: {
      zh: "第 {index} 条为限额 {limit} 写的上限 {cap} 没有公布过。",
      en: "Leaf {index} states a cap of {cap} for {limit} that was never declared.",
    },
    remedy: telling,
  },
  total_above_cap: {
    category: "exhausted",
    text: {
      zh: "第 {index} 条：限额 {limit}（{period}）已用 {used}，超过上限 {cap}。",
      en: "Leaf {index}: {limit} ({period}) has used {used}, above its cap of {cap}.",
    },
    remedy: telling,
  },
  members_too_few: {
    category: "conflicting",
    text: {
      zh: "第 {index} 条：客户数写为 {used}，名册中只有 {members} 人。",
      en: "Leaf {index}: {used} customers are stated, and {members} have joined in the log.",
    },
    remedy: telling,
  },
  member_twice: {
    category: "conflicting",
    text: {
      zh: "第 {index} 条的客户已经登记过。",
      en: "The customer of leaf {index} has joined before.",
    },
    remedy: telling,
  },
  total_after_drop: {
    category: "conflicting",
    text: {
      zh: "第 {index} 条：限额 {limit}（{period}）已经撤除，却又有用量。",
      en: "Leaf {index} states {limit} ({period}) again after it was dropped.",
    },
    remedy: telling,
  },
  erased_not_as_stated: {
    category: "conflicting",
    text: {
      zh: "事实文件称 {erased} 项操作已删除，日志写明的是 {stated} 项。",
      en: "The facts file calls {erased} acts erased; the log states {stated}.",
    },
    remedy: opening,
  },
  facts_not_understood: {
    category: "invalid",
    text: {
      zh: "事实文件第 {line} 行读不懂，或不按序号排列。",
      en: "Line {line} of the facts file is not understood, or not in the order of the acts.",
    },
    remedy: opening,
  },
  commitment_not_opened: {
    category: "conflicting",
    text: {
      zh: "第 {index} 条（序号 {seq}）的{part_zh}与事实文件不符。",
      en: "The {part_en} of leaf {index} (act {seq}) are not those of the facts file.",
    },
    remedy: opening,
  },
  refused_act_posted: {
    category: "conflicting",
    text: {
      zh: "第 {index} 条（序号 {seq}）被拒绝，却有记账。",
      en: "Leaf {index} (act {seq}) was refused and yet posted.",
    },
    remedy: telling,
  },
  act_exceeded_cap: {
    category: "exhausted",
    text: {
      zh: "第 {index} 条（序号 {seq}）使账户 {account} 用到 {used}，超过条款 {clause} 的上限 {cap}。",
      en: "Leaf {index} (act {seq}) took {account} to {used}, above its cap of {cap} (clause {clause}).",
    },
    remedy: telling,
  },
  limit_below_nothing: {
    category: "conflicting",
    text: {
      zh: "第 {index} 条（序号 {seq}）退还的多于用过的：账户 {account} 成为 {used}。",
      en: "Leaf {index} (act {seq}) gave back more than was ever used: {account} stands at {used}.",
    },
    remedy: telling,
  },
  use_beside_limit: {
    category: "conflicting",
    text: {
      zh: "第 {index} 条（序号 {seq}）记在账户 {account}，条款 {clause} 的限额（上限 {cap}）没有这个账户；其上已用 {used}。",
      en: "Leaf {index} (act {seq}) counts on {account}, which is no account of the limit of clause {clause} (cap {cap}); {used} is used there.",
    },
    remedy: telling,
  },
  total_not_replayed: {
    category: "conflicting",
    text: {
      zh: "第 {index} 条：限额 {limit}（{period}）写为 {used}，逐笔重算为 {replayed}。",
      en: "Leaf {index} states {used} for {limit} ({period}); replaying the acts gives {replayed}.",
    },
    remedy: telling,
  },
});

/** How many findings a report keeps; the rest is counted. */
export const FINDINGS_MAX = 100;

/** The leaf a finding begins at; undefined where none can be named. */
export function indexOf(found: Refusal): number | undefined {
  const index = found.params?.["index"];
  return index === undefined ? undefined : Number(index);
}

/** Findings in the order they were made, bounded in number. */
export class Findings {
  readonly list: Refusal[] = [];
  count = 0;

  add(found: Refusal): void {
    this.count += 1;
    if (this.list.length < FINDINGS_MAX) this.list.push(found);
  }
}
