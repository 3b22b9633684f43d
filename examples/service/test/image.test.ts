import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, describe, it } from "node:test";
import { settings } from "../src/settings";
import { startService } from "./support/service-process";

const root = join(__dirname, "..");
const instructions = readFileSync(join(root, "Dockerfile"), "utf8")
  .split("\n")
  .filter((line) => line !== "" && !line.startsWith("#"))
  .map((line) => {
    const [name = "", ...words] = line.split(" ");
    return { name, words, text: words.join(" ") };
  });
const lastFrom = instructions.findLastIndex(({ name }) => name === "FROM");
const image = instructions.slice(lastFrom);
const only = (name: string): string => {
  const [first, ...more] = image.filter((instruction) => instruction.name === name);
  assert(first && more.length === 0, `not one ${name}`);
  return first.text;
};

/** The folders that `npm prune --omit=dev` leaves directly in node_modules. */
function productionPackages(): string[] {
  const lock: unknown = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8"));
  assert(typeof lock === "object" && lock !== null && "packages" in lock);
  const packages = lock.packages as Readonly<Record<string, { dev?: boolean; optional?: boolean }>>;
  return Object.entries(packages).flatMap(([path, { dev, optional }]) =>
    /^node_modules\/(@[^/]+\/)?[^/]+$/.test(path) && !dev && !optional ? [path] : [],
  );
}

describe("the image", () => {
  it("is built on images that are pinned by digest", () => {
    const bases = instructions.filter(({ name }) => name === "FROM").map(({ words }) => words[0] ?? "");
    assert.equal(bases.length, 2);
    for (const base of bases) assert.match(base, /^[^@]+:[^@]+@sha256:[0-9a-f]{64}$/);
    assert.match(bases.at(-1) ?? "", /^gcr\.io\/distroless\/nodejs22-debian12:nonroot@/);
  });

  it("runs as 65532 without a shell, and exposes the default ports", () => {
    assert.equal(only("USER"), "65532:65532");
    assert.deepEqual(JSON.parse(only("ENTRYPOINT")), ["/nodejs/bin/node", "dist/main.js"]);
    assert.equal(only("EXPOSE"), `${settings.httpPort.fallback} ${settings.grpcPort.fallback}`);
    assert(!image.some(({ name }) => name === "RUN"));
  });

  it("holds all that the service needs: it starts from these files alone", async () => {
    const directory = mkdtempSync(join(tmpdir(), "greeter-image-"));
    after(() => rmSync(directory, { recursive: true }));
    const copied = image
      .filter(({ name }) => name === "COPY")
      .map(({ words }) => (words[1] ?? "").replace("/app/", ""));
    for (const path of copied.flatMap((name) => (name === "node_modules" ? productionPackages() : [name]))) {
      mkdirSync(dirname(join(directory, path)), { recursive: true });
      symlinkSync(join(root, path), join(directory, path));
    }
    const service = await startService(
      {
        OTEL_EXPORTER_OTLP_ENDPOINT: "http://127.0.0.1:1",
        // Modules are then looked up where the links are, not where they lead to.
        NODE_OPTIONS: "--preserve-symlinks --preserve-symlinks-main",
      },
      directory,
    );
    assert.equal((await fetch(service.url("/readyz"))).status, 200);
    service.signal();
    assert.equal(await service.exited, 0);
  });
});
