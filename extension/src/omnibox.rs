//! The address bar: after its keyword (`hudu`) the documentation is searched as it is typed.

use serde_json::{Value, json};
use sidelight::assist::search::view::{FoundView, HitView};
use sidelight::assist::view::DocumentKind;
use sidelight::json::Json;
use sidelight::protocol::{Answer, Envelope, Intent, Message, Reply};
use sidelight::service::Service;

use crate::commands::own;
use crate::{panel, webext};

/// Suggestions that browsers show at most below the one for the words themselves.
const LIMIT: usize = 8;

/// How a suggestion is shown: Chromium takes XML with marks, Firefox plain text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    Xml,
    Plain,
}

fn form() -> Form {
    if webext::has("runtime.getBrowserInfo") { Form::Plain } else { Form::Xml }
}

/// The keyword was typed: makes the index ready.
pub async fn started(service: &Service) {
    look(service, "").await;
}

/// What is suggested for these words, as the browser takes it.
pub async fn suggestions(service: &Service, typed: &str) -> Value {
    let words = typed.trim();
    if words.is_empty() {
        return json!([]);
    }
    let found = look(service, words).await.unwrap_or_default();
    Value::Array(hits(&found).into_iter().map(|hit| suggestion(&hit, form())).collect())
}

/// The words or a suggestion were chosen: opens the document, or the search where it is none. `place` is the
/// browser's word for where (`currentTab`, `newForegroundTab`, `newBackgroundTab`).
pub async fn entered(service: &Service, chosen: &str, place: &str) {
    let url = match read(chosen) {
        Some((Some(kind), id)) if is_read_here(kind) => panel::with(&Intent::Open { kind, id }),
        Some(key) => match page_in_hudu(service, chosen, key).await {
            Some(url) => url,
            None => panel::with(&Intent::Search { text: name(chosen) }),
        },
        None => panel::with(&Intent::Search { text: chosen.trim().to_owned() }),
    };
    match place {
        "newForegroundTab" => webext::tell("tabs", "create", json!([{ "url": url }])),
        "newBackgroundTab" => webext::tell("tabs", "create", json!([{ "url": url, "active": false }])),
        _ => webext::tell("tabs", "update", json!([{ "url": url }])),
    }
}

/// Websites, dates and companies have no page here.
async fn page_in_hudu(service: &Service, chosen: &str, key: (Option<DocumentKind>, i64)) -> Option<String> {
    let found = look(service, &name(chosen)).await?;
    hits(&found).into_iter().find(|hit| (hit.kind, hit.id) == key).map(|hit| hit.url)
}

fn is_read_here(kind: DocumentKind) -> bool {
    !matches!(kind, DocumentKind::Website | DocumentKind::Expiration)
}

async fn look(service: &Service, words: &str) -> Option<FoundView> {
    let ask = |message| service.handle(Envelope { token: None, message }, own());
    let record = match ask(Message::Tab).await {
        Answer::Ok(Reply::Tab { record, .. }) => record,
        _ => None,
    };
    let message = Message::Search { query: words.to_owned(), record, everywhere: true, limit: LIMIT };
    match ask(message).await {
        Answer::Ok(Reply::Found { found }) => Some(*found),
        _ => None,
    }
}

fn hits(found: &FoundView) -> Vec<HitView> {
    found.groups.iter().flat_map(|group| group.hits.clone()).collect()
}

/// What is put into the address bar when a suggestion is chosen: its name, then which document it is.
fn suggestion(hit: &HitView, form: Form) -> Value {
    let kind = hit.kind.map_or("company".to_owned(), word);
    let content = format!("{} ({kind}/{})", tidy(&hit.title), hit.id);
    let mut rest = vec![tidy(&hit.group), tidy(&hit.company)];
    if let Some((label, text, _)) = &hit.value {
        rest.push(tidy(&format!("{label} {text}")));
    }
    rest.retain(|part| !part.is_empty());
    let rest = rest.join(" · ");
    let description = match form {
        Form::Plain => format!("{} – {rest}", tidy(&hit.title)),
        Form::Xml => format!("{} <dim>{}</dim>", marked(hit), escaped(&rest)),
    };
    json!({ "content": content, "description": description })
}

