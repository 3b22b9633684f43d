import fs from "node:fs";
import http from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { root } from "./pages";

/** What `npm run site` makes. */
export const SITE_FOLDER = path.join(root, "website", "dist");

const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".css": "text/css",
  ".json": "application/json",
  ".png": "image/png",
  ".svg": "image/svg+xml",
};

/** The built site on a port of this machine, at the path that it was built for. */
export async function serveSite(): Promise<{ readonly url: string; readonly close: () => void }> {
  const base = builtFor();
  const server = http.createServer(({ url = "" }, response) => {
    const asked = decodeURIComponent(new URL(url, "http://site").pathname);
    const below = asked.startsWith(base) ? asked.slice(base.length) : undefined;
    const file =
      below === undefined
        ? ""
        : path.join(SITE_FOLDER, below.endsWith("/") || below === "" ? `${below}index.html` : below);
    if (!file.startsWith(SITE_FOLDER) || !fs.existsSync(file)) return void response.writeHead(404).end();
    response.writeHead(200, { "content-type": TYPES[path.extname(file)] ?? "application/octet-stream" });
    response.end(fs.readFileSync(file));
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}${base}`,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** The path below which a page of the site asks for its script: `/octarine/`. */
function builtFor(): string {
  const page = fs.readFileSync(path.join(SITE_FOLDER, "index.html"), "utf8");
  return /src="(\/[^"]*?)assets\/app\.[^"]*\.js"/.exec(page)?.[1] ?? "/";
}
