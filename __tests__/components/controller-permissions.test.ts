import fs from "node:fs";
import path from "node:path";
import { callsNotAllowed, controllerPermissions } from "../../src/components/controller-permissions";
import { karpenterPolicyGaps } from "../../src/components/karpenter/karpenter-policy";
import { components } from "../../src/components/components";
import { pinOf } from "../../src/releases/pins";
import { releases } from "../../src/releases/releases";
import { inRange } from "../../src/text/versions";

const name = ({ component, family }: { component: string; family?: string }) =>
  [component, family].filter((part) => part !== undefined).join(" ");

test("every controller's pinned version may call what it needs, with the module's policy and ours", () => {
  for (const release of Object.values(releases)) {
    for (const permissions of controllerPermissions) {
      const component = components.find((each) => each === permissions.component);
      const version = component && pinOf(release, component).version;

      expect([
        name(permissions),
        version && callsNotAllowed(permissions, (range) => inRange(version, range)),
      ]).toEqual([name(permissions), []]);
      // A pin that nobody compared is a hole that no test would see.
      expect(permissions.needs.some(({ versions }) => version && inRange(version, versions))).toBe(true);
    }
  }
});

// terraform-aws-modules/terraform-aws-eks-pod-identity#60 and #62; kubernetes-sigs/aws-ebs-csi-driver v1.64.0.
test.each([
  ["vpc-cni ipv6", "1.22.4", ["ec2:DescribeSubnets"]],
  ["vpc-cni ipv4", "1.22.4", []],
  ["vpc-cni ipv4", "1.22.1", ["ec2:DescribeSecurityGroups"]],
  [
    "aws-ebs-csi-driver",
    "1.66.0",
    ["ec2:DescribeInstanceTypes", "ec2:DescribeVolumeStatus", "ec2:LockSnapshot"],
  ],
  ["aws-load-balancer-controller", "3.5.0", []],
  ["external-dns", "1.21.1", []],
  ["cert-manager", "1.21.1", []],
  [
    "karpenter",
    "1.14.1",
    ["arc-zonal-shift:GetManagedResource", "ec2:DescribeInstanceStatus", "ec2:DescribePlacementGroups"],
  ],
])("the registry module's policy for %s at %s lacks %j", (wanted, version, missing) => {
  const permissions = controllerPermissions.find((each) => name(each) === wanted);
  const found =
    permissions && callsNotAllowed({ ...permissions, added: [] }, (range) => inRange(version, range));

  expect(found?.flatMap(({ actions }) => actions)).toEqual(missing);
});

test("Karpenter's additions are the statements of its policy", () => {
  const account = { partition: "aws", region: "us-east-1", accountId: "111122223333" };
  const statements = karpenterPolicyGaps(account, "dev").map(({ sid, actions }) => ({ sid, actions }));

  expect(controllerPermissions.find(({ component }) => component === "karpenter")?.added).toEqual(statements);
});

const modules = process.env.TF_MODULES;

// Needs the registry modules' own files: TF_MODULES names a folder that holds terraform-aws-modules/NAME/aws/VERSION.
(modules === undefined ? test.skip : test)("what the modules grant is what their files say", () => {
  for (const { grantedBy, granted, family } of controllerPermissions) {
    const [module = "", version = "", file = ""] = grantedBy.split(" ");
    const text = fs.readFileSync(path.join(modules ?? "", module, "aws", version, file), "utf8");
    // The VPC CNI's file has a statement for each family, and those of other purposes.
    const lists = [...text.matchAll(/([\s\S]*?)\bactions\s*=\s*\[([\s\S]*?)\]/g)]
      .filter(([, before = ""]) => family === undefined || !/cloudwatch_logs \?/.test(before.slice(-200)))
      .filter(([, before = ""]) => {
        const [, of] = /enable_(ipv4|ipv6) \?/.exec(before.slice(-200)) ?? [];
        return of === undefined || of === family;
      })
      .filter(
        ([, before = ""]) =>
          !/lb_controller_targetgroup_only" \{/.test(text.slice(0, text.indexOf(before) + before.length)),
      );
    const actions = lists.flatMap(([, , list = ""]) =>
      [...list.matchAll(/"([^"]+)"/g)].map(([, action]) => action),
    );

    expect([...new Set(actions)].sort()).toEqual([...granted].sort());
  }
});
