import { ebsCsiCalls } from "../../src/components/aws-ebs-csi-driver/calls";
import type { AwsCall } from "../../src/components/aws-call";
import { loadBalancerControllerCalls } from "../../src/components/aws-load-balancer-controller/calls";
import type { ClusterPlace } from "../../src/components/calls-of";
import { dns01Calls } from "../../src/components/cert-manager/calls";
import { externalDnsCalls } from "../../src/components/external-dns/calls";
import { karpenterCalls } from "../../src/components/karpenter/calls";
import { vpcCniCalls } from "../../src/components/vpc-cni/calls";
import { permissionsOf } from "../../src/components/controller-permissions";
import { components } from "../../src/components/components";
import { pinOf } from "../../src/releases/pins";
import { releases } from "../../src/releases/releases";
import { inRange } from "../../src/text/versions";

const place: ClusterPlace = {
  partition: "aws",
  region: "eu-west-1",
  accountId: "111122223333",
  clusterName: "dev",
};

const actions = (calls: readonly AwsCall[]) => [...new Set(calls.map(({ action }) => action))].sort();

/** What the controller's own policy asks for, at the version that the release pins. */
function published(name: string, family?: "ipv4" | "ipv6"): string[] {
  const component = components.find((each) => each === name);
  const version = component && pinOf(releases["2026.11"], component).version;
  const needs = permissionsOf(name, family)?.needs.filter(
    ({ versions }) => version && inRange(version, versions),
  );
  return [...new Set(needs?.flatMap((each) => each.actions))].sort();
}

test.each<[string, readonly AwsCall[], "ipv4" | "ipv6"]>([
  ["aws-ebs-csi-driver", ebsCsiCalls(place), "ipv4"],
  ["aws-load-balancer-controller", loadBalancerControllerCalls(place), "ipv4"],
  [
    "karpenter",
    karpenterCalls(place, {
      queueArn: "arn:aws:sqs:eu-west-1:111122223333:dev-karpenter",
      nodeRoleArn: "arn:aws:iam::111122223333:role/dev-karpenter-nodes",
      makesProfiles: true,
      keyArns: [],
      capacityTypes: ["spot", "on-demand"],
      zonalShift: true,
    }),
    "ipv4",
  ],
  ["vpc-cni", vpcCniCalls(place, "ipv4"), "ipv4"],
  ["vpc-cni", vpcCniCalls(place, "ipv6"), "ipv6"],
  ["external-dns", externalDnsCalls({ partition: "aws", zoneIds: ["Z1"], zoneTags: true }), "ipv4"],
  ["cert-manager", dns01Calls("aws", [], true), "ipv4"],
])("%s calls what its own policy asks for, each action on something", (name, calls, family) => {
  expect(actions(calls)).toEqual(published(name, family));
  expect(calls.filter(({ resources }) => resources.length === 0)).toEqual([]);
});
