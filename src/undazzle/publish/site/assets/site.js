/* Filters, sorting and paging of the front page. Without this file the page is complete; lists for every filter lie
   in by/. Data come from assets/claims.js, a classic script, because pages opened from disk may fetch nothing.
   Every text is set as text, never as markup. */
(function () {
  "use strict";
  var form = document.getElementById("filters"), table = document.getElementById("claims");
  if (!form || !table) { return; }
  var PAGE = 40, KEYS = ["date", "title", "actor", "target", "claimant", "word", "breakout", "contradictions"];
  var body = table.tBodies[0], still = body, count = document.getElementById("count"),
    inWindow = document.getElementById("in-window"), extent = document.getElementById("extent"),
    url = document.getElementById("url"), stillExtent = extent.textContent, data = null, rows = [], waiting = [],
    state = { sort: "date", page: 1 }, facetAt = {}, marks = document.querySelectorAll("[data-id].hit"),
    counts = document.querySelectorAll("text.count"), window_ = null;

  function load(then) {
    if (data) { then(); return; }
    waiting.push(then);
    if (waiting.length > 1) { return; }
    var script = document.createElement("script");
    script.src = "assets/claims.js";
    script.addEventListener("load", function () {
      data = window.undazzleClaims;
      data.facets.forEach(function (name, at) { facetAt[name] = at; });
      rows = data.rows;
      rows.forEach(function (row, at) { row.at = at; });
      waiting.forEach(function (one) { one(); });
      waiting = [];
    });
    document.head.appendChild(script);
  }

  function fields() {
    return Array.prototype.filter.call(form.elements, function (one) { return one.name; });
  }

  function whole(day, last) {
    if (/^\d{4}$/.test(day)) { return day + (last ? "-12-31" : "-01-01"); }
    if (/^\d{4}-\d{2}$/.test(day)) {
      return day + "-" + (last ? String(new Date(Date.UTC(+day.slice(0, 4), +day.slice(5), 0)).getUTCDate()) : "01");
    }
    return day;
  }

  function readAddress() {
    var given = new URLSearchParams(location.search), any = false;
    fields().forEach(function (one) {
      if (!given.has(one.name)) { return; }
      var value = given.get(one.name);
      if (one.type === "date") { value = whole(value, one.name === "to"); }
      one.value = value;
      if (one.tagName === "SELECT" && one.value !== value) {
        var unknown = document.createElement("option");
        unknown.value = value;
        unknown.textContent = value.slice(0, 60) + " (not in this case)";
        one.appendChild(unknown);
        one.value = value;
      }
      any = any || value !== "";
      if (value !== "" && one.closest("#more")) { document.getElementById("more").open = true; }
    });
    ["month", "breakout"].forEach(function (name) { if (given.get(name)) { state[name] = given.get(name); any = true; } });
    if (given.get("sort") && KEYS.indexOf(given.get("sort").replace("-", "")) >= 0) { state.sort = given.get("sort"); any = true; }
    if (+given.get("page") > 1) { state.page = Math.floor(+given.get("page")); any = true; }
    return any;
  }

  function text(row) {
    if (row.text === undefined) {
      row.text = [row[2], row[3], row[5], row[6], row[10], words(row, "actor").join(" "), words(row, "claimant").join(" "),
        targets(row).join(" ")].join(" ").toLowerCase();
    }
    return row.text;
  }

  function words(row, name) {
    return row[4][facetAt[name]].map(function (at) { return data.words[name][at]; });
  }

  function slugs(row, name) {
    return row[4][facetAt[name]].map(function (at) { return data.values[name][at]; });
  }

  function targets(row) {
    return row[11].map(function (one) { return data.targets[one] || one; });
  }

  function wanted() {
    var chosen = { facets: [] };
    fields().forEach(function (one) {
      if (!one.value) { return; }
      if (facetAt[one.name] === undefined) { chosen[one.name] = one.value; return; }
      chosen.facets.push([one.name, one.value]);
    });
    ["month", "breakout"].forEach(function (name) { if (state[name]) { chosen.facets.push([name, state[name]]); } });
    chosen.facets = chosen.facets.map(function (pair) {
      return [facetAt[pair[0]], data.values[pair[0]].indexOf(pair[1])];
    });
    chosen.parts = (chosen.q || "").toLowerCase().split(/\s+/).filter(Boolean);
    return chosen;
  }

  function fits(row, chosen) {
    for (var at = 0; at < chosen.facets.length; at += 1) {
      if (row[4][chosen.facets[at][0]].indexOf(chosen.facets[at][1]) < 0) { return false; }
    }
    if (chosen.breakout_min && row[8] < +chosen.breakout_min) { return false; }
    if (chosen.from && !(row[1] && row[1] >= chosen.from.slice(0, row[1].length))) { return false; }
    if (chosen.to && !(row[1] && row[1] <= chosen.to.slice(0, row[1].length))) { return false; }
    return chosen.parts.every(function (part) { return text(row).indexOf(part) >= 0; });
  }

  var SORTS = {
    date: function (row) { return row[1] || "9999"; },
    title: function (row) { return row[2].toLowerCase(); },
    actor: function (row) { return words(row, "actor").join(" ").toLowerCase(); },
    target: function (row) { return targets(row).join(" ").toLowerCase(); },
    claimant: function (row) { return words(row, "claimant").join(" ").toLowerCase(); },
    word: function (row) { return (row[5] || "\uffff").toLowerCase(); },
    breakout: function (row) { return row[8]; },
    contradictions: function (row) { return row[9]; }
  };

  function sorted(found) {
    var down = state.sort.charAt(0) === "-", key = SORTS[state.sort.replace("-", "")] || SORTS.date;
    if (state.sort === "date") { return found; }
    return found.map(function (row) { return [key(row), row]; }).sort(function (one, other) {
      var order = one[0] < other[0] ? -1 : one[0] > other[0] ? 1 : one[1].at - other[1].at;
      return down ? -order : order;
    }).map(function (pair) { return pair[1]; });
  }

  function make(name, className, content) {
    var made = document.createElement(name);
    if (className) { made.className = className; }
    if (content !== undefined) { made.textContent = content; }
    return made;
  }

  function link(page, content) {
    var made = make("a", "", content);
    made.setAttribute("href", page);
    return made;
  }

  function linked(cell, folder, keys, names, nothing) {
    if (!keys.length) { cell.appendChild(document.createTextNode(nothing)); }
    keys.forEach(function (key, at) {
      if (at) { cell.appendChild(document.createTextNode(", ")); }
      cell.appendChild(link(folder + "/" + key + ".html", names[at]));
    });
    return cell;
  }

  function cell(label, right) {
    var made = make("td", right ? "r" : "");
    made.dataset.l = label;
    return made;
  }

  function bars(word) {
    var level = /^(low|moderate|high)\b/.exec(word);
    if (!level) { return null; }
    var svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    svg.setAttribute("class", "glyph");
    svg.setAttribute("viewBox", "0 0 14 14");
    svg.setAttribute("aria-hidden", "true");
    var use = document.createElementNS("http://www.w3.org/2000/svg", "use");
    use.setAttribute("href", "#g-" + level[1]);
    svg.appendChild(use);
    return svg;
  }

  function draw(row) {
    var line = make("tr"), page = "claims/" + row[0] + ".html", date = cell("Date"), name = make("th");
    if (row[1]) {
      var time = make("time", "nowrap", row[1]);
      time.setAttribute("datetime", row[1]);
      date.appendChild(time);
    } else { date.appendChild(make("span", "note", "undated")); }
    name.scope = "row";
    var title = link(page, row[2]);
    title.dir = "auto";
    name.appendChild(title);
    if (row[3]) { name.appendChild(make("span", "note", " (" + row[3] + ")")); }
    var actors = slugs(row, "actor").filter(function (one) { return one !== "none"; }), who = cell("Claimant");
    linked(who, "claimants", slugs(row, "claimant"), words(row, "claimant"), "not known");
    if (words(row, "category").length) {
      who.appendChild(make("br"));
      who.appendChild(make("span", "note", words(row, "category")[0]));
    }
    var word = cell("Their word");
    if (row[5]) {
      var held = make("span", "conf"), glyph = slugs(row, "confidence").length > 1 ? bars(row[5]) : null;
      if (glyph) { held.appendChild(glyph); }
      held.appendChild(document.createTextNode(row[5]));
      word.appendChild(held);
    } else { word.appendChild(make("span", "conf-none", "none given")); }
    if (row[6]) {
      word.appendChild(make("br"));
      word.appendChild(make("span", "note", "likelihood: "));
      word.appendChild(make("span", "conf", row[6]));
    }
    var reach = cell("Breakout", true), clashes = cell("Contradictions", true);
    reach.textContent = row[7];
    if (row[7] === "\u2014") { reach.classList.add("nil"); }
    if (row[9]) {
      var opened = link(page + "#contradictions", String(row[9]));
      opened.className = "n-counted";
      opened.setAttribute("aria-label", row[9] + " contradictions of this claim");
      clashes.appendChild(opened);
    } else { clashes.textContent = "0"; clashes.classList.add("nil"); }
    var aims = linked(cell("Target"), "targets", row[11], targets(row), "\u2014");
    aims.classList.toggle("nil", !row[11].length);
    [date, name, linked(cell("Actor named"), "actors", actors, words(row, "actor"), "no actor named"),
      aims, who, word, reach, clashes]
      .forEach(function (one) { line.appendChild(one); });
    return line;
  }

  function button(words_, page) {
    var made = make("button", "btn", words_);
    made.type = "button";
    made.addEventListener("click", function () { state.page = page; show(); table.scrollIntoView(); });
    return made;
  }

  function show() {
    var chosen = wanted(), found = rows.filter(function (row) { return fits(row, chosen); });
    var plain = found.length === rows.length && state.sort === "date" && state.page === 1 && !chosen.facets.length;
    var last = Math.max(1, Math.ceil(found.length / PAGE));
    state.page = Math.min(state.page, last);
    var part = sorted(found).slice((state.page - 1) * PAGE, state.page * PAGE), fresh = still;
    if (!plain) {
      fresh = make("tbody");
      part.forEach(function (row) { fresh.appendChild(draw(row)); });
    }
    table.replaceChild(fresh, body);
    body = fresh;
    extent.textContent = plain ? stillExtent : part.length
      ? "Showing " + ((state.page - 1) * PAGE + 1) + " to " + ((state.page - 1) * PAGE + part.length) + " of " + found.length + " claims. "
      : "No claim matches. Clear a filter to see more.";
    if (!plain && state.page > 1) { extent.appendChild(button("Previous page", state.page - 1)); }
    if (!plain && state.page < last) { extent.appendChild(button("Next page", state.page + 1)); }
    count.textContent = found.length.toLocaleString("en") + " of " + rows.length.toLocaleString("en") + " claims match";
    drawTimeline(found, found.length === rows.length);
    address();
    headers();
  }

  function drawTimeline(found, all) {
    var held = new Set(found.map(function (row) { return row[0]; }));
    var seen = new Set();
    marks.forEach(function (mark) {
      var is = all || held.has(mark.dataset.id);
      mark.toggleAttribute("hidden", !is);
      if (is) { seen.add(mark.dataset.id); }
    });
    if (inWindow) {
      if (window_ === null) { window_ = inWindow.dataset; }
      inWindow.textContent = found.filter(function (row) {
        return row[1].length >= 7 && row[1].slice(0, 7) >= window_.first && row[1].slice(0, 7) <= window_.last;
      }).length.toLocaleString("en");
    }
    if (!counts.length) { return; }
    var named = new Set(Array.prototype.map.call(counts, function (one) { return one.dataset.row; })), sums = {};
    found.forEach(function (row) {
      var month = row[1].slice(0, 7), inRows = new Set(row[12].map(function (one) { return named.has(one) ? one : "others"; }));
      inRows.forEach(function (one) { var key = one + " " + month; sums[key] = (sums[key] || 0) + 1; });
    });
    counts.forEach(function (one) { one.textContent = sums[one.dataset.row + " " + one.dataset.month] || ""; });
  }

  function address() {
    var given = new URLSearchParams();
    fields().forEach(function (one) { if (one.value) { given.set(one.name, one.value); } });
    ["month", "breakout"].forEach(function (name) { if (state[name]) { given.set(name, state[name]); } });
    if (state.sort !== "date") { given.set("sort", state.sort); }
    if (state.page > 1) { given.set("page", state.page); }
    var query = given.toString();
    if (url) { url.textContent = "index.html" + (query ? "?" + query : ""); }
    try { history.replaceState(null, "", query ? "?" + query : location.pathname); } catch (refused) { /* some browsers refuse this on disk */ }
  }

  function headers() {
    table.querySelectorAll("th[data-k]").forEach(function (one) {
      var key = state.sort.replace("-", "");
      if (one.dataset.k !== key) { one.removeAttribute("aria-sort"); return; }
      one.setAttribute("aria-sort", state.sort.charAt(0) === "-" ? "descending" : "ascending");
    });
  }

  table.querySelectorAll("th[data-k]").forEach(function (one) {
    var made = make("button");
    made.type = "button";
    while (one.firstChild) { made.appendChild(one.firstChild); }
    one.appendChild(made);
    made.addEventListener("click", function () {
      state.sort = state.sort === one.dataset.k ? "-" + one.dataset.k : one.dataset.k;
      state.page = 1;
      load(show);
    });
  });

  var due = 0;
  function soon() {
    clearTimeout(due);
    due = setTimeout(function () { state.page = 1; load(show); }, 80);
  }
  form.addEventListener("input", soon);
  form.addEventListener("submit", function (event) { event.preventDefault(); soon(); });
  form.addEventListener("reset", function () {
    state = { sort: "date", page: 1 };
    setTimeout(function () { load(show); }, 0);
  });
  if (readAddress()) { load(show); }
}());
