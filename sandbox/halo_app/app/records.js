// One function per kind of record; each answers null when there is no such record.

import { api, lookups, one, rowsOf, some } from "./api.js";
import { chip, face, h, link, own, padded } from "./elements.js";
import { foreign } from "./foreign.js";
import { ASSET_COLUMNS, CONTRACT_COLUMNS, SITE_COLUMNS, assetName, assetsOf, card, facts, named, record, table, ticketsOf, toClient, toSite, toUser, usersOf } from "./parts.js";
import { PRIORITY_TONE, date, day, ends, status, time } from "./values.js";

export async function ticket(id) {
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

export async function client(id) {
  const found = await one("/Client", id);
  if (!found) return null;
  const by = { client_id: id };
  const overview = async () => h("div", { class: "body" },
    h("div", {}, card("Notes", h("p", { dir: "auto" }, found.notes || "No notes.")),
      h("section", { class: "card" }, h("h2", {}, "Open tickets"), await ticketsOf({ ...by, open_only: true }, true))),
    h("aside", { class: "card", "aria-label": "Properties" }, facts([
      ["Website", found.website], ["Phone", found.main_phonenumber], ["Main site", own(found.main_site_name)], ["Contact", found.main_contact_name],
      ["Top level", found.toplevel_name]])));
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

export async function site(id) {
  const found = await one("/Site", id);
  if (!found) return null;
  const address = found.delivery_address ?? {};
  const lines = ["line1", "line2", "line3", "line4", "postcode"].map((name) => address[name]).filter(Boolean);
  return record({
    title: found.name, face: found.name, number: "Site", path: [toClient({ ...found, client_id: Math.round(found.client_id) })],
    tabs: [["Details", async () => [card("", facts([["Address", lines.flatMap((line, at) => (at ? [h("br"), line] : [line]))], ["Phone", found.phonenumber],
      ["Time zone", found.timezone], ["Contact", found.maincontact_name], ["Notes", found.notes]], true)),
      card("Open tickets", await ticketsOf({ site_id: id, open_only: true }, true))]],
      ["Users", () => usersOf({ site_id: id })], ["Assets", () => assetsOf({ site_id: id })], ["Tickets", () => ticketsOf({ site_id: id })]],
    back: ["/customers", "Customers"],
  });
}

export async function person(id) {
  const found = await one("/Users", id);
  if (!found) return null;
  const place = { ...found, site_id: found.site_id_int ?? found.site_id };
  return record({
    title: found.name, face: found.name, number: found.title || "User", path: [toClient(place), toSite(place)],
    chips: [found.isimportantcontact ? chip("Important contact", "amber") : "", found.inactive ? chip("Inactive", "red") : ""],
    tabs: [["Details", async () => [
      card("", facts([["E-mail", found.emailaddress], ["Phone", found.phonenumber], ["Mobile", found.mobilenumber],
        ["Department", found.department], ["Account", found.login], ["Notes", found.notes]], true)),
      card("Assets", await assetsOf({ user_id: id })), card("Open tickets", await ticketsOf({ user_id: id, open_only: true }, true))]],
      ["Assets", () => assetsOf({ user_id: id })], ["Tickets", () => ticketsOf({ user_id: id })]],
    back: ["/customers", "Customers"],
  });
}

export async function asset(id) {
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

export async function contract(id) {
  const found = await one("/ClientContract", id);
  if (!found) return null;
  return record({
    title: found.ref, face: "C", number: found.contracttype_name ?? "Contract", chips: [status(found.contract_status)], path: [toClient(found)],
    tabs: [["Details", () => card("", facts([["Starts", day(found.start_date)], ["Ends", ends(found.end_date)], ["SLA", found.sla_name],
      ["Per period", found.periodchargeamount?.toLocaleString(document.documentElement.lang, { style: "currency", currency: "GBP" })], ["Note", found.note]], true))]],
    back: ["/contracts", "Contracts"],
  });
}

export async function article(id) {
  const found = await one("/KBArticle", id);
  if (!found) return null;
  const folders = (found.faqlists ?? []).map((list) => own((list.full_name ?? list.name).replaceAll(" > ", " › ")));
  return record({
    title: found.name, number: "Article", chips: [found.inactive ? chip("Inactive", "red") : ""], path: folders,
    tabs: [["Article", () => h("div", {}, found.description_html || found.description ? h("section", { class: "card" }, foreign(found.description_html ?? found.description)) : "",
      found.resolution_html ? h("section", { class: "card" }, foreign(found.resolution_html)) : "")]],
    back: ["/kb", "Knowledge base"],
  });
}
