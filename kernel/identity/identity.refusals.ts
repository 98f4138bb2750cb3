/** Every "no" of signing in. Unknown, revoked, expired and spent answer alike: nobody can probe. */
import { declareRefusals } from "../words/index.ts";

export const refuse = declareRefusals("identity", {
  not_signed_in: {
    category: "unauthenticated",
    text: {
      zh: "您还没有登录，或者登录已经失效。",
      en: "You are not signed in, or your sign-in has ended.",
    },
    remedy: {
      zh: "登录后再试；程序调用须带有效的密钥。",
      en: "Sign in and try again; a program must send a key that is in force.",
    },
  },
  request_key_unknown: {
    category: "unauthenticated",
    text: {
      zh: "keyid 不是任何登记过的请求签名公钥。",
      en: "No key for signing requests is enrolled under this keyid.",
    },
    remedy: {
      zh: "用登记时得到的编号：公钥 32 字节的 SHA-256。",
      en: "Send the id that enrolment gave: SHA-256 of the public key's 32 bytes.",
    },
  },
  request_signature_wrong: {
    category: "unauthenticated",
    text: {
      zh: "签名不是这把密钥对这个请求所作。",
      en: "The signature is not by this key over this request.",
    },
    remedy: {
      zh: "按 RFC 9421 重新组成签名文本，逐字节核对。",
      en: "Build the signature base as RFC 9421 says, and compare it byte for byte.",
    },
  },
  request_key_ended: {
    category: "unauthenticated",
    text: { zh: "这把请求签名密钥已经停用。", en: "This key for signing requests was ended." },
    remedy: { zh: "用本机构的另一把，或登记新的。", en: "Sign with another, or enrol a new one." },
  },
  request_key_expired: {
    category: "unauthenticated",
    text: {
      zh: "这把请求签名密钥已过有效期。",
      en: "This key for signing requests is past its time.",
    },
    remedy: { zh: "登记新的密钥。", en: "Enrol a new key." },
  },
  link_not_usable: {
    category: "unauthenticated",
    text: {
      zh: "这个链接不能使用：它只能用一次，并且有期限。",
      en: "This link cannot be used: each works once and for a limited time.",
    },
    remedy: {
      zh: "向发给您链接的人要一个新的。",
      en: "Ask whoever sent it for a fresh one.",
    },
  },
  passkey_not_verified: {
    category: "unauthenticated",
    text: {
      zh: "没有认出这把通行密钥。",
      en: "This passkey was not recognised.",
    },
    remedy: {
      zh: "再试一次，或换用您登记过的另一把。",
      en: "Try again, or use another passkey that you have registered.",
    },
  },
  face_not_for_organisation: {
    category: "forbidden",
    text: {
      zh: "您所在的机构不使用这个网站。",
      en: "Your organisation does not use this site.",
    },
    remedy: {
      zh: "到为您的机构开设的网站登录。",
      en: "Sign in at the site that serves your organisation.",
    },
  },
  step_up_needed: {
    category: "forbidden",
    text: {
      zh: "这一步需要您再次确认本人身份。",
      en: "This step needs you to confirm again that it is you.",
    },
    remedy: {
      zh: "用通行密钥确认，然后在五分钟内完成。",
      en: "Confirm with your passkey, then finish within five minutes.",
    },
  },
  demo_only: {
    category: "forbidden",
    text: {
      zh: "这种登录方式只在演示中提供。",
      en: "This way of signing in exists only in the demo.",
    },
    remedy: {
      zh: "使用通行密钥登录。",
      en: "Sign in with a passkey.",
    },
  },
  person_unknown: {
    category: "absent",
    text: { zh: "没有这个人。", en: "There is no such person." },
    remedy: { zh: "核对编号。", en: "Check the id." },
  },
  organisation_unknown: {
    category: "absent",
    text: { zh: "没有这个机构。", en: "There is no such organisation." },
    remedy: { zh: "核对机构代号。", en: "Check the organisation's short name." },
  },
  api_key_unknown: {
    category: "absent",
    text: { zh: "没有这个密钥。", en: "There is no such key." },
    remedy: { zh: "在密钥清单中核对。", en: "Check it against the list of keys." },
  },
  passkey_already_registered: {
    category: "conflicting",
    text: {
      zh: "这把通行密钥已经登记过。",
      en: "This passkey is already registered.",
    },
    remedy: { zh: "直接用它登录。", en: "Sign in with it." },
  },
});
