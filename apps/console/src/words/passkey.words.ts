/** What is said where passkeys are registered, looked over and revoked. */
import type { Catalogue } from "@sandbank/ui";

export const passkeyWords = {
  invite_title: { zh: "登记通行密钥", en: "Register a passkey" },
  invite_lead: {
    zh: "您收到了一份邀请。在这台设备上登记一把通行密钥，以后就用它登录工作台。邀请只能用一次。",
    en: "You were invited. Register a passkey on this device, and sign in to the console by it from now on. The invitation works once.",
  },
  device: { zh: "设备名称", en: "Name of the device" },
  device_hint: {
    zh: "您自己看得懂就行，例如“办公电脑”。",
    en: "For yourself to recognise, such as “office computer”.",
  },
  device_usual: { zh: "我的设备", en: "My device" },
  device_needed: {
    zh: "填写设备名称，最多80个字符",
    en: "Name the device, in at most 80 characters",
  },
  register: { zh: "登记通行密钥", en: "Register a passkey" },
  not_completed: { zh: "设备没有完成确认", en: "The device did not complete it" },
  not_completed_text: {
    zh: "您在设备上取消了，或者设备没有可用的通行密钥。没有登记或登录任何内容。",
    en: "You cancelled it on the device, or the device has no passkey for this. Nothing was registered and nobody signed in.",
  },
  not_completed_remedy: {
    zh: "再试一次，或换一台登记过的设备；都没有时，向管理员要一份新的邀请。",
    en: "Try again, or use a device that you registered; with neither, ask the administrator for a new invitation.",
  },
  mine: { zh: "我的通行密钥", en: "My passkeys" },
  mine_lead: {
    zh: "每台设备一把。丢失设备后，用另一台登录并停用那一把，所以最好登记两台。",
    en: "One for each device. When a device is lost, sign in by another and revoke its passkey; so it is well to have two.",
  },
  none: {
    zh: "还没有登记通行密钥。",
    en: "You have registered no passkey yet.",
  },
  registered_at: { zh: "登记于{at}", en: "registered {at}" },
  used_at: { zh: "上次使用{at}", en: "last used {at}" },
  never_used: { zh: "还没有用过", en: "not used yet" },
  another: { zh: "登记这台设备", en: "Register this device" },
  done: { zh: "已登记", en: "Registered" },
  done_text: {
    zh: "“{name}”已登记，可以用来登录。",
    en: "“{name}” is registered and can sign you in.",
  },
  confirm: { zh: "用通行密钥确认本人", en: "Confirm by passkey" },
  confirmed: { zh: "已确认，五分钟内有效。", en: "Confirmed, for five minutes." },
  revoke: { zh: "停用“{name}”", en: "Revoke “{name}”" },
  revoke_sure: {
    zh: "停用后，这台设备不能再登录，且不能恢复。",
    en: "The device will sign nobody in any more, and this cannot be undone.",
  },
  revoke_last: {
    zh: "这是您唯一的通行密钥，停用后您只能凭新的邀请登录。",
    en: "It is your only passkey: without it you sign in only by a new invitation.",
  },
  revoke_yes: { zh: "确定停用", en: "Revoke it" },
  keep: { zh: "保留", en: "Keep it" },
  revoked: { zh: "“{name}”已停用。", en: "“{name}” is revoked." },
} as const satisfies Catalogue;
