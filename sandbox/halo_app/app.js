// The agent app of the local service desk: a list beside a record, each with an address of its own.
// Everything is built with DOM calls, so the page works under a policy without inline code.

/* ---------- elements ---------- */

const SVG = "http://www.w3.org/2000/svg";
const ICONS = {
  tickets: ["M4 6h16v4a2 2 0 0 0 0 4v4H4v-4a2 2 0 0 0 0-4z", "M14 6v12"],
  customers: ["M5 21V4h9v17", "M14 10h5v11", "M3 21h18", "M8 8h3M8 12h3M8 16h3"],
  assets: ["M5 5h14v10H5z", "M2 19h20"],
  contracts: ["M7 3h8l4 4v14H7z", "M15 3v4h4", "M10 12h6M10 16h6"],
  kb: ["M12 6c-2-2-5-2-8-1v13c3-1 6-1 8 1 2-2 5-2 8-1V5c-3-1-6-1-8 1z", "M12 6v13"],
  config: ["M4 7h9M17 7h3M4 17h3M11 17h9", "M15 5v4M9 15v4"],
  find: ["M11 4a7 7 0 1 0 0 14 7 7 0 0 0 0-14z", "M16 16l4 4"],
};

/** Makes an element; `on…` members are listeners, text children stay text. */
function h(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.flat(3).filter((child) => child !== undefined && child !== null && child !== ""));
  return node;
}

function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  for (const d of ICONS[name]) {
    const path = document.createElementNS(SVG, "path");
    path.setAttribute("d", d);
    svg.append(path);
  }
  return svg;
}

const own = (value) => h("span", { dir: "auto" }, String(value ?? ""));
const link = (href, value) => (value ? h("a", { href, dir: "auto" }, value) : "");
const chip = (value, tone = "") => (value ? h("span", { class: `chip ${tone}` }, value) : "");
const initials = (name) => (name ?? "?").split(/\s+/).filter((word) => /^\p{L}/u.test(word)).slice(0, 2).map((word) => [...word][0].toUpperCase()).join("") || "?";
const face = (name, kind = "") => h("span", { class: `face ${kind}`, "aria-hidden": "true" }, initials(name));
const padded = (id) => String(id).padStart(7, "0");

/* ---------- values ---------- */

/** A date of the API: no zone means UTC, the year 1900 means none. */
function date(value) {
  if (!value || value.startsWith("1900") || value.startsWith("0001")) return null;
  return new Date(/Z|[+-]\d\d:\d\d$/.test(value) ? value : `${value}Z`);
}

const dayFormat = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short", year: "numeric" });
const momentFormat = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" });

function time(value, format = momentFormat) {
  const found = date(value);
  return found ? h("time", { datetime: found.toISOString(), title: found.toLocaleString() }, format.format(found)) : "—";
}
const day = (value) => time(value, dayFormat);

function ends(value) {
  const found = date(value);
  if (!found) return "—";
  const left = Math.ceil((found - Date.now()) / 86_400_000);
  const tone = left < 0 ? "red" : left < 45 ? "amber" : "";
  return tone ? [day(value), " ", chip(left < 0 ? "ended" : `${left} days`, tone)] : day(value);
}

const STATUS_TONE = { "New": "blue", "In Progress": "green", "On Hold": "amber", "In use": "green", "In stock": "blue", "Active": "green", "Expired": "red" };
const PRIORITY_TONE = { 1: "red", 2: "amber" };
const status = (name) => chip(name, STATUS_TONE[name]);

/* ---------- the API ---------- */

let bearer;

async function signIn() {
  const answer = await fetch("/_sandbox/agent-session", { method: "POST" });
  if (!answer.ok) throw new Error(`Sign-in answered ${answer.status}`);
  bearer = (await answer.json()).access_token;
}

async function api(path, query = {}) {
  const address = `/api${path}?${new URLSearchParams(query)}`;
  if (!bearer) await signIn();
  let answer = await fetch(address, { headers: { authorization: `Bearer ${bearer}` } });
  if (answer.status === 401) {
    await signIn();
    answer = await fetch(address, { headers: { authorization: `Bearer ${bearer}` } });
  }
  if (answer.status === 404) return null;
  if (!answer.ok) throw new Error(answer.status === 429 ? "Too many requests, try again in a minute." : `The server answered ${answer.status}.`);
  return answer.json();
}

