//! What a form begins with: what the asset, or the record in view, tells of a new password or record. The
//! user looks it through, so that what cannot be read is left blank.

use crate::assist::sidebar;
use crate::assist::view::DocumentKind;
use crate::halo::model::User;
use crate::halo::record::{RecordKind, RecordRef};
use crate::halo::resource;
use crate::hudu::field::FieldType;
use crate::library;
use crate::service::{Service, ServiceError};
use crate::settings;
use crate::sync::back::{FormField, FormView, InputKind};

/// What is known; empty where it is not.
#[derive(Default)]
pub(super) struct Known {
    pub(super) name: String,
    pub(super) mail: String,
    pub(super) phone: String,
    pub(super) address: String,
}

impl Service {
    /// What a stored asset tells of a password that belongs to it.
    pub(super) async fn known_of_asset(&self, id: i64) -> Result<Known, ServiceError> {
        let Some((_, library)) = self.library_with(DocumentKind::Asset, id, None).await? else {
            return Ok(Known::default());
        };
        let Some(asset) = library.assets.rows.iter().find(|row| row.id == id) else { return Ok(Known::default()) };
        let shapes = library::shapes(self.host()).await?.unwrap_or_default();
        let layout = shapes.layout(asset.asset_layout_id);
        let first = |fits: &dyn Fn(Option<FieldType>, &str) -> bool| {
            asset.fields.iter().find_map(|field| {
                let (label, value) = (field.label.as_deref()?, field.value.as_str()?.trim());
                let kind = layout.and_then(|layout| layout.field(label)).map(|field| field.kind());
                (!value.is_empty() && fits(kind, &label.to_lowercase())).then(|| value.to_owned())
            })
        };
        let site = first(&|kind, _| kind == Some(FieldType::Website));
        let ip = || first(&|_, label| label.split(' ').any(|word| word == "ip")).map(|ip| format!("https://{ip}"));
        Ok(Known {
            name: asset.name.clone().unwrap_or_default(),
            mail: asset.primary_mail.clone().or_else(|| first(&is_mail)).unwrap_or_default(),
            phone: String::new(),
            address: site.or_else(ip).unwrap_or_default(),
        })
    }

    /// What HaloITSM tells of the user, or the asset, that the record in view is or names.
    pub(super) async fn known_of_record(
        &self,
        record: Option<RecordRef>,
        kind: RecordKind,
    ) -> Result<Known, ServiceError> {
        let settings = settings::load(self.host()).await?;
        let origin = settings.connections.hudu.map(|hudu| hudu.origin).unwrap_or_default();
        let Some(record) = record else { return Ok(Known::default()) };
        let view = sidebar::stored(self.host(), &origin, &settings.sync, record).await?;
        let Some(view) = view.map(|view| view.record) else { return Ok(Known::default()) };
        let mut named = std::iter::once((view.record, view.title)).chain(view.about);
        let Some((record, name)) = named.find(|(record, _)| record.kind == kind) else { return Ok(Known::default()) };
        let mut known = Known { name, ..Known::default() };
        if kind == RecordKind::User
            && let Ok(user) = self.sides().await?.halo.get::<User>(resource::USERS, record.id, &[]).await
        {
            known.mail = user.email.unwrap_or_default();
            known.phone = user.phone.or(user.mobile).unwrap_or_default();
        }
        Ok(known)
    }

    /// The form of a new record begins with the user, or the asset, of the record in view that Hudu has not yet.
    pub(super) async fn filled(
        &self,
        mut form: FormView,
        company: i64,
        about: Option<RecordRef>,
    ) -> Result<FormView, ServiceError> {
        let chosen = form.layouts.iter().find(|(id, _)| Some(*id) == form.layout);
        let people = settings::load(self.host()).await?.sync.people_layout;
        let is_people = chosen.is_some_and(|(_, name)| name.trim().eq_ignore_ascii_case(people.trim()));
        let kind = if is_people { RecordKind::User } else { RecordKind::Asset };
        let mut known = self.known_of_record(about, kind).await?;
        let library = self.stored_library(company).await?.unwrap_or_default();
        let own = |name: &Option<String>| name.as_deref().is_some_and(|own| own.eq_ignore_ascii_case(&known.name));
        if !library.assets.rows.iter().any(|row| own(&row.name)) {
            for field in &mut form.fields {
                field.value = take(&mut known, field);
            }
        }
        Ok(form)
    }
}

/// What belongs into a field; each is taken once.
fn take(known: &mut Known, field: &FormField) -> String {
    let label = field.label.to_lowercase();
    let from = match field.kind {
        InputKind::Line if field.label == "Name" => &mut known.name,
        InputKind::Line | InputKind::Email if label.contains("mail") || field.kind == InputKind::Email => {
            &mut known.mail
        }
        InputKind::Phone => &mut known.phone,
        _ => return field.value.clone(),
    };
    std::mem::take(from)
}

fn is_mail(kind: Option<FieldType>, label: &str) -> bool {
    kind == Some(FieldType::Email) || label.contains("mail")
}
