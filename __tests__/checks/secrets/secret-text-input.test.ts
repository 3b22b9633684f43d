import { parseYaml } from "../../../src/config/read/parse-yaml";
import { secretTextCheck } from "../../../src/checks/secrets/secret-text";
import { aTarget } from "../../support/fixtures";
import { NETWORK, problemsIn } from "../../support/problems";

const said = (yaml: string) => problemsIn(`${NETWORK}${yaml}`).map((line) => line.replace(/^\S+\s+/, ""));
const written = (yaml: string) => aTarget().with({ source: parseYaml(yaml, "target.yaml").root });
const IN_GIT = "has a secret in it, which everybody reads in Git, in the state and in the cluster";

describe("an address that a config names", () => {
  test.each([
    [
      "of traces",
      "observability: { openTelemetry: { traces: { kind: otlp, endpoint: 'https://ops:hunter2@tempo.example.com' } } }\n",
      "observability.openTelemetry.traces.endpoint",
    ],
    [
      "of an issuer",
      "gitops: { repo: { url: git@git.example.com:a.git }, argocd: { host: a.example.com, sso: { issuer: 'https://ops@login.example.com', secret: { store: a, name: b } } } }\n",
      "gitops.argocd.sso.issuer",
    ],
    [
      "of a repository",
      "gitops: { repo: { url: 'https://ops:hunter2@git.example.com/a.git' } }\n",
      "gitops.repo.url",
    ],
  ])("%s has no user or password in it, and a problem does not repeat them", (_what, yaml, path) => {
    const own = said(yaml);

    const about = own.filter((line) => line.includes(path));
    expect(about).not.toEqual([]);
    expect(about.join()).toMatch(/user|secret in it/);
    expect(own.join()).not.toContain("hunter2");
  });
});

test("a proxy has no user or password in its address either", () => {
  const lines = problemsIn(
    `${NETWORK}  egress: { kind: proxy, httpsProxy: 'http://ops:hunter2@proxy.example.com:3128' }\n`,
  );

  expect(lines.join()).toContain("without user and password");
  expect(lines.join()).not.toContain("hunter2");
});

test.each([
  ["an address with a password", "postgres://app:hunter2@db.example.com/shop"],
  ["a key of AWS", "AKIAIOSFODNN7EXAMPLE"],
  ["a token of GitHub", "ghp_abcdefghijklmnopqrstuvwxyz0123456789"],
])("%s is told of under any key", (_what, text) => {
  const findings = secretTextCheck(
    written(
      `tags: { note: '${text}' }\nworkloads: { web: { environment: { X: '${text}' }, args: ['${text}'] } }\n`,
    ),
  );

  expect(findings.map(({ path }) => path.join("."))).toEqual([
    "tags.note",
    "workloads.web.environment.X",
    "workloads.web.args.0",
  ]);
  expect(findings[0]?.message).toBe(`${IN_GIT}; write it without`);
  expect(findings[1]?.message).toBe(`${IN_GIT}; keep it in AWS and name it under workloads.web.secrets`);
  expect(JSON.stringify(findings)).not.toContain("hunter2");
});

test.each([
  "postgres://app:$(PASSWORD)@db.example.com",
  "postgres://app@db.example.com",
  "https://example.com:8443/a@b",
])("%s has no secret in it", (text) => {
  expect(secretTextCheck(written(`tags: { note: '${text}' }\n`))).toEqual([]);
});
