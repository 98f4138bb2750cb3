/** What the frame, the sign-in page and the parts of every page say. */
import type { Catalogue } from "@sandbank/ui";

export const frameWords = {
  console: { zh: "工作台", en: "Console" },
  nav: { zh: "工作台导航", en: "Console" },
  today: { zh: "今日", en: "Today" },
  pilots: { zh: "试点", en: "Pilots" },
  approvals: { zh: "复核", en: "Approvals" },
  applications: { zh: "申报", en: "Applications" },
  directives: { zh: "指令", en: "Directives" },
  complaints: { zh: "投诉", en: "Complaints" },
  compensation: { zh: "赔付", en: "Compensation" },
  inbox: { zh: "收件箱", en: "Inbox" },
  incidents: { zh: "事件", en: "Incidents" },
  evaluations: { zh: "评价", en: "Evaluations" },
  exits: { zh: "退出", en: "Exits" },
  vault: { zh: "保险库", en: "Vault" },
  journal: { zh: "日志", en: "Journal" },
  passkeys: { zh: "通行密钥", en: "Passkeys" },
  sign_out: { zh: "退出登录", en: "Sign out" },
  you: { zh: "{name}，{organisation}", en: "{name}, {organisation}" },
  demo: {
    zh: "演示环境：申报机构和声明内容取自2020年1月的公开报道；数字、人物和运行机构均属虚构。演示时间{now}。",
    en: "Demonstration: declaring institutions and declarations come from press reports of January 2020; figures, people and the firms that run the pilots are fictional. Demo time {now}.",
  },
  demo_label: { zh: "演示说明", en: "About this demonstration" },
  reading: { zh: "正在读取", en: "Reading" },
  as_of: { zh: "截至{at}", en: "As of {at}" },
  stale: {
    zh: "没有连上服务器，以下是{at}的数字，会自动重试。",
    en: "The server was not reached. These are the figures of {at}; we keep trying.",
  },
  absent: { zh: "没有这个页面", en: "There is no such page" },
  absent_text: {
    zh: "地址可能有误，或者内容已经移走。",
    en: "The address may be wrong, or what stood here has moved.",
  },
  to_list: { zh: "查看全部", en: "See the whole list" },
  to_today: { zh: "回到今日", en: "Back to today" },
  broken: { zh: "这一页没有显示出来", en: "This page could not be shown" },
  broken_text: {
    zh: "页面程序出了错，没有提交任何内容。重新载入后再试。",
    en: "The page itself failed and sent nothing. Reload it and try again.",
  },
  reload: { zh: "重新载入", en: "Reload" },
  code: { zh: "代码", en: "Code" },
  yes_open: { zh: "开放", en: "Open" },
  no_closed: { zh: "停止", en: "Closed" },
  none: { zh: "无", en: "None" },
  opens_public: { zh: "公示页", en: "Public page" },
} as const satisfies Catalogue;

export const signInWords = {
  title: { zh: "登录工作台", en: "Sign in to the console" },
  lead: {
    zh: "工作台供监管机构、试点机构和审计人员使用。公示网站不需要登录。",
    en: "The console is for staff of the supervisor, of institutions and for auditors. The public site needs no sign-in.",
  },
  demo_title: { zh: "用演示链接登录", en: "Sign in by a demo link" },
  demo_text: {
    zh: "启动演示时，数据文件夹中写入了demo.json，只有启动者能读。其中people一节列出每个人和一次性登录链接：打开一个，按下登录。每个链接只能用一次；重新启动后会有新的链接。演示中的人都是虚构的。",
    en: "When the demo starts it writes demo.json into its data folder, readable by whoever started it. Its part “people” lists each person with a one-time link: open one and press sign in. Each link works once; a restart makes new ones. All people of the demo are fictional.",
  },
  demo_people: { zh: "演示中的人", en: "People of the demo" },
  officer: { zh: "李监管：提出监管指令", en: "Li Wei, case officer: proposes directives" },
  approver: {
    zh: "赵审批、钱审批：批准他人提出的指令",
    en: "Zhao Ning and Qian Yu, approvers: decide on what others proposed",
  },
  operator: { zh: "孙运营：虚构银行的运营人员", en: "Sun Hao, operator of the fictional bank" },
  complaints: {
    zh: "陈投诉、何投诉：办理投诉；许高管：批准延期、核查",
    en: "Chen Jing and He Yun, complaints: handle them; Xu Rong, senior: approves and re-checks",
  },
  trustees: {
    zh: "陆赔付、施赔付：审核和支付赔付",
    en: "Lu Ping and Shi Min, trustees: judge and pay claims",
  },
  auditor: { zh: "周审计：查阅和验证记录", en: "Zhou Lan, auditor: reads and verifies records" },
  passkey_title: { zh: "用通行密钥登录", en: "Sign in by passkey" },
  passkey_text: {
    zh: "您的设备会要求用指纹、面容或设备密码确认。密钥不离开设备。",
    en: "Your device asks for your fingerprint, face or its own PIN. The key never leaves it.",
  },
  passkey: { zh: "用通行密钥登录", en: "Sign in by passkey" },
  site: { zh: "前往公示网站", en: "Go to the public site" },
} as const satisfies Catalogue;
