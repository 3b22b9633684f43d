import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { Fn, TerraformOutput, TerraformStack, Testing } from "cdktf";
import fc from "fast-check";
import { terraformBinary } from "../../src/cli/deploy/run-terraform";
import { type ChartValues, encodeChartValues, mergeValues } from "../../src/modules/chart-values";
import { aFolder } from "../support/fixtures";
import { missingTerraform, testUnless } from "../support/missing-tools";

/** What Terraform makes of a text without tokens: it takes one character off each doubled `$${` and `%%{`. */
function asTerraformReads(text: string): unknown {
  return JSON.parse(text.replace(/([$%])\1\{/g, "$1{"));
}

describe("encodeChartValues", () => {
  test.each<[string, unknown, string]>([
    ["text", { a: "b" }, '{"a":"b"}'],
    ["numbers and booleans as such", { a: 1.5, b: false }, '{"a":1.5,"b":false}'],
    ["null, which takes a chart's default away", { a: null }, '{"a":null}'],
    ["nothing for undefined", { a: undefined, b: 1 }, '{"b":1}'],
    ["empty maps and lists", { a: {}, b: [] }, '{"a":{},"b":[]}'],
    ["lists in order", ["b", "a", { c: [1] }], '["b","a",{"c":[1]}]'],
    ["keys with dots and slashes", { "a.b/c": 1 }, '{"a.b/c":1}'],
    ["quotes, backslashes and line ends", 'a "b" \\ c\n', '"a \\"b\\" \\\\ c\\n"'],
    ["a PromQL selector", 'up{job="x"}', '"up{job=\\"x\\"}"'],
    ["a template of Terraform's as text", "${x}", '"$${x}"'],
    ["a directive of Terraform's as text", "%{ if x }", '"%%{ if x }"'],
    ["a template in a key", { "${x}": 1 }, '{"$${x}":1}'],
    ["a lone $ or %", "100% of $5", '"100% of $5"'],
  ])("writes %s", (_what, value, text) => {
    expect(encodeChartValues(value)).toBe(text);
  });

  test("leaves the quoting of what is known only at apply to Terraform", () => {
    const host = Fn.trimprefix("https://h", "https://");

    const text = resolved(encodeChartValues({ host, list: [host], port: 443 }));

    const call = '${jsonencode(trimprefix("https://h", "https://"))}';
    expect(text).toBe(`{"host":${call},"list":[${call}],"port":443}`);
  });

  test("values without tokens come back unchanged", () => {
    const text = fc.string({ unit: fc.constantFrom("$", "{", "}", "%", '"', "\\", "a", "\n", "é") });
    const values = fc
      .jsonValue({ depthSize: "small" })
      .chain((value) => fc.dictionary(text, fc.constant(value)));

    fc.assert(
      fc.property(fc.tuple(values, text), ([map, leaf]) => {
        const value = { ...map, leaf };
        expect(asTerraformReads(encodeChartValues(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  testUnless(missingTerraform(), "Terraform itself reads back what was written", () => {
    const values = {
      texts: [
        "${x}",
        "$${x}",
        "$$${x}",
        "%{x}",
        "%%{x}",
        "$%{x}",
        "%${x}",
        "$",
        "%",
        'a "b" \\ \n',
        "{{ x }}",
      ],
      known: {
        host: Fn.trimprefix("https://h", "https://"),
        count: Fn.lengthOf(["a", "b"]),
        list: Fn.sort(["b", "a"]),
      },
    };
    const dir = aFolder({ "main.tf.json": "" });
    const text = resolved(encodeChartValues(values));
    fs.writeFileSync(path.join(dir, "main.tf.json"), JSON.stringify({ output: { values: { value: text } } }));
    const run = (...args: string[]) =>
      spawnSync(terraformBinary(), args, {
        cwd: dir,
        encoding: "utf8",
        env: { ...process.env, TF_WORKSPACE: "" },
      });

    const applied = run("apply", "-auto-approve", "-input=false", "-no-color");
    const read = run("output", "-raw", "values").stdout;

    expect(applied.stderr).not.toMatch(/Error:/);
    expect(JSON.parse(read)).toEqual({
      texts: values.texts,
      known: { host: "h", count: 2, list: ["a", "b"] },
    });
    fs.rmSync(dir, { recursive: true });
  });
});

/** Expressions in place of cdktf's tokens, as synthesis writes them. */
function resolved(text: string): string {
  const stack = new TerraformStack(Testing.app(), "test");
  new TerraformOutput(stack, "text", { value: text, staticId: true });
  return (JSON.parse(Testing.synth(stack)) as { output: { text: { value: string } } }).output.text.value;
}

describe("mergeValues", () => {
  test("merges maps at every depth, and the later value wins", () => {
    const base = { a: { b: 1, c: { d: 1 } }, e: 1 };

    const merged = mergeValues(base, { a: { c: { f: 2 } }, e: 2 });

    expect(merged).toEqual({ a: { b: 1, c: { d: 1, f: 2 } }, e: 2 });
  });

  test.each<[string, ChartValues, ChartValues, ChartValues]>([
    ["a list", { a: [1, 2] }, { a: [3] }, { a: [3] }],
    ["a map by a text", { a: { b: 1 } }, { a: "x" }, { a: "x" }],
    ["a text by a map", { a: "x" }, { a: { b: 1 } }, { a: { b: 1 } }],
    ["a map by null", { a: { b: 1 } }, { a: null }, { a: null }],
  ])("replaces %s as a whole", (_what, base, over, merged) => {
    expect(mergeValues(base, over)).toEqual(merged);
  });

  test("changes neither of its arguments", () => {
    const base = { a: { b: 1 } };
    const over = { a: { c: 2 } };

    mergeValues(base, over);

    expect([base, over]).toEqual([{ a: { b: 1 } }, { a: { c: 2 } }]);
  });
});
