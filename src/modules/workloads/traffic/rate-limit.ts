import { Fault } from "../../../text/errors";
import type { Manifest } from "../../manifest";
import type { RateLimit, RoutedService } from "./traffic";

const FILTER = "envoy.filters.http.local_ratelimit";
const ALWAYS = { numerator: 100, denominator: "HUNDRED" };

/**
 * A limit that the sidecar of each pod keeps, first of its HTTP filters (Envoy, extensions.filters.http.local_ratelimit.v3;
 * istiod knows the type: istio/istio 1.27.9 and 1.29.6, pkg/config/xds/filter_types.gen.go). A filter that is configured
 * at the connection manager holds for all requests.
 */
export function rateLimit(
  { name, namespace, selector }: RoutedService,
  { requests, per, burst = requests }: RateLimit,
): Manifest {
  return {
    apiVersion: "networking.istio.io/v1alpha3",
    kind: "EnvoyFilter",
    metadata: { name: `${name}-rate-limit`, namespace },
    spec: {
      workloadSelector: { labels: selector },
      configPatches: [
        {
          applyTo: "HTTP_FILTER",
          match: {
            context: "SIDECAR_INBOUND",
            listener: {
              filterChain: { filter: { name: "envoy.filters.network.http_connection_manager" } },
            },
          },
          patch: {
            operation: "INSERT_FIRST",
            value: {
              name: FILTER,
              typed_config: {
                "@type":
                  "type.googleapis.com/envoy.extensions.filters.http.local_ratelimit.v3.LocalRateLimit",
                stat_prefix: "http_local_rate_limiter",
                token_bucket: { max_tokens: burst, tokens_per_fill: requests, fill_interval: inSeconds(per) },
                filter_enabled: { runtime_key: "local_rate_limit_enabled", default_value: ALWAYS },
                filter_enforced: { runtime_key: "local_rate_limit_enforced", default_value: ALWAYS },
              },
            },
          },
        },
      ],
    },
  };
}

const MILLISECONDS = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 } as const;

/** A duration as Envoy's JSON takes it: seconds alone. */
function inSeconds(time: string): string {
  const [, amount, unit] = /^(\d+)(ms|s|m|h)$/.exec(time) ?? [];
  if (amount === undefined || unit === undefined) throw new Fault(`${time} is not a time`);
  return `${(Number(amount) * MILLISECONDS[unit as keyof typeof MILLISECONDS]) / 1000}s`;
}