const one = (path, id) => api(`${path}/${encodeURIComponent(id)}`, { includedetails: true });
const rowsOf = (body, key) => (Array.isArray(body) ? body : body?.[key] ?? []);
const some = async (path, key, query) => rowsOf(await api(path, { pageinate: true, page_size: 100, page_no: 1, order: "id", ...query }), key);

let names;

/** The lists that turn ids into names, read once. */
async function lookups() {
  names ??= Promise.all(["Status", "Priority", "Agent", "TicketType", "SLA"].map(async (path) => {
    const list = rowsOf(await api(`/${path}`), path.toLowerCase());
    return new Map(list.map((entry) => [path === "Priority" ? entry.priorityid ?? entry.id : entry.id, entry.name]));
  })).then(([statuses, priorities, agents, kinds, levels]) => ({ statuses, priorities, agents, kinds, levels }));
  names.catch(() => { names = undefined; });
  return names;
}

/* ---------- HTML from elsewhere ---------- */

const TAGS = new Set("P DIV BR B STRONG I EM U S UL OL LI PRE CODE TABLE THEAD TBODY TR TH TD H1 H2 H3 H4 H5 H6 BLOCKQUOTE HR SPAN A DETAILS SUMMARY".split(" "));
const DROPPED = new Set("SCRIPT STYLE IFRAME OBJECT EMBED FORM INPUT BUTTON TEMPLATE LINK META TITLE NOSCRIPT".split(" "));
const policy = globalThis.trustedTypes?.createPolicy("service-desk-parse", { createHTML: (html) => html });

/** Builds nodes from HTML by an allow-list; the parsed document itself is never shown. */
function foreign(html) {
  const text = html ?? "";
  const parsed = new DOMParser().parseFromString(policy ? policy.createHTML(text) : text, "text/html");
  return h("div", { class: "foreign", dir: "auto" }, [...parsed.body.childNodes].map(allowed));
}

function allowed(node) {
  if (node.nodeType === Node.TEXT_NODE) return node.data.trim() || node.data.includes("\u00a0") || !node.data.includes("\n") ? node.data : "";
  if (node.nodeType !== Node.ELEMENT_NODE || DROPPED.has(node.tagName)) return "";
  const inside = [...node.childNodes].map(allowed).flat();
  if (node.tagName === "IMG") return node.alt ? chip(`Picture: ${node.alt}`) : "";
  if (!TAGS.has(node.tagName)) return inside;
  if ((node.tagName === "P" || node.tagName === "DIV") && !node.textContent.trim() && !node.querySelector("img")) return "";
  const props = {};
  if (node.tagName === "A" && /^(https?:|mailto:|tel:)/i.test(node.getAttribute("href") ?? "")) {
    Object.assign(props, { href: node.getAttribute("href"), rel: "noreferrer noopener", target: "_blank" });
  }
  const callout = /\bcallout(-\w+)?\b/g;
  if (node.tagName === "DIV" && callout.test(node.className)) props.class = node.className.match(callout).join(" ");
  return h(node.tagName.toLowerCase(), props, inside);
}

/* ---------- parts of a record ---------- */

function facts(pairs, wide = false) {
  const shown = pairs.filter(([, value]) => value !== undefined && value !== null && value !== "");
  return h("dl", { class: wide ? "facts wide" : "facts" }, shown.map(([name, value]) => h("div", {}, h("dt", {}, name), h("dd", { dir: "auto" }, value))));
}

const card = (title, ...content) => h("section", { class: "card" }, title && h("h2", {}, title), content);

function table(columns, rows, empty = "Nothing here yet.") {
  if (!rows.length) return h("p", { class: "said" }, empty);
  return h("div", { class: "table" }, h("table", { class: "rows" },
    h("thead", {}, h("tr", {}, columns.map(([title, , size]) => h("th", { scope: "col", class: size }, title)))),
    h("tbody", {}, rows.map((row) => h("tr", {}, columns.map(([, value, size]) => h("td", { class: size }, value(row) ?? "")))))));
}

