/** What the pages of tokens say. */
import type { Cause } from "@sandbank/tokens/contract";
import type { Text } from "@sandbank/kernel/words";
import type { Catalogue } from "@sandbank/ui";

export const tokenWords = {
  mine: { zh: "我的智令", en: "My tokens" },
  lead: {
    zh: "商户只拿到智令，拿不到您的卡号。",
    en: "Merchants get a token and never your card number.",
  },
  list: { zh: "智令列表", en: "List of tokens" },
  tail: { zh: "尾号{tail}", en: "ending {tail}" },
  of_card: { zh: "银行卡尾号{tail}", en: "Card ending {tail}" },
  active: { zh: "可用", en: "Active" },
  expired: { zh: "已过期", en: "Expired" },
  deleted: { zh: "已注销", en: "Deleted" },
  until: { zh: "有效期至{month}", en: "Good until {month}" },
  used_today: { zh: "今天已用{used}", en: "{used} used today" },
  left: { zh: "还可用{left}", en: "{left} left" },
  none: {
    zh: "您还没有智令。申请一个，就能在商户付款而不交出卡号。",
    en: "You have no token yet. With one you pay at a merchant without giving your card number away.",
  },
  ended: { zh: "已注销的智令", en: "Deleted tokens" },
  issue: { zh: "申请新智令", en: "Get a new token" },
  pause_all: { zh: "暂停全部智令", en: "Pause all tokens" },
  paused_all: {
    zh: "全部智令已暂停，不会再有新付款。",
    en: "All tokens are paused. Nothing new is paid.",
  },
  absent: { zh: "没有这个智令", en: "There is no such token" },
  absent_text: {
    zh: "它可能属于别人，或者地址有误。",
    en: "It may be somebody else's, or the address is wrong.",
  },
  number: { zh: "智令号", en: "Token number" },
  number_about: {
    zh: "给商户的就是这个号码。它不是卡号，离开您设的场景就没有用。",
    en: "This is what you give to a merchant. It is no card number and worth nothing outside your scenes.",
  },
  show_number: { zh: "显示智令号", en: "Show the number" },
  hide_number: { zh: "隐藏智令号", en: "Hide the number" },
  parts: { zh: "这个智令", en: "This token" },
  scenes: { zh: "可用场景", en: "Scenes" },
  scenes_about: {
    zh: "一次绑定，多处可用；它只能在这些场景付款。",
    en: "Bound once, used in several places: it can pay in these scenes and nowhere else.",
  },
  share_one: { zh: "也用于{scene}", en: "Use it in {scene} too" },
  shared: { zh: "现在也可以在{scene}付款。", en: "It can now pay in {scene} too." },
  confirm_share: {
    zh: "让它用到新场景，要先确认是您本人。",
    en: "Before it serves a new scene you confirm that it is you.",
  },
  unshare_one: { zh: "不再用于{scene}", en: "Stop using it in {scene}" },
  unshared: { zh: "不再用于{scene}，马上生效。", en: "It no longer serves {scene}, from now on." },
  consent: { zh: "您的同意", en: "Your consent" },
  consent_given: {
    zh: "{at}同意了同意书第{version}版，有效到{until}。",
    en: "Given on {at} to version {version} of the text, and good until {until}.",
  },
  withdraw: { zh: "撤回同意", en: "Withdraw my consent" },
  withdraw_sure: {
    zh: "撤回后这个智令立即停止使用，不能恢复；已授权的支付照常了结。",
    en: "The token then ends at once and for good; payments that were authorised are finished.",
  },
  withdraw_yes: { zh: "确定撤回", en: "Withdraw it" },
  payments: { zh: "最近付款", en: "Latest payments" },
  pause: { zh: "暂停与注销", en: "Pause and delete" },
  pause_about: {
    zh: "马上停止所有新付款；已付款项的退款照常到账。随时可以恢复。",
    en: "Stops every new payment at once; refunds of what was paid still arrive. You can resume at any time.",
  },
  pause_this: { zh: "暂停这个智令", en: "Pause this token" },
  paused: { zh: "已暂停，不会再有新付款。", en: "It is paused. Nothing new is paid." },
  resume_this: { zh: "恢复这个智令", en: "Resume this token" },
  resumed: { zh: "已恢复，可以付款。", en: "It is resumed and can pay." },
  resumed_but: {
    zh: "您的暂停已解除，但还有别的暂停，暂时不能付款。",
    en: "Your pause is lifted, but another still stands, so it cannot pay yet.",
  },
  causes: { zh: "为什么暂停", en: "Why it is paused" },
  delete_about: {
    zh: "不再使用时可以注销。注销不能恢复，号码不会再用；在途的扣款和退款照常办完。",
    en: "Delete it when you need it no more. This cannot be undone and its number is never given again; captures and refunds under way are finished.",
  },
  delete_this: { zh: "注销这个智令", en: "Delete this token" },
  delete_sure: {
    zh: "注销“{name}”（尾号{tail}）？以后在这些场景付款要重新申请。",
    en: "Delete “{name}”, ending {tail}? To pay in these scenes again you make a new one.",
  },
  delete_yes: { zh: "确定注销", en: "Delete it" },
  keep: { zh: "保留", en: "Keep it" },
  gone: { zh: "已注销。", en: "It is deleted." },
  tested: { zh: "这是一项测试中的服务", en: "This service is being tested" },
  your_rights: { zh: "我的权利", en: "My rights" },
  complain: { zh: "投诉", en: "Complain" },
} as const satisfies Catalogue;

