import { colourVariables, palette, type Scheme } from "../text/palette";

const COLOURS = [
  ["text", "more", "page", "card", "shade", "line", "link", "bar", "track"],
  ["bad", "bad-ground", "warn", "warn-ground", "good", "good-ground", "note-ground"],
  ["steady", "infrastructure", "surge", "burst", "growth", "missing"],
] as const;

const colours = (scheme: Scheme) => COLOURS.map((names) => colourVariables(names, scheme)).join(";\n");

/** The page's only style: no font, image or file from elsewhere. Colours follow the reader's scheme on a screen, and are light on paper. */
export const STYLES = `
:root{${colours("light")}}
@media screen and (prefers-color-scheme:dark){:root{${colours("dark")}}}
*{box-sizing:border-box}
html{scroll-padding-top:1rem;-webkit-text-size-adjust:100%}
body{margin:0 auto;max-width:70rem;padding:2rem 1.5rem 4rem;background:var(--page);color:var(--text);font:16px/1.5 system-ui,sans-serif}
h1,h2,h3,h4,p,li,dd,summary{overflow-wrap:anywhere}td,th{overflow-wrap:break-word}
h1{font-size:2rem;line-height:1.2;margin:0}h2{font-size:1.375rem;line-height:1.3;margin:3rem 0 .75rem}h3{font-size:1.0625rem;margin:1.75rem 0 .5rem}h4{font-size:.9375rem;margin:1.5rem 0 .5rem}
p{margin:.5rem 0}ul,ol{padding-left:1.25rem}.more,figcaption,.eyebrow{color:var(--more);font-size:.875rem}.eyebrow{margin:0 0 .25rem}
a{color:var(--link);text-underline-offset:.15em}a:focus-visible,summary:focus-visible,[tabindex]:focus-visible{outline:3px solid var(--link);outline-offset:2px}
.unseen{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);margin:0}.skip{position:absolute;left:-99rem}.skip:focus{position:static}
.verdict{margin:1rem 0;padding:.75rem 1rem;border-left:.375rem solid;border-radius:.25rem;font-size:1.125rem;line-height:1.4}
.verdict.bad{color:var(--bad);background:var(--bad-ground)}.verdict.warn{color:var(--warn);background:var(--warn-ground)}.verdict.good{color:var(--good);background:var(--good-ground)}
nav ul{display:flex;flex-wrap:wrap;gap:.25rem 1.25rem;list-style:none;padding:0;margin:1.25rem 0 0;font-size:.9375rem}
.tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(14rem,100%),1fr));gap:1rem;list-style:none;margin:1.25rem 0;padding:0}
.tiles>li{background:var(--card);border:1px solid var(--line);border-radius:.5rem;padding:.875rem 1rem}
.tiles h3,.tiles h4{margin:0;font-size:.875rem;font-weight:400;color:var(--more)}.tiles p{margin:.25rem 0 0}.tiles .bar{margin:.375rem 0}.tiles .figure{font-size:1.5rem;font-weight:650;line-height:1.25}
.groups{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(17rem,100%),1fr));gap:1rem 2.5rem;margin:1.5rem 0}.groups h3,.groups h4{margin:0 0 .25rem;font-size:.9375rem}
.facts{margin:0;font-size:.9375rem}.facts div{display:flex;gap:.75rem;border-top:1px solid var(--line);padding:.25rem 0}.facts dt{color:var(--more);flex:0 0 6rem}.facts dd{margin:0;overflow-wrap:anywhere}
.badge{display:inline-block;border-radius:1rem;padding:.0625rem .625rem;font-size:.8125rem;font-weight:600;white-space:nowrap;background:var(--note-ground);color:var(--more)}
.badge.bad{background:var(--bad-ground);color:var(--bad)}.badge.warn{background:var(--warn-ground);color:var(--warn)}.badge.good{background:var(--good-ground);color:var(--good)}
.bad-text{color:var(--bad);font-weight:600}.good-text{color:var(--good);font-weight:600}
.items{list-style:none;margin:.5rem 0;padding:0}.items>li{border-top:1px solid var(--line);padding:.625rem 0}.items>li:last-child{border-bottom:1px solid var(--line)}
.items p{margin:.125rem 0 0}.items .head{margin:0;font-weight:600}.items .head .badge{margin-right:.375rem}.items .head .more{font-weight:400;margin-left:.375rem}.more a{color:inherit}
.places{list-style:none;margin:.125rem 0 0;padding:0;font:.8125rem/1.5 ui-monospace,monospace;color:var(--more);overflow-wrap:anywhere}
details>summary{cursor:pointer;color:var(--link);padding:.25rem 0}details.target{border-top:1px solid var(--line)}details.target>summary{color:inherit;padding:.75rem 0}
details.target>summary h2{display:inline;margin:0 .5rem 0 0}.items details>summary,.places details>summary{font-size:.8125rem;padding:0}
.bar{display:flex;height:.625rem;min-width:3rem;background:var(--track);border-radius:.1875rem;overflow:hidden}.bar span{background:var(--bar)}.bar .bad{background:var(--missing)}.bar .warn{background:var(--burst)}.bar .good{background:var(--good)}.bar .note{background:var(--infrastructure)}
.bar .steady{background:var(--steady)}.bar .infrastructure{background:var(--infrastructure)}.bar .surge{background:var(--surge)}.bar .burst{background:var(--burst)}.bar .growth{background:var(--growth)}.bar .free{background:none}
.bar .missing{background:repeating-linear-gradient(45deg,var(--missing) 0 3px,var(--track) 3px 6px)}
.legend{display:flex;flex-wrap:wrap;gap:.25rem 1rem;list-style:none;padding:0;margin:.5rem 0;font-size:.8125rem;color:var(--more)}.legend .bar{display:inline-flex;min-width:.75rem;width:.75rem;height:.75rem;margin-right:.375rem;vertical-align:-.0625rem}.legend .bar span{flex:1}
.table,figure{overflow-x:auto;margin:1rem 0}table{border-collapse:collapse;width:100%;font-size:.9375rem}
caption{text-align:left;color:var(--more);font-size:.875rem;padding:.25rem 0}th,td{border-bottom:1px solid var(--line);padding:.4375rem .75rem .4375rem 0;text-align:left;vertical-align:top}
thead th{color:var(--more);font-size:.8125rem;font-weight:600;vertical-align:bottom}tbody th{font-weight:400}th:last-child,td:last-child{padding-right:0}
.number{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}.share{width:24%}.cards .share{width:18%}.cards td{white-space:nowrap}.file{white-space:nowrap}.beside{display:flex;align-items:center;gap:.625rem}.beside .bar{flex:1}.beside .more{flex:0 0 2.25rem;text-align:right;font-variant-numeric:tabular-nums}td.share>.bar{margin-top:.4375rem}tr.sum>*{font-weight:600}tr.part>*{padding-top:1rem;font-weight:600}tr.line th{padding-left:1rem}
.paper{display:none}
figure{background:linear-gradient(90deg,var(--page),var(--page)) left/2rem 100% local,linear-gradient(90deg,var(--page),var(--page)) right/2rem 100% local,linear-gradient(90deg,var(--shade),transparent) left/.75rem 100% scroll,linear-gradient(270deg,var(--shade),transparent) right/.75rem 100% scroll;background-repeat:no-repeat}
figure svg{display:block;max-width:none}.goes-on{position:sticky;left:0}figcaption{position:sticky;left:0;max-width:60rem;margin-top:.5rem}
@media (max-width:40rem){body{padding:1.25rem 1rem 3rem}h1{font-size:1.625rem}h2{margin-top:2.25rem}.share{width:20%}th,td{padding-right:.5rem}.beside{display:block}table{font-size:.875rem}tr.line th{padding-left:.5rem}.cards td{white-space:normal}
.cards,.cards tbody,.cards tr,.cards th,.cards td,.cards caption{display:block}.cards thead{position:absolute;left:-99rem}.cards tr{border-bottom:1px solid var(--line);padding:.75rem 0}.cards th,.cards td{border:0;padding:.125rem 0;text-align:left;width:auto}
.cards td[data-label]::before{content:attr(data-label) ": ";color:var(--more)}.cards .share{width:auto}}
@page{size:A4;margin:15mm 14mm 17mm;@bottom-right{content:counter(page) " of " counter(pages);font:8pt system-ui,sans-serif;color:${palette.more.light}}}
@media print{html{font-size:9.5pt}body{max-width:none;padding:0;font-size:1rem;-webkit-print-color-adjust:exact;print-color-adjust:exact}nav,.skip,.goes-on{display:none}a{color:inherit;text-decoration:none}
h2{margin-top:18pt}h2,h3,h4,caption,summary{break-after:avoid}.whole,tr,.items>li,.tiles,.groups,.verdict{break-inside:avoid}thead,tbody tr:nth-child(-n+3){break-after:avoid}tbody tr:nth-last-child(-n+3){break-before:avoid}p{orphans:3;widows:3}h2+p,h3+p,section>.bar{break-after:avoid}td .places,td details:not(.print){display:none}details:not(.print)>summary{list-style:none;color:var(--more)}
.tiles{grid-template-columns:repeat(4,1fr);gap:.5rem}.tiles .figure{font-size:1.25rem}.groups{grid-template-columns:repeat(3,1fr);gap:.5rem 1.5rem;margin:1rem 0}.groups .facts dt{flex-basis:4.75rem}
.cards .share{width:14%}.cards tbody th{white-space:nowrap}details.target{break-before:page}.table,figure{overflow:visible;background:none}figure svg{max-width:100%;max-height:215mm;width:auto;height:auto}
details.print::details-content{content-visibility:visible;height:auto}details.print>summary{color:inherit;list-style:none;font-weight:600}
.long .paper{display:table-row}.long tfoot{display:table-footer-group}.long tfoot .paper td{border:0;color:var(--more);font-size:8pt;text-align:right;padding:.25rem 0 0}.long thead .paper th{border:0;font-size:8pt;padding:0}
.table.long{position:relative}.table.long::after{content:"";display:block;position:relative;background:var(--page);height:1.6em;margin-top:-1.6em}}
`;