/** A record: header and tabs. A tab is `[name, build, count]`; what it shows is built when it is opened. */
function record({ title, number, chips = [], path = [], face: letters, tabs, back }) {
  const panel = h("div", { role: "tabpanel", id: "panel", tabindex: "0", "aria-labelledby": "tab-0" });
  const open = async (at) => {
    buttons.forEach((button, index) => {
      button.setAttribute("aria-selected", String(index === at));
      button.tabIndex = index === at ? 0 : -1;
    });
    panel.setAttribute("aria-labelledby", `tab-${at}`);
    panel.replaceChildren(h("p", { class: "said" }, "Loading…"));
    try {
      const made = await tabs[at][1]();
      if (buttons[at].getAttribute("aria-selected") === "true") panel.replaceChildren(...[made].flat());
    } catch (error) {
      panel.replaceChildren(h("p", { class: "said", role: "alert" }, error.message));
    }
  };
  const buttons = tabs.map(([name, , count], at) => h("button", {
    role: "tab", id: `tab-${at}`, "aria-controls": "panel", type: "button",
    onclick: () => open(at),
    onkeydown: (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (!step) return;
      const next = (at + step + tabs.length) % tabs.length;
      buttons[next].focus();
      open(next);
    },
  }, name, count === undefined ? "" : chip(String(count))));
  open(0);
  return h("article", { class: "pane" },
    back && h("a", { class: "back", href: back[0] }, `‹ ${back[1]}`),
    h("div", { class: "title" }, letters && face(letters, "square large"),
      h("div", {}, h("div", { class: "number" }, number, chips), h("h1", { tabindex: "-1", dir: "auto" }, title),
        h("div", { class: "path" }, path.filter(Boolean).map((part) => h("span", {}, part))))),
    tabs.length > 1 ? h("div", { class: "tabs", role: "tablist", "aria-label": "Parts of this record" }, buttons) : h("div", { class: "tabs hidden" }, buttons),
    panel);
}

const toClient = (row) => link(`/customers?clientid=${row.client_id}`, row.client_name);
const toSite = (row) => link(`/customers?mainview=site&siteid=${row.site_id}`, row.site_name);
const toUser = (row) => (row.user_id > 0 ? link(`/customers?mainview=user&userid=${row.user_id}`, row.user_name) : own(row.user_name));
const assetName = (row) => [row.inventory_number, row.key_field].filter(Boolean).join(" · ");

const TICKET_COLUMNS = [
  ["Number", (row) => link(`/tickets?id=${row.id}`, padded(row.id)), "narrow"],
  ["Summary", (row) => link(`/tickets?id=${row.id}`, row.summary), "wide"],
  ["Customer", toClient],
  ["User", toUser, "middle late"],
  ["Status", (row) => status(row.shown_status), "middle"],
  ["Priority", (row) => chip(row.shown_priority, PRIORITY_TONE[row.priority_id]), "narrow late"],
  ["Agent", (row) => row.shown_agent, "middle late"],
];
const ASSET_COLUMNS = [
  ["Tag", (row) => link(`/assets?id=${row.id}`, row.inventory_number), "middle"],
  ["Type", (row) => row.assettype_name, "middle"],
  ["Serial number", (row) => h("span", { class: "mono" }, row.key_field ?? "")],
  ["Customer", toClient, "wide"],
  ["Site", toSite, "late"],
  ["Status", (row) => status(row.status_name), "middle"],
  ["Warranty", (row) => ends(row.warranty_end), "late"],
];
const USER_COLUMNS = [
  ["Name", (row) => link(`/customers?mainview=user&userid=${row.id}`, row.name)],
  ["Job title", (row) => own(row.title)],
  ["E-mail", (row) => row.emailaddress, "wide"],
  ["Phone", (row) => row.phonenumber, "middle late"],
  ["Site", (row) => toSite({ ...row, site_id: row.site_id_int ?? row.site_id }), "late"],
];
const SITE_COLUMNS = [
  ["Site", (row) => link(`/customers?mainview=site&siteid=${row.id}`, row.name), "wide"],
  ["Town", (row) => own(row.delivery_address_line2 ?? "")],
  ["Phone", (row) => row.phonenumber],
];
const CONTRACT_COLUMNS = [
  ["Reference", (row) => link(`/contracts?id=${row.id}`, row.ref), "middle"],
  ["Kind", (row) => own(row.contracttype_name)],
  ["Customer", toClient, "wide"],
  ["Starts", (row) => day(row.start_date), "late"],
  ["Ends", (row) => ends(row.end_date)],
  ["Status", (row) => status(row.contract_status), "middle"],
];

