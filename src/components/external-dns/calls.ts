import { at, text, texts } from "../../values/value";
import type { AwsCall } from "../aws-call";
import { callsOf } from "../calls-of";
import { type AccountCalls } from "../synthesized";

const SOURCE = "kubernetes-sigs/external-dns v0.21.0 provider/aws/aws.go";

export interface ExternalDnsUse {
  readonly partition: string;
  readonly zoneIds: readonly string[];
  /** Role that it becomes first; the other calls are then that role's. */
  readonly roleArn?: string;
  /** `--aws-zone-tags`: only then it reads tags of zones. */
  readonly zoneTags?: boolean;
}

/** Calls with the credentials that write records: of the role that is assumed, where there is one. */
export function externalDnsCalls({ partition, zoneIds, zoneTags = false }: ExternalDnsUse): AwsCall[] {
  const route53 = callsOf("route53", SOURCE);
  const zones = zoneIds.map((id) => `arn:${partition}:route53:::hostedzone/${id}`);
  return [
    // All of the account's, however few are its own.
    ...route53("find the zones", "ListHostedZones", ["*"]),
    ...(zoneTags
      ? route53("choose zones by tag", "ListTagsForResources", [
          "arn:" + partition + ":route53:::hostedzone/*",
        ])
      : []),
    ...route53("read and write records", "ListResourceRecordSets ChangeResourceRecordSets", zones),
  ];
}

/** Calls with its own credentials, where another role writes the records. */
export function assumeRoleCalls(roleArn: string, source = SOURCE): AwsCall[] {
  // The session's tags, which Pod Identity makes transitive, go along (EKS User Guide, Pod Identity's session tags).
  return callsOf("sts", source)("become the role that writes", "AssumeRole TagSession", [roleArn]);
}

/** Each release has an account of its own. */
export const externalDnsAccounts: AccountCalls = (account, { place, releases }) => {
  const release = releases("external-dns").find(
    (values) => text(at(values, "serviceAccount", "name")) === account,
  );
  if (release === undefined) return undefined;
  const flags = texts(at(release, "extraArgs"));
  const flag = (name: string) =>
    flags.filter((one) => one.startsWith(`${name}=`)).map((one) => one.slice(name.length + 1));
  const [role] = flag("--aws-assume-role");
  if (role !== undefined) return assumeRoleCalls(role);
  return externalDnsCalls({
    partition: place.partition,
    zoneIds: flag("--zone-id-filter"),
    zoneTags: flag("--aws-zone-tags").length > 0,
  });
};
