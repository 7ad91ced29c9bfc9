//! The provider's own people, and the tickets that they work on.

use super::catalogue::letters;
use super::mail::{Via, html};
use super::{Agent, Asset, Client, Ticket};

const TICKETS: &str = include_str!("tickets.txt");
/// Halo id of the newest ticket.
pub const NEWEST: i64 = 4127;

/// Agents of the provider; the first is the one that programs sign in as. Ids start at 2, as Halo
/// keeps 1 for "Unassigned".
pub fn agents() -> Vec<Agent> {
    const ROWS: [(&str, &str); 8] = [
        ("Northlight API", "Service Desk"),
        ("Morag Sinclair", "Service Desk"),
        ("Jamie Okoro", "Service Desk"),
        ("Petra Novak", "Service Desk"),
        ("Gregor Tulloch", "Infrastructure"),
        ("Leila Farouk", "Security"),
        ("Sam Whitelaw", "Projects"),
        ("Ines Carvalho", "Service Desk"),
    ];
    (2..)
        .zip(ROWS)
        .map(|(id, (name, team))| Agent {
            id,
            name: name.into(),
            email: format!("{}@northlight.example", name.to_lowercase().replace(' ', ".")),
            team: team.into(),
        })
        .collect()
}

/// Reads the tickets, oldest first. A block whose client or person does not exist is left out, and
/// a test sees that none is.
pub fn tickets(clients: &[(&str, &Client)], agents: &[Agent]) -> Vec<Ticket> {
    let blocks: Vec<&str> = TICKETS.split("\n# ").map(|block| block.trim_start_matches("# ")).collect();
    let first = NEWEST + 1 - i64::try_from(blocks.len()).unwrap_or_default();
    (first..).zip(blocks).filter_map(|(id, block)| ticket(id, block, clients, agents)).collect()
}

/// One ticket from its block.
pub(super) fn ticket(id: i64, block: &str, clients: &[(&str, &Client)], agents: &[Agent]) -> Option<Ticket> {
    let mut lines = block.lines();
    let summary = lines.next()?;
    let (client, user_id, assets) = place(lines.next()?.strip_prefix("on: ")?, clients)?;
    let is: Vec<&str> = lines.next()?.strip_prefix("is: ")?.split(" | ").collect();
    let [kind, category, priority, status, team, agent, via] = is[..] else {
        return None;
    };
    let user = client.users.iter().find(|user| user.id == user_id)?;
    let note = |line: &str| {
        let (mark, rest) = line.split_at_checked(2)?;
        let private = match mark {
            "> " => false,
            "! " => true,
            _ => return None,
        };
        let (author, text) = rest.split_once(": ")?;
        Some((author.to_string(), html(Via::Portal, text, None), private))
    };
    let rest: Vec<&str> = lines.collect();
    let body: Vec<&str> = rest.iter().copied().filter(|line| note(line).is_none()).collect();
    let gap = NEWEST - id;
    Some(Ticket {
        id,
        client_id: client.id,
        site_id: user.site_id,
        user_id,
        summary: summary.into(),
        details_html: html(Via::named(via)?, body.join("\n").trim(), Some((user, client))),
        category: category.into(),
        kind: kind.into(),
        priority: priority.parse().ok()?,
        status: status.into(),
        assets,
        team: team.into(),
        agent_id: agents.iter().find(|found| found.name == agent)?.id,
        actions: rest.iter().filter_map(|line| note(line)).collect(),
        hours_ago: 3 + gap * 5 + gap * gap / 4,
    })
}

/// Reads "HF Dana Whitfield HF-LT-042" or "KD 3 LT": the client's letters, a name or a position
/// among its users, then asset tags, or the letters of a type for the nearest device of that type.
pub(super) fn place<'a>(line: &str, clients: &[(&str, &'a Client)]) -> Option<(&'a Client, i64, Vec<i64>)> {
    let mut words: Vec<&str> = line.split(' ').collect();
    let client = clients.iter().find(|(short, _)| *short == words[0])?.1;
    let mut assets = Vec::new();
    words.remove(0);
    let last = words.last().copied().unwrap_or_default();
    let wanted = (last.len() == 2 && last.chars().all(|c| c.is_ascii_uppercase())) || last.contains("-LT-");
    if wanted {
        words.pop();
    }
    let user = match words[..] {
        [position] => client.users.iter().filter(|user| !user.inactive).nth(position.parse().ok()?)?,
        [first, surname] => client.users.iter().find(|user| user.first_name == first && user.surname == surname)?,
        _ => return None,
    };
    if wanted {
        let nearness =
            |asset: &&Asset| (asset.user_id != Some(user.id), asset.site_id != user.site_id, asset.inactive, asset.id);
        let found = client
            .assets
            .iter()
            .filter(|asset| asset.tag == last || letters(asset.type_id) == last)
            .min_by_key(nearness)?;
        assets.push(found.id);
    }
    Some((client, user.id, assets))
}