async function named(rows) {
  const { statuses, priorities, agents } = await lookups();
  return rows.map((row) => ({
    ...row,
    shown_status: row.status_name ?? statuses.get(row.status_id),
    shown_priority: priorities.get(row.priority_id) ?? `P${row.priority_id}`,
    shown_agent: row.agent_name ?? agents.get(row.agent_id),
  }));
}

const SHORT = ["Number", "Summary", "Status"];
const ticketsOf = async (query, short) => table(TICKET_COLUMNS.filter(([title]) => (short ? SHORT.includes(title) : title !== "Agent" && title !== "Customer")),
  await named(await some("/Tickets", "tickets", { ...query, orderdesc: true })), "No tickets.");
const assetsOf = async (query) => table(ASSET_COLUMNS.filter(([title]) => title !== "Customer"), await some("/Asset", "assets", query), "No assets.");
const usersOf = async (query) => table(USER_COLUMNS, await some("/Users", "users", { exclude_generaluser: true, ...query }), "No users.");

/* ---------- records ---------- */

async function ticket(id) {
  const found = await one("/Tickets", id);
  if (!found) return null;
  const [row] = await named([found]);
  const { kinds, levels } = await lookups();
  const notes = rowsOf(await api("/Actions", { ticket_id: id, includehtmlnote: true, count: 100 }), "actions");
  const assets = row.assets ?? [];
  const post = (author, when, content, hidden, first) => h("section", { class: `card post ${hidden ? "private" : ""}` },
    h("header", {}, face(author), h("span", {}, h("strong", { dir: "auto" }, author), h("span", { class: "soft" }, first ?? (hidden ? "Private note" : "Note"))), when), content);
  const details = () => h("div", { class: "body" },
    h("div", {},
      post(row.user_name ?? "Unknown", time(row.dateoccurred), foreign(row.details_html ?? row.details), false, "reported this"),
      assets.length ? card("Assets", assetList(assets)) : "",
      notes.length ? noteCards().slice(-1) : ""),
    h("aside", { class: "card", "aria-label": "Properties" }, facts([
      ["Status", status(row.shown_status)], ["Priority", chip(row.shown_priority, PRIORITY_TONE[row.priority_id])],
      ["Type", row.tickettype_name ?? kinds.get(row.tickettype_id)], ["Category", row.category_1?.replaceAll(">", " › ")],
      ["Team", row.team], ["Agent", row.shown_agent], ["SLA", levels.get(row.sla_id)],
      ["Logged", time(row.dateoccurred)], ["Updated", time(row.last_update)], ["Closed", date(row.dateclosed) ? time(row.dateclosed) : ""],
    ])));
  const noteCards = () => notes.map((note) => post(note.who ?? "Agent", time(note.datetime), foreign(note.note_html ?? note.note), note.hiddenfromuser));
  const assetList = (list) => facts(list.map((asset) => [asset.assettype_name ?? "Asset", link(`/assets?id=${asset.id}`, assetName(asset))]));
  return record({
    title: row.summary, number: padded(row.id), chips: [status(row.shown_status)], path: [toClient(row), toSite(row), toUser(row)],
    tabs: [["Details", details], ["Actions", () => (notes.length ? noteCards() : h("p", { class: "said" }, "No actions yet.")), notes.length],
      ["Assets", () => table(ASSET_COLUMNS.filter(([title]) => title !== "Customer" && title !== "Warranty"), assets, "No assets are linked."), assets.length]],
    back: ["/tickets", "Tickets"],
  });
}

