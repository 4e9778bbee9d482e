/* What the finding report can do with a script: sort, find, open the posts behind any pair, explore the picture,
   save files. Without it the page is complete; everything here is made of text nodes, never of markup. */
(function () {
  "use strict";
  const $ = (id) => document.getElementById(id);
  const facts = JSON.parse($("undazzle-data").textContent);
  const block = $("undazzle-evidence");
  const clock = facts.clock_seconds;
  const account = (row) => facts.accounts[row - 1];

  function make(name, attributes, ...children) {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes || {})) {
      if (key === "on") for (const [event, act] of Object.entries(value)) element.addEventListener(event, act);
      else if (value === true) element.setAttribute(key, "");
      else if (value !== false && value !== null) element.setAttribute(key, value);
    }
    element.append(...children);
    return element;
  }
  const count = (n, noun, nouns) => n.toLocaleString("en-US") + " " + (n === 1 ? noun : nouns || noun + "s");

  /* ------------------------------------------------------------------ sorting */
  function sortable(table) {
    for (const head of table.querySelectorAll("thead th[data-k]")) {
      const button = make("button", { type: "button" });
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => sort(table, head));
    }
  }
  function sort(table, head) {
    const column = head.cellIndex, up = head.getAttribute("aria-sort") !== "ascending", body = table.tBodies[0];
    for (const other of table.querySelectorAll("th[aria-sort]")) other.removeAttribute("aria-sort");
    head.setAttribute("aria-sort", up ? "ascending" : "descending");
    const value = (row) => row.cells[column].dataset.v ?? row.cells[column].textContent.trim();
    const compare = (a, b) => (a !== "" && b !== "" && !isNaN(a) && !isNaN(b) ? a - b : a.localeCompare(b));
    const rows = [...body.rows].sort((a, b) => compare(value(a), value(b)) * (up ? 1 : -1));
    body.append(...rows);
  }
  document.querySelectorAll("table[data-sort]").forEach(sortable);

  /* ------------------------------------------------------------------ evidence: one compressed block */
  let opening = null;
  function evidence() {
    opening = opening || unpack(block.textContent.trim());
    return opening;
  }
  async function unpack(text) {
    const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
    const data = JSON.parse(await new Response(stream).text());
    data.of = new Map();
    data.co.pair.forEach((pair, at) => data.of.has(pair) ? data.of.get(pair).push(at) : data.of.set(pair, [at]));
    data.numbers = new Map(data.pairs.a.map((a, at) => [a + "-" + data.pairs.b[at], at + 1]));
    return data;
  }
  const canOpen = block && typeof DecompressionStream === "function";

  /* ------------------------------------------------------------------ words, as in the page */
  function gapWords(gap) {
    if (clock >= 2 && gap < clock) return { 60: "same minute", 3600: "same hour", 86400: "same day" }[clock] || "same time";
    if (gap === 0) return "same second";
    for (const [size, unit] of [[86400, "day"], [3600, "h"], [60, "min"]]) {
      if ((gap >= 2 * size || (gap === size && (size !== 60 || clock >= 60))) && gap % size === 0)
        return gap / size + " " + unit + (unit === "day" && gap > size ? "s" : "");
    }
    return +gap.toPrecision(6) + " s";
  }
  const KINDS = {
    link: "link", domain: "site", repost: "reposted post", quote: "quoted post", reply: "answered post", mention: "mentioned account",
    hashtag: "hashtag", hashtag_sequence: "hashtag sequence", text: "text", near_text: "near-identical text", image: "image", video: "video",
    object: "object",
  };
  const kindWord = (kind) => KINDS[kind] || kind.replaceAll("_", " ") + " item";
  const shownTime = (at) => (clock >= 86400 ? at.slice(0, 10) : clock >= 60 ? at.slice(0, 16) + " UTC" : at + " UTC");
  const windowWords = (seconds) => gapWords.call(null, seconds).replace("same second", "0 s").replace(/^same .*/, seconds + " s");

  /* ------------------------------------------------------------------ words that differ (the same as evidence.py) */
  const TOKEN = /[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]|\S+/gu;
  const MOST_TOKENS = 220;
  function common(first, second) {
    const longest = Array.from({ length: first.length + 1 }, () => new Uint16Array(second.length + 1));
    for (let i = first.length - 1; i >= 0; i--)
      for (let j = second.length - 1; j >= 0; j--)
        longest[i][j] = first[i] === second[j] ? longest[i + 1][j + 1] + 1 : Math.max(longest[i + 1][j], longest[i][j + 1]);
    const kept = [new Set(), new Set()];
    for (let i = 0, j = 0; i < first.length && j < second.length; ) {
      if (first[i] === second[j]) { kept[0].add(i++); kept[1].add(j++); }
      else if (longest[i + 1][j] >= longest[i][j + 1]) i++;
      else j++;
    }
    return kept;
  }
  function pieces(text, kept) {
    const found = [];
    const put = (differs, part) => {
      if (!part) return;
      const last = found[found.length - 1];
      if (last && last[0] === differs) last[1] += part;
      else found.push([differs, part]);
    };
    let place = 0, index = 0, before = false;
    for (const match of text.matchAll(TOKEN)) {
      const differs = index < MOST_TOKENS && !kept.has(index);
      put(before && differs, text.slice(place, match.index));
      put(differs, match[0]);
      place = match.index + match[0].length;
      before = differs;
      index++;
    }
    put(false, text.slice(place));
    return found;
  }
  function compare(texts) {
    const words = texts.map((text) => (text.match(TOKEN) || []).slice(0, MOST_TOKENS));
    const kept = common(words[0], words[1]);
    if (texts[0] === texts[1]) return ["same", texts.map((text) => [[false, text]])];
    if (3 * kept[0].size < Math.max(words[0].length, words[1].length)) return ["other", texts.map((text) => [[false, text]])];
    return ["part", texts.map((text, side) => pieces(text, kept[side]))];
  }

  /* ------------------------------------------------------------------ cards */
  function command(a, b) {
    const quoted = (label) => (/^[\p{L}\p{N}_.:@][\p{L}\p{N}\-_.:@]*$/u.test(label) ? label : "'" + label.replaceAll("'", "'\\''") + "'");
    return "undazzle evidence WS network:" + facts.network.id + " --between " + quoted(account(a).account) + " " + quoted(account(b).account);
  }
  function fillPost(article, data, at, row, parts) {
    const label = row ? account(row).account : "account outside the network";
    article.setAttribute("aria-label", "Post by " + label);
    article.querySelector(".who bdi").textContent = label;
    article.querySelector(".at").textContent = shownTime(data.posts.at[at]);
    article.querySelector(".platform").textContent = data.posts.platform[at] === "unknown" ? "" : facts.platforms[data.posts.platform[at]] || data.posts.platform[at];
    const quote = article.querySelector("blockquote"), left = data.left[data.posts.text[at]];
    if (data.posts.lang[at]) quote.lang = data.posts.lang[at];
    for (const [differs, text] of parts) quote.append(differs ? make("mark", {}, text) : text);
    if (left) quote.append(" ", make("span", { class: "cut" }, "cut, " + left.toLocaleString("en-US") + " more characters"));
    if (!quote.textContent) { quote.className = "empty"; quote.textContent = "No text in the data."; }
    const source = facts.sources[data.posts.source[at]];
    article.querySelector("footer").textContent = "post " + (data.posts.id[at] || data.posts.key[at]) +
      (data.posts.row[at] && source ? " \u00b7 row " + data.posts.row[at] + " of " + source[0] : "");
  }
  function card(data, number, at, place, of) {
    const section = $("card").content.firstElementChild.cloneNode(true);
    const a = data.pairs.a[number - 1], b = data.pairs.b[number - 1], gap = data.co.gap[at], item = data.co.item[at];
    const head = section.querySelector("h3");
    head.append("Pair " + number + ": ", make("bdi", {}, account(a).account), " and ", make("bdi", {}, account(b).account));
    section.querySelector(".counts").append(make("span", { class: "n-counted" }, count(data.pairs.n[number - 1], "co-action")));
    section.querySelector(".kind").textContent = kindWord(data.items.kind[item]);
    section.querySelector(".item").textContent = data.items.label[item];
    const [first, second] = section.querySelectorAll(".post"), texts = [data.co.a[at], data.co.b[at]].map((post) => data.texts[data.posts.text[post]]);
    const [same, parts] = compare(texts);
    fillPost(first, data, data.co.a[at], a, parts[0]);
    fillPost(second, data, data.co.b[at], b, parts[1]);
    const words = gapWords(gap), big = section.querySelector(".gap b");
    big.textContent = words;
    if (words.startsWith("same")) big.classList.add("words");
    section.querySelector(".gap .u").append(words.startsWith("same") ? "in a window" : "apart, in a window", make("br"), "of " + windowWords(facts.network.time_window_seconds));
    const share = facts.network.time_window_seconds ? Math.min(100, (100 * gap) / facts.network.time_window_seconds) : 0;
    section.querySelector("rect").setAttribute("width", share.toFixed(1) + "%");
    const foot = section.querySelector(".pair-foot"), total = data.pairs.n[number - 1];
    foot.append(same === "same" && texts[0] ? "Same wording. " : same === "other" ? "The wording differs throughout, so nothing is marked. " : "");
    if (total > 1) foot.append(place + " of " + of + " shown here, " + total.toLocaleString("en-US") + " in all");
    if (of < total) foot.append(": ", make("code", {}, command(a, b)));
    return section;
  }

  /* ------------------------------------------------------------------ the table of pairs */
  const table = $("pairs"), body = table && table.tBodies[0];
  const state = { account: 0, sort: null, up: false, limit: 20 };

  async function toggle(row, button) {
    const open = row.nextElementSibling && row.nextElementSibling.classList.contains("opened-card");
    button.setAttribute("aria-expanded", String(!open));
    row.classList.toggle("opened", !open);
    if (open) { row.nextElementSibling.remove(); return; }
    const data = await evidence(), number = Number(row.dataset.pair), found = data.of.get(number) || [];
    const cell = make("td", { colspan: row.cells.length });
    const three = found.slice(0, 3);
    const cards = make("div", { class: "cards" }, ...three.map((at, index) => card(data, number, at, index + 1, three.length)));
    cell.append(found.length ? cards : make("code", {}, command(data.pairs.a[number - 1], data.pairs.b[number - 1])));
    row.after(make("tr", { class: "opened-card opened" }, cell));
  }
  function equip(row) {
    const last = row.cells[row.cells.length - 1];
    row.dataset.pair = row.dataset.pair || row.cells[0].textContent.replaceAll(/\D/g, "");
    const button = make("button", { type: "button", class: "see", "aria-expanded": "false", "aria-label": "Both posts of pair " + row.dataset.pair }, "both posts");
    button.addEventListener("click", () => toggle(row, button));
    last.replaceChildren(button);
    last.classList.remove("cmd");
  }
  const icon = (group) => {
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg"), use = document.createElementNS(svg.namespaceURI, "use");
    svg.setAttribute("class", "icon"); svg.setAttribute("viewBox", "0 0 14 14"); svg.setAttribute("aria-hidden", "true");
    use.setAttribute("href", "#k" + ((group % 8) + 1));
    svg.append(use);
    return svg;
  };
  function rowOf(data, at) {
    const a = data.pairs.a[at], b = data.pairs.b[at], closest = data.pairs.gap[at], mean = data.pairs.mean[at];
    const name = (row) => [icon(account(row).group), make("bdi", { class: "id" }, account(row).account)];
    const row = make("tr", { id: "row-" + a + "-" + b, "data-pair": at + 1 },
      make("td", { class: "r" }, String(at + 1)),
      make("th", { scope: "row" }, make("span", { class: "both" }, ...name(a), " ", ...name(b))),
      make("td", { class: "r" }, make("b", {}, data.pairs.n[at].toLocaleString("en-US"))),
      make("td", { class: "r" }, data.pairs.items[at].toLocaleString("en-US")),
      make("td", { class: "r" }, gapWords(closest)),
      make("td", { class: "r" }, make("span", { class: "n-computed" }, (mean >= 100 || mean % 1 === 0 ? Math.round(mean).toLocaleString("en-US") : mean.toFixed(1)) + " s")),
      make("td"));
    equip(row);
    return row;
  }
  function chosen(data) {
    const found = [];
    for (let at = 0; at < data.pairs.a.length; at++)
      if (!state.account || data.pairs.a[at] === state.account || data.pairs.b[at] === state.account) found.push(at);
    if (state.sort) {
      const values = data.pairs[state.sort];
      found.sort((x, y) => ((values ? values[x] - values[y] : x - y) || x - y) * (state.up ? 1 : -1));
    }
    return found;
  }
  async function draw() {
    const data = await evidence(), found = chosen(data), shown = found.slice(0, state.limit);
    body.replaceChildren(...shown.map((at) => rowOf(data, at)));
    for (const row of body.rows) row.classList.add("opened");
    $("found").textContent = "Showing " + count(shown.length, "pair") + " of " + found.length.toLocaleString("en-US") +
      (state.account ? " of " + account(state.account).account : "") + (shown.length < found.length ? ", the rest on request." : ".");
    $("more").hidden = shown.length >= found.length;
    table.caption.firstElementChild.textContent = count(found.length, "pair") + ". \u201cBoth posts\u201d opens the closest co-actions of a pair";
  }
  function finder() {
    const select = make("select", { id: "of-account", on: { change: () => { state.account = Number(select.value); state.limit = 100; draw(); } } },
      make("option", { value: "0" }, "all accounts"),
      ...facts.accounts.map((one) => make("option", { value: one.row }, one.account)));
    const more = make("button", { type: "button", class: "btn", id: "more", on: { click: () => { state.limit += 200; draw(); } } }, "Show 200 more");
    $("find").append(make("div", {}, make("label", { for: "of-account" }, "Pairs of"), select),
      make("p", { class: "found", id: "found", role: "status" }, "Showing " + count(Math.min(facts.network.pairs, 20), "pair") + " of " + facts.network.pairs.toLocaleString("en-US") + "."));
    for (const old of document.querySelectorAll("#pair-list .more-switch, #pair-list .more-label")) old.remove();
    $("more-place").append(more);
    more.hidden = facts.network.pairs <= 20;
    $("find").hidden = false;
    ["number", null, "n", "items", "gap", "mean"].forEach((key, column) => {
      const head = table.tHead.rows[0].cells[column];
      if (!key) return;
      const button = make("button", { type: "button" });
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => {
        state.up = state.sort === key ? !state.up : key === "number" || key === "gap" || key === "mean";
        state.sort = key;
        for (const other of table.querySelectorAll("th[aria-sort]")) other.removeAttribute("aria-sort");
        head.setAttribute("aria-sort", state.up ? "ascending" : "descending");
        draw();
      });
    });
  }
  async function showPair(a, b) {
    const data = await evidence(), number = data.numbers.get(Math.min(a, b) + "-" + Math.max(a, b));
    if (!number) return;
    state.account = 0; state.sort = null; state.limit = Math.max(state.limit, number);
    if (!$("row-" + Math.min(a, b) + "-" + Math.max(a, b))) { state.account = Math.min(a, b); state.limit = 1e6; await draw(); }
    const row = $("row-" + Math.min(a, b) + "-" + Math.max(a, b)), button = row.querySelector("button.see");
    row.classList.add("opened");
    if (button && button.getAttribute("aria-expanded") !== "true") await toggle(row, button);
    row.scrollIntoView({ block: "start" });
    if (button) button.focus({ preventScroll: true });
  }
  async function showAccount(row) {
    state.account = row; state.limit = 100;
    const select = $("of-account");
    if (select) select.value = String(row);
    await draw();
    $("find").scrollIntoView({ block: "start" });
    if (select) select.focus({ preventScroll: true });
  }
  if (canOpen && table) {
    for (const row of body.rows) equip(row);
    table.classList.add("scripted");
    finder();
    document.addEventListener("click", (event) => {
      const link = event.target.closest && event.target.closest("a[data-account]");
      if (link) { event.preventDefault(); showAccount(Number(link.dataset.account)); }
    });
  }
  function follow() {
    const wanted = /^#(?:pair|row)-(\d+)-(\d+)$/.exec(location.hash);
    if (wanted && canOpen && !$(location.hash.slice(1))) showPair(Number(wanted[1]), Number(wanted[2]));
  }
  window.addEventListener("hashchange", follow);
  follow();

  /* ------------------------------------------------------------------ the live picture */
  function picture() {
    const still = $("picture"), frame = $("live"), bar = $("live-bar"), placed = facts.accounts.filter((one) => one.at);
    if (!window.UndazzleGraph || !still || !canOpen || placed.length < 2) return;
    let live = null;
    const tools = make("span", { hidden: true });
    const start = make("button", { type: "button", class: "btn", "aria-pressed": "false" }, "Explore the picture");
    const button = (word, label, act) => make("button", { type: "button", class: "btn", "aria-label": label, on: { click: act } }, word);
    const close = () => { live.close(); live = null; frame.replaceChildren(); frame.hidden = true; still.removeAttribute("hidden"); tools.hidden = true; start.setAttribute("aria-pressed", "false"); start.textContent = "Explore the picture"; };
    const colour = (name) => {
      const found = getComputedStyle(document.documentElement).getPropertyValue(name).trim();
      return /^#[0-9a-f]{6}$/i.test(found) ? found : "#7d878b"; // high-contrast modes name system colours
    };
    async function open() {
      const data = await evidence();
      still.setAttribute("hidden", "");
      frame.hidden = false;
      const size = placed.length <= 30 ? 18 : placed.length <= 80 ? 11 : 7;
      const edges = data.pairs.a.slice(0, 4000).map((a, at) => ({ a, b: data.pairs.b[at], n: data.pairs.n[at] }));
      live = window.UndazzleGraph.open(frame, {
        nodes: placed.map((one) => ({ row: one.row, label: one.row + "  " + one.account, group: one.group, x: one.at[0], y: one.at[1], size })),
        edges, font: getComputedStyle(document.body).fontFamily,
        colours: { paper: colour("--paper"), ink: colour("--ink"), edge: colour("--edge"), groups: [1, 2, 3, 4, 5, 6, 7, 8].map((n) => colour("--c-" + n)) },
        on: { node: showAccount, edge: showPair },
      });
      const most = Math.max(...data.pairs.n), said = make("span", {}, "1");
      const range = make("input", { type: "range", min: 1, max: Math.min(most, 50), value: 1, on: { input: () => { said.textContent = range.value; live.least(Number(range.value)); } } });
      tools.replaceChildren(button("+", "Zoom in", () => live.zoom(1.5)), " ", button("\u2212", "Zoom out", () => live.zoom(1 / 1.5)), " ", button("Reset", "Reset the picture", () => live.reset()),
        make("label", {}, "at least ", said, " co-actions", range),
        make("span", {}, "Click an account for its pairs, a line for both posts." + (data.pairs.a.length > 4000 ? " The strongest 4,000 pairs." : "")));
      tools.hidden = false;
      start.setAttribute("aria-pressed", "true");
      start.textContent = "Back to the still picture";
    }
    start.addEventListener("click", () => (live ? close() : open()));
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => { if (live) { close(); open(); } });
    bar.append(start, tools);
    bar.hidden = false;
  }
  picture();

  /* ------------------------------------------------------------------ saving files */
  const cell = (value) => {
    let text = String(value ?? "");
    if (typeof value === "string" && /^[=+\-@\t\r]/.test(text)) text = "'" + text;
    return /[",\r\n]/.test(text) ? '"' + text.replaceAll('"', '""') + '"' : text;
  };
  const csv = (rows) => rows.map((row) => row.map(cell).join(",")).join("\r\n") + "\r\n";
  function save(name, type, text) {
    const link = make("a", { download: name, href: URL.createObjectURL(new Blob([text], { type })) });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  }
  function pairsCsv(data) {
    const p = data.pairs;
    return csv([["pair", "account_a", "account_b", "co_actions", "items", "closest_gap_seconds", "mean_gap_seconds"],
      ...p.a.map((a, at) => [at + 1, account(a).account, account(p.b[at]).account, p.n[at], p.items[at], p.gap[at], p.mean[at]])]);
  }
  function coActionsCsv(data) {
    const p = data.posts, rows = [["pair", "account_a", "account_b", "kind", "item", "gap_seconds", "posted_at_a", "posted_at_b", "post_a", "post_b", "text_a", "text_b"]];
    data.co.pair.forEach((number, at) => {
      const a = data.co.a[at], b = data.co.b[at], item = data.co.item[at];
      rows.push([number, account(data.pairs.a[number - 1]).account, account(data.pairs.b[number - 1]).account, data.items.kind[item], data.items.label[item],
        data.co.gap[at], p.at[a] + "Z", p.at[b] + "Z", p.id[a] || p.key[a], p.id[b] || p.key[b], data.texts[p.text[a]], data.texts[p.text[b]]]);
    });
    return csv(rows);
  }
  if (canOpen) {
    for (const place of document.querySelectorAll("[data-save]")) {
      const name = place.dataset.save;
      place.replaceWith(make("button", { type: "button", class: "see", on: { click: async () => {
        const data = await evidence();
        if (name.endsWith(".json")) save(name, "application/json", $("undazzle-data").textContent);
        else save(name, "text/csv", name.endsWith("pairs.csv") ? pairsCsv(data) : coActionsCsv(data));
      } } }, name));
    }
  }
})();
