import fs from "node:fs";
import path from "node:path";
import { parse } from "yaml";
import { apiServerOf, kubeconfigOf, mergedKubeconfig, roleOf } from "../../../src/cli/access/kubeconfig";
import { forwardArgs, webUiOf } from "../../../src/cli/access/web-uis";
import { installed } from "../../../src/components/components";
import type { Answer } from "../../../src/live/question";
import { aFolder, aTarget, BASE_YAML } from "../../support/fixtures";
import { runCommand } from "../../support/run-command";

const ENDPOINT = "https://0123456789ABCDEF.gr7.us-east-1.eks.amazonaws.com";
const server = { endpoint: ENDPOINT, certificateAuthority: "Q0E=" };
const answering = (answer: Answer) => ({ ask: () => Promise.resolve(answer) });

describe("a kubeconfig", () => {
  test("is named as the workspace and makes tokens by the AWS CLI, in the target's region", () => {
    const config = kubeconfigOf(aTarget(), server, {});

    expect(config).toMatchObject({
      "current-context": "dev-us-east-1",
      clusters: [
        { name: "dev-us-east-1", cluster: { server: ENDPOINT, "certificate-authority-data": "Q0E=" } },
      ],
      contexts: [{ name: "dev-us-east-1", context: { cluster: "dev-us-east-1", user: "dev-us-east-1" } }],
    });
    expect(config.users[0]?.user.exec.args.join(" ")).toBe(
      "eks get-token --output json --cluster-name dev-us-east-1 --region us-east-1",
    );
  });

  test("leads to the near end of a tunnel and checks the certificate of the far one", () => {
    const target = aTarget("runner: { reach: ssm-tunnel, instanceId: i-0a1b2c3d4e5f60718, localPort: 9443 }");

    expect(kubeconfigOf(target, server, {}).clusters[0]?.cluster).toMatchObject({
      server: "https://127.0.0.1:9443",
      "tls-server-name": new URL(ENDPOINT).hostname,
    });
  });

  test("takes the role of an access entry, and of the deployment", () => {
    const target = aTarget("cluster: { access: { viewers: { role: viewer, policy: view } } }");

    expect(roleOf(target, "viewers")).toBe(`arn:aws:iam::${target.config.account.id}:role/viewer`);
    expect(roleOf(target, "deploy")).toMatch(/:role\//);
  });

  test("says which access entries there are", () => {
    const target = aTarget("cluster: { access: { viewers: { role: viewer, policy: view } } }");

    expect(() => roleOf(target, "viewer")).toThrow(/viewers/);
  });

  test("can't assume a role of Identity Center, and says what can be done", () => {
    const role =
      "arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_View_0123456789abcdef";
    const target = aTarget(`cluster: { access: { people: { role: "${role}", policy: view } } }`);

    expect(() => roleOf(target, "people")).toThrow(/--profile/);
  });

  test("needs a cluster that is there", async () => {
    const answer: Answer = {
      is: "failed",
      code: 254,
      text: "",
      stderr: "An error occurred (ResourceNotFoundException)",
    };

    await expect(apiServerOf(aTarget(), answering(answer))).rejects.toThrow(
      /dev-us-east-1.*ResourceNotFound/,
    );
    await expect(
      apiServerOf(aTarget(), answering({ is: "said", text: '{"cluster":{"status":"CREATING"}}' })),
    ).rejects.toThrow(/has no endpoint yet/);
  });
});

describe("a kubeconfig that is there already", () => {
  const config = kubeconfigOf(aTarget(), server, {});
  const existing = [
    "# mine",
    "apiVersion: v1",
    "kind: Config",
    "current-context: other",
    "contexts:",
    "- name: other # keep",
    "  context: { cluster: other, user: other }",
    "- name: dev-us-east-1",
    "  context: { cluster: old, user: old }",
    "",
  ].join("\n");

  test("keeps what others wrote, and has each name once", () => {
    const text = mergedKubeconfig(existing, config, "config");

    expect(text).toContain("# mine");
    expect(text).toContain("# keep");
    expect(parse(text)).toMatchObject({
      "current-context": "dev-us-east-1",
      contexts: [{ name: "other" }, { name: "dev-us-east-1", context: { cluster: "dev-us-east-1" } }],
      clusters: [{ name: "dev-us-east-1" }],
    });
  });

  test("is the same after a second time", () => {
    const once = mergedKubeconfig(existing, config, "config");

    expect(mergedKubeconfig(once, config, "config")).toBe(once);
  });

  test("may be empty, or in JSON", () => {
    expect(parse(mergedKubeconfig("", config, "config"))).toEqual(config);
    expect(parse(mergedKubeconfig('{"kind":"Config","users":[]}', config, "config"))).toMatchObject({
      users: config.users,
    });
  });

  test("is left alone where it is something else", () => {
    expect(() => mergedKubeconfig("- a", config, "config")).toThrow(/config is not a kubeconfig/);
  });
});

describe("the commands", () => {
  const envs = path.join(
    aFolder({
      "envs/platform.yaml": 'tags: { owner: platform }\nrelease: "2026.11"\n',
      "envs/dev/us-east-1.yaml": BASE_YAML,
    }),
    "envs",
  );
  const bin = aFolder({
    aws: `#!/bin/sh\necho '{"cluster":{"endpoint":"${ENDPOINT}","certificateAuthority":{"data":"Q0E="}}}'\n`,
  });
  const before = process.env.PATH;
  beforeAll(() => {
    fs.chmodSync(path.join(bin, "aws"), 0o755);
    process.env.PATH = `${bin}:${before ?? ""}`;
  });
  afterAll(() => {
    process.env.PATH = before;
    fs.rmSync(path.dirname(envs), { recursive: true });
    fs.rmSync(bin, { recursive: true });
  });

  test("print a kubeconfig", async () => {
    const { output } = await runCommand("kubeconfig", "dev/us-east-1", "--envs", envs);

    expect(parse(output)).toMatchObject({ "current-context": "dev-us-east-1" });
  });

  test("write one that only its owner reads", async () => {
    const file = path.join(bin, "merged", "config");
    await runCommand("kubeconfig", "dev/us-east-1", "--merge", file, "--envs", envs);

    expect(parse(fs.readFileSync(file, "utf8"))).toMatchObject({ "current-context": "dev-us-east-1" });
    expect(fs.statSync(file).mode & 0o777).toBe(0o600);
  });

  test("show how a page is reached", async () => {
    const { output } = await runCommand("open", "dev/us-east-1", "hubble", "--print", "--envs", envs);

    expect(output).toContain(
      "kubectl --context dev-us-east-1 -n kube-system port-forward --address 127.0.0.1 svc/hubble-ui 12000:80",
    );
    expect(output).toContain("http://localhost:12000");
  });
});

describe("a page of the platform", () => {
  test.each([
    ["hubble", "cni: { kind: vpc-cni }", "cni.hubble.ui"],
    ["argocd", "", "gitops"],
    ["grafana", "", "observability.prometheus.grafana"],
    ["prometheus", "", "observability.prometheus"],
  ])("%s is only where the target has it; else the key that adds it is said", (page, yaml, key) => {
    expect(() => webUiOf(aTarget(yaml), page)).toThrow(key);
  });

  test("that nobody knows is not opened", () => {
    expect(() => webUiOf(aTarget(), "kibana")).toThrow(/hubble/);
  });

  test("of Argo CD says where its first password is, or that one signs in by SSO elsewhere", () => {
    const repo = "repo: https://github.com/acme/fleet.git";
    const own = aTarget(`gitops: { ${repo} }`);
    const sso = aTarget(
      `gitops: { ${repo}, argocd: { host: argocd.example.com, sso: { issuer: "https://login.example.com", secret: { store: platform, name: a/b } } } }`,
    );

    expect(webUiOf(own, "argocd").login(own.config).join("\n")).toContain("argocd-initial-admin-secret");
    expect(webUiOf(sso, "argocd").login(sso.config).join("\n")).toContain("https://argocd.example.com");
  });

  test("is a Service of its own pods' namespace", () => {
    for (const record of installed) {
      if (!("uis" in record) || record.uis === undefined) continue;
      for (const ui of Object.values(record.uis)) {
        expect(forwardArgs(ui, 1)).toEqual([
          ...["-n", ui.namespace, "port-forward", "--address", "127.0.0.1"],
          ...[`svc/${ui.service}`, `1:${ui.port}`],
        ]);
      }
    }
  });
});
