import fs from "node:fs";
import path from "node:path";
import { describeError, exitCodeOf } from "../../src/cli/report-error";
import { aFolder } from "../support/fixtures";
import { runCommand } from "../support/run-command";

const folder = aFolder({ "empty.json": "", "half.json": '{"format_version": "1.2", ', "list.json": "[]" });
fs.writeFileSync(path.join(folder, "binary.json"), Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 1, 2, 0xff]));
fs.mkdirSync(path.join(folder, "folder.json"));

/** Each command that takes a file or a folder which somebody made elsewhere. */
const ENVIRONMENT = ["--environment", "demo", "--account", "111122223333"];
const TAKE_A_FILE: readonly (readonly [string, (file: string) => readonly string[]])[] = [
  ["import eksctl", (file) => ["import", "eksctl", file, ...ENVIRONMENT]],
  ["import terraform-plan", (file) => ["import", "terraform-plan", file, ...ENVIRONMENT]],
  ["adopt --from", (file) => ["adopt", "dev/us-east-1", "network", "--from", file]],
  ["review", (file) => ["review", file]],
  ["check --plan", (file) => ["check", "--plan", file]],
  ["vendor gateway-api --from", (file) => ["vendor", "gateway-api", "--from", file]],
];
const TAKE_A_FOLDER: readonly (readonly [string, (dir: string) => readonly string[]])[] = [
  [
    "import cluster --from",
    (dir) => ["import", "cluster", "live", "--region", "eu-west-1", ...ENVIRONMENT, "--from", dir],
  ],
  ["adopt --answers", (dir) => ["adopt", "dev/us-east-1", "network", "--answers", dir]],
  ["diagnose --from", (dir) => ["diagnose", "dev/us-east-1", "--from", dir]],
  ["bundle --charts", (dir) => ["bundle", "dev/us-east-1", "--list", "--charts", dir]],
  ["render --charts", (dir) => ["render", "dev/us-east-1", "--charts", dir]],
  ["images --charts", (dir) => ["images", "dev/us-east-1", "--charts", dir]],
];

async function refusal(
  args: readonly string[],
): Promise<{ readonly message: string; readonly exitCode: number }> {
  const error: unknown = await runCommand(...args).then(
    () => new Error("was not refused"),
    (thrown: unknown) => thrown,
  );
  return { message: describeError(error), exitCode: exitCodeOf(error) };
}

const wrongFiles = ["missing.json", "folder.json"];
test.each(TAKE_A_FILE.flatMap(([name, args]) => wrongFiles.map((file) => [name, file, args] as const)))(
  "%s refuses %s as wrong usage, and names it",
  async (_name, file, args) => {
    const named = path.join(folder, file);
    const { message, exitCode } = await refusal(args(named));
    expect(message).toContain(named);
    expect(exitCode).toBe(2);
  },
);

const wrongTexts = ["empty.json", "half.json", "list.json", "binary.json"];
test.each(TAKE_A_FILE.flatMap(([name, args]) => wrongTexts.map((file) => [name, file, args] as const)))(
  "%s names %s, which holds something else",
  async (_name, file, args) => {
    const named = path.join(folder, file);
    const { message } = await refusal(args(named));
    expect(message).toContain(named);
    expect(message).not.toMatch(/internal error|Unexpected end of JSON input$/);
  },
);

const wrongFolders = ["missing", "empty.json"];
test.each(TAKE_A_FOLDER.flatMap(([name, args]) => wrongFolders.map((dir) => [name, dir, args] as const)))(
  "%s refuses %s, which is not a folder, as wrong usage",
  async (_name, dir, args) => {
    const named = path.join(folder, dir);
    const { message, exitCode } = await refusal(args(named));
    expect(message).toContain(named);
    expect(exitCode).toBe(2);
  },
);
