import { define } from "../../../src/cli/upgrade/define";

const chart = { repository: "https://charts.example.com/stable", name: "vpa", version: "5.0.0" };
const step = { does: "define", id: "define vpa", component: "vpa", charts: [chart] } as const;

test("where nobody is asked, definitions that Helm leaves stop it before their chart, until somebody says that they are there", async () => {
  jest.spyOn(process.stderr, "write").mockReturnValue(true);
  const by = (accepted: ReadonlyMap<string, string>) => define(step, { asks: undefined, accepted });

  await expect(by(new Map())).rejects.toThrow(
    "apply them by hand, helm show crds vpa --repo https://charts.example.com/stable --version 5.0.0 | kubectl apply --server-side --force-conflicts -f -, and say so by --accept define-vpa=<reason>",
  );
  await expect(by(new Map([["define-vpa", "done"]]))).resolves.toBeUndefined();
});
