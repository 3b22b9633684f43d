import { parse } from "yaml";
import { al2023UserData, bottlerocketSettings } from "../../../src/modules/nodes/user-data";

// EKS User Guide, launch templates: settings in the user data win over EKS's own. Left alone, EKS tells kubelet the VPC
// CNI's figure whatever the CNI, and pods stay Pending on nodes with room.
test("AL2023 gets kubelet's maximum in a NodeConfig, which nodeadm lays over EKS's", () => {
  const [part, ...others] = al2023UserData(110);

  expect(others).toEqual([]);
  expect(part?.content_type).toBe("application/node.eks.aws");
  expect(parse(part?.content ?? "")).toEqual({
    apiVersion: "node.eks.aws/v1alpha1",
    kind: "NodeConfig",
    spec: { kubelet: { config: { maxPods: 110 } } },
  });
});

// The setting is an integer; text is refused and the node never starts.
test("Bottlerocket gets it as a number in TOML", () => {
  expect(bottlerocketSettings(29)).toBe('[settings.kubernetes]\n"max-pods" = 29\n');
});
