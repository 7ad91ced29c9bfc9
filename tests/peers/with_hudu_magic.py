"""Hudu's own Python client against the sandbox: lists over all pages, writes, files, refusals."""

import os
import pathlib
import tempfile

from hudu_magic import HuduClient
from hudu_magic.validation import HuduAPIError

client = HuduClient(api_key=os.environ["HUDU_API_KEY"], instance_url=os.environ["HUDU_URL"])

assert client.check_version(), "no version"
companies = client.companies.list()
ids = [company.id for company in companies]
assert len(ids) > 10 and len(set(ids)) == len(ids), ids
harbour = next(company for company in companies if company.name.startswith("Harbour"))
assert [found.id for found in client.companies.list(name=harbour.name)] == [harbour.id]

company = client.companies.create(name="Peer Fabrication", city="Leith")
company._data["notes"] = "<p>Made by a client of somebody else.</p>"
company.save()
assert "somebody else" in client.companies.get(company.id).notes

layout = next(layout for layout in client.asset_layouts.list() if layout.name.startswith("Computer"))
asset = client.assets.create(company_id=company.id, name="PEER-1", asset_layout_id=layout.id, primary_serial="PEER0001")
client.assets.update(asset.id, company.id, {"name": "PEER-2"})
read = client.assets.get(asset.id, company_id=company.id)
assert (read.name, read.primary_serial) == ("PEER-2", "PEER0001")
assert [one.id for one in client.assets.list_for_company(company.id)] == [asset.id]

article = client.articles.create(name="How peers talk", content="<p>Over HTTPS.</p>", company_id=company.id)
assert "Over HTTPS." in client.articles.get(article.id).content
relation = client.relations.create(article, asset)
assert (relation.toable_type, relation.toable_id) == ("Asset", asset.id)

password = client.asset_passwords.create(name="Door", company_id=company.id, password="open sesame", username="ali")
assert client.asset_passwords.get(password.id).password == "open sesame"

website = client.websites.create(name="https://peer.example", company_id=company.id)
assert website.company_id == company.id

with tempfile.TemporaryDirectory() as folder:
    file = pathlib.Path(folder, "note.txt")
    file.write_text("a file")
    upload = client.uploads.create(file, asset)
    kept = client.uploads.download(upload, folder + "/back")
    assert pathlib.Path(kept).read_text() == "a file"

for lists in (client.folders, client.expirations, client.relations, client.procedures, client.users, client.groups):
    lists.list()

try:
    client.companies.get(99_999_999)
    raise AssertionError("a company that is not there was answered")
except HuduAPIError as error:
    assert error.status_code == 404, error

client.assets.archive(asset.id, company_id=company.id)
client.articles.delete(article.id)
print("ok  hudu-magic: lists, companies, assets, articles, relations, passwords, websites, files, refusals")
