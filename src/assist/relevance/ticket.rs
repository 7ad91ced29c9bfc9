//! What a ticket says: its texts by weight, and the records that it names.

use super::plain::lines;
use crate::halo::model;
use serde_json::Value;

/// A record that Halo itself ties to the ticket.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tied {
    /// Halo id.
    pub id: i64,
    /// Name or asset tag.
    pub name: String,
    /// Serial number, of an asset.
    pub serial: Option<String>,
}

/// Facts of a ticket.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Facts {
    /// Texts with how much a word in them counts.
    pub texts: Vec<(f32, String)>,
    /// Who asks.
    pub user: Option<Tied>,
    /// Assets that are linked.
    pub assets: Vec<Tied>,
    /// Where.
    pub site: Option<Tied>,
    /// Names that say nothing of the matter: the client's, the sender's.
    pub names: Vec<String>,
}

/// How many of the last actions are looked at.
const ACTIONS: usize = 4;
/// The most of one text that is looked at, in bytes: mails quote mails.
const MOST: usize = 12_000;

impl Facts {
    /// The facts of a ticket and of its actions, newest first.
    pub fn of(ticket: &model::Ticket, actions: &[model::Action]) -> Self {
        let raw = |key: &str| ticket.raw.get(key).and_then(Value::as_str);
        let user = ticket.user_name.clone().unwrap_or_default();
        let details = match raw("details_html").filter(|html| !html.trim().is_empty()) {
            Some(html) => lines(html),
            None => ticket.details.clone().unwrap_or_default(),
        };
        let mut texts = vec![
            (2.0, ticket.summary.clone().unwrap_or_default()),
            (1.0, said(&details, &user)),
            (0.7, ticket.category.clone().unwrap_or_default().replace('>', "\n")),
        ];
        for action in actions.iter().take(ACTIONS) {
            let filled = |text: &Option<String>| text.clone().filter(|text| !text.trim().is_empty());
            let text = filled(&action.note_html).map(|html| lines(&html)).or_else(|| filled(&action.note));
            texts.push((0.4, said(&text.unwrap_or_default(), &user)));
        }
        let tied = |id: Option<i64>, name: &Option<String>| {
            id.map(|id| Tied { id, name: name.clone().unwrap_or_default(), serial: None })
        };
        let asset = |asset: &model::Asset| Tied {
            id: asset.id,
            name: asset.inventory_number.clone().unwrap_or_default(),
            serial: asset.key_field.clone(),
        };
        Self {
            texts,
            names: [ticket.client_name.clone().unwrap_or_default(), user].into(),
            user: tied(ticket.user_id, &ticket.user_name),
            assets: ticket.assets.iter().map(asset).collect(),
            site: tied(ticket.site_id, &ticket.site_name),
        }
    }
}

/// Beginnings of lines after which a mail says nothing of its own.
const ENDS: [&str; 12] = [
    "-- ",
    "--_",
    "sent from my",
    "kind regards",
    "best regards",
    "many thanks",
    "from: ",
    "-----original",
    "________",
    "get outlook for",
    "confidentiality notice",
    "this e-mail and any",
];
/// Beginnings of lines that mail programs add.
const ADDED: [&str; 4] = ["caution:", "external email", "external sender", "[external"];

/// What the sender wrote: without signature, quoted mails and warnings that mail systems add.
fn said(text: &str, user: &str) -> String {
    let mut said = String::new();
    for line in text.lines() {
        let line = line.trim();
        let lower = line.to_lowercase();
        let quoted = lower.starts_with("on ") && lower.ends_with("wrote:");
        if !said.is_empty()
            && (quoted
                || ENDS.iter().any(|end| lower.starts_with(end.trim_end()))
                || (!user.is_empty() && line == user))
        {
            break;
        }
        if line.is_empty() || ADDED.iter().any(|added| lower.starts_with(added)) {
            continue;
        }
        said.push_str(line);
        said.push('\n');
        if said.len() > MOST {
            break;
        }
    }
    super::plain::cut(&mut said, MOST);
    said
}

#[cfg(test)]
mod tests {
    use super::said;

    #[test]
    fn signatures_and_quoted_mails_are_left_out() {
        let mail = "CAUTION: from outside\nThe printer is dead.\nNo lights.\nDana Whitfield\nFinance\nHarbour";
        assert_eq!(said(mail, "Dana Whitfield"), "The printer is dead.\nNo lights.\n");
        assert_eq!(said("Hi\nKind regards,\nDana", ""), "Hi\n");
        assert_eq!(said("ok\nOn Monday Petra wrote:\n> VPN", ""), "ok\n");
        assert_eq!(said("", "x"), "");
    }
}
