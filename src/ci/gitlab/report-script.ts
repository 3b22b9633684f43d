import { COMMENTS, DRIFT } from "../scripts";

/** Variable of the project that holds a token for comments: a job's own can't write any (gitlab.com/gitlab-org/gitlab/-/issues/464591). */
const TOKEN = "OCTARINE_COMMENT_TOKEN";

/**
 * Scope of that variable, so that jobs that run code of the repository and of its packages don't have it. Rules don't know variables of
 * a scope (GitLab Docs, "Environments", limit the environment scope), so the scripts ask whether there is one.
 */
export const SCOPE = "octarine-comments";

/** Characters. GitLab takes a million. */
const MOST = 900_000;

const API = `
const fs = require("node:fs");
const { CI_API_V4_URL: api, CI_PROJECT_ID: id, CI_MERGE_REQUEST_IID: iid, CI_PIPELINE_URL: run, ${TOKEN}: token } = process.env;
if (!token) {
  console.log("no ${TOKEN} for the environment ${SCOPE}: the texts are artifacts of the jobs before");
  process.exit(0);
}
async function call(method, path, body) {
  const headers = { "PRIVATE-TOKEN": token, "Content-Type": "application/json" };
  const response = await fetch(api + path, { method, headers, body: body && JSON.stringify(body) });
  if (!response.ok) throw Error(method + " " + path + ": " + response.status + " " + (await response.text()));
  return { page: response.headers.get("x-next-page"), data: await response.json() };
}
async function all(path) {
  const found = [];
  for (let page = "1"; page; ) {
    const answer = await call("GET", path + "per_page=100&page=" + page);
    found.push(...answer.data);
    page = answer.page;
  }
  return found;
}
const texts = (folder) => {
  const names = fs.existsSync(folder) ? fs.readdirSync(folder).filter((name) => name.endsWith(".md")).sort() : [];
  return names.map((name) => ({ name: name.slice(0, -3), text: fs.readFileSync(folder + "/" + name, "utf8").slice(0, ${MOST}) }));
};
`.trim();

/** Each text has one comment, which is replaced at the next push; those of others stay as they are. */
export const commentScript = node(`
${API}
(async () => {
  const notes = "/projects/" + id + "/merge_requests/" + iid + "/notes";
  const me = (await call("GET", "/user")).data.id;
  const mine = (await all(notes + "?")).filter((note) => note.author.id === me);
  for (const { name, text } of texts("${COMMENTS}")) {
    const marker = "<!-- octarine " + name + " -->";
    const there = mine.find((note) => note.body.startsWith(marker));
    const body = marker + "\\n" + text;
    if (there) await call("PUT", notes + "/" + there.id, { body });
    else await call("POST", notes, { body });
  }
})();
`);

/** One issue of what is not as the config says, written anew at each run that finds something. */
export const issueScript = node(`
${API}
(async () => {
  const title = "Drift from the configuration";
  const found = texts("${DRIFT}").map(({ text }) => text);
  if (found.length === 0) return;
  const issues = "/projects/" + id + "/issues";
  const me = (await call("GET", "/user")).data.id;
  const mine = (await all(issues + "?state=opened&author_id=" + me + "&")).find((issue) => issue.title === title);
  const description = ["Of " + run, ...found].join("\\n\\n").slice(0, ${MOST});
  if (mine) await call("PUT", issues + "/" + mine.iid, { description });
  else await call("POST", issues, { title, description });
})();
`);

function node(script: string): string {
  return `node <<'SCRIPT'\n${script.trim()}\nSCRIPT`;
}
