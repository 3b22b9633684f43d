import { gzipSync } from "node:zlib";
import { base64, bottlerocket, detailsOf, group, unchanged } from "./platform-entries";
import { entry, findingsOf, reviewOf } from "./support";

const nodeadm = (pods: number, script = "") =>
  [
    "MIME-Version: 1.0",
    'Content-Type: multipart/mixed; boundary="//"',
    "",
    "--//",
    "Content-Type: application/node.eks.aws",
    "",
    "---",
    "apiVersion: node.eks.aws/v1alpha1",
    "kind: NodeConfig",
    "spec:",
    "  kubelet:",
    "    config:",
    `      maxPods: ${pods}`,
    ...(script === ""
      ? []
      : ["--//", 'Content-Type: text/x-shellscript; charset="us-ascii"', "", "#!/bin/bash", script]),
    "--//--",
    "",
  ].join("\r\n");

describe("user data", () => {
  const launch = (before: string, after: string) =>
    reviewOf([
      entry("aws_launch_template", {
        before: { id: "lt-main", user_data: before },
        after: { id: "lt-main", user_data: after },
        address: "aws_launch_template.main",
      }),
      unchanged("aws_eks_node_group", group("main", 9)),
    ]);
  const shown = (review: ReturnType<typeof reviewOf>) =>
    review.changes[0]?.differences.map(
      ({ path, before, after }) => `${path}: ${before ?? ""} -> ${after ?? ""}`,
    );

  test.each([
    ["Bottlerocket's TOML", bottlerocket(110), bottlerocket(29), "kubernetes.max-pods 110 to 29"],
    ["nodeadm's MIME", base64(nodeadm(110)), base64(nodeadm(29)), "kubelet.config.maxPods 110 to 29"],
    [
      "nodeadm's MIME, packed",
      gzipSync(nodeadm(110)).toString("base64"),
      gzipSync(nodeadm(29)).toString("base64"),
      "kubelet.config.maxPods 110 to 29",
    ],
    ["a NodeConfig alone", nodeadm(110).slice(nodeadm(110).indexOf("---")), bottlerocket(29), undefined],
  ])("of %s is compared by setting, in the reason of the roll", (_, before, after, says) => {
    const review = launch(before, after);

    expect(findingsOf(review)).toEqual(["NODES-ROLL may roll node group main of 9 nodes in 2 subnets"]);
    if (says !== undefined) expect(detailsOf(review)).toEqual([says]);
  });

  test("hides what a setting or a line of a script keeps secret", () => {
    const settings = launch(
      bottlerocket(110),
      bottlerocket(110, '[settings.network]\n"https-proxy" = "http://me:hunter2@proxy:3128"'),
    );
    const script = launch(
      base64(nodeadm(110)),
      base64(nodeadm(110, "export DB_PASSWORD=hunter2\necho ready")),
    );

    expect(JSON.stringify([settings, script])).not.toContain("hunter2");
    expect(shown(settings)).toEqual(["user_data: settings.network.https-proxy:  -> (secret)"]);
    expect(shown(script)?.join("\n")).toContain("echo ready");
    expect(shown(script)?.join("\n")).toContain("DB_PASSWORD=(secret)");
  });

  test("that can't be read is compared as text", () => {
    expect(shown(launch("something", "else"))).toEqual(["user_data: something -> else"]);
  });
});
