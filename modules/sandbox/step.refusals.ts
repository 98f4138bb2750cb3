/**
 * Every "no" on the way from a draft to a start, in order of precedence. A table of its own: these
 * are the refusals of the procedure, the sandbox's own table has those of a pilot's state.
 */
import { declareRefusals } from "@sandbank/kernel/words";

/** Refuses with one of the procedure's codes. */
export const refuseStep = declareRefusals("sandbox.application", {
  pilot_exists: {
    category: "conflicting",
    text: { zh: "名称 {pilot} 已被使用。", en: "The slug {pilot} is taken." },
    remedy: { zh: "换一个名称。", en: "Choose another." },
  },
  pilot_name_taken: {
    category: "conflicting",
    text: {
      zh: "名录中已有同名的创新应用。",
      en: "A pilot of the register has the same name.",
    },
    remedy: { zh: "在声明书1.2条换一个名称。", en: "Choose another name in clause 1.2." },
  },
  declaration_drafted_cites_a_source: {
    category: "invalid",
    text: {
      zh: "在本系统起草的声明书没有报道来源，须填写完整表单。",
      en: "A declaration drafted here has no source that reports it, and has the whole form.",
    },
    remedy: {
      zh: "将 source 留空，并给出 form。",
      en: "Leave source null and give form.",
    },
  },
  number_is_issued_at_registration: {
    category: "invalid",
    text: {
      zh: "创新应用编号在登记时发放，不能自行填写。",
      en: "A pilot's number is issued when it is registered and cannot be filled in.",
    },
    remedy: { zh: "将 number 留空。", en: "Leave number null." },
  },
  cap_given_twice: {
    category: "invalid",
    text: {
      zh: "上限 {cap_id} 或其条款出现两次。",
      en: "The cap {cap_id} or its clause stands twice.",
    },
    remedy: { zh: "为每项上限各编一个号。", en: "Give each cap an id and a clause of its own." },
  },
  attachment_unknown: {
    category: "absent",
    text: { zh: "没有摘要为 {hash} 的附件。", en: "There is no attachment with the hash {hash}." },
    remedy: {
      zh: "先上传附件，再在声明书中引用其摘要。",
      en: "Upload it first, then refer to it by its hash.",
    },
  },
  attachment_type_not_taken: {
    category: "invalid",
    text: {
      zh: "附件内容不是PDF、PNG、JPEG或纯文本。",
      en: "The attachment is no PDF, PNG, JPEG or plain text by its content.",
    },
    remedy: { zh: "转换格式后再上传。", en: "Convert it and upload it again." },
  },
  attachment_is_not_what_it_says: {
    category: "invalid",
    text: {
      zh: "附件内容为 {found}，与所称类型不符。",
      en: "By its content the attachment is {found}, not what it says.",
    },
    remedy: { zh: "改正类型。", en: "Correct its type." },
  },
  attachment_too_large: {
    category: "invalid",
    text: {
      zh: "附件超过10 MB，或没有内容。",
      en: "The attachment is larger than 10 MB, or empty.",
    },
    remedy: { zh: "压缩或拆分后再上传。", en: "Make it smaller or split it." },
  },
  declaration_unchanged: {
    category: "conflicting",
    text: {
      zh: "与第{version}版完全相同。",
      en: "This is version {version} without any change.",
    },
    remedy: { zh: "修改后再保存。", en: "Change something first." },
  },
  version_unknown: {
    category: "absent",
    text: { zh: "没有这一版声明书。", en: "There is no such version of the declaration." },
    remedy: { zh: "从版本列表中选择。", en: "Choose one from the list of versions." },
  },
  version_not_latest: {
    category: "conflicting",
    text: {
      zh: "最新一版是第{latest}版，不是第{version}版。",
      en: "The latest version is {latest}, not {version}.",
    },
    remedy: { zh: "查看最新一版后再操作。", en: "Look at the latest version first." },
  },
  version_already_in_force: {
    category: "conflicting",
    text: {
      zh: "第{version}版就是现行的一版。",
      en: "Version {version} is what stands already.",
    },
    remedy: { zh: "先提交修改后的一版。", en: "Put a changed version on file first." },
  },
  declaration_incomplete: {
    category: "conflicting",
    text: {
      zh: "声明书还有{n}处未填写，第一处在{clause}条。",
      en: "The declaration lacks {n} entries, the first in clause {clause}.",
    },
    remedy: { zh: "按所列条款补全。", en: "Fill in the clauses listed." },
  },
  clause_missing: {
    category: "conflicting",
    text: { zh: "{clause}条尚未填写。", en: "Clause {clause} is not filled in." },
    remedy: { zh: "补全该条。", en: "Fill it in." },
  },
  assessment_ends_before_the_test: {
    category: "conflicting",
    text: {
      zh: "{clause}条的有效期至{until}，早于测试期结束日{end}。",
      en: "What clause {clause} names is valid to {until}; the test ends on {end}.",
    },
    remedy: {
      zh: "更新评估或担保，或缩短测试期。",
      en: "Renew the assessment or the pledge, or shorten the test.",
    },
  },
  drafter_may_not_sign: {
    category: "forbidden",
    text: {
      zh: "起草人不能签署自己起草的声明书。",
      en: "Nobody signs a declaration that he drafted.",
    },
    remedy: { zh: "由本机构另一位审批人签署。", en: "Another approver of the institution signs." },
  },
  signing_key_unknown: {
    category: "absent",
    text: {
      zh: "本机构没有这把有效的签名公钥。",
      en: "The institution has no such signing key in use.",
    },
    remedy: { zh: "先登记签名公钥。", en: "Enrol the key first." },
  },
  signature_does_not_verify: {
    category: "forbidden",
    text: {
      zh: "签名与声明书的摘要不符。",
      en: "The signature is not over this version's hash by this key.",
    },
    remedy: {
      zh: "对系统给出的签名文本重新签名。",
      en: "Sign the text that the application gives, byte for byte.",
    },
  },
  signing_key_exists: {
    category: "conflicting",
    text: { zh: "这把公钥已经登记过。", en: "This key is enrolled already." },
    remedy: { zh: "无须再次登记，或换一把新的。", en: "Use it, or enrol another." },
  },
  signing_key_signs_requests: {
    category: "conflicting",
    text: {
      zh: "这把公钥登记为请求签名之用，不能再签署声明书。",
      en: "This key is enrolled for signing requests and cannot sign declarations as well.",
    },
    remedy: { zh: "为签署人另生成一把密钥。", en: "Draw a key of his own for the signer." },
  },
  signing_key_not_held: {
    category: "invalid",
    text: {
      zh: "不能证明您持有这把私钥。",
      en: "The proof that you hold this key does not verify.",
    },
    remedy: {
      zh: "用该私钥对登记文本签名。",
      en: "Sign the enrolment text with the key itself.",
    },
  },
  pilot_was_never_consulted: {
    category: "conflicting",
    text: {
      zh: "现行一版没有公示期满的征求意见。",
      en: "No consultation that ran its time covers the version that stands.",
    },
    remedy: { zh: "公示期满后再登记。", en: "Register after a consultation on this version." },
  },
  consultation_window_too_short: {
    category: "conflicting",
    text: {
      zh: "公示不得少于{least}日。",
      en: "A consultation lasts at least {least} days.",
    },
    remedy: { zh: "延长公示期。", en: "Give it more days." },
  },
  consultation_not_due: {
    category: "conflicting",
    text: { zh: "公示尚未到期。", en: "The consultation is not over yet." },
    remedy: { zh: "到期后自动结束。", en: "The clock closes it." },
  },
  consultation_closed: {
    category: "conflicting",
    text: { zh: "公示已经结束，不再接受意见。", en: "The consultation is closed to comments." },
    remedy: {
      zh: "可以查看已收到的意见和答复。",
      en: "Comments and answers can still be read.",
    },
  },
  consultation_absent: {
    category: "absent",
    text: { zh: "该试点没有在征求意见。", en: "This pilot is not open for comment." },
    remedy: { zh: "从正在公示的试点中选择。", en: "Choose a pilot that is." },
  },
  consultation_full: {
    category: "exhausted",
    text: {
      zh: "本轮意见数已达上限。",
      en: "This round has as many comments as it can take.",
    },
    remedy: { zh: "可向监管机构书面提出。", en: "Write to the supervisor instead." },
  },
  comment_clause_unknown: {
    category: "invalid",
    text: {
      zh: "声明书没有 {named} 条。",
      en: "The declaration has no clause {named}.",
    },
    remedy: { zh: "从所列条款中选择，或留空。", en: "Choose one that is listed, or none." },
  },
  comment_says_nothing: {
    category: "invalid",
    text: {
      zh: "意见没有内容，或超过4000字。",
      en: "The comment is empty, or longer than 4,000 characters.",
    },
    remedy: { zh: "写下意见后提交。", en: "Write it down, then send it." },
  },
  comment_unknown: {
    category: "absent",
    text: { zh: "没有这条意见。", en: "There is no such comment." },
    remedy: { zh: "核对编号或回执。", en: "Check the number or the receipt." },
  },
  comment_is_moderated: {
    category: "conflicting",
    text: { zh: "这条意见已经审核。", en: "This comment has been moderated already." },
    remedy: { zh: "审核结果不再更改。", en: "A moderation is not changed." },
  },
  comment_was_erased: {
    category: "conflicting",
    text: { zh: "这条意见的内容已经删除。", en: "The words of this comment were erased." },
    remedy: {
      zh: "待审核的，只能不予公开并说明理由。",
      en: "If it still waits, it can only be set aside, with the reason.",
    },
  },
  original_not_admitted: {
    category: "conflicting",
    text: {
      zh: "只能并入已采纳公开的意见。",
      en: "A duplicate can only be joined to an admitted comment.",
    },
    remedy: { zh: "先公开原意见。", en: "Admit the original first." },
  },
  comment_not_admitted: {
    category: "conflicting",
    text: {
      zh: "第{number}号意见未经公开，无须答复。",
      en: "Comment {number} is not admitted and takes no answer.",
    },
    remedy: { zh: "只答复已公开的意见。", en: "Answer admitted comments only." },
  },
  comment_is_answered: {
    category: "conflicting",
    text: { zh: "第{number}号意见已经答复。", en: "Comment {number} is answered already." },
    remedy: { zh: "答复公布后不再更改。", en: "A published answer is not changed." },
  },
  comments_wait_for_moderation: {
    category: "conflicting",
    text: {
      zh: "还有{n}条意见待审核。",
      en: "{n} comments wait for moderation.",
    },
    remedy: { zh: "审核全部意见。", en: "Moderate every comment." },
  },
  comments_unanswered: {
    category: "conflicting",
    text: {
      zh: "还有{n}条公开意见没有答复。",
      en: "{n} admitted comments have no answer.",
    },
    remedy: {
      zh: "由申报机构逐条答复，可一并答复。",
      en: "The applicant answers them, one by one or together.",
    },
  },
  numbers_used_up: {
    category: "exhausted",
    text: {
      zh: "该机构本年度的编号已经用完。",
      en: "The institution's numbers of this year are used up.",
    },
    remedy: { zh: "下一年度再登记。", en: "Register it next year." },
  },
  registration_too_old: {
    category: "conflicting",
    text: {
      zh: "登记已超过启动期限，{until}起不能再开始测试。",
      en: "The registration is too old: from {until} the test can no longer start.",
    },
    remedy: { zh: "撤回后重新申报。", en: "Withdraw and declare anew." },
  },
  terms_come_from_the_declaration: {
    category: "conflicting",
    text: {
      zh: "该试点的准入条件由其声明书得出，不另行给出。",
      en: "This pilot's terms follow from its declaration and are not given apart.",
    },
    remedy: { zh: "去掉 admission。", en: "Leave admission out." },
  },
  terms_not_given: {
    category: "conflicting",
    text: {
      zh: "该试点只有报道的事实，须另行给出准入条件。",
      en: "This pilot stands on reported facts; its terms must be given.",
    },
    remedy: { zh: "给出 admission。", en: "Give admission." },
  },
  arm_needs_funded_pool: {
    category: "conflicting",
    text: {
      zh: "风险补偿资金尚未足额到位。",
      en: "The compensation pool is not funded as its terms require.",
    },
    remedy: { zh: "补足资金后再就绪。", en: "Fund the pool, then arm." },
  },
  arm_needs_fresh_heartbeat: {
    category: "conflicting",
    text: {
      zh: "尚未收到试点系统的监测心跳。",
      en: "No fresh heartbeat of the pilot's monitoring has arrived.",
    },
    remedy: { zh: "接通监测后再就绪。", en: "Connect the monitoring, then arm." },
  },
  change_unknown: {
    category: "absent",
    text: { zh: "该试点没有这项变更。", en: "This pilot has no such change request." },
    remedy: { zh: "从变更列表中选择。", en: "Choose one from the list of changes." },
  },
  change_is_open: {
    category: "conflicting",
    text: {
      zh: "第{number}项变更尚未办结。",
      en: "Change request {number} is not settled yet.",
    },
    remedy: { zh: "办结或撤回后再提出。", en: "Settle or withdraw it first." },
  },
  change_is_settled: {
    category: "conflicting",
    text: { zh: "这项变更已经办结。", en: "This change request is settled." },
    remedy: { zh: "需要时重新提出。", en: "Ask again if it is needed." },
  },
});

/** The codes of this table. */
export type StepRefusal = Parameters<typeof refuseStep>[0];
