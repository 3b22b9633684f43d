import type { Endpoint } from "../grants/grants";
import type { AwsPlace } from "../../guardrails/resource";

/** Services of IAM whose endpoint has another name (AWS PrivateLink Guide, "AWS services that integrate"). */
const ENDPOINTS: Readonly<Record<string, string>> = {
  aps: "aps-workspaces",
  cloudwatch: "monitoring",
  ecr: "ecr.api",
  firehose: "kinesis-firehose",
  kinesis: "kinesis-streams",
  pricing: "pricing.api",
  states: "states",
  tag: "tagging",
};

/** Name of the endpoint of an action's service. */
export function endpointServiceOf(action: string): string {
  const service = action.slice(0, action.indexOf(":"));
  return ENDPOINTS[service] ?? service;
}

/** The endpoint through which a call of something in the VPC goes; undefined: it leaves by another way. */
export function endpointOf(
  endpoints: readonly Endpoint[],
  action: string,
  resource: string,
  { region }: AwsPlace,
): Endpoint | undefined {
  const name = endpointServiceOf(action);
  const own = resource.split(":")[3] ?? "";
  // An endpoint leads to the services of its region; those without a region have one for all.
  if (/^[a-z]{2}(-[a-z]+)+-\d$/.test(own) && own !== region) return undefined;
  return endpoints.find((each) => each.service === name || each.service.endsWith(`.${name}`));
}
