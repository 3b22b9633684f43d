/** One HTTP request; gives undefined and why, where nobody answers. */
export type HttpGet = (url: string, headers?: Readonly<Record<string, string>>) => Promise<HttpAnswer>;

export type HttpAnswer = { readonly response: Response } | { readonly failure: string };

export function httpGet(timeoutSeconds: number): HttpGet {
  return async (url, headers = {}) => {
    try {
      return { response: await fetch(url, { headers, signal: AbortSignal.timeout(timeoutSeconds * 1000) }) };
    } catch (error) {
      return { failure: failureOf(error, timeoutSeconds) };
    }
  };
}

/** fetch says "fetch failed" and keeps the reason below. Read by its fields: the error is of another realm in tests. */
function failureOf(error: unknown, timeoutSeconds: number): string {
  if (field(error, "name") === "TimeoutError") return `no answer in ${timeoutSeconds} s`;
  const cause = field(error, "cause");
  const said = [field(cause, "code"), field(cause, "message"), field(error, "message")];
  return said.find((text): text is string => typeof text === "string" && text !== "") ?? "no answer";
}

function field(value: unknown, key: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined;
}
