import fs from "node:fs";
import http from "node:http";
import path from "node:path";
import { aFolder, BASE_YAML } from "../../support/fixtures";
import { whileWatching } from "../../support/watching";

const TARGET = "envs/dev/us-east-1.yaml";

// Each change is a run of the program, on a machine that may do something else, too.
jest.setTimeout(600_000);

interface Answer {
  readonly status: number | undefined;
  readonly text: string;
}

function get(address: string, headers: Readonly<Record<string, string>> = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    http
      .get(address, { headers }, (response) => {
        let text = "";
        response.setEncoding("utf8").on("data", (data: string) => (text += data));
        response.on("end", () => resolve({ status: response.statusCode, text }));
      })
      .on("error", reject);
  });
}

/** What a page that listens is told, one after the other. */
async function* events(address: string): AsyncGenerator<{ page: string; problems: string[] }> {
  const response = await new Promise<http.IncomingMessage>((resolve) =>
    http.get(`${address}changes`, resolve),
  );
  let text = "";
  for await (const data of response.setEncoding("utf8")) {
    text += String(data);
    for (let end = text.indexOf("\n\n"); end >= 0; end = text.indexOf("\n\n")) {
      yield JSON.parse(text.slice("data: ".length, end)) as { page: string; problems: string[] };
      text = text.slice(end + 2);
    }
  }
}

test("report --watch shows the page on this machine alone, and tells it of another one and of what is wrong", async () => {
  const folder = aFolder({ [TARGET]: BASE_YAML });
  const write = (text: string) => fs.writeFileSync(path.join(folder, TARGET), text);
  await whileWatching(folder, ["report", "--watch", "--out", "report.html"], async (watching) => {
    const [, address = ""] =
      /at (http:\/\/127\.0\.0\.1:\d+\/)/.exec(await watching.until(/the report is at /)) ?? [];
    await watching.until(/watching for changes/);
    const { text } = await get(address);
    const told = events(address);
    const next = async () => ((await told.next()).value ?? {}) as { page?: string; problems?: string[] };
    const first = await next();

    expect(text).toContain("10.0.0.0/16");
    expect(text).toContain(`<script src="/reloading.js" data-page="${first.page}"></script></body>`);
    expect(text).toContain("default-src 'none'; script-src 'self'; connect-src 'self';");
    expect(await get(`${address}reloading.js`)).toMatchObject({
      status: 200,
      text: expect.stringContaining("EventSource") as string,
    });
    expect(await get(address, { Host: "report.attacker.example" })).toMatchObject({ status: 403 });
    expect(await get(`${address}etc/passwd`)).toMatchObject({ status: 404 });

    write("network: [\n");
    const broken = await next();
    expect(broken.page).toBe(first.page);
    expect(broken.problems?.[0]).toContain(TARGET);

    write(BASE_YAML.replace("10.0.0.0/16", "10.9.0.0/16"));
    const mended = await next();
    expect(mended.page).not.toBe(first.page);
    expect(mended.problems).toEqual([]);
    expect((await get(address)).text).toContain("10.9.0.0/16");
    await watching.until(/wrote report\.html/);
    expect(fs.readFileSync(path.join(folder, "report.html"), "utf8")).not.toContain("<script");
  });
});
