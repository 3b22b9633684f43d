import fs from "node:fs";
import path from "node:path";
import { aFolder, BASE_YAML } from "../../support/fixtures";
import { Watching, whileWatching } from "../../support/watching";

const TARGET = "envs/dev/us-east-1.yaml";
const READY = /watching for changes/;

// Each change is a run of the program, on a machine that may do something else, too.
jest.setTimeout(600_000);

const project = (more: Readonly<Record<string, string>> = {}) => {
  const folder = aFolder({
    [TARGET]: BASE_YAML,
    "envs/platform.yaml": "tags: { owner: platform }\n",
    ...more,
  });
  const write = (file: string, text: string) => fs.writeFileSync(path.join(folder, file), text);
  return { folder, write };
};

async function fileAt(file: string): Promise<void> {
  while (!fs.existsSync(file)) await new Promise((resolve) => setTimeout(resolve, 20));
}

test("config validate --watch says which file changed, which problem came of it, and that it was mended", async () => {
  const { folder, write } = project();
  await whileWatching(folder, ["config", "validate", "--watch"], async (watching) => {
    expect(await watching.until(READY)).toContain("1 target, no problem\n");

    write(TARGET, `${BASE_YAML}tag: {}\n`);
    expect(await watching.until(/^\d+ problem.*$/m)).toMatch(
      /^changed +envs\/dev\/us-east-1\.yaml\nproblem +envs\/dev\/us-east-1\.yaml:\d+:1 +tag +is not a known key; did you mean tags\?\n1 problem, 0 before\n$/,
    );

    // Further down it is the same problem.
    write(TARGET, `# of platform-team\n${BASE_YAML}tag: {}\n`);
    expect(await watching.until(/^\d+ problem.*$/m)).toBe("changed  envs/dev/us-east-1.yaml\n1 problem\n");

    write(TARGET, BASE_YAML);
    expect(await watching.until(/no problem/)).toMatch(
      /^changed +.+\nmended +envs\/.+ tag +is not a known key.+\n1 target, no problem\n$/,
    );

    // Ctrl-C; by any other signal as well, and without a word.
    expect(await watching.end("SIGINT")).toEqual({ exitCode: 130, rest: "" });
  });
});

test("what breaks a file, or takes the whole folder away, does not end it", async () => {
  const { folder, write } = project();
  await whileWatching(folder, ["config", "validate", "--watch"], async (watching) => {
    await watching.until(READY);

    write(TARGET, "network: [\n");
    expect(await watching.until(/^\d+ problem.*$/m)).toContain(`problem  ${TARGET}:`);

    fs.renameSync(path.join(folder, "envs"), path.join(folder, "away"));
    expect(await watching.until(/^\d+ problem.*$/m)).toMatch(
      /^gone +envs\/dev\/us-east-1\.yaml\n(.+\n)*problem +envs:1:1 /,
    );

    fs.writeFileSync(path.join(folder, "away/dev/us-east-1.yaml"), BASE_YAML);
    fs.renameSync(path.join(folder, "away"), path.join(folder, "envs"));
    expect(await watching.until(/no problem/)).toMatch(/^new +envs\/dev\/us-east-1\.yaml\n/);
  });
});

test("a save by a file beside and a rename is a change, and a target that is added is one", async () => {
  const { folder, write } = project();
  await whileWatching(folder, ["config", "validate", "--watch"], async (watching) => {
    await watching.until(READY);

    write("envs/dev/.us-east-1.yaml.swp", `${BASE_YAML}# saved\n`);
    fs.renameSync(path.join(folder, "envs/dev/.us-east-1.yaml.swp"), path.join(folder, TARGET));
    expect(await watching.until(/no problem/)).toBe(`changed  ${TARGET}\n1 target, no problem\n`);

    fs.mkdirSync(path.join(folder, "envs/test"));
    write(
      "envs/test/eu-west-1.yaml",
      BASE_YAML.replaceAll("us-east-1", "eu-west-1").replace("10.0.", "10.1."),
    );
    expect(await watching.until(/^2 targets/m)).toMatch(/^new +envs\/test\/eu-west-1\.yaml\n2 /);
    expect(await watching.end("SIGTERM")).toEqual({ exitCode: 143, rest: "" });
  });
});

test("synth --watch names the files of stacks that it wrote, and makes the folder anew where that is gone", async () => {
  const { folder, write } = project();
  await whileWatching(folder, ["synth", "--watch"], async (watching) => {
    expect(await watching.until(READY)).toContain("1 target, 4 stacks in cdktf.out\n");

    write("envs/platform.yaml", "tags: { owner: network }\n");
    const said = await watching.until(/stacks in/);
    expect(said).toMatch(
      /^changed +envs\/platform\.yaml\nwritten +cdktf\.out\/stacks\/dev-us-east-1-cluster\/cdk\.tf\.json\n/,
    );
    expect(
      fs.readFileSync(path.join(folder, "cdktf.out/stacks/dev-us-east-1-network/cdk.tf.json"), "utf8"),
    ).toContain('"owner": "network"');

    write(TARGET, "network: [\n");
    expect(await watching.until(/^\d+ problem.*$/m)).toContain(`problem  ${TARGET}:`);
    write(TARGET, BASE_YAML);
    expect(await watching.until(/stacks in/)).toMatch(
      /^changed +.+\nmended +.+\n(mended +.+\n)*1 target, 4 stacks in/,
    );

    fs.rmSync(path.join(folder, "cdktf.out"), { recursive: true });
    await fileAt(path.join(folder, "cdktf.out/manifest.json"));
  });
});

test("code of the project's own is read anew, and may be broken meanwhile", async () => {
  const { folder, write } = project({ "octarine.config.mjs": "export default {};\n" });
  await whileWatching(folder, ["config", "validate", "--watch"], async (watching) => {
    await watching.until(READY);

    write("octarine.config.mjs", "export const nothing = 1;\n");
    expect(await watching.until(/^\d+ problem.*$/m)).toMatch(
      /^changed +octarine\.config\.mjs\nproblem +octarine\.config\.mjs: needs a default export/,
    );

    write("octarine.config.mjs", "export default {};\n");
    expect(await watching.until(/no problem/)).toMatch(
      // What changed may have been told with the pass before, where the file was written while that one ended.
      /^(changed +octarine\.config\.mjs\n)?mended +octarine\.config\.mjs: needs/,
    );
  });
});

test("a target that there is not ends it before it begins", async () => {
  const { exitCode, rest } = await new Watching(project().folder, "synth", "prod", "--watch").end();

  expect([exitCode, rest]).toEqual([2, expect.stringContaining("prod")]);
});
