// The API: signing in, reading records and lists, names for ids.

let bearer;

async function signIn() {
  const answer = await fetch("/_sandbox/agent-session", { method: "POST" });
  if (!answer.ok) throw new Error(`Sign-in answered ${answer.status}`);
  bearer = (await answer.json()).access_token;
}

export async function api(path, query = {}) {
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

export const one = (path, id) => api(`${path}/${encodeURIComponent(id)}`, { includedetails: true });
export const rowsOf = (body, key) => (Array.isArray(body) ? body : body?.[key] ?? []);
export const some = async (path, key, query) => rowsOf(await api(path, { pageinate: true, page_size: 100, page_no: 1, order: "id", ...query }), key);

let names;

/** The lists that turn ids into names, read once. */
export async function lookups() {
  names ??= Promise.all(["Status", "Priority", "Agent", "TicketType", "SLA"].map(async (path) => {
    const list = rowsOf(await api(`/${path}`), path.toLowerCase());
    return new Map(list.map((entry) => [path === "Priority" ? entry.priorityid ?? entry.id : entry.id, entry.name]));
  })).then(([statuses, priorities, agents, kinds, levels]) => ({ statuses, priorities, agents, kinds, levels }));
  names.catch(() => { names = undefined; });
  return names;
}
