"""A public Python client for Halo against the sandbox: sign-in, lists, details, writes, files, refusals."""

import os

from HaloPSA.Halo import Halo

KEYS = {"clientid": os.environ["HALO_CLIENT_ID"], "secret": os.environ["HALO_CLIENT_SECRET"]}
halo = Halo(tenant="acme", tenant_type="itsm", scope="all", **KEYS)

first = halo.Clients.search(pageinate=True, page_size=10, page_no=1, order="id")
second = halo.Clients.search(pageinate=True, page_size=10, page_no=2, order="id")
ids = [client["id"] for page in (first, second) for client in page["clients"]]
assert len(ids) == len(set(ids)) > 10 and first["record_count"] >= len(ids), first["record_count"]
found = halo.Clients.search(search="Harbour & Finch")["clients"]
assert [client["name"] for client in found][:1] == ["Harbour & Finch Ltd"], found
assert halo.Clients.get(found[0]["id"])["name"] == found[0]["name"]

new = halo.Tickets.update(summary="A peer wrote this", details="From another library", client_id=found[0]["id"])
assert new["id"] and new["summary"] == "A peer wrote this", new
halo.Actions.update(ticket_id=new["id"], outcome_id=7, note="Looked at", hiddenfromuser=True)
actions = halo.Actions.search(ticket_id=new["id"])["actions"]
assert any(action.get("note") == "Looked at" for action in actions), actions

asset = halo.Assets.search(client_id=found[0]["id"], pageinate=True, page_size=5, page_no=1)["assets"][0]
assert halo.Assets.get(asset["id"])["inventory_number"] == asset["inventory_number"]
supplier = halo.Suppliers.update(name="Peer Supplies")
halo.Suppliers.update(id=supplier["id"], name="Peer Supplies", notes="changed")
assert halo.Suppliers.get(supplier["id"])["notes"] == "changed"
for lists in (halo.Agents, halo.Teams, halo.Status, halo.TicketTypes, halo.Sites, halo.Users, halo.Contracts):
    lists.search()

try:
    Halo(tenant="acme", tenant_type="itsm", clientid=KEYS["clientid"], secret="wrong")
    raise AssertionError("a wrong secret was good enough")
except ValueError as error:
    assert "client" in str(error).lower(), error
print("ok  HaloPSA: sign-in, lists, clients, tickets, actions, assets, suppliers, refusals")
