//! The 21 resources that people, scripts and agents work with, in one table.
//!
//! A row says where the resource is, what its records hold, how its list is filtered, what a new record
//! needs and what deleting one means. [`crate::halo::records`] does the work for all of them alike.

mod table;
mod words;

use crate::halo::resource::Resource;

pub use table::ALL;
pub use words::{Kind, Word, field, filter};

/// One resource of the catalogue.
#[derive(Debug)]
pub struct Entry {
    /// Where it is, and how sentences call it.
    pub resource: Resource,
    /// All of them in the names of commands and tools: `knowledge_base`.
    pub many: &'static str,
    /// One of them in the names of tools.
    pub one: &'static str,
    /// What the records are, in one sentence.
    pub about: &'static str,
    /// Members that matter, in the order of a table's columns, as words; see [`Entry::fields`].
    fields: &'static str,
    /// The first so many fields are columns of a table.
    pub columns: usize,
    /// Filters of the list, as words; see [`Entry::filters`].
    filters: &'static str,
    /// Filters that the list cannot do without: one of them.
    pub list_needs: &'static [&'static str],
    /// What a new record needs: of each group one member.
    pub needs: &'static [&'static [&'static str]],
    /// What a new record needs beside another member: a user goes with their site.
    pub beside: &'static [(&'static str, &'static str)],
    /// The member under whose values ids start again; it is part of the key.
    pub within: Option<&'static str>,
    /// Whose its records are.
    pub of: Of,
    /// What deleting one means.
    pub deleting: &'static str,
    /// What the single record tells beside the row of a list.
    pub detail: &'static str,
}

/// Whose the records of a resource are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Of {
    /// A client's, named by `client_id`.
    Client,
    /// They are the clients.
    Itself,
    /// A ticket's, named by `ticket_id`.
    Ticket,
    /// Nobody's: they are for everybody.
    Everybody,
    /// They may hold anything of anybody.
    Anybody,
}

impl Entry {
    /// The resource of this name, as commands and tools spell it; dashes are as good as underscores.
    pub fn named(name: &str) -> Option<&'static Entry> {
        let name = name.to_ascii_lowercase().replace('-', "_");
        let plain = |entry: &Entry| entry.resource.many.replace([' ', '-'], "_") == name;
        ALL.iter().find(|entry| entry.many == name || entry.one == name || plain(entry))
    }

    /// Members that matter, in the order of a table's columns. [`field`] explains them; records have more.
    pub fn fields(&self) -> impl Iterator<Item = &'static str> {
        self.fields.split_whitespace()
    }

    /// Filters of the list. [`filter`] explains them; any other is passed through.
    pub fn filters(&self) -> impl Iterator<Item = &'static str> {
        self.filters.split_whitespace()
    }

    /// The name of a record in sentences, from its members.
    pub fn title(record: &serde_json::Value) -> Option<String> {
        use crate::http::raw::read::text_of;
        ["name", "summary", "title", "subject", "ref", "filename", "inventory_number", "invoicenumber", "outcome"]
            .iter()
            .find_map(|member| record.get(*member).and_then(text_of))
    }
}
