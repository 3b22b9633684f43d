import { Fault } from "../text/errors";
import { TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import type { ProxyPart, ProxyPlace } from "../components/chart";
import { factsOfChart } from "../components/components";
import { type ChartValue, type ChartValues, mergeValues } from "./chart-values";
import { type ProxyEnvironment, proxyVariables } from "./network/proxy-environment";

/** A construct's context would do, but a stack has children before its own constructor runs. */
const proxies = new WeakMap<TerraformStack, ProxyEnvironment>();

/** Lets every chart of a stack call out by a proxy. */
export function callOutBy(stack: TerraformStack, proxy: ProxyEnvironment | undefined): void {
  if (proxy !== undefined) proxies.set(stack, proxy);
}

/** The proxy by which pods of a construct call out; undefined: they need none. */
export function proxyFor(scope: Construct): ProxyEnvironment | undefined {
  return proxies.get(TerraformStack.of(scope));
}

/**
 * Values of a chart whose pods call out by a proxy.
 *
 * @throws Error for a chart of which nobody has said whether it calls out
 */
export function withProxy(chart: string, values: ChartValues, proxy: ProxyEnvironment): ChartValues {
  const facts = factsOfChart(chart);
  if (facts === undefined) throw new Fault(`chart ${chart}: say in a component's record how it calls out`);
  const { callsOut } = facts;
  return "no" in callsOut ? values : callsOut.reduce((all, place) => placed(all, place, proxy), values);
}

function placed(values: ChartValues, place: ProxyPlace, proxy: ProxyEnvironment): ChartValues {
  const path = place.path === "" ? [] : place.path.split(".");
  if (place.kind === "keys") {
    const said = Object.entries(place.keys).map(([key, part]) => [key, partOf(proxy, part)] as const);
    return mergeValues(values, at(path, Object.fromEntries(said)));
  }
  const { noProxy = [] } = place;
  const all = { ...proxy, noProxy: [...proxy.noProxy, ...noProxy] };
  if (place.kind === "map") return mergeValues(values, at(path, proxyVariables(all)));
  const known = path.reduce<ChartValue>((value, key) => (isMap(value) ? value[key] : undefined), values);
  const before = Array.isArray(known) ? (known as readonly ChartValue[]) : [];
  return mergeValues(values, at(path, [...before, ...variableList(all)]));
}

function partOf(proxy: ProxyEnvironment, part: ProxyPart): string {
  return part === "noProxy" ? proxy.noProxy.join(",") : proxy[part];
}

/** As `env` of a container. */
export function variableList(proxy: ProxyEnvironment): ChartValues[] {
  return Object.entries(proxyVariables(proxy)).map(([name, value]) => ({ name, value }));
}

function at(path: readonly string[], value: ChartValues | readonly ChartValue[]): ChartValues {
  const [first, ...rest] = path;
  if (first === undefined) return value as ChartValues;
  return { [first]: rest.length === 0 ? value : at(rest, value) };
}

function isMap(value: ChartValue): value is ChartValues {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
