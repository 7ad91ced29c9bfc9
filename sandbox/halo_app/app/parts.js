// What records are made of: facts, tables, tabs, and the lists that belong to a record.

import { lookups, some } from "./api.js";
import { chip, face, h, link, own, padded } from "./elements.js";
import { PRIORITY_TONE, day, ends, status } from "./values.js";

export function facts(pairs, wide = false) {
  const shown = pairs.filter(([, value]) => value !== undefined && value !== null && value !== "");
  return h("dl", { class: wide ? "facts wide" : "facts" }, shown.map(([name, value]) => h("div", {}, h("dt", {}, name), h("dd", { dir: "auto" }, value))));
}

export const card = (title, ...content) => h("section", { class: "card" }, title && h("h2", {}, title), content);

export function table(columns, rows, empty = "Nothing here yet.") {
  if (!rows.length) return h("p", { class: "said" }, empty);
  return h("div", { class: "table" }, h("table", { class: "rows" },
    h("thead", {}, h("tr", {}, columns.map(([title, , size]) => h("th", { scope: "col", class: size }, title)))),
    h("tbody", {}, rows.map((row) => h("tr", {}, columns.map(([, value, size]) => h("td", { class: size }, value(row) ?? "")))))));
}

/** A record: header and tabs. A tab is `[name, build, count]`; what it shows is built when it is opened. */
export function record({ title, number, chips = [], path = [], face: letters, tabs, back }) {
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

export const toClient = (row) => link(`/customers?clientid=${row.client_id}`, row.client_name);
export const toSite = (row) => link(`/customers?mainview=site&siteid=${row.site_id}`, row.site_name);
export const toUser = (row) => (row.user_id > 0 ? link(`/customers?mainview=user&userid=${row.user_id}`, row.user_name) : own(row.user_name));
export const assetName = (row) => [row.inventory_number, row.key_field].filter(Boolean).join(" · ");

export const TICKET_COLUMNS = [
  ["Number", (row) => link(`/tickets?id=${row.id}`, padded(row.id)), "narrow"],
  ["Summary", (row) => link(`/tickets?id=${row.id}`, row.summary), "wide"],
  ["Customer", toClient],
  ["User", toUser, "middle late"],
  ["Status", (row) => status(row.shown_status), "middle"],
  ["Priority", (row) => chip(row.shown_priority, PRIORITY_TONE[row.priority_id]), "narrow late"],
  ["Agent", (row) => row.shown_agent, "middle late"],
];
export const ASSET_COLUMNS = [
  ["Tag", (row) => link(`/assets?id=${row.id}`, row.inventory_number), "middle"],
  ["Type", (row) => row.assettype_name, "middle"],
  ["Serial number", (row) => h("span", { class: "mono" }, row.key_field ?? "")],
  ["Customer", toClient],
  ["Site", toSite, "late"],
  ["Status", (row) => status(row.status_name), "middle"],
  ["Warranty", (row) => ends(row.warranty_end, false), "late"],
];
const USER_COLUMNS = [
  ["Name", (row) => link(`/customers?mainview=user&userid=${row.id}`, row.name)],
  ["Job title", (row) => own(row.title)],
  ["E-mail", (row) => row.emailaddress, "wide"],
  ["Phone", (row) => row.phonenumber, "middle late"],
  ["Site", (row) => toSite({ ...row, site_id: row.site_id_int ?? row.site_id }), "late"],
];
export const SITE_COLUMNS = [
  ["Site", (row) => link(`/customers?mainview=site&siteid=${row.id}`, row.name), "wide"],
  ["Address", (row) => own([row.delivery_address_line1, row.delivery_address_line3, row.delivery_address_line5].filter(Boolean).join(", "))],
  ["Phone", (row) => row.phonenumber, "middle"],
];
export const CONTRACT_COLUMNS = [
  ["Reference", (row) => link(`/contracts?id=${row.id}`, row.ref), "middle"],
  ["Kind", (row) => own(row.contracttype_name)],
  ["Customer", toClient, "wide"],
  ["Starts", (row) => day(row.start_date), "late"],
  ["Ends", (row) => ends(row.end_date, false)],
  ["Status", (row) => status(row.contract_status), "middle"],
];

export async function named(rows) {
  const { statuses, priorities, agents } = await lookups();
  return rows.map((row) => ({
    ...row,
    shown_status: row.status_name ?? statuses.get(row.status_id),
    shown_priority: priorities.get(row.priority_id) ?? `P${row.priority_id}`,
    shown_agent: row.agent_name ?? agents.get(row.agent_id),
  }));
}

const SHORT = ["Number", "Summary", "Status"];
export const ticketsOf = async (query, short) => table(TICKET_COLUMNS.filter(([title]) => (short ? SHORT.includes(title) : title !== "Agent" && title !== "Customer")),
  await named(await some("/Tickets", "tickets", { ...query, orderdesc: true })), "No tickets.");
export const assetsOf = async (query) => table(ASSET_COLUMNS.filter(([title]) => title !== "Customer"), await some("/Asset", "assets", query), "No assets.");
export const usersOf = async (query) => table(USER_COLUMNS, await some("/Users", "users", { exclude_generaluser: true, ...query }), "No users.");
