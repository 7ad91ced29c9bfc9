//! The articles: a Central knowledge base, pages written for one client, and pages that every
//! documented client has, filled in with that client's own facts.

use super::catalogue::kind;
use super::{Article, Asset, Client, Presence};

/// Central articles by subject. Each article starts with `<!-- article: title | folder / path | days since the last edit -->`.
const CENTRAL: [&str; 8] = [
    include_str!("articles/network.html"),
    include_str!("articles/identity.html"),
    include_str!("articles/mail.html"),
    include_str!("articles/endpoints.html"),
    include_str!("articles/servers.html"),
    include_str!("articles/security.html"),
    include_str!("articles/printing.html"),
    include_str!("articles/service-desk.html"),
];
/// Central articles of later subjects. They stand after all others, so that the numbers of those stay.
const CENTRAL_MORE: [&str; 4] = [
    include_str!("articles/applications.html"),
    include_str!("articles/connectivity.html"),
    include_str!("articles/devices.html"),
    include_str!("articles/cloud.html"),
];
/// Pages that every documented client but Harbour & Finch has.
const EACH_MORE: &str = include_str!("articles/each-client-more.html");
/// Pages of one client each: the head's last part names it by the letters of its tags.
const PARTICULAR: &str = include_str!("articles/particular.html");
/// Pages of Harbour & Finch.
const HARBOUR: &str = include_str!("articles/harbour.html");
/// Pages that every documented client has some of, with `{…}` where its own facts go.
const EACH: &str = include_str!("articles/each-client.html");

/// Builds all articles, the Central ones first.
pub fn articles(clients: &[(&str, &Client)]) -> Vec<Article> {
    let mut list: Vec<Article> = CENTRAL.iter().flat_map(|text| read(text, None)).collect();
    let documented = clients.iter().filter(|(_, client)| client.presence != Presence::None);
    for (place, (short, client)) in documented.enumerate() {
        if client.id == super::harbour::ID {
            list.extend(read(HARBOUR, Some(client.id)));
            continue;
        }
        let facts = facts(short, client);
        let pages = read(EACH, Some(client.id));
        let turn = usize::try_from(client.id).unwrap_or_default();
        let count = if place < 5 { 5 } else { 4 };
        let Some((overview, others)) = pages.split_first() else {
            continue;
        };
        list.push(filled(overview, &facts));
        list.extend((1..count).map(|at| filled(&others[(turn + at) % others.len()], &facts)));
    }
    list.extend(CENTRAL_MORE.iter().flat_map(|text| read(text, None)));
    let documented = || clients.iter().filter(|(_, client)| client.presence != Presence::None);
    for (short, client) in documented().filter(|(_, client)| client.id != super::harbour::ID) {
        let facts = facts(short, client);
        list.extend(read(EACH_MORE, Some(client.id)).iter().map(|page| filled(page, &facts)));
    }
    for (short, client) in documented() {
        let own = PARTICULAR.split_inclusive("<!-- article: ").collect::<Vec<_>>();
        let mark = format!(" | {short} -->");
        let own =
            own.iter().filter(|block| block.contains(&mark)).map(|block| block.trim_end_matches("<!-- article: "));
        list.extend(own.flat_map(|block| read(&format!("<!-- article: {block}"), Some(client.id))));
    }
    list
}

fn read(text: &str, client_id: Option<i64>) -> Vec<Article> {
    text.split("<!-- article: ")
        .filter_map(|block| {
            let (head, html) = block.split_once("-->")?;
            let mut head = head.trim().split(" | ");
            Some(Article {
                title: head.next()?.into(),
                folder: head.next()?.split(" / ").map(String::from).collect(),
                days_ago: head.next()?.parse().ok()?,
                html: html.trim().into(),
                client_id,
            })
        })
        .collect()
}

fn filled(article: &Article, facts: &[(&str, String)]) -> Article {
    let mut made = article.clone();
    for (name, value) in facts {
        made.title = made.title.replace(name, value);
        made.html = made.html.replace(name, &value.replace('&', "&amp;"));
    }
    made.days_ago += made.client_id.unwrap_or_default() % 7 * 9;
    made
}

fn facts(short: &str, client: &Client) -> Vec<(&'static str, String)> {
    let device = |type_id| client.assets.iter().find(|asset| asset.type_id == type_id && !asset.inactive);
    let tag = |type_id| device(type_id).map_or("none".into(), |asset| asset.tag.clone());
    let of = |type_id, name: &str| device(type_id).map_or("none".into(), |asset| field(asset, name));
    let main = client.sites.first();
    let domain = client.websites.first().map(|site| site.trim_start_matches("https://").to_string());
    let contact = main.and_then(|site| site.main_contact.clone()).unwrap_or_default();
    let sites: String = client
        .sites
        .iter()
        .enumerate()
        .map(|(at, site)| {
            format!(
                "<tr><td>{}</td><td>10.{}.{}.0/24</td><td>{}</td><td>{}</td></tr>",
                site.name,
                client.id + 28,
                (at + 1) * 10,
                site.town,
                site.phone
            )
        })
        .collect();
    vec![
        ("{client}", client.hudu_name.clone()),
        ("{short}", short.into()),
        ("{domain}", domain.unwrap_or_default()),
        ("{contact}", contact),
        ("{site}", main.map_or(String::new(), |site| site.name.clone())),
        ("{site rows}", sites),
        ("{notes}", client.notes.clone()),
        ("{firewall}", tag(kind::FIREWALL)),
        ("{firewall model}", of(kind::FIREWALL, "Model")),
        ("{firewall address}", of(kind::FIREWALL, "IP Address")),
        ("{switch}", tag(kind::SWITCH)),
        ("{switch model}", of(kind::SWITCH, "Model")),
        ("{server}", tag(kind::SERVER)),
        ("{server model}", of(kind::SERVER, "Model")),
        ("{server address}", of(kind::SERVER, "IP Address")),
        ("{printer}", tag(kind::PRINTER)),
        ("{printer model}", of(kind::PRINTER, "Model")),
        ("{printer address}", of(kind::PRINTER, "IP Address")),
        ("{access point}", tag(kind::ACCESS_POINT)),
    ]
}

fn field(asset: &Asset, name: &str) -> String {
    asset.fields.iter().find(|(field, _)| field == name).map_or("none".into(), |(_, value)| value.clone())
}
