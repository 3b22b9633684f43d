import { corefile } from "../../../src/components/coredns/corefile";

const text = corefile({ "internal.corp": ["10.0.0.2"], "ad.corp": ["10.200.0.2", "10.200.1.2"] });

/** Lines of one server, without indentation. */
function server(domain: string): string[] {
  const [, body = ""] = text.split(`${domain}:53 {\n`);
  const [own = ""] = body.split("\n}\n");
  return own.split("\n").map((line) => line.trim());
}

// A zone of the company's own, internal.corp, is asked of its own server, 10.0.0.2.
test("a stub zone is asked of its servers, and cached", () => {
  expect(server("internal.corp")).toEqual(
    expect.arrayContaining(["errors", "forward . 10.0.0.2 {", "max_concurrent 1000", "cache 30"]),
  );
  expect(server("ad.corp")).toContain("forward . 10.200.0.2 10.200.1.2 {");
});

test("the cluster's own names and the rest of the world stay as they are", () => {
  expect(text.startsWith(".:53 {\n")).toBe(true);
  expect(server(".")).toEqual(
    expect.arrayContaining([
      "lameduck 30s",
      "ready",
      "kubernetes cluster.local in-addr.arpa ip6.arpa {",
      "pods insecure",
      "fallthrough in-addr.arpa ip6.arpa",
      "prometheus :9153",
      "forward . /etc/resolv.conf {",
      "cache 30",
      "loop",
      "reload",
      "loadbalance",
    ]),
  );
});

test("every brace is closed, and the order of zones means nothing", () => {
  expect(text.split("{")).toHaveLength(text.split("}").length);
  expect(corefile({ "ad.corp": ["10.200.0.2", "10.200.1.2"], "internal.corp": ["10.0.0.2"] })).toBe(text);
});
