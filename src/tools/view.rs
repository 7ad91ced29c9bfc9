//! Tools as a page offers them: ordered by what they are about, with the form of their arguments.

use crate::json::Json;
use crate::tools::{Tool, Work, all, halo, hudu};

/// A tool to choose.
#[derive(Clone, Debug, PartialEq, Eq, Json)]
pub struct ToolView {
    /// Name, stable.
    pub name: String,
    /// Whose records it works with: a product, or "Sidelight" for what brings both together.
    pub area: String,
    /// What it works with ("suppliers").
    pub subject: String,
    /// What it does ("List").
    pub operation: String,
    /// What it does and when to use it.
    pub about: String,
    /// It changes something.
    pub writes: bool,
    /// It may take away what is there.
    pub destructive: bool,
    /// The tool that reads, by the same id, what this one takes away.
    pub before: Option<String>,
    /// Members of its rows that matter, in the order of a table's columns.
    pub columns: Vec<String>,
    /// JSON schema of its arguments, as text.
    pub arguments: String,
}

/// Every tool that a page offers: all but those that answer a secret.
pub fn views() -> Vec<ToolView> {
    all().iter().filter(|tool| !tool.marks.secret).map(view).collect()
}

fn view(tool: &Tool) -> ToolView {
    let (area, subject, operation) = match tool.work {
        Work::Halo(entry, verb) => ("HaloITSM", entry.resource.many.to_owned(), halo::word(verb).to_owned()),
        Work::Hudu(shelf, verb) => ("Hudu", shelf.endpoint.area.to_owned(), hudu::word(verb).to_owned()),
        Work::Recipe(..) => ("Sidelight", "recipes".to_owned(), sentence(&tool.name)),
        Work::Other(_) => {
            let subject = match tool.name.as_str() {
                name if name.contains("directory") => "directory",
                name if name.contains("recipe") => "recipes",
                _ => "both products",
            };
            ("Sidelight", subject.to_owned(), sentence(&tool.name))
        }
    };
    let columns: Vec<&str> = match tool.work {
        Work::Halo(entry, _) => entry.fields().take(entry.columns).collect(),
        Work::Hudu(shelf, _) => shelf.columns.to_vec(),
        Work::Recipe(..) | Work::Other(_) => Vec::new(),
    };
    let before = match tool.work {
        Work::Halo(entry, halo::Verb::Delete) => Some(format!("get_single_haloitsm_{}_by_id", entry.one)),
        _ => None,
    };
    ToolView {
        name: tool.name.clone(),
        area: area.to_owned(),
        subject,
        operation,
        about: tool.about.clone(),
        writes: !tool.marks.read_only,
        destructive: tool.marks.destructive,
        before,
        columns: columns.into_iter().map(str::to_owned).collect(),
        arguments: tool.arguments.to_string(),
    }
}

/// A name as words: "Plan alert tickets".
fn sentence(name: &str) -> String {
    let mut words = name.replace('_', " ");
    if let Some(first) = words.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    words
}
