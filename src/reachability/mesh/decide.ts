import { allOf, anyOf, isUndecided } from "../../guardrails/iam/truth";
import type { MeshFlow, MeshSide } from "./mesh-flow";
import { isIn, parseAddress } from "../policy/addresses";
import type { Peer } from "../policy/peers";
import { ambientCall } from "./ambient";
import { authorize } from "./authorization";
import type { Caller } from "./authorization-attributes";
import type { MeshHost, MeshPort, MeshWorld } from "./mesh-world";
import { speaksMtls } from "./destination-tls";
import { mtlsOf } from "./peer-authentication";
import { isTaken, type OutsideCall, scopeOf, takers } from "./scope";
import { hostOf, type MeshPods, proxyOf } from "./workloads";

export interface MeshDecision {
  readonly verdict: MeshSide["verdict"];
  /** What the caller's sidecar does; absent: it has none. */
  readonly caller?: MeshSide;
  /** What the called one does, or its ztunnel; absent: it has none. */
  readonly called?: MeshSide;
  /** See AmbientCall. */
  readonly hbone?: boolean;
}

/** Whether sidecars of both ends let a call through, and a gateway those from outside. Gateways' routes and waypoints are not looked at. */
export function decideMesh(world: MeshWorld, flow: MeshFlow): MeshDecision {
  const { from, to } = flow;
  const ambient = ambientCall(world, flow);
  if (ambient !== undefined) return { verdict: ambient.called?.verdict ?? "allowed", ...ambient };
  const proxy = from.kind === "pods" ? proxyOf(from, world) : "none";
  const leaving =
    from.kind === "pods" && proxy === "sidecar" ? outbound(world, from, flow) : { mtls: proxy === "gateway" };
  const isCalled = to.kind === "pods" && proxyOf(to, world) === "sidecar";
  const caller = leaving.side;
  // Where the caller's sidecar refuses, the other end is told as it would be with mutual TLS: both are mended.
  const called = isCalled
    ? inbound(world, to, flow, leaving.mtls || caller?.verdict === "denied")
    : closedGateway(world, flow);
  const verdicts = [caller?.verdict, called?.verdict];
  const verdict = verdicts.includes("denied")
    ? "denied"
    : verdicts.includes("undecided")
      ? "undecided"
      : "allowed";
  return { verdict, ...(caller && { caller }), ...(called && { called }) };
}

/** Ports of a proxy's own: health and metrics. */
const OWN_PORTS = [15020, 15021, 15090];

/** What policies of a gateway deny to whoever comes from outside, whatever the request; nothing where they may let it in. */
function closedGateway(world: MeshWorld, { from, to, port, transport }: MeshFlow): MeshSide | undefined {
  if (from.kind !== "address" || to.kind !== "pods" || transport !== "TCP") return undefined;
  if (proxyOf(to, world) !== "gateway" || OWN_PORTS.includes(port)) return undefined;
  const side = authorize(to, { port, isHttp: true, address: from.address }, world);
  return side.verdict === "denied" ? side : undefined;
}

interface Leaving {
  readonly side?: MeshSide;
  readonly mtls: boolean;
}

function outbound(world: MeshWorld, from: MeshPods, flow: MeshFlow): Leaving {
  const passing = passes("Outbound", from, flow, world.settings.excludedPorts);
  if (passing !== undefined) return { side: allowed(passing), mtls: false };
  const { excluded, capturesDns } = world.settings;
  const address = flow.to.address === undefined ? undefined : parseAddress(flow.to.address);
  if (address !== undefined && excluded.some((each) => isIn(address, each)))
    return { side: allowed("an address that bypasses the sidecar"), mtls: false };
  if (flow.port === 53 && capturesDns)
    return { side: allowed("lookups are answered by the sidecar's agent"), mtls: false };
  const scope = scopeOf(from, world);
  if (scope.knows === undefined) return { side: undecided(scope.unknown), mtls: false };
  const candidates = hostsOf(world, flow);
  const known = candidates.map(({ host, port }) => ({
    host,
    port,
    truth: allOf([scope.knows(host, port), isTaken({ host, port }, from.namespace, scope.knows, world)]),
  }));
  const one = known.find(({ truth }) => truth === true);
  if (one !== undefined)
    return {
      side: { ...allowed("the caller's sidecar knows it"), by: [one.host.object] },
      mtls:
        !one.host.outside &&
        speaksMtls(world, from.namespace, one, flow.to.kind === "pods" ? flow.to : undefined),
    };
  const open = anyOf(known.map(({ truth }) => truth));
  if (isUndecided(open)) return { side: undecided(open.unknown), mtls: false };
  if (scope.unknown === "ALLOW_ANY")
    return {
      side: allowed("unknown to the caller's sidecar, which passes unknown traffic on without mutual TLS"),
      mtls: false,
    };
  const by = [...(scope.object === undefined ? [] : [scope.object]), ...known.map(({ host }) => host.object)];
  return { side: { verdict: "denied", why: "the caller's sidecar does not know it", by }, mtls: false };
}

