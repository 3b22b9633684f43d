import { at, items, text, type Value } from "../../values/value";
import type { HttpRequest } from "../policy/http";
import { examplePath } from "./requests";

/** What a rule of an HTTPRoute leads on: one request for each match. */
export function requestsOfRoute(rule: Value, hostnames: Value): HttpRequest[] {
  const rewrites = items(at(rule, "filters")).some((each) => text(at(each, "type")) === "URLRewrite");
  const matches = items(at(rule, "matches"));
  const all = matches.length === 0 ? [undefined] : matches;
  return all.map((each) => {
    const value = text(at(each, "path", "value")) || "/";
    const path = text(at(each, "path", "type")) === "RegularExpression" ? examplePath(value) : value;
    return requestOf(at(each, "method"), rewrites ? undefined : path, rewrites ? undefined : hostnames);
  });
}

/** The same of a VirtualService's `http`. */
export function requestsOfVirtualService(rule: Value, hosts: Value): HttpRequest[] {
  const rewrites = at(rule, "rewrite") !== undefined;
  const matches = items(at(rule, "match"));
  const all = matches.length === 0 ? [undefined] : matches;
  return all.map((each) => {
    const uri = at(each, "uri");
    const expression = text(at(uri, "regex"));
    const path =
      expression === "" ? text(at(uri, "exact") ?? at(uri, "prefix")) || "/" : examplePath(expression);
    return requestOf(at(each, "method", "exact"), rewrites ? undefined : path, rewrites ? undefined : hosts);
  });
}

/** A route without a method leads all of them on; which ones its service is for, it does not say. */
function requestOf(method: Value, path: string | undefined, hosts: Value): HttpRequest {
  const [host] = items(hosts).map(text);
  return {
    ...(text(method) !== "" && { method: text(method) }),
    ...(path !== undefined && { path }),
    ...(host !== undefined && host !== "" && { host: host.replace("*", "any") }),
    headers: {},
  };
}