async function client(id) {
  const found = await one("/Client", id);
  if (!found) return null;
  const by = { client_id: id };
  const overview = async () => h("div", { class: "body" },
    h("div", {}, card("Notes", h("p", { dir: "auto" }, found.notes || "No notes.")),
      h("section", { class: "card" }, h("h2", {}, "Open tickets"), await ticketsOf({ ...by, open_only: true }, true))),
    h("aside", { class: "card", "aria-label": "Properties" }, facts([
      ["Website", found.website], ["Phone", found.main_phonenumber], ["Main site", own(found.main_site_name)], ["Contact", found.main_contact_name],
      ["Top level", found.toplevel_name], ["Open tickets", String(found.open_ticket_count ?? "")]])));
  return record({
    title: found.name, face: found.name, chips: [found.inactive ? chip("Inactive", "red") : ""], number: "Customer", path: [found.toplevel_name && own(found.toplevel_name)],
    tabs: [["Overview", overview],
      ["Sites", async () => table(SITE_COLUMNS, await some("/Site", "sites", { ...by, includeaddress: true }))],
      ["Users", () => usersOf(by)], ["Assets", () => assetsOf(by)],
      ["Contracts", async () => table(CONTRACT_COLUMNS, await some("/ClientContract", "contracts", { ...by, includeinactive: true }))],
      ["Tickets", () => ticketsOf(by)]],
    back: ["/customers", "Customers"],
  });
}

async function site(id) {
  const found = await one("/Site", id);
  if (!found) return null;
  const address = found.delivery_address ?? {};
  const lines = ["line1", "line2", "line3", "line4", "postcode"].map((name) => address[name]).filter(Boolean);
  return record({
    title: found.name, face: found.name, number: "Site", path: [toClient({ ...found, client_id: Math.round(found.client_id) })],
    tabs: [["Details", () => card("", facts([["Address", lines.flatMap((line, at) => (at ? [h("br"), line] : [line]))], ["Phone", found.phonenumber],
      ["Time zone", found.timezone], ["Contact", found.maincontact_name], ["Notes", found.notes]], true))],
      ["Users", () => usersOf({ site_id: id })], ["Assets", () => assetsOf({ site_id: id })], ["Tickets", () => ticketsOf({ site_id: id })]],
    back: ["/customers", "Customers"],
  });
}

async function person(id) {
  const found = await one("/Users", id);
  if (!found) return null;
  const place = { ...found, site_id: found.site_id_int ?? found.site_id };
  return record({
    title: found.name, face: found.name, number: found.title || "User", path: [toClient(place), toSite(place)],
    chips: [found.isimportantcontact ? chip("Important contact", "amber") : "", found.inactive ? chip("Inactive", "red") : ""],
    tabs: [["Details", () => card("", facts([["E-mail", found.emailaddress], ["Phone", found.phonenumber], ["Mobile", found.mobilenumber],
      ["Department", found.department], ["Account", found.login], ["Notes", found.notes]], true))],
      ["Assets", () => assetsOf({ user_id: id })], ["Tickets", () => ticketsOf({ user_id: id })]],
    back: ["/customers", "Customers"],
  });
}

async function asset(id) {
  const found = await one("/Asset", id);
  if (!found) return null;
  const shown = (list) => (list ?? []).map((field) => [field.label ?? field.name, field.display ?? String(field.value ?? "")]);
  const people = (found.users ?? []).map((user) => ({ user_id: user.id, user_name: user.name }));
  const details = () => [
    card("Details", facts([["Status", status(found.status_name)], ["User", people.flatMap((user, at) => (at ? [", ", toUser(user)] : [toUser(user)]))],
      ["Warranty from", day(found.warranty_start)], ["Warranty to", ends(found.warranty_end)], ["Contract", link(`/contracts?id=${found.contract_id}`, found.contract_ref)], ["Notes", found.notes]], true)),
    card(found.assettype_name, facts(shown(found.fields), true)),
    (found.customfields ?? []).length ? card("Custom fields", facts(shown(found.customfields), true)) : ""];
  return record({
    title: found.inventory_number, face: found.assettype_name, number: [found.assettype_name, found.key_field].filter(Boolean).join(" · "),
    chips: [status(found.status_name), found.inactive ? chip("Inactive", "red") : ""], path: [toClient(found), toSite(found)],
    tabs: [["Details", details], ["Tickets", () => ticketsOf({ asset_id: id })]],
    back: ["/assets", "Assets"],
  });
}

