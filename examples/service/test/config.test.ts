import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { ConfigError, readConfig } from "../src/config";
import { settings } from "../src/settings";
import { spawnService } from "./support/service-process";

const problems = (environment: Record<string, string>): readonly string[] => {
  try {
    readConfig(environment);
    return [];
  } catch (error) {
    assert(error instanceof ConfigError);
    return error.problems;
  }
};

describe("the configuration", () => {
  it("has a default for everything, and takes an empty variable for an unset one", () => {
    const config = readConfig({ HTTP_PORT: "" });
    assert.equal(config.httpPort, 8080);
    assert.equal(config.grpcPort, 50_051);
    assert.equal(config.logLevel, "info");
    assert(config.shutdownTimeoutMs <= 30_000);
  });

  const refused: readonly (readonly [string, Record<string, string>, string])[] = [
    [
      "a port that needs a privilege",
      { HTTP_PORT: "80" },
      'HTTP_PORT is "80"; give a port from 1024 to 65535, or 0 for any free one',
    ],
    [
      "a number with a unit",
      { DRAIN_DELAY_MS: "5s" },
      'DRAIN_DELAY_MS is "5s"; give a whole number of ms from 0 to 25000',
    ],
    [
      "a shutdown longer than 30 s",
      { SHUTDOWN_TIMEOUT_MS: "30001" },
      'SHUTDOWN_TIMEOUT_MS is "30001"; give a whole number of ms from 2000 to 30000',
    ],
    [
      "an unknown log level",
      { LOG_LEVEL: "loud" },
      'LOG_LEVEL is "loud"; give one of debug, info, warn, error',
    ],
    [
      "a drain delay that leaves no time for requests in flight",
      { DRAIN_DELAY_MS: "9000", SHUTDOWN_TIMEOUT_MS: "10000" },
      "DRAIN_DELAY_MS is 9000; with SHUTDOWN_TIMEOUT_MS 10000 it may be at most 8000, so that requests in flight can end",
    ],
    [
      "less time for a request than for its headers",
      { HTTP_REQUEST_TIMEOUT_MS: "1000" },
      "HTTP_REQUEST_TIMEOUT_MS is 1000; it includes the headers, so give at least HTTP_HEADERS_TIMEOUT_MS, 5000",
    ],
    [
      "one port for both protocols",
      { GRPC_PORT: "8080" },
      "GRPC_PORT is 8080, which is HTTP_PORT too; give each its own",
    ],
  ];
  for (const [what, environment, message] of refused) {
    it(`refuses ${what}`, () => assert.deepEqual(problems(environment), [message]));
  }

  it("names every wrong variable on a line of its own, and the process ends with 1", async () => {
    const { log, exited } = spawnService({ HTTP_PORT: "http", LOG_LEVEL: "loud" });
    assert.equal(await exited, 1);
    assert.deepEqual(
      log.map(({ level, msg }) => `${String(level)} ${String(msg).split(" is ")[0]}`),
      ["fatal LOG_LEVEL", "fatal HTTP_PORT"],
    );
  });

  it("is in the README as it is in the code", () => {
    const readme = readFileSync(join(__dirname, "..", "README.md"), "utf8");
    const rows = readme.split("\n").map((line) => line.split("|").map((cell) => cell.trim()));
    for (const { env, fallback, min, max, meaning } of Object.values(settings)) {
      const row = rows.find((cells) => cells[1] === `\`${env}\``);
      assert.deepEqual(row?.slice(2, 5), [`${fallback}`, `${min} to ${max}`, meaning], env);
    }
  });
});