/** Each cause: its word, and what lifts it. */
export const causeWords = {
  holder: {
    word: { zh: "您已暂停", en: "Paused by you" },
    lift: { zh: "您可以随时恢复。", en: "You can resume it at any time." },
  },
  issuer: {
    word: { zh: "银行已暂停", en: "Paused by the bank" },
    lift: {
      zh: "只有银行能解除，原因可以问银行。",
      en: "Only the bank can lift it; ask the bank why.",
    },
  },
  requestor: {
    word: { zh: "商户已暂停", en: "Paused by the merchant" },
    lift: {
      zh: "只有商户能解除，原因可以问商户。",
      en: "Only the merchant can lift it; ask there why.",
    },
  },
  risk: {
    word: { zh: "风险暂停", en: "Paused for risk" },
    lift: {
      zh: "银行发现异常后暂停，核实后由银行解除。",
      en: "The bank noticed something unusual and lifts it once that is cleared up.",
    },
  },
  sandbox: {
    word: { zh: "监管暂停", en: "Paused by the supervisor" },
    lift: {
      zh: "由监管机构解除，公示页有说明。",
      en: "The supervisor lifts it; the public page says why.",
    },
  },
} as const satisfies Record<Cause, { readonly word: Text; readonly lift: Text }>;

export const issueWords = {
  title: { zh: "申请新智令", en: "Get a new token" },
  lead: {
    zh: "选卡、选场景、看一眼限额，就好了。",
    en: "Choose a card and scenes, look over the limits, done.",
  },
  no_card: {
    zh: "先添加一张卡，智令从卡上付款。",
    en: "Add a card first: a token pays from a card.",
  },
  add_card: { zh: "添加卡片", en: "Add a card" },
  no_scene: {
    zh: "银行还没有开通任何场景，开通后才能申请智令。",
    en: "The bank has opened no scene yet; a token is made for one.",
  },
  card: { zh: "从哪张卡付款", en: "Pay from which card" },
  card_label: { zh: "尾号{tail}，可用{available}", en: "Ending {tail}, {available} available" },
  scenes: { zh: "用在哪里", en: "Where to use it" },
  choose_card: { zh: "选一张卡", en: "Choose a card" },
  choose_scene: { zh: "至少选一个场景", en: "Choose at least one scene" },
  most_scenes: { zh: "一个智令最多用于8个场景", en: "A token serves 8 scenes at most" },
  limits: { zh: "限额", en: "Limits" },
  limits_about: {
    zh: "先按常用的填好了，可以改；以后也能随时改。",
    en: "The usual ones are filled in. Change them now or at any time.",
  },
  consent: { zh: "您同意什么", en: "What you agree to" },
  consent_legend: { zh: "您的同意", en: "Your consent" },
  agree: { zh: "我已看过，同意", en: "I have read it and agree" },
  agree_needed: { zh: "看过同意书后勾选同意", en: "Read what you agree to and say so" },
  act: { zh: "申请智令", en: "Make the token" },
  made: {
    zh: "智令已做好，现在就能在所选场景付款。",
    en: "The token is made and can pay in its scenes from now on.",
  },
} as const satisfies Catalogue;
