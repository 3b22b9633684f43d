import { execFileSync } from "node:child_process";
import { al2023Proxy, bottlerocketProxy } from "../../../src/modules/nodes/proxy-user-data";

const environment = {
  httpProxy: "http://proxy.corp.example:3128",
  httpsProxy: "http://proxy.corp.example:3129",
  noProxy: ["localhost", "10.0.0.0/16", ".svc"],
};

describe("AL2023", () => {
  const [part, ...others] = al2023Proxy(environment);

  // awslabs/amazon-eks-ami#2128: nodeadm's first run is before the scripts of user data.
  test("sets the proxy before anything else runs", () => {
    expect(others).toEqual([]);
    expect(part?.content_type).toContain("text/cloud-boothook");
    expect(part?.content).toMatch(/^#!\/bin\/bash\n/);
  });

  test.each(["nodeadm-config", "nodeadm-run", "containerd", "kubelet"])("tells %s", (unit) => {
    expect(part?.content).toMatch(new RegExp(`^for unit in .*\\b${unit}\\b.*; do$`, "m"));
  });

  test("by a systemd drop-in with all variables, which systemd then reads", () => {
    expect(part?.content).toContain('\n[Service]\nEnvironment="HTTP_PROXY=http://proxy.corp.example:3128"\n');
    expect(part?.content).toContain('Environment="HTTPS_PROXY=http://proxy.corp.example:3129"');
    expect(part?.content).toContain('Environment="NO_PROXY=localhost,10.0.0.0/16,.svc"');
    expect(part?.content?.trimEnd().split("\n").at(-1)).toBe("systemctl daemon-reload");
  });

  test("is a script that bash takes", () => {
    expect(() => execFileSync("bash", ["-n"], { input: part?.content ?? "(" })).not.toThrow();
  });

  test("has nothing that Terraform would expand", () => {
    expect(part?.content).not.toMatch(/[$%]\{/);
  });
});

test("Bottlerocket has one proxy and a list", () => {
  expect(bottlerocketProxy(environment)).toBe(
    '[settings.network]\n"https-proxy" = "http://proxy.corp.example:3129"\n' +
      '"no-proxy" = ["localhost","10.0.0.0/16",".svc"]\n',
  );
});
