import { installed } from "../../components/components";
import type { InstalledRecord } from "../../components/component";
import { endpointDnsName } from "../../facts/endpoint-dns";
import { remoteServices } from "../../facts/endpoint-reach";
import { endpointServiceOf } from "../../permissions/evaluate/endpoints";
import { isForwarded } from "../../permissions/evaluate/request";
import type { Identity } from "../../permissions/identity";
import { podsOfAccount } from "../cluster-index";
import type { ReachWorld } from "../path/reach-world";
import { madeFor } from "./made-by-teams";
import { type Need, type NeedEnd, needName } from "./need";

const records: readonly InstalledRecord[] = installed;

/** Services of AWS that calls of identities go to, by name; from where their pods or nodes are. */
export function awsNeeds(world: ReachWorld, identities: readonly Identity[], region: string): Need[] {
  const needs = identities.flatMap((identity) =>
    callersOf(world, identity).flatMap((from) =>
      [...servicesOf(identity, region)].map(([name, { service, source }]): Need => {
        const instead =
          withoutOf(identity).get(service) ??
          remoteServices.find(({ endpoint }) => endpoint === service)?.instead;
        return {
          kind: "AWS",
          from,
          to: { kind: "name", name },
          port: 443,
          protocol: "TCP",
          why: `${identity.name} calls ${service}`,
          source,
          ...(instead !== undefined && { without: instead }),
        };
      }),
    ),
  );
  return unique(needs);
}

function withoutOf({ name }: Identity): ReadonlyMap<string, string> {
  const record = records.find((each) => each.name === name);
  return new Map(Object.entries(record?.mayDoWithout ?? {}));
}

/** Nodes of several groups call the same. */
function unique(needs: readonly Need[]): Need[] {
  const first = new Map<string, Need>();
  for (const each of needs) if (!first.has(needName(each))) first.set(needName(each), each);
  return [...first.values()];
}

/** By the name that is called, as SDKs do. */
function servicesOf(
  { calls }: Identity,
  region: string,
): ReadonlyMap<string, { readonly service: string; readonly source: string }> {
  return new Map(
    calls
      .filter((call) => call.when === "run" && !isForwarded(call) && !asksBrokers(call))
      .flatMap(({ action, resources, source }) => {
        const service = endpointServiceOf(action);
        return hostsOf(service, resources, region).map((host) => [host, { service, source }] as const);
      }),
  );
}

/** Actions of Kafka are judged by the brokers themselves (Amazon MSK Developer Guide, "IAM access control"). */
function asksBrokers({ action }: { readonly action: string }): boolean {
  return action.startsWith("kafka-cluster:");
}

/** The service's name in the region; a resource of another region is called there, and a bucket of S3 by a name of its own. */
function hostsOf(service: string, resources: readonly string[], region: string): string[] {
  const hosts = resources.map((each) => {
    const [, , , own = "", , resource = ""] = each.split(":");
    const host = endpointDnsName(service, REGION.test(own) ? own : region);
    const [bucket = ""] = resource.split("/");
    return service === "s3" && BUCKET.test(bucket) ? `${bucket}.${host}` : host;
  });
  return [...new Set(hosts)];
}

const REGION = /^[a-z]{2}(-[a-z]+)+-\d$/;
const BUCKET = /^[a-z0-9][a-z0-9.-]{2,62}$/;

/** Pods by the identity's service account or add-on; those that a team makes, where its namespace is of the stacks. */
function callersOf(world: ReachWorld, { name, kind, account = name }: Identity): NeedEnd[] {
  if (kind === "node") return [{ kind: "nodes" }];
  if (kind !== "controller" && kind !== "service") return [];
  const { cluster, platform, identities } = world;
  const pods = podsOfAccount(cluster, account);
  const ofAddon = platform.filter(({ facts }) => facts.of === name).map((each) => each.pods);
  const made = [...identities]
    .filter((each) => each.endsWith(`/${account}`))
    .flatMap((each) => madeFor(each, world));
  const [found = []] = [pods, ofAddon, made].filter((each) => each.length > 0);
  return found.length > 0 ? found.map((each) => ({ kind: "pods", pods: each })) : [{ kind: "nodes" }];
}
