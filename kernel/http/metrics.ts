/** Counts and times of requests for prom-client, labelled by pattern and never by address. */
import { Counter, Histogram, Registry, collectDefaultMetrics } from "prom-client";

export interface HttpMetrics {
  readonly registry: Registry;
  /** Times one answered request. */
  timed(request: {
    readonly route: string;
    /** Whose requests are counted apart by this route; empty where nobody's are. */
    readonly of: string;
    readonly status: number;
    readonly seconds: number;
  }): void;
  refused(refusal: { readonly code: string; readonly category: string }): void;
}

const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** Registers the histograms of the edge; with `machine`, also those of the process. */
export function httpMetrics(
  settings: { readonly registry?: Registry; readonly machine?: boolean } = {},
): HttpMetrics {
  const registry = settings.registry ?? new Registry();
  if (settings.machine === true) collectDefaultMetrics({ register: registry });
  const seconds = new Histogram({
    name: "sandbank_http_request_seconds",
    help: "Time from the first byte of a request to its answer.",
    labelNames: ["route", "status", "counted_for"],
    buckets: SECONDS,
    registers: [registry],
  });
  const refusals = new Counter({
    name: "sandbank_http_refusals_total",
    help: "Requests that ended in a refusal or fault, by code.",
    labelNames: ["code", "category"],
    registers: [registry],
  });
  const children = new Map<string, { observe(value: number): void }>();
  return {
    registry,
    timed(request) {
      const key = `${request.status} ${request.of} ${request.route}`;
      let child = children.get(key);
      if (child === undefined) {
        child = seconds.labels(request.route, String(request.status), request.of);
        children.set(key, child);
      }
      child.observe(request.seconds);
    },
    refused({ code, category }) {
      refusals.inc({ code, category });
    },
  };
}
