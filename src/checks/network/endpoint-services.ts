import { regionsWithEndpoint, servicesWithoutEndpointPolicy } from "../../facts/endpoint-reach";
import { interfaceServices } from "../../facts/endpoint-services";
import { endpointPolicyOf } from "../../model/egress";
import type { Finding, TargetCheck } from "../finding";

const AT = ["network", "endpoints"] as const;

/** Services that endpoints are asked for by name: AWS refuses one that is not there, or whose policy it does not take. */
export const endpointServiceCheck: TargetCheck = ({ config: { network }, region }) => {
  const { set, additional, noPolicy } = network.endpoints;
  const named = additional.flatMap((service, index): Finding[] => {
    const path = [...AT, "additional", index];
    const short = shortName(service);
    if (short !== undefined) {
      return [{ path, value: service, message: `is a full name; write ${short}` }];
    }
    const regions = regionsWithEndpoint(service);
    if (regions !== undefined && !regions.includes(region)) {
      return [
        {
          path,
          value: service,
          message: `is a service that has endpoints in ${regions.join(", ")} only, and this target is in ${region}; remove it`,
        },
      ];
    }
    const perimeter = endpointPolicyOf(network) === "account-and-organization";
    return perimeter && servicesWithoutEndpointPolicy.includes(service) && !noPolicy.includes(service)
      ? [
          {
            path,
            value: service,
            message: `is a service that takes no endpoint policy; write network.endpoints.noPolicy: [${service}]`,
          },
        ]
      : [];
  });
  const made = ["s3", ...interfaceServices(set, additional)];
  const idle = noPolicy.flatMap((service, index): Finding[] =>
    made.includes(service)
      ? []
      : [
          {
            path: [...AT, "noPolicy", index],
            value: service,
            message: `has no effect: no endpoint of this name is made; remove it, or write it in network.endpoints.additional, too`,
          },
        ],
  );
  return [...named, ...idle];
};

/** `iam` of `com.amazonaws.iam`, and `acm-pca` of `com.amazonaws.us-east-1.acm-pca`. */
function shortName(service: string): string | undefined {
  const [, short] = /^com\.amazonaws\.(?:[a-z]{2}(?:-[a-z]+)+-\d\.)?(.+)$/.exec(service) ?? [];
  return short;
}
