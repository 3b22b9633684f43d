import { terraformBackend } from "../../../../src/cli/deploy/states/read-state";
import { stateLocation } from "../../../../src/model/stacks/state-location";
import { aTarget } from "../../../support/fixtures";
import { parsed, synthYaml } from "../../../support/synth";

test("a state is asked for where its stack writes it, with the same lock, key and role", () => {
  const written = parsed(synthYaml().cluster).terraform?.backend;

  expect(written).toEqual({ s3: terraformBackend(stateLocation(aTarget(), "cluster")) });
  expect(written).toMatchObject({ s3: { use_lockfile: true, assume_role: { session_name: "octarine" } } });
});
