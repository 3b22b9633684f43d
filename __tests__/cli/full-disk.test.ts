import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { aFolder, BASE_YAML } from "../support/fixtures";
import { inNamespace, noMounts } from "../support/in-namespace";
import { describeUnless } from "../support/missing-tools";
import { root } from "../support/offline-terraform";

const bin = path.join(root, "bin", "octarine.mjs");
const project = aFolder({
  "envs/platform.yaml": 'tags: { owner: platform }\nrelease: "2026.11"\n',
  "envs/dev/us-east-1.yaml": BASE_YAML,
});
afterAll(() => fs.rmSync(project, { recursive: true, force: true }));
beforeAll(() => {
  spawnSync(process.execPath, [bin, "--help"]);
}, 60_000);

/** Text of all files below a folder that are no leftovers of ours, by name: a script prints it. */
const LISTED = 'find out -type f ! -path "*/.octarine/*" | LC_ALL=C sort | xargs md5sum';

/** Runs a script with the command as $OCTARINE, in a folder of its own that is mounted by `mount`. */
function run(script: string) {
  return inNamespace(`cd "$PROJECT"\n${script}`, {
    PROJECT: project,
    OCTARINE: `${process.execPath} ${bin}`,
  });
}

describeUnless(noMounts(), "a disk without room", () => {
  // In KiB: each is full at another of the files, and the last has room.
  test.each([4, 32, 64, 96, 160])(
    "of %i KiB more: synth writes all, or names the folder and leaves the old output whole",
    (room) => {
      const { status, stdout, stderr } = run(`
        mkdir -p disk && mount -t tmpfs -o size=32m tmpfs disk && cd disk && cp -r ../envs . && mkdir out
        $OCTARINE synth -o out >/dev/null 2>&1
        ${LISTED} > ../before
        sed -i 's/owner: platform/owner: others/' envs/platform.yaml
        mount -o remount,size=$(( $(du -sk . | cut -f1) + ${room} ))k disk ../disk
        set +e
        $OCTARINE synth -o out 2>../said >/dev/null
        echo "status $?"
        grep -v '^warning' ../said | head -5
        ${LISTED} > ../after || true
        cmp -s ../before ../after && echo same || echo other
        mount -o remount,size=32m disk ../disk
        $OCTARINE synth -o out >/dev/null 2>&1 && grep -rlq '"others"' out && echo healed`);

      expect([status, stderr]).toEqual([0, ""]);
      const lines = stdout.trim().split("\n");
      if (room > 100) expect(lines).toEqual(["status 0", "other", "healed"]);
      else if (room < 50 || lines[0] !== "status 0")
        expect(lines).toEqual(["status 1", expect.stringMatching(FULL), "same", "healed"]);
    },
    120_000,
  );

  test("writes a page, a picture or a workflow whole, or leaves the old file as it was", () => {
    const { stdout } = run(`
      mkdir -p files && mount -t tmpfs -o size=64k tmpfs files
      echo old > files/a.html
      set +e
      $OCTARINE report -o files/a.html 2>said
      echo "status $?"
      tail -1 said
      cat files/a.html; ls files`);

    expect(stdout.trim().split("\n")).toEqual([
      "status 1",
      "files/a.html: no space is left on its disk (ENOSPC, write)",
      "old",
      "a.html",
    ]);
  }, 120_000);
});

const FULL = /^out\S*: no space is left on its disk \(ENOSPC, \w+\)$/;

describeUnless(noMounts(), "a folder that is read-only", () => {
  test("synth says so, and leaves the old output", () => {
    const { stdout } = run(`
      mkdir -p ro && cp -r envs ro/ && cd ro && mkdir -p out
      $OCTARINE synth -o out >/dev/null 2>&1
      ${LISTED} > before
      mount --bind out out && mount -o remount,ro,bind out
      set +e
      $OCTARINE synth --force -o out 2>said >/dev/null
      echo "status $?"
      grep -v '^warning' said
      ${LISTED} > after
      cmp before after && echo same`);

    expect(stdout.trim().split("\n")).toEqual([
      "status 1",
      expect.stringMatching(/^out\S*: its file system is read-only; name another folder \(EROFS, \w+\)$/),
      "same",
    ]);
  }, 120_000);

  test.each([
    ["report -o ro2/a.html", "ro2/a.html"],
    ["diagram dev/us-east-1 -o ro2/a.svg", "ro2/a.svg"],
    ["config schema --out ro2/a.json", "ro2/a.json"],
    ["ci atlantis -o ro2/atlantis.yaml", "ro2/atlantis.yaml"],
  ])(
    "%s says so",
    (command, file) => {
      const { stdout } = run(`
      mkdir -p ro2 && mount --bind ro2 ro2 && mount -o remount,ro,bind ro2
      set +e
      $OCTARINE ${command} 2>said
      echo "status $?"
      tail -1 said`);

      expect(stdout.trim().split("\n")).toEqual([
        "status 1",
        expect.stringMatching(
          new RegExp(`^${file}: its file system is read-only; name another folder \\(EROFS, \\w+\\)$`),
        ),
      ]);
    },
    60_000,
  );
});
