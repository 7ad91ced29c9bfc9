//! What a person writes back by hand: forms, and the plans that write what was typed into them.

use std::rc::Rc;

use crate::assist::view::DocumentKind;
use crate::halo::record::RecordKind;
use crate::html::{Pictures, sanitise_with};
use crate::library::{CENTRAL, Library};
use crate::order::Order;
use crate::protocol::{Back, Reply};
use crate::service::{Service, ServiceError};
use crate::settings;
use crate::sync::back::{End, FormField, FormView, InputKind, NewPassword, NoteLine, Typed, note_html, put_by};
use crate::sync::error::SyncError;
use crate::sync::{describe, shelf};
use crate::{mark, t};

// Labels of the forms that no layout names.
const NOTE: &str = mark!("Note");
const NAME: &str = mark!("Name");
const USER_NAME: &str = mark!("User name");
const PASSWORD: &str = mark!("Password");
const WEB_ADDRESS: &str = mark!("Web address");
const OTHER: &str = mark!("Related with");

impl Service {
    /// The form for what is written back.
    pub(super) async fn form(&self, back: Back) -> Result<Reply, ServiceError> {
        let form = match back {
            Back::Attach { .. } | Back::Insert { .. } | Back::Trail { .. } => {
                return Err(missing(t!("This needs no form.")));
            }
            Back::Note { .. } => FormView {
                title: t!("Add a note to the company"),
                lead: t!("It goes to the end of the company’s notes in Hudu, with today’s date and your name."),
                fields: vec![FormField::new(NOTE, InputKind::Lines, true)],
                ..FormView::default()
            },
            Back::Edit { asset } => {
                let company = self.company_of(DocumentKind::Asset, asset).await?;
                self.sides().await?.asset_form(company, asset).await?
            }
            Back::Add { company, layout, about } => {
                let sides = self.sides().await?;
                let mut usual = [sides.settings.default_layout.as_str(), &sides.settings.people_layout];
                if about.is_some_and(|record| record.kind == RecordKind::User) {
                    usual.reverse();
                }
                self.filled(sides.new_form(layout, &usual).await?, company, about).await?
            }
            Back::Password { asset, about, .. } => {
                let known = match asset {
                    Some(asset) => self.known_of_asset(asset).await?,
                    None => self.known_of_record(about, RecordKind::User).await?,
                };
                let secret = FormField::new(PASSWORD, InputKind::Secret, false);
                FormView {
                    title: t!("Add a password to Hudu"),
                    lead: match asset {
                        Some(_) => t!("It belongs to this asset. Its value is shown to nobody here."),
                        None => t!("It belongs to the company. Its value is shown to nobody here."),
                    },
                    fields: vec![
                        FormField::new(NAME, InputKind::Line, true).with(known.name),
                        FormField::new(USER_NAME, InputKind::Line, false).with(known.mail),
                        secret.hint(&t!("Leave it empty and Sidelight makes one of 20 letters.")),
                        FormField::new(WEB_ADDRESS, InputKind::Website, false).with(known.address),
                    ],
                    ..FormView::default()
                }
            }
            Back::Relate { kind, id, company } => {
                let library = self.related_with(kind, id, company).await?;
                let mut other = FormField::new(OTHER, InputKind::Pick, true);
                let own = model(kind).map(|kind| (kind, id));
                other.options = ends(&library)
                    .into_iter()
                    .filter(|(_, end)| Some((end.kind, end.id)) != own)
                    .map(|(name, _)| name)
                    .collect();
                FormView {
                    title: t!("Relate with another record"),
                    lead: t!("Hudu shows the relation on both records."),
                    fields: vec![other.hint(&t!("Begin to type its name."))],
                    ..FormView::default()
                }
            }
        };
        Ok(Reply::Form { form })
    }

