import { anyOf, type Truth } from "../../guardrails/iam/truth";
import { type HttpRequest, takesRequest } from "./http";
import { takesName } from "./names";
import type { RequestRules } from "./rules";

export interface Asked {
  readonly truth: Truth;
  /** Absent: no proxy looks at it. */
  readonly limitedTo?: readonly string[];
}

/**
 * What proxies say of a request: they get the rules of everything that takes the peer on this port, and one rule
 * without limits is enough.
 *
 * @param rules of each rule that lets the flow through; undefined: it does not look at requests
 * @param open the direction is not closed: what rules do not take passes as well
 */
export function askRules(
  rules: readonly (RequestRules | undefined)[],
  { request, lookup }: { readonly request?: HttpRequest; readonly lookup?: string },
  open: boolean,
): Asked {
  const proxies = rules.filter((each) => each !== undefined);
  if (proxies.length === 0) return { truth: true };
  const everything = open || rules.some((each) => each === undefined || !each.limits);
  if (everything) return { truth: true, limitedTo: ["everything"] };
  const limitedTo = [...new Set(proxies.flatMap(textsOf))].sort();
  if (proxies.some(({ parser }) => parser === "unknown"))
    return { truth: { unknown: "rules for requests" }, limitedTo };
  const isHttp = proxies.some(({ parser }) => parser === "http");
  const isDns = proxies.some(({ parser }) => parser === "dns");
  if (isHttp && request !== undefined)
    return {
      truth: takesRequest(
        proxies.flatMap(({ http }) => http),
        request,
      ),
      limitedTo,
    };
  if (isDns && lookup !== undefined)
    return {
      truth: anyOf(proxies.flatMap(({ dns }) => dns).map((each) => takesName(each, lookup))),
      limitedTo,
    };
  return { truth: true, limitedTo };
}

function textsOf({ parser, http, dns }: RequestRules): string[] {
  const texts = [...http.map(({ text }) => text), ...dns.map(({ text }) => text)];
  return texts.length === 0 ? [parser] : texts.map((text) => `${parser}: ${text}`);
}