function hostsOf(
  world: MeshWorld,
  { to, port, request }: MeshFlow,
): { readonly host: MeshHost; readonly port: MeshPort }[] {
  if (to.kind === "pods") {
    const found = hostOf(to, port, world);
    return found === undefined ? takers({ port, ...addressOf(to) }, world) : [found];
  }
  const name = to.kind === "name" ? { name: to.name } : {};
  return takers({ port, ...name, ...addressOf(to), ...(request && { request }) }, world);
}

function addressOf(peer: Peer): Pick<OutsideCall, "address"> {
  return peer.address === undefined ? {} : { address: peer.address };
}

function inbound(world: MeshWorld, to: MeshPods, flow: MeshFlow, offered: boolean): MeshSide {
  const passing = passes("Inbound", to, flow);
  if (passing !== undefined) return bypassed(world, to, flow, offered, passing);
  if (OWN_PORTS.includes(flow.port)) return allowed("a port of the sidecar's own: health and metrics");
  if (flow.from.kind === "entity" && flow.from.entity === "host" && rewritesProbes(to, world))
    return allowed("the node's probes, which the injector leads to the sidecar's agent");
  const mtls = mtlsOf(to, flow.port, world);
  if (mtls.mode === undefined) return undecided(mtls.unknown);
  if (mtls.mode === "STRICT" && !offered)
    return {
      verdict: "denied",
      why: "it takes mutual TLS only, and the caller has none",
      by: mtls.by === undefined ? [] : [mtls.by],
    };
  const { from, request } = flow;
  const protocol = hostOf(to, flow.port, world)?.port.protocol ?? "sniffed";
  const isHttp = protocol === "http" || (protocol === "sniffed" && request !== undefined);
  const caller: Caller = {
    port: flow.port,
    isHttp,
    ...(from.address !== undefined && { address: from.address }),
    ...(offered &&
      mtls.mode !== "DISABLE" &&
      from.kind === "pods" && {
        principal: `spiffe://${world.settings.trustDomain}/ns/${from.namespace}/sa/${from.serviceAccount ?? "default"}`,
      }),
    ...(request && { request }),
  };
  return authorize(to, caller, world);
}

/** What bypasses the called sidecar ends in the pod: callers that believe in the sidecar speak mutual TLS to it all the same. */
function bypassed(
  world: MeshWorld,
  to: MeshPods,
  { port, transport }: MeshFlow,
  offered: boolean,
  why: string,
): MeshSide {
  if (transport !== "TCP" || !offered || mtlsOf(to, port, world).mode === "DISABLE") return allowed(why);
  return {
    verdict: "denied",
    why: `${why}, and the caller speaks mutual TLS, which nobody ends there`,
    by: [],
  };
}

/** istio/istio 1.29.6, pkg/kube/inject/app_probe.go, `ShouldRewriteAppHTTPProbers`. */
function rewritesProbes({ annotations }: MeshPods, { settings }: MeshWorld): boolean {
  const own = annotations?.["sidecar.istio.io/rewriteAppHTTPProbers"]?.toLowerCase() ?? "";
  if (["1", "t", "true"].includes(own)) return true;
  return ["0", "f", "false"].includes(own) ? false : settings.rewritesProbes;
}

/** Why a call passes a sidecar by; undefined: it does not. */
function passes(
  direction: "Outbound" | "Inbound",
  pods: MeshPods,
  { port, transport }: MeshFlow,
  // The annotation stands in its place (manifests/charts/istio-control/istio-discovery/files/injection-template.yaml).
  byDefault = "",
): string | undefined {
  if (transport !== "TCP") return "sidecars take TCP only";
  const excluded = pods.annotations?.[`traffic.sidecar.istio.io/exclude${direction}Ports`] ?? byDefault;
  return excluded.split(",").some((each) => each.trim() === String(port))
    ? "a port that bypasses the sidecar"
    : undefined;
}

function allowed(why: string): MeshSide {
  return { verdict: "allowed", why, by: [] };
}

function undecided(what: string): MeshSide {
  return { verdict: "undecided", why: `not known before apply: ${what}`, by: [] };
}
