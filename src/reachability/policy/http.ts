import { allOf, anyOf, type Truth } from "../../guardrails/iam/truth";
import { at, isUnknown, items, texts, type Value } from "../../values/value";

/** A request as a proxy sees it; what is absent nobody knows. */
export interface HttpRequest {
  readonly method?: string;
  /** With a leading slash. */
  readonly path?: string;
  readonly host?: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** One of a rule's requests. */
export interface HttpRule {
  readonly text: string;
  readonly takes: (request: HttpRequest) => Truth;
}

/** A rule as Cilium hands it to Envoy (pkg/envoy/policy, v1.19.6): whole-string expressions, exact headers. */
export function httpRule(rule: Value): HttpRule {
  const part = (key: "method" | "path" | "host") => (request: HttpRequest) =>
    expression(at(rule, key), request[key], key);
  const headers = texts(at(rule, "headers")).map((text) => {
    const space = text.indexOf(" ");
    const name = space < 0 ? text : text.slice(0, space).replace(/:+$/, "");
    const value = space < 0 ? undefined : text.slice(space + 1);
    return ({ headers: given }: HttpRequest): Truth => header(given, name, value);
  });
  const matches = items(at(rule, "headerMatches")).map((each) => headerMatch(each));
  return {
    text: [at(rule, "method"), at(rule, "path")].filter((each) => typeof each === "string").join(" "),
    takes: (request) =>
      allOf(
        [part("method"), part("path"), part("host"), ...headers, ...matches].map((takes) => takes(request)),
      ),
  };
}

export function takesRequest(rules: readonly HttpRule[], request: HttpRequest): Truth {
  return anyOf(rules.map(({ takes }) => takes(request)));
}

function expression(pattern: Value, value: string | undefined, part: string): Truth {
  if (isUnknown(pattern)) return { unknown: pattern.text };
  if (typeof pattern !== "string" || pattern === "") return true;
  if (value === undefined) return { unknown: `the ${part} of requests` };
  return new RegExp(`^(?:${pattern})$`).test(value);
}

function header(given: HttpRequest["headers"], name: string, value: string | undefined): Truth {
  const [, found] = Object.entries(given).find(([key]) => key.toLowerCase() === name.toLowerCase()) ?? [];
  return value === undefined ? found !== undefined : found === value;
}

/** Of a mismatch that only logs or rewrites the header nothing is refused. */
function headerMatch(match: Value): HttpRule["takes"] {
  if (at(match, "secret") !== undefined) return () => ({ unknown: "a header's secret" });
  const name = at(match, "name");
  const mismatch = at(match, "mismatch");
  const value = at(match, "value");
  if (typeof name !== "string" || (typeof mismatch === "string" && mismatch !== "")) return () => true;
  return ({ headers }) =>
    header(headers, name, typeof value === "string" && value !== "" ? value : undefined);
}
