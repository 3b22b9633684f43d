import { spawn } from "node:child_process";
import fs from "node:fs";
import http from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import { gitlabPipeline } from "../../../src/ci/gitlab/pipeline";
import { commentScript, issueScript } from "../../../src/ci/gitlab/report-script";
import { ciOptions, onGitlab } from "../../support/ci-files";
import { aFolder } from "../../support/fixtures";

interface Asked {
  readonly method: string;
  readonly url: string;
  readonly token: string;
  readonly body: unknown;
}

const ME = 7;
const note = (id: number, author: number, body: string) => ({ id, author: { id: author }, body });

/** In place of GitLab's API: two pages of notes, and one open issue of ours if there is one. */
class Gitlab {
  readonly asked: Asked[] = [];
  private readonly server = http.createServer((request, response) => {
    let text = "";
    request.on("data", (data: Buffer) => (text += data.toString()));
    request.on("end", () => {
      const { method = "", url = "", headers } = request;
      const token = String(headers["private-token"]);
      this.asked.push({ method, url, token, body: text === "" ? undefined : JSON.parse(text) });
      if (/[?&]page=1$/.test(url) && url.includes("/notes")) response.setHeader("x-next-page", "2");
      response.statusCode = url.includes("refused") ? 403 : 200;
      response.end(JSON.stringify(this.answer(method, url)));
    });
  });

  constructor(
    private readonly notes: readonly object[],
    private readonly issues: readonly object[] = [],
  ) {}

  private answer(method: string, url: string): unknown {
    if (url === "/user") return { id: ME };
    if (method !== "GET") return {};
    if (url.includes("/issues")) return this.issues;
    return url.endsWith("page=2") ? this.notes : [note(1, ME, "something else")];
  }

  async run(
    script: string,
    files: Readonly<Record<string, string>>,
    { project = "42", token = "t0ken" } = {},
  ): Promise<number | null> {
    await new Promise<void>((resolve) => this.server.listen(0, "127.0.0.1", resolve));
    const { port } = this.server.address() as AddressInfo;
    const env = {
      PATH: process.env.PATH,
      CI_API_V4_URL: `http://127.0.0.1:${port}`,
      CI_PROJECT_ID: project,
      CI_MERGE_REQUEST_IID: "5",
      CI_PIPELINE_URL: "https://gitlab.example/p/9",
      ...(token !== "" && { OCTARINE_COMMENT_TOKEN: token }),
    };
    try {
      const child = spawn("bash", ["-eo", "pipefail", "-c", script], { cwd: aFolder(files), env });
      return await new Promise((resolve) => child.on("close", resolve));
    } finally {
      await new Promise((resolve) => this.server.close(resolve));
    }
  }

  written(): readonly Asked[] {
    return this.asked.filter(({ method }) => method !== "GET");
  }
}

test("a text replaces its own comment, whatever page it is on, and nobody else's; another is a new one", async () => {
  const gitlab = new Gitlab([
    note(2, 8, "<!-- octarine changes -->\nof somebody else"),
    note(3, ME, "<!-- octarine changes -->\nold"),
  ]);
  const status = await gitlab.run(commentScript, {
    "comments/changes.md": 'new `$(id)` "text"\n',
    "comments/dev-us-east-1.md": "plan\n",
  });

  expect(status).toBe(0);
  expect(gitlab.written()).toEqual([
    {
      method: "PUT",
      url: "/projects/42/merge_requests/5/notes/3",
      token: "t0ken",
      body: { body: '<!-- octarine changes -->\nnew `$(id)` "text"\n' },
    },
    {
      method: "POST",
      url: "/projects/42/merge_requests/5/notes",
      token: "t0ken",
      body: { body: "<!-- octarine dev-us-east-1 -->\nplan\n" },
    },
  ]);
});

test("the job fails where GitLab refuses", async () => {
  expect(await new Gitlab([]).run(commentScript, { "comments/a.md": "a" }, { project: "refused" })).toBe(1);
});

test("without a token nobody is asked, and the job does not fail", async () => {
  const gitlab = new Gitlab([]);

  expect(await gitlab.run(commentScript, { "comments/a.md": "a" }, { token: "" })).toBe(0);
  expect(gitlab.asked).toEqual([]);
});

test("drift is one issue, which the next run writes anew", async () => {
  const drift = { "drift/dev-us-east-1.md": "### Plan of dev/us-east-1\n" };
  const [first, again, none] = [
    new Gitlab([]),
    new Gitlab([], [{ iid: 3, title: "Drift from the configuration" }]),
    new Gitlab([]),
  ];
  await first.run(issueScript, drift);
  await again.run(issueScript, drift);
  await none.run(issueScript, { "README.md": "" });
  const description = "Of https://gitlab.example/p/9\n\n### Plan of dev/us-east-1\n";

  expect(first.written()).toMatchObject([
    {
      method: "POST",
      url: "/projects/42/issues",
      body: { title: "Drift from the configuration", description },
    },
  ]);
  expect(again.written()).toMatchObject([
    { method: "PUT", url: "/projects/42/issues/3", body: { description } },
  ]);
  expect(none.asked).toEqual([]);
});

test("a token for AWS is in a file that nobody else reads and in no variable, and gone when the job ends", async () => {
  const made = z.record(z.string(), z.unknown()).parse(parse(gitlabPipeline(onGitlab(), ciOptions()).text));
  const job = z.looseObject({ before_script: z.array(z.string()) }).parse(made["plan-prod"]);
  const credentials = job.before_script.find((each) => each.includes("AWS_TOKEN")) ?? "";
  const folder = aFolder({});
  const script = `${credentials}
stat -c '%a' "$AWS_WEB_IDENTITY_TOKEN_FILE"; cat "$AWS_WEB_IDENTITY_TOKEN_FILE"; echo
env | grep -E '^AWS_' | grep -v TOKEN_FILE | sort
echo "$AWS_WEB_IDENTITY_TOKEN_FILE" > file; false`;
  const child = spawn("bash", ["-eo", "pipefail", "-c", script], {
    cwd: folder,
    env: {
      PATH: process.env.PATH,
      AWS_TOKEN: "e.y.J",
      ROLE: "arn:r",
      REGION: "eu-west-1",
      CI_PROJECT_ID: "4",
      CI_JOB_ID: "2",
    },
  });
  let output = "";
  child.stdout.on("data", (data: Buffer) => (output += data.toString()));
  await new Promise((resolve) => child.on("close", resolve));

  expect(output.trim().split("\n")).toEqual([
    "600",
    "e.y.J",
    "AWS_REGION=eu-west-1",
    "AWS_ROLE_ARN=arn:r",
    "AWS_ROLE_SESSION_NAME=gitlab-4-2",
  ]);
  expect(fs.existsSync(fs.readFileSync(path.join(folder, "file"), "utf8").trim())).toBe(false);
});
