/** What is said where addresses for notices are opened, proven and closed. */
import type { Catalogue } from "@sandbank/ui";

export const contactWords = {
  title: { zh: "通知地址", en: "Addresses for notices" },
  lead: {
    zh: "收件箱有新消息时，另发邮件或短信提醒。提醒只写事由和链接；地址只在验证之后才收到提醒。",
    en: "When a letter comes to the inbox, a mail or text message tells of it: what kind it is, and a link. An address is told once it has been proven.",
  },
  nowhere: {
    zh: "本系统没有设置邮件服务器和短信网关，消息只在收件箱中查看。",
    en: "This installation has no mail server and no gateway for text messages; letters are read in the inbox alone.",
  },
  none: {
    zh: "还没有通知地址。消息只在收件箱中，要登录才看得到。",
    en: "There is no address yet. Letters wait in the inbox, seen by whoever signs in.",
  },
  not_yours: {
    zh: "您的角色不接收消息，不能登记通知地址。",
    en: "Nobody of your role gets letters, so there is nothing to be told of.",
  },
  mail: { zh: "邮件", en: "Mail" },
  sms: { zh: "短信", en: "Text message" },
  unproven: { zh: "待验证", en: "Not proven yet" },
  proven: { zh: "已验证", en: "Proven" },
  closed: { zh: "已停用", en: "Closed" },
  erased: { zh: "地址已删除", en: "address erased" },
  whose: { zh: "归属", en: "Whose" },
  own: { zh: "本人", en: "Yours" },
  organisation: { zh: "本机构", en: "Your organisation’s" },
  in_lang: { zh: "语言", en: "Language" },
  lang_zh: { zh: "中文", en: "Chinese" },
  lang_en: { zh: "英文", en: "English" },
  opened: { zh: "登记时间", en: "Opened" },
  proven_at: { zh: "验证时间", en: "Proven" },
  closed_at: { zh: "停用时间", en: "Closed" },
  letters: { zh: "提醒", en: "Notices" },
  letters_n: {
    zh: "已发送{sent}，等待{waiting}，未送达{failed}",
    en: "{sent} sent, {waiting} waiting, {failed} not delivered",
  },
  failed: { zh: "最近未送达的原因", en: "Why the latest was not delivered" },
  refused_outside: { zh: "对方服务器拒收", en: "refused by the server there" },
  not_taken: { zh: "多次尝试后对方仍未接收", en: "not taken after every try" },
  sending: {
    zh: "验证码正在发送。",
    en: "The code is on its way.",
  },
  sent: {
    zh: "验证码已发出，{minutes}分钟内有效，还可以输{left}次。",
    en: "The code was sent. It holds for {minutes} minutes; tries left: {left}.",
  },
  not_sent: {
    zh: "验证码没有送达：核对地址，有误则停用后重新登记。",
    en: "The code could not be delivered. Check the address; if it is wrong, close it and open the right one.",
  },
  over: {
    zh: "验证码已过期，请求新的。",
    en: "The code holds no more. Ask for another.",
  },
  void: {
    zh: "验证码输错次数过多，已作废，请求新的。",
    en: "Something else was typed in too often, and the code is void. Ask for another.",
  },
  no_code: {
    zh: "还没有向这个地址发送验证码。",
    en: "No code was sent to this address yet.",
  },
  code: { zh: "验证码", en: "Code" },
  code_hint: { zh: "六位数字", en: "Six digits" },
  code_wanted: { zh: "输入收到的六位数字", en: "Type in the six digits that came" },
  prove: { zh: "验证", en: "Prove it" },
  another: { zh: "发送新的验证码", en: "Send another code" },
  another_in: {
    zh: "{seconds}秒后可以请求新的验证码。",
    en: "Another code can be asked for in {seconds} seconds.",
  },
  close: { zh: "停用", en: "Close it" },
  close_sure: {
    zh: "停用后地址即删除，等待发送的提醒不再发送。",
    en: "Closing erases the address, and what still waits for it is not sent.",
  },
  close_yes: { zh: "确定停用", en: "Close and erase it" },
  keep: { zh: "保留", en: "Keep it" },
  open: { zh: "登记通知地址", en: "Open an address" },
  open_lead: {
    zh: "登记后，向该地址发送六位验证码，输入后生效。",
    en: "A code of six digits goes there; the address counts once it has been typed in.",
  },
  kind: { zh: "方式", en: "By" },
  address: { zh: "地址", en: "Address" },
  address_hint: {
    zh: "邮件地址，如 officer@supervisor.example；手机号码带国家代码，如 +8613900000000",
    en: "A mail address such as officer@supervisor.example, or a number with its country such as +8613900000000",
  },
  address_wanted_mail: {
    zh: "输入邮件地址，如 officer@supervisor.example",
    en: "Type in a mail address, such as officer@supervisor.example",
  },
  address_wanted_sms: {
    zh: "输入带国家代码的手机号码，如 +8613900000000",
    en: "Type in a number with its country, such as +8613900000000",
  },
  opened_said: {
    zh: "已登记，验证码正在发往该地址。",
    en: "It is on record, and a code is on its way there.",
  },
  proven_said: {
    zh: "地址已验证，今后有新消息时会提醒。",
    en: "The address is proven, and is told of letters from now on.",
  },
  another_said: { zh: "新的验证码正在发送。", en: "Another code is on its way." },
  closed_said: { zh: "已停用，地址已删除。", en: "It is closed, and the address is erased." },
  closed_ones: { zh: "已停用的地址（{n}）", en: "Closed addresses ({n})" },
} as const satisfies Catalogue;
