import { type IncomingMessage } from "node:http";
import { type Greeter, InvalidRequest } from "./greeting";
import { readJson } from "./http-body";
import { type Lifecycle } from "./lifecycle";
import { type Metrics } from "./metrics";

export interface Reply {
  readonly status: number;
  readonly body: string;
  readonly contentType: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Call {
  readonly request: IncomingMessage;
  /** What stands in the path where the route has a name in braces. */
  readonly parameter: string;
  /** Aborts when the client has gone. */
  readonly signal: AbortSignal;
}

export interface Route {
  readonly method: string;
  /** The path as logs, metrics and traces show it, so that their number of values stays small. */
  readonly template: string;
  readonly handle: (call: Call) => Promise<Reply> | Reply;
}

export const json = (
  status: number,
  value: unknown,
  headers: Readonly<Record<string, string>> = {},
): Reply => ({
  status,
  body: JSON.stringify(value),
  contentType: "application/json",
  headers,
});

const text = (status: number, body: string): Reply => ({
  status,
  body,
  contentType: "text/plain; charset=utf-8",
});

export function routes(
  greeter: Greeter,
  lifecycle: Lifecycle,
  metrics: Metrics,
  maxRequestBytes: number,
): readonly Route[] {
  return [
    // Alive as long as the event loop answers: a draining process must not be restarted.
    { method: "GET", template: "/livez", handle: () => text(200, "ok\n") },
    {
      method: "GET",
      template: "/readyz",
      handle: () => text(lifecycle.phase === "ready" ? 200 : 503, `${lifecycle.phase}\n`),
    },
    {
      method: "GET",
      template: "/metrics",
      handle: async () => ({ status: 200, ...(await metrics.render()) }),
    },
    {
      method: "GET",
      template: "/api/greetings/{name}",
      handle: async ({ parameter, signal }) => json(200, { message: await greeter.greet(parameter, signal) }),
    },
    {
      method: "POST",
      template: "/api/greetings",
      handle: async ({ request, signal }) => {
        const name = nameOf(await readJson(request, maxRequestBytes));
        return json(200, { message: await greeter.greet(name, signal) });
      },
    },
  ];
}

function nameOf(body: unknown): string {
  if (typeof body === "object" && body !== null && "name" in body && typeof body.name === "string")
    return body.name;
  throw new InvalidRequest('the body has no name; send {"name": "Ada"}');
}

export interface Match {
  readonly route?: Route;
  readonly parameter: string;
  /** The methods that the path does have. */
  readonly allowed: readonly string[];
}

/** The route for a method and a request target; throws InvalidRequest for a target that is not a path. */
export function matchRoute(table: readonly Route[], method: string, target: string): Match {
  const path = pathOf(target);
  const found = table.flatMap((route) => {
    const parameter = parameterOf(route.template, path);
    return parameter === undefined ? [] : [{ route, parameter }];
  });
  const match = found.find(({ route }) => route.method === method);
  return {
    ...(match ? { route: match.route } : {}),
    parameter: match?.parameter ?? "",
    allowed: found.map(({ route }) => route.method),
  };
}

function pathOf(target: string): string {
  const path = target.split("?", 1)[0] ?? "";
  try {
    // An encoded slash stays a part of its segment.
    return path.replace(/%2f/gi, "%252F").split("/").map(decodeURIComponent).join("/");
  } catch {
    throw new InvalidRequest("the path has a wrong percent code");
  }
}

function parameterOf(template: string, path: string): string | undefined {
  const brace = template.indexOf("{");
  if (brace < 0) return path === template ? "" : undefined;
  const parameter = path.slice(brace);
  return path.startsWith(template.slice(0, brace)) && parameter !== "" && !parameter.includes("/")
    ? parameter
    : undefined;
}
