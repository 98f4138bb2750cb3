/**
 * Signed requests (HTTP Message Signatures, RFC 9421): what a request says about its signature, and
 * the text that was signed. A request carries one signature that covers its method, its whole
 * address, the digest of its body and its Idempotency-Key, so whoever holds a copy can send that
 * same request again and no other. Whose key it is, identity knows. Pure.
 */
import type { Instant } from "../clock/index.ts";
import { isRefusal, type Refusal } from "../words/index.ts";
import { refuse } from "./signature.refusals.ts";
import { type Bare, type InnerList, readDictionary, stringText } from "./structured.ts";

/** A request as far as a signature can speak of it. */
export interface Message {
  readonly method: string;
  readonly scheme: "http" | "https";
  /** Path and query as they were sent. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

/** What a signature says of itself. Times in whole seconds since 1970. */
export interface RequestSignature {
  readonly components: readonly string[];
  readonly created: number;
  readonly expires?: number;
  readonly keyid: string;
  /** The value of `@signature-params`: components and parameters in the signer's order. */
  readonly params: string;
  readonly bytes: Buffer;
}

/** How far the machines' clocks and the way may be apart. */
export interface SignatureWindow {
  readonly age_ms_max: number;
  readonly ahead_ms_max: number;
}

/** Components and values that are looked at, at most. */
const COMPONENTS_MAX = 32;
const VALUE_LENGTH_MAX = 256;

/** True if a request carries anything of a signature. */
export function isSigned(headers: Message["headers"]): boolean {
  return headers["signature"] !== undefined || headers["signature-input"] !== undefined;
}

/**
 * Reads the one signature of a request. Refuses `signature_header_malformed`, `signature_not_one`,
 * `signature_component_not_taken`, `signature_parameter_not_taken`, `signature_parameter_needed`.
 */
export function readSignature(headers: Message["headers"]): RequestSignature | Refusal {
  const inputs = readDictionary(headers["signature-input"]);
  if (inputs === undefined) return malformed("Signature-Input");
  const signatures = readDictionary(headers["signature"]);
  if (signatures === undefined) return malformed("Signature");
  const [label = ""] = inputs.keys();
  const [input, signature] = [inputs.get(label), signatures.get(label)];
  if (inputs.size !== 1 || signatures.size !== 1 || !input || !signature) {
    return refuse("signature_not_one");
  }
  if (!("list" in input)) return malformed("Signature-Input");
  if ("list" in signature || signature.bare.kind !== "bytes") return malformed("Signature");
  const components = componentsOf(input);
  if (isRefusal(components)) return components;
  const stated = statedBy(input);
  if (isRefusal(stated)) return stated;
  const params = `(${components.map(stringText).join(" ")})${parametersText(input)}`;
  return { components, ...stated, params, bytes: signature.bare.value };
}

/**
 * Refuses `signature_component_needed` for the first component that a signature must cover and does
 * not: the method, the whole address, and the headers that say what is done.
 */
export function coversEnough(
  { components }: Pick<RequestSignature, "components">,
  headers: Message["headers"],
): true | Refusal {
  const covers = (name: string) => components.includes(name);
  const missing = [
    "@method",
    ...addressOf(covers),
    ...SENT.filter((name) => headers[name] !== undefined),
  ];
  const component = missing.find((name) => !covers(name));
  return component === undefined || refuse("signature_component_needed", { params: { component } });
}

const ADDRESS = ["@authority", "@path", "@query"];

/** What says the address: its parts for whoever covers one of them, else the whole. */
function addressOf(covers: (name: string) => boolean): readonly string[] {
  return !covers("@target-uri") && ADDRESS.some(covers) ? ADDRESS : ["@target-uri"];
}

/** Refuses what was signed too long ago, is yet to come, or says that it has expired. */
export function isTimely(
  { created, expires }: Pick<RequestSignature, "created" | "expires">,
  window: SignatureWindow,
  now: Instant,
): true | Refusal {
  const seconds = (ms: number) => ({ params: { seconds: String(Math.floor(ms / 1_000)) } });
  if (created * 1_000 < now - window.age_ms_max) {
    return refuse("signature_too_old", seconds(window.age_ms_max));
  }
  if (created * 1_000 > now + window.ahead_ms_max) {
    return refuse("signature_ahead_of_time", seconds(window.ahead_ms_max));
  }
  return expires === undefined || expires * 1_000 > now || refuse("signature_expired");
}

/** The text that was signed (RFC 9421, 2.5). Refuses `signature_component_absent`. */
export function signatureBase(
  { components, params }: Pick<RequestSignature, "components" | "params">,
  message: Message,
): string | Refusal {
  const lines: string[] = [];
  for (const component of components) {
    const value = component.startsWith("@")
      ? DERIVED[component]?.(message)
      : fieldOf(message, component);
    if (value === undefined) return absent(component);
    lines.push(`${stringText(component)}: ${value}`);
  }
  return [...lines, `"@signature-params": ${params}`].join("\n");
}

/** Components that follow from the request itself (RFC 9421, 2.2). */
const DERIVED: Readonly<Record<string, (message: Message) => string | undefined>> = {
  "@method": ({ method }) => method,
  "@target-uri": (message) => `${message.scheme}://${authorityOf(message)}${message.url}`,
  "@authority": authorityOf,
  "@scheme": ({ scheme }) => scheme,
  "@path": ({ url }) => url.split("?", 1)[0],
  "@query": ({ url }) => (url.includes("?") ? url.slice(url.indexOf("?")) : "?"),
};

/** Host and port in lower case, without the port that the scheme has anyway. */
function authorityOf({ scheme, headers }: Message): string {
  const host = String(headers["host"]).toLowerCase();
  return host.replace(scheme === "https" ? /:443$/ : /:80$/, "");
}

/** A header's value without the space around it; several lines of one name are joined by commas. */
function fieldOf({ headers }: Message, name: string): string | undefined {
  const value = Object.hasOwn(headers, name) ? headers[name] : undefined;
  if (value === undefined) return undefined;
  return [value]
    .flat()
    .map((line) => line.trim())
    .join(", ");
}

/** What the signature covers, each once. Refuses `signature_component_not_taken`. */
function componentsOf(input: InnerList): string[] | Refusal {
  const components: string[] = [];
  for (const { bare, parameters } of input.list) {
    const name = bare.kind === "string" ? bare.value : undefined;
    const isKnown = name !== undefined && (Object.hasOwn(DERIVED, name) || FIELD.test(name));
    const isOneMore = !components.includes(name ?? "") && components.length < COMPONENTS_MAX;
    if (!isKnown || !isOneMore || parameters.size > 0) {
      return notTaken("component", String(bare.value));
    }
    components.push(name);
  }
  return components;
}

const FIELD = /^[a-z0-9!#$%&'*+.^_`|~-]{1,64}$/;
/** Headers that say what is done: where they are sent, they must be covered. */
const SENT = ["content-digest", "idempotency-key"];

type Stated = Pick<RequestSignature, "created" | "expires" | "keyid">;

/** What each parameter must be, and what it may say. */
const PARAMETERS: Readonly<Record<string, (bare: Bare) => boolean>> = {
  created: ({ kind, value }) => kind === "integer" && value >= 0,
  expires: ({ kind, value }) => kind === "integer" && value >= 0,
  keyid: isShortString,
  nonce: isShortString,
  tag: isShortString,
  alg: ({ kind, value }) => kind === "string" && value === "ed25519",
};

function isShortString({ kind, value }: Bare): boolean {
  return kind === "string" && value.length <= VALUE_LENGTH_MAX;
}

/** Refuses `signature_parameter_not_taken`, `signature_parameter_needed`. */
function statedBy({ parameters }: InnerList): Stated | Refusal {
  for (const [name, bare] of parameters) {
    const fits = Object.hasOwn(PARAMETERS, name) && PARAMETERS[name]?.(bare) === true;
    if (!fits) return notTaken("parameter", name);
  }
  const missing = ["created", "keyid"].find((name) => !parameters.has(name));
  if (missing !== undefined) {
    return refuse("signature_parameter_needed", { params: { parameter: missing } });
  }
  const said = (name: string) => parameters.get(name)?.value;
  const expires = said("expires");
  return {
    created: Number(said("created")),
    keyid: String(said("keyid")),
    ...(expires === undefined ? {} : { expires: Number(expires) }),
  };
}

/** Only whole numbers and strings come so far. */
function parametersText({ parameters }: InnerList): string {
  return [...parameters]
    .map(
      ([name, { value }]) =>
        `;${name}=${typeof value === "number" ? value : stringText(String(value))}`,
    )
    .join("");
}

function malformed(header: string): Refusal {
  return refuse("signature_header_malformed", { params: { header } });
}

function notTaken(what: "component" | "parameter", name: string): Refusal {
  return refuse(`signature_${what}_not_taken`, { params: { [what]: name.slice(0, 64) } });
}

function absent(component: string): Refusal {
  return refuse("signature_component_absent", { params: { component } });
}
