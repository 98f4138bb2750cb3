/** What is said where people sign in, register devices and confirm that it is still they. */
import type { Catalogue } from "@sandbank/ui";

export const signInWords = {
  title: { zh: "登录智令", en: "Sign in to Zhiling" },
  lead: {
    zh: "在一个地方管理您的支付标记：用在哪里、什么时候、最多付多少，都由您定。",
    en: "Your payment tokens in one place: you say where, when and up to how much each may pay.",
  },
  passkey_title: { zh: "用通行密钥登录", en: "Sign in by passkey" },
  passkey_text: {
    zh: "您的设备会要求用指纹、面容或设备密码确认。密钥不离开设备。",
    en: "Your device asks for your fingerprint, face or its own PIN. The key never leaves it.",
  },
  passkey: { zh: "用通行密钥登录", en: "Sign in by passkey" },
  demo_title: { zh: "第一次来看演示", en: "New to the demonstration" },
  demo_text: {
    zh: "启动演示的终端里有林晓的一次性登录链接；秦舟和温晴的链接在数据文件夹的demo.json里。三人都是虚构的：林晓和秦舟还没有卡，温晴已经付过款。登录后可以在“我的”里登记这台设备，以后就用通行密钥。",
    en: "The terminal that started the demonstration shows a one-time link of Lin Xiao; those of Qin Zhou and Wen Qing stand in demo.json of the data folder. All three are fictional: the first two have no card yet, Wen Qing has paid already. Once signed in, register this device under “Me” and use its passkey from then on.",
  },
} as const satisfies Catalogue;

export const deviceWords = {
  title: { zh: "我的设备", en: "My devices" },
  lead: {
    zh: "每台设备一把通行密钥。丢失设备后，用另一台登录并停用那一把，所以最好登记两台。",
    en: "One passkey for each device. When a device is lost, sign in by another and revoke its passkey; so it is well to have two.",
  },
  none: {
    zh: "还没有登记设备。登记后用指纹或面容就能登录，放宽限额时也用它确认。",
    en: "No device is registered. With one you sign in by fingerprint or face, and confirm by it when you loosen a limit.",
  },
  name: { zh: "设备名称", en: "Name of the device" },
  name_hint: {
    zh: "您自己看得懂就行，例如“我的手机”。",
    en: "For yourself to recognise, such as “my phone”.",
  },
  usual: { zh: "我的手机", en: "My phone" },
  name_needed: {
    zh: "填写设备名称，最多80个字符",
    en: "Name the device, in at most 80 characters",
  },
  register: { zh: "登记这台设备", en: "Register this device" },
  registered: {
    zh: "“{name}”已登记，可以用来登录。",
    en: "“{name}” is registered and can sign you in.",
  },
  registered_at: { zh: "登记于{at}", en: "Registered {at}" },
  used_at: { zh: "上次使用{at}", en: "Last used {at}" },
  never_used: { zh: "还没有用过", en: "Not used yet" },
  revoke: { zh: "停用“{name}”", en: "Revoke “{name}”" },
  revoke_sure: {
    zh: "停用后，这台设备不能再登录，且不能恢复。",
    en: "The device will sign nobody in any more, and this cannot be undone.",
  },
  revoke_yes: { zh: "确定停用", en: "Revoke it" },
  keep: { zh: "保留", en: "Keep it" },
  revoked: { zh: "“{name}”已停用。", en: "“{name}” is revoked." },
  invite_title: { zh: "登记您的设备", en: "Register your device" },
  invite_lead: {
    zh: "银行邀请您使用智令。在这台设备上登记一把通行密钥，以后就用它登录。邀请只能用一次。",
    en: "The bank invites you to Zhiling. Register a passkey on this device and sign in by it from now on. The invitation works once.",
  },
  not_completed: { zh: "设备没有完成确认", en: "The device did not complete it" },
  not_completed_text: {
    zh: "您在设备上取消了，或者设备没有可用的通行密钥。没有登记、登录或改动任何内容。",
    en: "You cancelled it on the device, or the device has no passkey for this. Nothing was registered or changed and nobody signed in.",
  },
  not_completed_remedy: {
    zh: "再试一次，或换一台登记过的设备。",
    en: "Try again, or use a device that you registered.",
  },
  confirm_title: { zh: "确认是您本人", en: "Confirm that it is you" },
  confirm_loosening: {
    zh: "您放宽了限制。为防止他人改动，放宽前要再确认一次，五分钟内有效；收紧随时可行。",
    en: "You are loosening a limit. Before that you confirm once more, so that nobody else can do it; it holds for five minutes. Tightening needs nothing.",
  },
  confirm_device: {
    zh: "登记另一台设备前，要用已登记的设备再确认一次。",
    en: "Before another device is registered you confirm by one that is.",
  },
  confirm: { zh: "用通行密钥确认", en: "Confirm by passkey" },
  confirm_simulated: { zh: "模拟确认", en: "Simulated confirmation" },
  simulated_text: {
    zh: "您没有登记设备，这里用演示的模拟确认代替。真实运行时没有这一项。",
    en: "You registered no device, so the demonstration's simulated confirmation stands in. It does not exist in live operation.",
  },
} as const satisfies Catalogue;
