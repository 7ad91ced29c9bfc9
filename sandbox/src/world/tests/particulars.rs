//! Records that a demonstration or another test counts on by name.

use std::collections::{BTreeMap, BTreeSet};

use crate::world::*;

#[test]
fn devices_at_a_site_have_addresses_of_their_own() {
    for client in world().clients {
        let mut seen = BTreeSet::new();
        let addresses = client.assets.iter().filter(|asset| !asset.inactive).flat_map(|asset| {
            asset.fields.iter().filter(|(name, _)| name == "IP Address").map(|(_, value)| value.clone())
        });
        assert!(addresses.into_iter().all(|address| seen.insert(address)), "{}", client.name);
    }
}

#[test]
fn some_serials_are_junk_and_some_repeat() {
    let world = world();
    let mut owners: BTreeMap<String, BTreeSet<i64>> = BTreeMap::new();
    for client in &world.clients {
        for asset in &client.assets {
            owners.entry(fleet::serial(asset).to_string()).or_default().insert(client.id);
        }
    }
    assert!(owners.contains_key("To be filled by O.E.M."));
    let repeated =
        owners.iter().filter(|(serial, owners)| owners.len() > 1 && !devices::JUNK_SERIALS.contains(&serial.as_str()));
    assert_eq!(repeated.count(), 3);
}

#[test]
fn harbour_and_finch_is_as_the_walk_through_needs_it() {
    let world = world();
    let client = &world.clients[0];
    assert_eq!((client.id, client.phone.as_str(), client.hudu_phone.as_str()), (12, "0131 496 0321", "0131 496 0300"));
    let old = client.assets.iter().find(|asset| asset.tag == "HF-LT-042").unwrap();
    let new = client.assets.iter().find(|asset| asset.tag == "HF-LT-057").unwrap();
    assert!(old.in_hudu && !new.in_hudu);
    assert_eq!(fleet::serial(old), "7KQ4XN3");
    let dana = client.users.iter().find(|user| user.surname == "Whitfield").unwrap();
    let ticket = world.tickets.last().unwrap();
    assert_eq!((ticket.id, ticket.user_id, ticket.assets.as_slice()), (4127, dana.id, &[old.id][..]));
    assert!(ticket.details_html.contains("809"));
}

#[test]
fn one_article_is_hostile() {
    let world = world();
    let article = world.articles.iter().find(|article| article.title == "Imported: legacy intranet page").unwrap();
    assert!(article.html.contains("<script>") && article.html.contains("javascript:"));
}