async function contract(id) {
  const found = await one("/ClientContract", id);
  if (!found) return null;
  return record({
    title: found.ref, face: "C", number: found.contracttype_name ?? "Contract", chips: [status(found.contract_status)], path: [toClient(found)],
    tabs: [["Details", () => card("", facts([["Starts", day(found.start_date)], ["Ends", ends(found.end_date)], ["SLA", found.sla_name],
      ["Per period", found.periodchargeamount?.toLocaleString(undefined, { style: "currency", currency: "GBP" })], ["Note", found.note]], true))]],
    back: ["/contracts", "Contracts"],
  });
}

async function article(id) {
  const found = await one("/KBArticle", id);
  if (!found) return null;
  const folders = (found.faqlists ?? []).map((list) => own(list.full_name ?? list.name));
  return record({
    title: found.name, number: "Article", chips: [found.inactive ? chip("Inactive", "red") : ""], path: folders,
    tabs: [["Article", () => h("div", {}, found.description_html || found.description ? h("section", { class: "card" }, foreign(found.description_html ?? found.description)) : "",
      found.resolution_html ? h("section", { class: "card" }, foreign(found.resolution_html)) : "")]],
    back: ["/kb", "Knowledge base"],
  });
}

/* ---------- screens ---------- */

const line = (above, title, below) => [h("span", { class: "one" }, above), h("span", { class: "two", dir: "auto" }, title), h("span", { class: "three clip", dir: "auto" }, below)];

const SCREENS = {
  tickets: {
    title: "Tickets", api: "/Tickets", key: "tickets", query: { orderdesc: true }, choices: [["Open", "open", { open_only: true }], ["All", "all", {}]],
    complete: named, columns: TICKET_COLUMNS, href: (row) => `/tickets?id=${row.id}`, record: ticket, id: (query) => query.get("id") ?? query.get("faultid"),
    line: (row) => line([padded(row.id), status(row.shown_status)], row.summary, [row.client_name, row.user_name].filter(Boolean).join(" · ")),
  },
  customers: {
    title: "Customers", api: "/Client", key: "clients", query: { order: "name", includenotes: true }, choices: [["Active", "active", {}], ["All", "all", { includeinactive: true }]],
    columns: [["Customer", (row) => link(`/customers?clientid=${row.id}`, row.name), "wide"], ["Top level", (row) => row.toplevel_name, "middle"],
      ["Notes", (row) => h("span", { class: "soft", dir: "auto" }, row.notes ?? "")], ["", (row) => (row.inactive ? chip("Inactive", "red") : ""), "narrow"]],
    href: (row) => `/customers?clientid=${row.id}`, id: (query) => query.get("clientid"), record: client, line: (row) => line([row.toplevel_name ?? ""], row.name, row.notes ?? ""),
  },
  assets: {
    title: "Assets", api: "/Asset", key: "assets", query: { order: "inventory_number" }, choices: [["Active", "active", {}], ["All", "all", { includeinactive: true }]],
    columns: ASSET_COLUMNS, href: (row) => `/assets?id=${row.id}`, record: asset, id: (query) => query.get("id") ?? query.get("assetid"),
    line: (row) => line([row.assettype_name ?? "", status(row.status_name)], assetName(row), row.client_name ?? ""),
  },
  contracts: {
    title: "Contracts", api: "/ClientContract", key: "contracts", query: { order: "ref" }, choices: [["Active", "active", {}], ["All", "all", { includeinactive: true }]],
    columns: CONTRACT_COLUMNS, href: (row) => `/contracts?id=${row.id}`, record: contract, id: (query) => query.get("id"),
    line: (row) => line([row.contracttype_name ?? "", status(row.contract_status)], row.ref, row.client_name ?? ""),
  },
  kb: {
    title: "Knowledge base", api: "/KBArticle", key: "articles", query: { order: "name" }, choices: [],
    columns: [["Title", (row) => link(`/kb?id=${row.id}`, row.name), "wide"], ["Text", (row) => h("span", { class: "soft" }, row.description ?? "")], ["Edited", (row) => day(row.date_edited ?? row.date_created), "middle"]],
    href: (row) => `/kb?id=${row.id}`, record: article, id: (query) => query.get("id"), line: (row) => line([day(row.date_edited ?? row.date_created)], row.name, row.description ?? ""),
  },
};
const RAIL = [["tickets", "Tickets"], ["customers", "Customers"], ["assets", "Assets"], ["contracts", "Contracts"], ["kb", "Knowledge"], ["config", "Settings"]];

