import { addonNames, type ChartName } from "../components/components";
import type { Pin } from "../components/pin";
import type { ChartPin, EksMinor, Release } from "./release";
import { amiNames, chartComponents, chartsOf, type Component } from "../components/components";
import { isOneOf } from "./pins";
import { minorNames } from "./names";
import { eksMinors } from "./releases";

/** One version in place of the release's, and why. */
export interface Override {
  readonly version: string;
  readonly reason: string;
}

/** `nodes`: the Kubernetes of nodes and add-ons, where it is not the control plane's. */
export type Overrides = Readonly<Partial<Record<Component | "nodes", Override>>>;

/**
 * A release with some versions replaced. Another Kubernetes minor, of all or of the nodes, brings its own add-ons and
 * node images; a version given for one of these wins over that.
 */
export function withOverrides(release: Release, overrides: Overrides): Release {
  // The same one, so that what is known of it is known of all targets that have it.
  if (Object.keys(overrides).length === 0) return release;
  const { kubernetes, nodes, "gateway-api": gatewayApi } = overrides;
  const { kubernetes: _, ...ofNodes } = minorOf(nodes) ?? {};
  const based: Release = { ...release, ...minorOf(kubernetes), ...ofNodes };
  return {
    ...based,
    ...(nodes && { nodes: replaced(based.kubernetes, nodes, minorOf(nodes)?.kubernetes) }),
    kubernetes: kubernetes ? replaced(release.kubernetes, kubernetes, based.kubernetes) : based.kubernetes,
    gatewayApi: gatewayApi ? replaced(release.gatewayApi, gatewayApi) : release.gatewayApi,
    addons: replacedAll(based.addons, addonNames, overrides),
    amis: replacedAll(based.amis, amiNames, overrides),
    charts: chartComponents.reduce((charts, component) => {
      const override = overrides[component];
      return override === undefined ? charts : withCharts(charts, chartsOf(component), override);
    }, release.charts),
  };
}

/** Pins of the Kubernetes minor that an override names. */
function minorOf(override: Override | undefined): EksMinor | undefined {
  return override !== undefined && isOneOf(minorNames, override.version)
    ? eksMinors[override.version]
    : undefined;
}

function withCharts(
  charts: Release["charts"],
  names: readonly ChartName[],
  override: Override,
): Release["charts"] {
  return names.reduce((all, name) => {
    // The digest and kubeVersion of the release's own archive say nothing about another one.
    const { repository, name: chart } = charts[name];
    const pin: ChartPin = { repository, name: chart, ...replaced(charts[name], override) };
    return { ...all, [name]: pin };
  }, charts);
}

function replacedAll<K extends Component>(
  pins: Readonly<Record<K, Pin>>,
  names: readonly K[],
  overrides: Overrides,
): Readonly<Record<K, Pin>> {
  return names.reduce((all, name) => {
    const override = overrides[name];
    return override === undefined ? all : { ...all, [name]: replaced(all[name], override) };
  }, pins);
}

/** `known`: a pin of ours for the version given, where there is one. */
function replaced(pin: Pin, { version, reason }: Override, known?: Pin): Pin {
  const { source, sourceDate, verified } = known ?? {
    source: "the target's config",
    sourceDate: "",
    verified: false,
  };
  return {
    version,
    source,
    sourceDate,
    verified,
    ...(!verified && { doubt: "set in the config" }),
    override: { reason, replaces: pin.version },
  };
}
