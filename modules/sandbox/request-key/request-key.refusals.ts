/** What enrolling and ending keys for requests says no to. */
import { declareRefusals } from "@sandbank/kernel/words";

export const refuse = declareRefusals("sandbox request key", {
  request_key_not_held: {
    category: "invalid",
    text: {
      zh: "不能证明您持有这把私钥。",
      en: "The proof that you hold this key does not verify.",
    },
    remedy: {
      zh: "用该私钥对请求密钥的登记文本签名；声明书密钥的登记文本不行。",
      en: "Sign the enrolment text of keys for requests with the key itself; that of keys for declarations does not do.",
    },
  },
  request_key_exists: {
    category: "conflicting",
    text: { zh: "这把公钥已经登记过。", en: "This key is enrolled already." },
    remedy: {
      zh: "无须再次登记；停用过的公钥不能恢复，换一把新的。",
      en: "Use it; a key that was ended does not come back, so enrol another.",
    },
  },
  request_key_signs_declarations: {
    category: "conflicting",
    text: {
      zh: "这把公钥登记为声明书签名之用，不能再用于请求。",
      en: "This key is enrolled for signing declarations and cannot sign requests as well.",
    },
    remedy: {
      zh: "为程序另生成一把密钥。",
      en: "Draw a key of its own for the program.",
    },
  },
  request_key_not_in_use: {
    category: "absent",
    text: {
      zh: "本机构没有这把在用的请求签名公钥。",
      en: "The institution has no such key for requests in use.",
    },
    remedy: { zh: "在公钥清单中核对。", en: "Check it against the list of keys." },
  },
});