const lists = new Map();

/** Reads one more page of a list; what was read stays for the way back. */
async function more(screen, query) {
  const view = query.get("view") ?? screen.choices[0]?.[1] ?? "";
  const search = query.get("search") ?? "";
  const key = [screen.api, view, search].join("|");
  const list = lists.get(key) ?? { rows: [], total: 0, page: 0, view, search };
  const chosen = screen.choices.find(([, name]) => name === view)?.[2] ?? {};
  const body = await api(screen.api, { pageinate: true, page_size: 50, page_no: list.page + 1, order: "id", ...screen.query, ...chosen, ...(search ? { search } : {}) });
  const found = rowsOf(body, screen.key);
  const fresh = found.filter((row) => !list.rows.some((known) => known.id === row.id));
  list.rows.push(...(screen.complete ? await screen.complete(fresh) : fresh));
  list.total = found.length ? Math.max(body?.record_count ?? 0, list.rows.length) : list.rows.length;
  list.page += 1;
  lists.set(key, list);
  return list;
}

async function firstPage(screen, query) {
  const view = query.get("view") ?? screen.choices[0]?.[1] ?? "";
  return lists.get([screen.api, view, query.get("search") ?? ""].join("|")) ?? more(screen, query);
}

async function whole(screen, path, query) {
  const list = await firstPage(screen, query);
  const holder = h("div", {});
  const draw = () => holder.replaceChildren(table(screen.columns, list.rows, list.search ? "Nothing matches." : "Nothing here yet."),
    list.rows.length < list.total ? h("button", { class: "more", type: "button", onclick: async () => { await more(screen, query); draw(); } }, `Show more (${list.rows.length} of ${list.total})`) : "");
  draw();
  const choices = screen.choices.map(([label, name]) => h("button", {
    type: "button", "aria-pressed": String(name === list.view),
    onclick: () => go(`${path}?${new URLSearchParams({ view: name, ...(list.search ? { search: list.search } : {}) })}`),
  }, label));
  return h("div", { class: "pane" },
    h("div", { class: "head" }, h("h1", { tabindex: "-1" }, screen.title), h("span", { class: "count" }, String(list.total)), list.search && chip(`matches “${list.search}”`, "blue"),
      choices.length ? h("div", { class: "choice", role: "group", "aria-label": "Which to show" }, choices) : ""),
    holder);
}

async function beside(screen, id) {
  const list = await firstPage(screen, new URLSearchParams());
  const items = list.rows.map((row) => h("li", {}, h("a", { href: screen.href(row), "aria-current": String(row.id) === id ? "true" : undefined }, screen.line(row))));
  return h("nav", { class: "side", "aria-label": `${screen.title} list` }, h("h2", {}, screen.title, h("span", { class: "count" }, String(list.total))), h("ul", {}, items));
}

const plain = (title, ...content) => h("div", { class: "plain" }, h("h1", { tabindex: "-1" }, title), content);
const missing = () => plain("Page not found", h("p", { class: "soft" }, "There is nothing at this address."), h("p", {}, link("/tickets", "Go to the tickets")));

async function settings() {
  const about = await api("/InstanceInfo");
  return plain("Settings", h("p", { class: "soft" }, "Of this local instance."),
    card("API details", facts([["Resource server", `${location.origin}/api`], ["Authorisation server", `${location.origin}/auth`], ["Version", String(about?.app_version ?? "")]], true)));
}

const portal = () => plain("How can we help?", h("p", { class: "soft" }, "The portal for end users."),
  card("", h("p", {}, "Call the service desk or write to help@northlight.example.")));