    /// The plan that writes what was typed.
    pub(super) async fn plan_back(&self, back: Back, typed: &[Typed]) -> Result<Reply, ServiceError> {
        let text =
            |label: &str| typed.iter().find(|row| row.label == label).map(|row| row.value.clone()).unwrap_or_default();
        let sides = self.sides().await?;
        let plan = match back {
            Back::Attach { ticket, kind, id } => {
                let document = self.known_row(kind, id).await?;
                let line = NoteLine { what: word(kind), url: document.url, title: document.title.clone() };
                let html = note_html(&t!("Documentation in Hudu:"), &[line]);
                let outcome = settings::load(self.host()).await?.tickets.outcome;
                sides
                    .plan_note(
                        ticket,
                        &t!("Attach {title} to ticket {ticket}", title = document.title, ticket),
                        html,
                        outcome,
                    )
                    .await?
            }
            Back::Insert { ticket, article } => {
                let document = self.known_row(DocumentKind::Article, article).await?;
                let text = sides.hudu.article(article).await?.content.unwrap_or_default();
                let title = document.title.clone();
                let line = NoteLine { what: word(DocumentKind::Article), url: document.url, title };
                let text = sanitise_with(&text, sides.hudu.origin(), Pictures::All);
                let html = format!("{}{text}", note_html(&t!("From the documentation in Hudu:"), &[line]));
                let outcome = settings::load(self.host()).await?.tickets.outcome;
                let title = t!("Insert {title} into ticket {ticket}", title = document.title, ticket);
                sides.plan_note(ticket, &title, html, outcome).await?
            }
            Back::Trail { ticket } => self.plan_trail(ticket).await?,
            Back::Note { company } => sides.plan_company_note(company, &text(NOTE), &self.agent().await).await?,
            Back::Edit { asset } => {
                let company = self.company_of(DocumentKind::Asset, asset).await?;
                sides.plan_edit(company, asset, typed).await?
            }
            Back::Add { company, layout, .. } => {
                let layout = layout.ok_or_else(|| missing(t!("Choose a layout first.")))?;
                sides.plan_new(company, layout, typed).await?
            }
            Back::Password { company, asset, .. } => {
                let new =
                    NewPassword { company, asset, name: text(NAME), username: text(USER_NAME), url: text(WEB_ADDRESS) };
                // Blanks at either end may belong to it.
                let value = put_by(self.host(), Some(text(PASSWORD)).filter(|value| !value.is_empty())).await?;
                sides.plan_password(&new, value).await?
            }
            Back::Relate { kind, id, company } => {
                let library = self.related_with(kind, id, company).await?;
                let wanted = text(OTHER);
                let found = ends(&library).into_iter().find(|(name, _)| *name == wanted.trim()).map(|(_, end)| end);
                let other = found.ok_or_else(|| missing(t!("Choose a record of the list.")))?;
                let document = self.known_row(kind, id).await?;
                let kind = model(kind).ok_or_else(|| missing(t!("Hudu relates no records of this kind.")))?;
                sides.plan_relation(&End { kind, id, name: document.title }, &other).await?
            }
        };
        self.shown(plan).await
    }

    /// A plan that was shown before.
    pub(super) async fn shown_before(&self, plan: &str) -> Result<Reply, ServiceError> {
        let plan = shelf::load(self.host(), plan).await?.ok_or(SyncError::NoPlan)?;
        if crate::service::centre::is_large(&plan) {
            return Err(ServiceError::NotAllowed);
        }
        Ok(Reply::Plan { plan: describe::plan(&plan) })
    }

    /// The documentation with which a document can be related: its company's, or that of the company in view
    /// where it belongs to none or to one that was not opened.
    async fn related_with(
        &self,
        kind: DocumentKind,
        id: i64,
        beside: Option<i64>,
    ) -> Result<Rc<Library>, ServiceError> {
        let own = self.library_with(kind, id, beside).await?.filter(|(own, _)| *own != CENTRAL || beside.is_none());
        Ok(match (own, beside) {
            (Some((_, library)), _) => library,
            (None, Some(company)) => self.stored_library(company).await?.unwrap_or_default(),
            (None, None) => Rc::default(),
        })
    }
}

pub(super) fn missing(what: String) -> ServiceError {
    SyncError::NotSynced(what).into()
}

/// What a document is, in a note.
pub(super) fn word(kind: DocumentKind) -> String {
    match kind {
        DocumentKind::Asset => t!("asset"),
        DocumentKind::Person => t!("person"),
        DocumentKind::Article => t!("article"),
        DocumentKind::Password => t!("password"),
        DocumentKind::Process => t!("process"),
        DocumentKind::Website => t!("website"),
        DocumentKind::Expiration => t!("expiration"),
    }
}

/// Hudu's word for a kind of record, where it relates such.
fn model(kind: DocumentKind) -> Option<&'static str> {
    Some(match kind {
        DocumentKind::Asset | DocumentKind::Person => "Asset",
        DocumentKind::Article => "Article",
        DocumentKind::Password => "AssetPassword",
        DocumentKind::Process => "Procedure",
        DocumentKind::Website => "Website",
        DocumentKind::Expiration => return None,
    })
}

/// The records of a company that can be related, by the words under which they are chosen; each once.
fn ends(library: &Library) -> Vec<(String, End)> {
    let mut rows: Vec<(String, End)> = Vec::new();
    let mut add = |word: &str, kind, id, name: &Option<String>| {
        let name = name.clone().unwrap_or_default();
        rows.push((format!("{name} ({word})"), End { kind, id, name }));
    };
    let asset = t!("asset");
    for row in library.assets.rows.iter().filter(|row| !row.archived) {
        add(row.layout_name.as_deref().unwrap_or(&asset), "Asset", row.id, &row.name);
    }
    for row in library.articles.rows.iter().filter(|row| !row.archived) {
        add(&t!("article"), "Article", row.id, &row.name);
    }
    for row in library.passwords.rows.iter().filter(|row| !row.archived) {
        add(&t!("password"), "AssetPassword", row.id, &row.name);
    }
    for row in library.procedures.rows.iter().filter(|row| !row.archived && !row.run) {
        add(&t!("process"), "Procedure", row.id, &row.name);
    }
    for row in library.websites.rows.iter().filter(|row| !row.archived) {
        add(&t!("website"), "Website", row.id, &row.name);
    }
    rows.order_by_key(|(name, end)| (name.to_lowercase(), end.id));
    // Two of one name are told apart by their ids.
    for place in 1..rows.len() {
        if rows[place].1.kind == rows[place - 1].1.kind && rows[place].0 == rows[place - 1].0 {
            let id = rows[place].1.id;
            rows[place].0.push_str(&format!(" #{id}"));
        }
    }
    rows
}
