import { addonNames, type ChartName, type ChartPin, type Pin, type Release } from "./release";
import { amiNames, chartComponents, chartsOf, type Component, isOneOf } from "./components";
import { eksMinors, minorNames } from "./releases";

/** One version in place of the release's, and why. */
export interface Override {
  readonly version: string;
  readonly reason: string;
}

export type Overrides = Readonly<Partial<Record<Component, Override>>>;

/**
 * A release with some versions replaced. Another Kubernetes minor brings its own add-ons and node images; a version
 * given for one of these wins over that.
 */
export function withOverrides(release: Release, overrides: Overrides): Release {
  const { kubernetes, "gateway-api": gatewayApi } = overrides;
  const based: Release =
    kubernetes !== undefined && isOneOf(minorNames, kubernetes.version)
      ? { ...release, ...eksMinors[kubernetes.version] }
      : release;
  return {
    ...based,
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