/** Which page an address means: its screen, its list beside it, and what makes it. */
function route(url) {
  const [, first = "", second] = url.pathname.toLowerCase().split("/");
  const query = url.searchParams;
  if (first === "portal") return { bare: true, make: portal };
  if (first === "config") return { screen: "config", make: settings };
  const name = { "": "tickets", ticket: "tickets" }[first] ?? first;
  const screen = SCREENS[name];
  if (!screen || second) return { make: missing };
  if (name === "customers") {
    const view = query.get("mainview");
    if (query.has("userid") && view !== "site" && view !== "client") return { screen: name, make: () => person(query.get("userid")) };
    if (query.has("siteid") && view !== "client") return { screen: name, make: () => site(query.get("siteid")) };
  }
  const id = screen.id(query);
  if (!id) return { screen: name, make: () => whole(screen, `/${name}`, query) };
  return { screen: name, side: first === "ticket" ? undefined : () => beside(screen, id), make: () => screen.record(id) };
}

/* ---------- the frame ---------- */

const said = h("div", { class: "hidden", role: "status", "aria-live": "polite" });
const main = h("main", { id: "main", tabindex: "-1" });
const search = h("input", { type: "search", name: "search", "aria-label": "Search this list", placeholder: "Search", autocomplete: "off" });
const rail = h("nav", { class: "rail", "aria-label": "Areas" }, h("span", { class: "brand", "aria-hidden": "true" }, "N"),
  RAIL.map(([name, label]) => h("a", { href: name === "config" ? "/config/integrations/api" : `/${name}`, "data-screen": name }, icon(name), label)));
const frame = h("div", { class: "frame" }, rail,
  h("header", { class: "top" }, h("strong", {}, "Northlight Service Desk"),
    h("form", { class: "find", role: "search", onsubmit: (event) => {
      event.preventDefault();
      const name = SCREENS[route(new URL(location.href)).screen] ? route(new URL(location.href)).screen : "tickets";
      go(`/${name}${search.value.trim() ? `?${new URLSearchParams({ search: search.value.trim(), ...(name === "tickets" ? { view: "all" } : {}) })}` : ""}`);
    } }, icon("find"), search),
    h("div", { class: "me" }, face("Morag Sinclair"), h("span", {}, "Morag Sinclair"))), main);

let turn = 0;

async function show(focus) {
  const mine = ++turn;
  const page = route(new URL(location.href));
  frame.classList.toggle("bare", Boolean(page.bare));
  for (const anchor of rail.querySelectorAll("a")) {
    if (anchor.dataset.screen === page.screen) anchor.setAttribute("aria-current", "page");
    else anchor.removeAttribute("aria-current");
  }
  main.setAttribute("aria-busy", "true");
  said.textContent = "Loading";
  let parts;
  try {
    const [side, made] = await Promise.all([page.side?.(), page.make()]);
    parts = made ? [side, made] : [missing()];
  } catch (error) {
    parts = [plain("That did not work", h("p", { role: "alert" }, error.message), h("button", { class: "more", type: "button", onclick: () => show(true) }, "Try again"))];
  }
  if (mine !== turn) return;
  const kept = main.querySelector(".side")?.scrollTop ?? 0;
  main.replaceChildren(...parts.filter(Boolean));
  main.classList.toggle("split", parts.filter(Boolean).length > 1);
  const side = main.querySelector(".side");
  if (side) side.scrollTop = kept;
  side?.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest" });
  main.removeAttribute("aria-busy");
  const heading = main.querySelector("h1");
  const number = main.querySelector(".title .number")?.firstChild?.textContent ?? "";
  document.title = `${/^\d+$/.test(number) ? `${number} ` : ""}${heading?.textContent ?? ""} – Northlight Service Desk`;
  said.textContent = "";
  if (focus) heading?.focus();
}

function go(address) {
  history.pushState(null, "", address);
  show(true);
}

document.addEventListener("click", (event) => {
  const anchor = event.target.closest?.("a[href^='/']");
  if (!anchor || event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  go(anchor.getAttribute("href"));
});
window.addEventListener("popstate", () => show(true));
document.body.replaceChildren(h("a", { class: "skip", href: "#main" }, "Skip to the content"), frame, said);
show(false);
