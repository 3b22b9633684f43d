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

  const pem = "-----BEGIN RSA PRIVATE KEY-----\nMIIEhunter2AQEA\n-----END RSA PRIVATE KEY-----";
  test.each([
    ["a key of several lines", `cat > /key <<EOF\n${pem}\nEOF`],
    ["a short value", "export DB_PASSWORD='hunter2'"],
    ["a value that begins as a variable does", "export DB_PASSWORD='$hunter2'"],
    ["basic authentication", "curl -u admin:hunter2 https://example.com"],
    ["a header", "curl -H 'Authorization: Bearer hunter2' https://example.com"],
    ["an option and its value", "agent --password hunter2"],
    ["an option and its value in the next line", "agent --password \\\n  hunter2"],
    ["the password of mysql", "mysql -u root -phunter2"],
    ["JSON in a line", `echo '{"password":"hunter2"}' > config.json`],
    ["what is encoded", `echo ${base64("password=hunter2 and more")} | base64 -d`],
  ])("hides %s of a script", (_, line) => {
    const review = launch(base64("#!/bin/bash\necho ready\n"), base64(`#!/bin/bash\necho ready\n${line}\n`));

    expect(shown(review)).not.toHaveLength(0);
    expect(JSON.stringify(review)).not.toMatch(/hunter2|cGFzc3dvcmQ9/);
  });

  test("shows what only points at a secret, and lines that a script has twice", () => {
    const script = (name: string) =>
      base64(`#!/bin/bash\nif a; then\nlogin --password "$TOKEN"\nfi\nif ${name}; then\nb\nfi\n`);
    expect(shown(launch(script("b"), script("c")))).toEqual([
      'user_data: script["if b; then"]: if b; then -> ',
      'user_data: script["if c; then"]:  -> if c; then',
    ]);
  });

  test.each([
    [
      "of a container of Bottlerocket",
      `[settings.bootstrap-containers.x]\nuser-data = "${base64("password: hunter2")}"`,
    ],
    ["in tables that can't be read", '[[settings.container-registry.credentials]]\npassword = "hunter2"'],
    ["of cloud-init", "#cloud-config\nwrite_files:\n- content: |\n    TOKEN=hunter2\n"],
    [
      "in a file inside of a NodeConfig",
      'apiVersion: node.eks.aws/v1alpha1\nkind: NodeConfig\nspec:\n  containerd:\n    config: |\n      [auth]\n      password = "hunter2"\n',
    ],
  ])("hides secrets %s", (_, text) => {
    for (const all of [text, base64(text)]) {
      const review = launch("something", all);

      expect(shown(review)?.join()).toContain("(secret)");
      expect(JSON.stringify(review)).not.toMatch(
        new RegExp(`hunter2|${base64(text).slice(-40)}|cGFzc3dvcmQ6`),
      );
    }
  });

  test("that can't be read is compared as text", () => {
    expect(shown(launch("something", "else"))).toEqual(["user_data: something -> else"]);
  });
});
