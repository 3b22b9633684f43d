import fs from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { loadFleet, readFleet } from "../../src/fleet/load-fleet";
import { synthesize } from "../../src/synth/synthesize";
import { anyYaml, isOutOfRoom } from "../support/any-yaml";
import { aFolder } from "../support/fixtures";

/** Every file below a folder and its bytes. */
function content(dir: string): Record<string, string> {
  const files = fs
    .readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile());
  return Object.fromEntries(
    files
      .map((entry) => path.join(entry.parentPath, entry.name))
      .map((file) => [path.relative(dir, file), fs.readFileSync(file, "utf8")]),
  );
}

test("any valid config synthesizes, and twice to the same bytes", () => {
  fc.assert(
    fc.property(anyYaml, (yaml) => {
      const [one, other] = [
        aFolder({ "envs/dev/us-east-1.yaml": yaml }),
        aFolder({ "envs/dev/us-east-1.yaml": yaml }),
      ];

      fc.pre(!isOutOfRoom(readFleet(path.join(one, "envs")).problems));

      for (const dir of [one, other]) synthesize(loadFleet(path.join(dir, "envs")), path.join(dir, "out"));

      const made = content(path.join(one, "out"));
      expect(Object.keys(made).length).toBeGreaterThan(4);
      expect(content(path.join(other, "out"))).toEqual(made);
      for (const dir of [one, other]) fs.rmSync(dir, { recursive: true });
    }),
    { numRuns: 12 },
  );
}, 120_000);
