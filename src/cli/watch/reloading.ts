import { palette } from "../../text/palette";

/**
 * What the served report runs in the browser: it loads itself again when there is another page, with the folds open that were open,
 * and shows what is wrong in place of that. The browser connects again by itself.
 */
export const RELOADING = `"use strict";
const shown = document.currentScript.dataset.page;
const OPEN = "octarine-open";
const folds = () => [...document.querySelectorAll("details")];
for (const index of JSON.parse(sessionStorage.getItem(OPEN) ?? "[]")) folds()[index]?.setAttribute("open", "");
sessionStorage.removeItem(OPEN);
let banner;
new EventSource("/changes").onmessage = ({ data }) => {
  const { page, problems } = JSON.parse(data);
  if (page !== shown) {
    sessionStorage.setItem(OPEN, JSON.stringify(folds().flatMap((each, index) => (each.open ? [index] : []))));
    return location.reload();
  }
  banner?.remove();
  banner = undefined;
  if (problems.length === 0) return;
  banner = document.createElement("pre");
  banner.setAttribute("role", "alert");
  banner.style.cssText = "position:fixed;inset:0 0 auto;z-index:9;margin:0;padding:1rem;max-height:50vh;overflow:auto;"
    + "white-space:pre-wrap;background:${palette.bad.light};color:${palette.page.light};font:14px/1.4 ui-monospace,monospace";
  banner.textContent = problems.join("\\n") + "\\n\\nThe page below is of before.";
  document.body.prepend(banner);
};
`;
