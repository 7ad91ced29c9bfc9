// The screens: what each list shows and which record an address means.

import { api, one, rowsOf, some } from "./api.js";
import { chip, h, link, own, padded } from "./elements.js";
import { ASSET_COLUMNS, CONTRACT_COLUMNS, TICKET_COLUMNS, assetName, card, facts, named, table } from "./parts.js";
import { article, asset, client, contract, person, site, ticket } from "./records.js";
import { day, status } from "./values.js";

const line = (above, title, below) => [h("span", { class: "one" }, above), h("span", { class: "two", dir: "auto" }, title), h("span", { class: "three clip", dir: "auto" }, below)];

export const SCREENS = {
  tickets: {
    title: "Tickets", api: "/Tickets", key: "tickets", query: { orderdesc: true }, choices: [["Open", "open", { open_only: true }], ["All", "all", {}]],
    complete: named, columns: TICKET_COLUMNS, href: (row) => `/tickets?id=${row.id}`, record: ticket, id: (query) => query.get("id") ?? query.get("faultid"),
    line: (row) => line([padded(row.id), status(row.shown_status)], row.summary, [row.client_name, row.user_name].filter(Boolean).join(" · ")),
  },
  customers: {
    title: "Customers", api: "/Client", key: "clients", query: { order: "name", includenotes: true }, choices: [["Active", "active", {}], ["All", "all", { includeinactive: true }]],
    columns: [["Customer", (row) => link(`/customers?clientid=${row.id}`, row.name), "wide"], ["Top level", (row) => row.toplevel_name, "middle"],
      ["Notes", (row) => h("span", { class: "soft", dir: "auto" }, row.notes ?? "")], ["State", (row) => (row.inactive ? chip("Inactive", "red") : chip("Active", "green")), "narrow"]],
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
export const RAIL = [["tickets", "Tickets"], ["customers", "Customers"], ["assets", "Assets"], ["contracts", "Contracts"], ["kb", "Knowledge"], ["config", "Settings"]];

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

/** The list beside a record: the one it was opened from, or else what its customer has. */
async function beside(screen, id) {
  const list = await firstPage(screen, new URLSearchParams());
  let { rows, total } = list;
  let title = screen.title;
  if (!rows.some((row) => String(row.id) === id)) {
    const found = await one(screen.api, id);
    if (!found?.client_id) return undefined;
    rows = await some(screen.api, screen.key, { ...screen.query, client_id: found.client_id, includeinactive: true });
    if (screen.complete) rows = await screen.complete(rows);
    total = rows.length;
    title = `${screen.title} of ${found.client_name}`;
  }
  const items = rows.map((row) => h("li", {}, h("a", { href: screen.href(row), "aria-current": String(row.id) === id ? "true" : undefined }, screen.line(row))));
  return h("nav", { class: "side", "aria-label": title }, h("h2", {}, own(title), h("span", { class: "count" }, String(total))), h("ul", {}, items));
}

/** Beside a site or a user stands its customer's list entry. */
async function customersBeside(resource, id) {
  const found = await one(`/${resource}`, id);
  return found && beside(SCREENS.customers, String(Math.round(found.client_id)));
}

export const plain = (title, ...content) => h("div", { class: "plain" }, h("h1", { tabindex: "-1" }, title), content);
export const missing = () => plain("Page not found", h("p", { class: "soft" }, "There is nothing at this address."), h("p", {}, link("/tickets", "Go to the tickets")));

async function settings() {
  const about = await api("/InstanceInfo");
  return plain("Settings", h("p", { class: "soft" }, "Of this local instance."),
    card("API details", facts([["Resource server", `${location.origin}/api`], ["Authorisation server", `${location.origin}/auth`], ["Version", String(about?.app_version ?? "")]], true)));
}

const portal = () => plain("How can we help?", h("p", { class: "soft" }, "The portal for end users."),
  card("", h("p", {}, "Call the service desk or write to help@northlight.example.")));

/** Which page an address means: its screen, its list beside it, and what makes it. */
export function route(url) {
  const [, first = "", second] = url.pathname.toLowerCase().split("/");
  const query = url.searchParams;
  if (first === "portal") return { bare: true, make: portal };
  if (first === "config") return { screen: "config", make: settings };
  const name = { "": "tickets", ticket: "tickets" }[first] ?? first;
  const screen = SCREENS[name];
  if (!screen || second) return { make: missing };
  if (name === "customers") {
    const view = query.get("mainview");
    if (query.has("userid") && view !== "site" && view !== "client") return { screen: name, side: () => customersBeside("Users", query.get("userid")), make: () => person(query.get("userid")) };
    if (query.has("siteid") && view !== "client") return { screen: name, side: () => customersBeside("Site", query.get("siteid")), make: () => site(query.get("siteid")) };
  }
  const id = screen.id(query);
  if (!id) return { screen: name, make: () => whole(screen, `/${name}`, query) };
  return { screen: name, side: first === "ticket" ? undefined : () => beside(screen, id), make: () => screen.record(id) };
}