fn word(kind: DocumentKind) -> String {
    kind.to_json().as_str().unwrap_or_default().to_owned()
}

/// Kind and id at the end of a suggestion's content; no kind is a company. `None` for words that were typed.
fn read(content: &str) -> Option<(Option<DocumentKind>, i64)> {
    let (_, key) = content.trim().strip_suffix(')')?.rsplit_once('(')?;
    let (kind, id) = key.split_once('/')?;
    let id = id.parse().ok()?;
    if kind == "company" {
        return Some((None, id));
    }
    DocumentKind::from_json(Value::from(kind)).ok().map(|kind| (Some(kind), id))
}

/// The name in a suggestion's content.
fn name(content: &str) -> String {
    content.rsplit_once('(').map_or(content, |(name, _)| name).trim().to_owned()
}

/// The title with the letters that were found in marks.
fn marked(hit: &HitView) -> String {
    let mut text = String::new();
    let mut at = 0;
    for (start, end) in &hit.marks {
        if let (Some(before), Some(mark)) = (hit.title.get(at..*start), hit.title.get(*start..*end)) {
            text.push_str(&format!("{}<match>{}</match>", escaped(before), escaped(mark)));
            at = *end;
        }
    }
    text.push_str(&escaped(hit.title.get(at..).unwrap_or_default()));
    text
}

/// Text as XML takes it: a single wrong character would make Chromium refuse all suggestions.
fn escaped(text: &str) -> String {
    let mut escaped = String::new();
    for letter in text.chars().filter(|letter| is_in_xml(*letter)) {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&apos;"),
            letter => escaped.push(letter),
        }
    }
    escaped
}

/// What XML 1.0 may hold, control characters left out.
fn is_in_xml(letter: char) -> bool {
    !letter.is_control() && !matches!(letter, '\u{fffe}' | '\u{ffff}')
}

/// One line without control characters.
fn tidy(text: &str) -> String {
    let text: String = text.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hit(title: &str, marks: &[(usize, usize)]) -> HitView {
        HitView {
            kind: Some(DocumentKind::Asset),
            id: 7,
            company: "Harbour & Finch".to_owned(),
            group: "Laptops".to_owned(),
            title: title.to_owned(),
            marks: marks.to_vec(),
            value: None,
            main: None,
            url: String::new(),
        }
    }

    #[test]
    fn names_cannot_break_out_of_the_xml() {
        let shown = suggestion(&hit("<url>\"x\" & 'y'\u{0}</url>", &[(5, 8)]), Form::Xml);
        let description = shown["description"].as_str().unwrap_or_default();
        assert_eq!(
            description,
            "&lt;url&gt;<match>&quot;x&quot;</match> &amp; &apos;y&apos;&lt;/url&gt; <dim>Laptops · Harbour &amp; Finch</dim>"
        );
        // Marks that do not fit the letters are passed over.
        assert_eq!(marked(&hit("Büro", &[(2, 3), (9, 12)])), "Büro");
    }

    #[test]
    fn firefox_is_told_plain_text() {
        let shown = suggestion(&hit("A <b>\nC", &[(0, 1)]), Form::Plain);
        assert_eq!(shown["description"], "A <b> C – Laptops · Harbour & Finch");
    }

    #[test]
    fn what_is_chosen_is_read_again() {
        let content = suggestion(&hit("HF (spare)", &[]), Form::Xml)["content"].as_str().unwrap_or_default().to_owned();
        assert_eq!(content, "HF (spare) (asset/7)");
        assert_eq!(read(&content), Some((Some(DocumentKind::Asset), 7)));
        assert_eq!(name(&content), "HF (spare)");
        assert_eq!(read("Harbour (company/12)"), Some((None, 12)));
        for typed in ["printer (old)", "vpn", "x (asset/no)", "(planet/7)", ""] {
            assert_eq!(read(typed), None, "{typed}");
        }
    }
}
