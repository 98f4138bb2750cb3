/** The text that holders agree to, over HTTP, for everybody who is to show it. */
import { route, type Route } from "@sandbank/kernel/http";
import { consentTextContract } from "../contract.ts";
import { currentText, hashOf } from "./consent.ts";

/** GET /api/consent-text. */
export function consentRoutes(): Route[] {
  return [
    route({
      method: "GET",
      path: "/api/consent-text",
      summary: {
        zh: "申领支付标记须同意的文本",
        en: "What a holder agrees to for a payment token",
      },
      auth: "any",
      answer: consentTextContract,
      async handle() {
        const { version, purpose, text } = currentText();
        return { version, purpose, hash: hashOf(currentText()), text: { ...text } };
      },
    }),
  ];
}
