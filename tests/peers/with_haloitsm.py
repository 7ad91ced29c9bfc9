"""Another public Python client for Halo against the sandbox; it reads, and renews its own token."""

import os

from halo import HaloClient

client = HaloClient(
    base_url=os.environ["HALO_URL"],
    client_id=os.environ["HALO_CLIENT_ID"],
    client_secret=os.environ["HALO_CLIENT_SECRET"],
)

tickets = client.tickets.list(page_size=20, page_no=1, order="id") + client.tickets.list(page_size=20, page_no=2, order="id")
ids = [ticket.id for ticket in tickets]
assert len(ids) == len(set(ids)) == 40, ids
assert client.tickets.get(ids[0], includedetails=True).summary == tickets[0].summary
# A token that the server no longer takes is renewed by the library when it is refused.
client.auth._token = "no longer good"
assert client.clients.search("Harbour")[0].name.startswith("Harbour")
assert client.assets.list(page_size=5) and client.users.list(page_size=5) and client.ticket_types.list()
# Its list of articles looks for a member that Halo does not send; a single one it reads.
assert client.kb_articles.get(1).name
print("ok  haloitsm-python: sign-in, a renewed token, tickets, clients, assets, users, articles")
