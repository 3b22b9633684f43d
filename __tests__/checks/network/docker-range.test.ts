import { ENVIRONMENT, NETWORK, warningsOf } from "../../support/problems";

// Amazon EKS User Guide, networking requirements: Docker runs in 172.17.0.0/16 in EKS clusters.
describe("Docker's range on the control planes", () => {
  const warning =
    "overlaps 172.17.0.0/16, which Docker has on EKS's control planes: they may find no route to nodes there (logs, exec, webhooks); write another range";
  const said = (text: string) =>
    warningsOf({ "dev/environment.yaml": ENVIRONMENT, "dev/us-east-1.yaml": text }).filter((line) =>
      line.includes("Docker"),
    );

  test.each([
    ["the VPC", NETWORK.replace("10.0.0.0/16", "172.17.0.0/16"), "network.vpcCidr"],
    ["a part of it", NETWORK.replace("10.0.0.0/16", "172.17.128.0/18"), "network.vpcCidr"],
    [
      "a further range of the VPC",
      `${NETWORK.replace("10.0.0.0/16", "172.16.0.0/16")}  secondaryCidrs: [172.17.0.0/20]\n`,
      "network.secondaryCidrs[0]",
    ],
  ])("is reported where %s overlaps it", (_what, text, path) => {
    expect(said(text)).toEqual([`dev/us-east-1: ${path}: ${warning}`]);
  });

  test.each(["172.16.0.0/16", "172.18.0.0/16"])("is not reported beside %s", (range) => {
    expect(said(NETWORK.replace("10.0.0.0/16", range))).toEqual([]);
  });
});
