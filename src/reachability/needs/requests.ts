import type { HttpRequest } from "../policy/http";

/** Requests that a declaration names: a method, and an expression for whole paths. */
export interface DeclaredRequest {
  readonly method?: string;
  readonly path?: string;
}

/** Those that a service is asked with; all of them, where a declaration names none. */
const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"];
/** Two paths, for a declaration that names none. */
const PATHS = ["/", "/x/y"];

/** Examples of the requests that a declaration is for, which all have to pass; a path is left out where no example is found. */
export function exampleRequests(declared: readonly DeclaredRequest[], host?: string): HttpRequest[] {
  return declared.flatMap(({ method, path }) => {
    const methods = method === undefined ? METHODS : [method];
    const paths = path === undefined ? PATHS : [examplePath(path)];
    return methods.flatMap((one) =>
      paths.map((other): HttpRequest => ({
        method: one,
        ...(other !== undefined && { path: other }),
        ...(host !== undefined && { host }),
        headers: {},
      })),
    );
  });
}

/** Parts of expressions, and what fits them. */
const PARTS: readonly (readonly [RegExp, string])[] = [
  [/\\d(?:[+*]|\{[^}]*\})?|\[0-9\](?:[+*]|\{[^}]*\})?/g, "1"],
  [/\[\^\/[^\]]*\](?:[+*]|\{[^}]*\})?/g, "x"],
  [/\\w(?:[+*]|\{[^}]*\})?|\[[a-z][^\]]*\](?:[+*]|\{[^}]*\})?/gi, "a"],
  [/\((?:\?:)?([^()|]*)(?:\|[^()]*)?\)[?*+]?/g, "$1"],
  [/\\?\.[*+]\??/g, "x"],
  [/\\(\W)/g, "$1"],
  [/[$^]/g, ""],
];

/** A path that an expression takes as a whole; undefined where none is found. */
export function examplePath(expression: string): string | undefined {
  const tried = PARTS.reduce((text, [part, example]) => text.replaceAll(part, example), expression);
  return [tried, expression].find((each) => takes(expression, each));
}

function takes(expression: string, path: string): boolean {
  try {
    return new RegExp(`^(?:${expression})$`).test(path);
  } catch {
    // One of RE2's that JavaScript does not know.
    return false;
  }
}

/** `GET /v1/x` */
export function requestText({ method, path }: HttpRequest): string {
  return [method ?? "any method", path ?? "any path"].join(" ");
}
