/** Every "no" to a signed request: what it must cover, when it was signed, what it says of its body. */
import { declareRefusals } from "../words/index.ts";

export const refuse = declareRefusals("http signature", {
  signature_header_malformed: {
    category: "invalid",
    text: {
      zh: "请求头 {header} 不是可以读取的结构化字段。",
      en: "The header {header} is not a structured field that can be read.",
    },
    remedy: {
      zh: "按 RFC 9651 书写；同一名称只能出现一次。",
      en: "Write it as RFC 9651 says; no name may come twice.",
    },
  },
  signature_not_one: {
    category: "invalid",
    text: {
      zh: "请求须恰好带一个签名，Signature-Input 与 Signature 用同一标签。",
      en: "A request carries exactly one signature, under one label in Signature-Input and Signature.",
    },
    remedy: { zh: "只保留自己的一个签名。", en: "Send your own signature and no other." },
  },
  signature_beside_a_key: {
    category: "invalid",
    text: {
      zh: "请求同时带了签名和 Authorization 头。",
      en: "The request carries a signature and an Authorization header.",
    },
    remedy: { zh: "只用其中一种。", en: "Use one of the two." },
  },
  signature_not_taken_here: {
    category: "unauthenticated",
    text: {
      zh: "这个接口不接受签名请求：重放它可能再做一次。",
      en: "This call takes no signed request: sent again, it could act again.",
    },
    remedy: {
      zh: "改用 Authorization 头中的密钥。",
      en: "Use a key in the Authorization header.",
    },
  },
  signature_component_not_taken: {
    category: "invalid",
    text: {
      zh: "签名覆盖的 {component} 不能在这里核对。",
      en: "The signature covers {component}, which cannot be checked here.",
    },
    remedy: {
      zh: "只覆盖不带参数的请求头和 @method、@target-uri、@authority、@scheme、@path、@query。",
      en: "Cover headers and @method, @target-uri, @authority, @scheme, @path and @query, without parameters.",
    },
  },
  signature_component_needed: {
    category: "unauthenticated",
    text: {
      zh: "签名没有覆盖 {component}。",
      en: "The signature does not cover {component}.",
    },
    remedy: {
      zh: "覆盖 @method、@target-uri（或 @authority、@path、@query），以及请求带有的 content-digest 和 idempotency-key。",
      en: "Cover @method, @target-uri (or @authority, @path and @query), and content-digest and idempotency-key where they are sent.",
    },
  },
  signature_component_absent: {
    category: "unauthenticated",
    text: {
      zh: "签名覆盖了 {component}，请求里却没有。",
      en: "The signature covers {component}, which the request does not have.",
    },
    remedy: { zh: "带上它，或不覆盖它。", en: "Send it, or do not cover it." },
  },
  signature_parameter_needed: {
    category: "unauthenticated",
    text: {
      zh: "签名缺少参数 {parameter}。",
      en: "The signature lacks the parameter {parameter}.",
    },
    remedy: {
      zh: "写明 created（整数秒）和 keyid（登记的公钥编号）。",
      en: "State created, in whole seconds, and keyid, the id of the enrolled key.",
    },
  },
  signature_parameter_not_taken: {
    category: "invalid",
    text: {
      zh: "签名参数 {parameter} 或它的值不能使用。",
      en: "The parameter {parameter} of the signature, or its value, is not taken.",
    },
    remedy: {
      zh: '只用 created、expires、keyid、nonce、tag，以及 alg="ed25519"。',
      en: 'Use created, expires, keyid, nonce, tag, and alg="ed25519" only.',
    },
  },
  signature_too_old: {
    category: "unauthenticated",
    text: {
      zh: "签名的时间早于 {seconds} 秒之前。",
      en: "The request was signed more than {seconds} seconds ago.",
    },
    remedy: {
      zh: "重新签名后再发；业务编号不变，就还是同一笔。",
      en: "Sign it anew and send it; under the same id it is the same act.",
    },
  },
  signature_ahead_of_time: {
    category: "unauthenticated",
    text: {
      zh: "签名的时间比现在晚了 {seconds} 秒以上。",
      en: "The request was signed more than {seconds} seconds from now.",
    },
    remedy: { zh: "校准时钟。", en: "Set your clock." },
  },
  signature_expired: {
    category: "unauthenticated",
    text: {
      zh: "签名自己写明的有效期已过。",
      en: "The signature is past the instant at which it says that it expires.",
    },
    remedy: {
      zh: "重新签名后再发；业务编号不变，就还是同一笔。",
      en: "Sign it anew and send it; under the same id it is the same act.",
    },
  },
  content_digest_malformed: {
    category: "invalid",
    text: {
      zh: "Content-Digest 里没有可以读取的 sha-256。",
      en: "Content-Digest has no sha-256 that can be read.",
    },
    remedy: {
      zh: "按 RFC 9530 写成 sha-256=:…:。",
      en: "Write it as RFC 9530 says, sha-256=:…:.",
    },
  },
  content_digest_needed: {
    category: "unauthenticated",
    text: {
      zh: "带签名的请求有正文，却没有 Content-Digest。",
      en: "A signed request with a body needs a Content-Digest.",
    },
    remedy: {
      zh: "加上正文的 sha-256，并用签名覆盖它。",
      en: "Add the sha-256 of the body, and cover it by the signature.",
    },
  },
  content_digest_differs: {
    category: "unauthenticated",
    text: {
      zh: "正文不是 Content-Digest 所说的那份。",
      en: "The body is not the one that Content-Digest speaks of.",
    },
    remedy: {
      zh: "对实际发出的字节计算摘要。",
      en: "Take the digest over the bytes that are sent.",
    },
  },
  idempotency_key_needed: {
    category: "invalid",
    text: {
      zh: "签名请求要写明 Idempotency-Key，这个接口的业务编号只在那里。",
      en: "Signed, this call needs an Idempotency-Key: nothing else says which act it is.",
    },
    remedy: {
      zh: "加上这个请求头，并用签名覆盖它。",
      en: "Send that header, and cover it by the signature.",
    },
  },
});
