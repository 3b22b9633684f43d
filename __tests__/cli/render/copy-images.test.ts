import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { copyScript, copyTools } from "../../../src/cli/render/copy-images";
import { imageNames } from "../../../src/cli/render/images-in";
import { aFolder } from "../../support/fixtures";

const MIRROR = "111122223333.dkr.ecr.us-east-1.amazonaws.com/mirror";
const DIGEST = `sha256:${"ab".repeat(32)}`;
const mirrored = (image: string, mirror = MIRROR) => imageNames(`${mirror}/${image}`, mirror);
const images = [
  mirrored(`quay.io/cilium/cilium:v1.19.6@${DIGEST}`),
  mirrored(`ghcr.io/team/tool@${DIGEST}`),
  mirrored("docker.io/grafana/grafana:12.1"),
];

/** Lines of the script that copy. */
function copies(script: string): string[] {
  return script
    .split("\n")
    .filter((line) => line.startsWith("crane copy") || /^(skopeo copy|docker buildx)/.test(line));
}

test("crane copies whole indexes, by digest where there is one", () => {
  expect(copies(copyScript("dev/us-east-1", images, MIRROR, "crane", []).script)).toEqual([
    `crane copy quay.io/cilium/cilium@${DIGEST} ${MIRROR}/quay.io/cilium/cilium:v1.19.6`,
    `crane copy ghcr.io/team/tool@${DIGEST} ${MIRROR}/ghcr.io/team/tool:sha256-abababababab`,
    `crane copy docker.io/grafana/grafana:12.1 ${MIRROR}/docker.io/grafana/grafana:12.1`,
  ]);
});

// skopeo-copy(1): without --all only one platform; docker buildx imagetools create: --prefer-index=false copies as it is.
test("skopeo and docker copy all platforms and keep digests, too", () => {
  const [skopeo] = copies(copyScript("dev/us-east-1", images, MIRROR, "skopeo", []).script);
  const [docker] = copies(copyScript("dev/us-east-1", images, MIRROR, "docker", []).script);

  expect(skopeo).toBe(
    `skopeo copy --all --preserve-digests docker://quay.io/cilium/cilium@${DIGEST} docker://${MIRROR}/quay.io/cilium/cilium:v1.19.6`,
  );
  expect(docker).toBe(
    `docker buildx imagetools create --prefer-index=false --tag ${MIRROR}/quay.io/cilium/cilium:v1.19.6 quay.io/cilium/cilium@${DIGEST}`,
  );
});

test("images without a digest are reported", () => {
  expect(copyScript("dev/us-east-1", images, MIRROR, "crane", []).byTag).toEqual([
    "docker.io/grafana/grafana:12.1",
  ]);
});

test("ECR's repositories are made first, because a push makes none", () => {
  const { script } = copyScript("dev/us-east-1", images, MIRROR, "crane", []);

  expect(script).toContain(
    "aws ecr get-login-password --region us-east-1 | crane auth login --username AWS --password-stdin 111122223333.dkr.ecr.us-east-1.amazonaws.com\n",
  );
  expect(script).toContain("\nrepository mirror/quay.io/cilium/cilium\n");
  expect(script).toContain("--registry-id 111122223333");
});

test("a mirror that is not ECR is logged in to by its owner", () => {
  const { script } = copyScript(
    "dev/us-east-1",
    [mirrored("quay.io/a/b:1", "mirror.example")],
    "mirror.example",
    "crane",
    [],
  );

  expect(script).not.toContain("aws ");
  expect(copies(script)).toEqual(["crane copy quay.io/a/b:1 mirror.example/quay.io/a/b:1"]);
});

test("a team's own image in the mirror's registry, and what is not taken from the mirror, is not copied", () => {
  const own = imageNames(`${MIRROR}/team/app:1`, MIRROR);
  const direct = imageNames("quay.io/a/b:1", MIRROR);

  expect(copies(copyScript("dev/us-east-1", [own, direct], MIRROR, "crane", []).script)).toEqual([]);
});

test.each([
  "quay.io/a/b:1; rm -rf ~",
  "quay.io/a/$(id):1",
  "quay.io/a/b:1\nid",
  "quay.io/a/`id`",
  "quay.io/a/b@sha256:0",
])("leaves out %j, which is not an image", (image) => {
  const { script, leftOut } = copyScript("dev/us-east-1", [mirrored(image)], MIRROR, "crane", []);

  expect(copies(script)).toEqual([]);
  expect(leftOut).toEqual([{ image, why: "is not an image reference that a registry accepts" }]);
});

test("says in the script which releases it lacks, in one line each", () => {
  const { script } = copyScript("dev/us-east-1", images, MIRROR, "crane", ["a\nid", "b"]);

  expect(script).toContain("# Not in here: images of a id, b.\n");
});

test.each(copyTools)("a shell runs the script of %s as it is written", (tool) => {
  const log =
    '#!/bin/sh\n[ "$1" = ecr ] && [ "$2" = describe-repositories ] && exit 1\necho "$(basename "$0") $*" >>"$LOG"\n';
  const bin = aFolder({ aws: log, crane: log, skopeo: log, docker: log });
  for (const name of fs.readdirSync(bin)) fs.chmodSync(path.join(bin, name), 0o755);
  const file = path.join(bin, "log");

  const { status, stderr } = spawnSync("/bin/sh", ["-s"], {
    input: copyScript("dev/us-east-1", images, MIRROR, tool, []).script,
    env: { PATH: `${bin}:/usr/bin:/bin`, LOG: file },
    encoding: "utf8",
  });

  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  const lines = fs.readFileSync(file, "utf8").trim().split("\n");
  expect(lines.filter((line) => line.startsWith("aws ecr create-repository"))).toHaveLength(3);
  expect(lines.filter((line) => line.startsWith(tool) && !line.includes("login"))).toHaveLength(3);
});
