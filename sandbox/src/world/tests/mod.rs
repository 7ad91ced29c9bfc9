//! What both servers rely on in the world.

#![allow(clippy::unwrap_used)]

mod particulars;

use std::collections::BTreeSet;

use jiff::civil::date;

use super::*;

#[test]
fn has_the_promised_size() {
    let world = world();
    let count = |presence| world.clients.iter().filter(|client| client.presence == presence).count();
    assert_eq!((count(Presence::ByHand), count(Presence::Native), count(Presence::None)), (9, 9, 7));
    assert_eq!(world.clients.iter().map(|client| client.users.len()).sum::<usize>(), 300);
    assert_eq!(world.clients.iter().map(|client| client.assets.len()).sum::<usize>(), 800);
    assert_eq!(world.asset_types.len(), 8);
    assert_eq!(world.tickets.len(), 60);
    assert_eq!(world.articles.len(), 246);
    assert_eq!(world.articles.iter().filter(|article| article.client_id.is_none()).count(), 90);
    assert_eq!(world.clients.iter().filter(|client| client.inactive).count(), 1);
    assert!(world.clients.iter().all(|client| (1..=5).contains(&client.sites.len())));
}

#[test]
fn is_the_same_at_every_call() {
    assert_eq!(format!("{:?}", world()), format!("{:?}", world()));
}

#[test]
fn another_day_moves_the_dates_and_nothing_else() {
    let (now, later) = (world(), world_on(date(2027, 3, 1)));
    assert_ne!(now.clients[0].contracts[0].end, later.clients[0].contracts[0].end);
    let serials = |world: &World| -> Vec<String> {
        world
            .clients
            .iter()
            .flat_map(|client| client.assets.iter().map(|asset| fleet::serial(asset).to_string()))
            .collect()
    };
    assert_eq!(serials(&now), serials(&later));
}

#[test]
fn ids_tags_and_addresses_are_unique() {
    let world = world();
    fn all_new<T: Ord>(values: impl Iterator<Item = T>) -> bool {
        let mut seen = BTreeSet::new();
        values.into_iter().all(|value| seen.insert(value))
    }
    let clients = || world.clients.iter();
    assert!(all_new(clients().map(|client| client.id)));
    assert!(all_new(clients().flat_map(|client| client.sites.iter().map(|site| site.id))));
    assert!(all_new(clients().flat_map(|client| client.users.iter().map(|user| user.id))));
    assert!(all_new(clients().flat_map(|client| { client.users.iter().map(|user| user.email.clone()) })));
    assert!(all_new(clients().flat_map(|client| client.assets.iter().map(|asset| asset.id))));
    assert!(all_new(clients().flat_map(|client| { client.assets.iter().map(|asset| asset.tag.clone()) })));
    assert!(all_new(clients().flat_map(|client| { client.contracts.iter().map(|contract| contract.id) })));
    assert!(all_new(
        clients().flat_map(|client| { client.contracts.iter().map(|contract| contract.reference.clone()) })
    ));
    assert!(all_new(world.tickets.iter().map(|ticket| ticket.id)));
    assert!(all_new(world.articles.iter().map(|article| (article.client_id, article.title.clone()))));
}

#[test]
fn every_reference_leads_somewhere() {
    let world = world();
    for client in &world.clients {
        let sites: BTreeSet<i64> = client.sites.iter().map(|site| site.id).collect();
        let users: BTreeSet<i64> = client.users.iter().map(|user| user.id).collect();
        let tags: BTreeSet<&str> = client.assets.iter().map(|asset| asset.tag.as_str()).collect();
        assert!(client.users.iter().all(|user| sites.contains(&user.site_id)), "{}", client.name);
        assert!(client.users.iter().all(|user| user.email.is_ascii()), "{}", client.name);
        for asset in &client.assets {
            let kind = world.asset_types.iter().find(|kind| kind.id == asset.type_id).unwrap();
            assert!(sites.contains(&asset.site_id));
            assert!(asset.user_id.is_none_or(|id| users.contains(&id)));
            assert!(asset.fields.iter().all(|(name, _)| kind.fields.contains(name)), "{}", asset.tag);
        }
        assert!(client.passwords.iter().filter_map(|secret| secret.asset_tag.as_deref()).all(|tag| tags.contains(tag)));
    }
    for ticket in &world.tickets {
        let client = world.clients.iter().find(|client| client.id == ticket.client_id).unwrap();
        assert!(client.users.iter().any(|user| user.id == ticket.user_id && user.site_id == ticket.site_id));
        assert!(ticket.assets.iter().all(|id| client.assets.iter().any(|asset| asset.id == *id)));
        assert!(world.agents.iter().any(|agent| agent.id == ticket.agent_id && agent.team == ticket.team));
    }
    for article in &world.articles {
        assert!(
            !article.html.is_empty() && !article.html.contains('{') || article.client_id.is_none(),
            "{}",
            article.title
        );
        let client = article.client_id.map(|id| world.clients.iter().find(|client| client.id == id).unwrap());
        assert!(client.is_none_or(|client| client.presence != Presence::None));
    }
}

#[test]
fn hudu_knows_only_what_its_presence_allows() {
    for client in world().clients {
        let known = client.users.iter().filter(|user| user.in_hudu).count()
            + client.assets.iter().filter(|asset| asset.in_hudu).count();
        assert_eq!(known > 0, client.presence != Presence::None, "{}", client.name);
        assert_eq!(client.passwords.is_empty(), client.presence == Presence::None);
        assert!(client.presence != Presence::Native || client.name == client.hudu_name);
    }
}

#[test]
fn every_labelled_ticket_names_documents_that_exist() {
    let world = world();
    let list = labelled(&world);
    let (tuning, held_out): (Vec<_>, Vec<_>) = list.iter().partition(|labelled| !labelled.held_out);
    assert_eq!((tuning.len(), held_out.len()), (144, 54));
    for Labelled { ticket, wanted, .. } in &list {
        let client = world.clients.iter().find(|client| client.id == ticket.client_id).unwrap();
        let own = |article: &&Article| article.client_id.is_none_or(|id| id == client.id);
        let there = wanted.iter().any(|wanted| match wanted.strip_prefix("process: ") {
            Some(name) => client.processes.iter().any(|process| process.name.starts_with(name)),
            None => world.articles.iter().filter(own).any(|article| article.title.starts_with(wanted)),
        });
        assert!(there, "{}: {wanted:?}", ticket.summary);
    }
}
