//! Hudu's records. Every member but the id may be missing. Secrets are dropped before anything is
//! read.

use serde_json::Value;

use crate::http::raw::record;
use crate::hudu::field::FieldType;

/// Hudu's name for both HaloITSM and HaloPSA among its integrations.
pub const HALO: &str = "halo";

record! {
    /// A company.
    struct Company {
        /// Name.
        name: Option<String> = text("name"),
        /// Short name.
        nickname: Option<String> = text("nickname"),
        /// Customer, prospect, … (free text).
        company_type: Option<String> = text("company_type"),
        /// ID number.
        id_number: Option<String> = text("id_number"),
        /// Street.
        address_line_1: Option<String> = text("address_line_1"),
        /// Street, continued.
        address_line_2: Option<String> = text("address_line_2"),
        /// Town.
        city: Option<String> = text("city"),
        /// County or state.
        state: Option<String> = text("state"),
        /// Postal code.
        zip: Option<String> = text("zip"),
        /// Country.
        country_name: Option<String> = text("country_name"),
        /// Phone.
        phone_number: Option<String> = text("phone_number"),
        /// Website.
        website: Option<String> = text("website"),
        /// HTML. Untrusted.
        notes: Option<String> = text("notes"),
        /// Put away.
        archived: bool = flag("archived"),
        /// Address, relative or absolute.
        url: Option<String> = text("url"),
        /// Stable part of the address.
        slug: Option<String> = text("slug"),
        /// What integrations it is matched with.
        integrations: Vec<Integration> = records("integrations"),
        /// Made.
        created: Option<i64> = instant("created_at"),
        /// Last change.
        updated: Option<i64> = instant("updated_at"),
    }
}

record! {
    /// A company's match in an integration.
    part Integration {
        /// Id of the match.
        id: Option<i64> = reference("id"),
        /// `halo` for HaloITSM and HaloPSA.
        integrator_name: Option<String> = text("integrator_name"),
        /// Id in the other product.
        sync_id: Option<i64> = reference("sync_id"),
        /// Name in the other product.
        name: Option<String> = text("name"),
        /// Company that Hudu suggests.
        potential_company_id: Option<i64> = reference("potential_company_id"),
        /// Company that it is matched with.
        company_id: Option<i64> = reference("company_id"),
    }
}

record! {
    /// An asset.
    struct Asset {
        /// Name.
        name: Option<String> = text("name"),
        /// Company.
        company_id: Option<i64> = reference("company_id"),
        /// Company's name.
        company_name: Option<String> = text("company_name"),
        /// Layout.
        asset_layout_id: Option<i64> = reference("asset_layout_id"),
        /// Layout's name.
        layout_name: Option<String> = text("asset_type"),
        /// Serial number.
        primary_serial: Option<String> = text("primary_serial"),
        /// E-mail address.
        primary_mail: Option<String> = text("primary_mail"),
        /// Model.
        primary_model: Option<String> = text("primary_model"),
        /// Manufacturer.
        primary_manufacturer: Option<String> = text("primary_manufacturer"),
        /// Put away.
        archived: bool = flag("archived"),
        /// Address, relative or absolute.
        url: Option<String> = text("url"),
        /// Stable part of the address.
        slug: Option<String> = text("slug"),
        /// Values of the layout's fields; those without a value may be missing.
        fields: Vec<AssetField> = records("fields"),
        /// What integrations know of it.
        cards: Vec<Card> = records("cards"),
        /// Made.
        created: Option<i64> = instant("created_at"),
        /// Last change.
        updated: Option<i64> = instant("updated_at"),
    }
}

record! {
    /// A value of an asset. Its type stands in the layout only.
    part AssetField {
        /// Id of this value; not the layout field's.
        id: Option<i64> = reference("id"),
        /// Label of the layout field.
        label: Option<String> = text("label"),
        /// As answered; read it with [`crate::hudu::field::read`].
        value: Value = any("value"),
        /// Position in the layout.
        position: Option<i64> = integer("position"),
    }
}

record! {
    /// What an integration knows of an asset.
    part Card {
        /// Id.
        id: Option<i64> = reference("id"),
        /// `halo` for HaloITSM and HaloPSA.
        integrator_name: Option<String> = text("integrator_name"),
        /// `asset`, `site` or `contact` (a Halo user).
        sync_type: Option<String> = text("sync_type"),
        /// Id in the other product.
        sync_id: Option<i64> = reference("sync_id"),
        /// Address in the other product.
        link: Option<String> = text("link"),
        /// Name in the other product.
        primary_field: Option<String> = text("primary_field"),
    }
}

record! {
    /// An asset layout.
    struct Layout {
        /// Name.
        name: Option<String> = text("name"),
        /// In use.
        active: Option<bool> = maybe("active"),
        /// Icon class.
        icon: Option<String> = text("icon"),
        /// Colour.
        color: Option<String> = text("color"),
        /// Colour of the icon.
        icon_color: Option<String> = text("icon_color"),
        /// Stable part of the address.
        slug: Option<String> = text("slug"),
        /// Fields in order of position.
        fields: Vec<LayoutField> = records("fields"),
        /// Last change.
        updated: Option<i64> = instant("updated_at"),
    }
}

record! {
    /// A field of a layout.
    part LayoutField {
        /// Id, needed to write the layout.
        id: Option<i64> = reference("id"),
        /// Label.
        label: Option<String> = text("label"),
        /// Type as Hudu spells it; read it with [`LayoutField::kind`].
        field_type: Option<String> = text("field_type"),
        /// Must be filled in by people.
        required: bool = flag("required"),
        /// Shown in lists.
        show_in_list: bool = flag("show_in_list"),
        /// Order.
        position: Option<i64> = integer("position"),
        /// Hint.
        hint: Option<String> = text("hint"),
        /// For `AssetTag`: the layout that it links to.
        linkable_id: Option<i64> = reference("linkable_id"),
        /// For `ListSelect`: the list.
        list_id: Option<i64> = reference("list_id"),
        /// Several values allowed.
        multiple_options: bool = flag("multiple_options"),
        /// A date that Hudu warns of.
        expiration: bool = flag("expiration"),
        /// For `Dropdown`: choices, one a line.
        options: Option<String> = text("options"),
    }
}

record! {
    /// An article. Without company it stands in the Central knowledge base.
    struct Article {
        /// Title.
        name: Option<String> = text("name"),
        /// HTML, as stored: scripts and styles included. Untrusted.
        content: Option<String> = text("content"),
        /// Company; `None` for Central.
        company_id: Option<i64> = reference("company_id"),
        /// Folder.
        folder_id: Option<i64> = reference("folder_id"),
        /// Not published yet.
        draft: bool = flag("draft"),
        /// Put away.
        archived: bool = flag("archived"),
        /// Shared by link.
        enable_sharing: bool = flag("enable_sharing"),
        /// Address by which it is shared.
        share_url: Option<String> = text("share_url"),
        /// Address, relative or absolute.
        url: Option<String> = text("url"),
        /// Stable part of the address.
        slug: Option<String> = text("slug"),
        /// Images.
        public_photos: Vec<PublicPhoto> = records("public_photos"),
        /// Made.
        created: Option<i64> = instant("created_at"),
        /// Last change.
        updated: Option<i64> = instant("updated_at"),
    }
}

record! {
    /// An image of an article.
    part PublicPhoto {
        /// Slug; its number is `numeric_id`.
        id: Option<String> = text("id"),
        /// Number by which the API knows it.
        numeric_id: Option<i64> = reference("numeric_id"),
        /// Address, relative or absolute.
        url: Option<String> = text("url"),
        /// Name of the file.
        file_name: Option<String> = text("file_name"),
    }
}

record! {
    /// A password **without** its secrets: they are dropped while the answer is read.
    struct Password {
        /// Name.
        name: Option<String> = text("name"),
        /// User name.
        username: Option<String> = text("username"),
        /// Company.
        company_id: Option<i64> = reference("company_id"),
        /// Kind, free text.
        password_type: Option<String> = text("password_type"),
        /// Description.
        description: Option<String> = text("description"),
        /// Where it is used to sign in.
        login_url: Option<String> = text("login_url"),
        /// Hudu's page, or the site on some versions.
        url: Option<String> = text("url"),
        /// Stable part of the address.
        slug: Option<String> = text("slug"),
        /// Folder's name.
        folder_name: Option<String> = text("password_folder_name"),
        /// What it belongs to: `Asset`, `Website`.
        passwordable_type: Option<String> = text("passwordable_type"),
        /// Its id.
        passwordable_id: Option<i64> = reference("passwordable_id"),
        /// Put away.
        archived: bool = flag("archived"),
        /// Whether one-time codes can be made.
        has_otp: bool = flag("has_otp"),
        /// Last change.
        updated: Option<i64> = instant("updated_at"),
    }
}

record! {
    /// A process, or a run of one.
    struct Procedure {
        /// Name.
        name: Option<String> = text("name"),
        /// Description. Untrusted HTML.
        description: Option<String> = text("description"),
        /// Company; `None` for a global template.
        company_id: Option<i64> = reference("company_id"),
        /// A run, not the process itself.
        run: bool = flag("run"),
        /// "Not Started", "In Progress", "Completed", "Cancelled".
        status: Option<String> = text("status"),
        /// "40%".
        completion: Option<String> = text("completion_percentage"),
        /// Tasks.
        total: Option<i64> = integer("total"),
        /// Tasks done.
        completed: Option<i64> = integer("completed"),
        /// Put away.
        archived: bool = flag("archived"),
        /// Address, relative or absolute.
        url: Option<String> = text("url"),
        /// Stable part of the address.
        slug: Option<String> = text("slug"),
        /// Tasks in order.
        tasks: Vec<ProcedureTask> = records("procedure_tasks_attributes"),
        /// Last change.
        updated: Option<i64> = instant("updated_at"),
    }
}

record! {
    /// A task of a process.
    part ProcedureTask {
        /// Id.
        id: Option<i64> = reference("id"),
        /// Name.
        name: Option<String> = text("name"),
        /// Description. Untrusted.
        description: Option<String> = text("description"),
        /// Done.
        completed: bool = flag("completed"),
        /// Order.
        position: Option<i64> = integer("position"),
        /// Process.
        procedure_id: Option<i64> = reference("procedure_id"),
        /// Due day, of a run's task.
        due: Option<String> = day("due_date"),
    }
}

record! {
    /// A website that Hudu watches.
    struct Website {
        /// Address with scheme.
        name: Option<String> = text("name"),
        /// Company.
        company_id: Option<i64> = reference("company_id"),
        /// `up` or `down`.
        monitoring_status: Option<String> = text("monitoring_status"),
        /// Not watched for now.
        paused: bool = flag("paused"),
        /// Put away.
        archived: bool = flag("archived"),
        /// Free text.
        notes: Option<String> = text("notes"),
        /// Address of its page, relative or absolute.
        url: Option<String> = text("url"),
        /// Stable part of the address.
        slug: Option<String> = text("slug"),
        /// Last change.
        updated: Option<i64> = instant("updated_at"),
    }
}

record! {
    /// A date that Hudu warns of.
    struct Expiration {
        /// Day.
        date: Option<String> = day("date"),
        /// `domain`, `ssl_certificate`, `warranty`, `asset_field`, `article_expiration`, `undeclared`.
        kind: Option<String> = text("expiration_type"),
        /// Company.
        company_id: Option<i64> = reference("company_id"),
        /// What ends: `Asset`, `Website`, …
        of_type: Option<String> = text("expirationable_type"),
        /// Its id.
        of_id: Option<i64> = reference("expirationable_id"),
        /// When it was put away.
        archived: Option<i64> = instant("archived_at"),
    }
}

record! {
    /// A folder of articles or photos.
    struct Folder {
        /// Name.
        name: Option<String> = text("name"),
        /// Company; `None` for Central.
        company_id: Option<i64> = reference("company_id"),
        /// The folder above it.
        parent_id: Option<i64> = reference("parent_folder_id"),
        /// `article` or `photo`.
        folder_type: Option<String> = text("folder_type"),
    }
}

record! {
    /// A list of choices.
    struct List {
        /// Name.
        name: Option<String> = text("name"),
        /// Choices.
        items: Vec<ListItem> = records("list_items"),
    }
}

record! {
    /// A choice.
    struct ListItem {
        /// Name.
        name: Option<String> = text("name"),
    }
}

record! {
    /// One end's view of a relation: each relation stands in the list twice.
    struct Relation {
        /// Description.
        description: Option<String> = text("description"),
        /// The second of the two rows.
        inverse: bool = flag("is_inverse"),
        /// Name of the other end.
        name: Option<String> = text("name"),
        /// This end: `Asset`, `Article`, `Company`, …
        from_type: Option<String> = text("fromable_type"),
        /// Its id.
        from_id: Option<i64> = reference("fromable_id"),
        /// The other end.
        to_type: Option<String> = text("toable_type"),
        /// Its id.
        to_id: Option<i64> = reference("toable_id"),
        /// Address of the other end, relative or absolute.
        to_url: Option<String> = text("toable_url"),
    }
}

record! {
    /// Version of the instance.
    part ApiInfo {
        /// "2.45.1".
        version: Option<String> = text("version"),
        /// Its date.
        date: Option<String> = text("date"),
    }
}

impl Company {
    /// The Halo client that Hudu's own integration matched it with.
    pub fn halo_client(&self) -> Option<i64> {
        self.integrations.iter().find(|i| i.is_halo())?.sync_id
    }
}

impl Integration {
    /// Whether it is HaloITSM or HaloPSA.
    pub fn is_halo(&self) -> bool {
        self.integrator_name.as_deref().is_some_and(|n| n.eq_ignore_ascii_case(HALO))
    }
}

impl Asset {
    /// The Halo id on a card of Hudu's own integration: `sync_type` is `asset`, `site` or `contact`.
    pub fn halo_card(&self, sync_type: &str) -> Option<i64> {
        self.cards.iter().find(|c| c.is_halo(sync_type))?.sync_id
    }

    /// The value under a label, compared without case.
    pub fn field(&self, label: &str) -> Option<&Value> {
        let same = |f: &&AssetField| f.label.as_deref().is_some_and(|l| l.eq_ignore_ascii_case(label));
        self.fields.iter().find(same).map(|f| &f.value).filter(|v| !v.is_null())
    }

    /// Empties the fields that the layout calls confidential, so that the asset may be stored or
    /// shown. An asset list holds them in clear, and only the layout tells which they are.
    pub fn hide_confidential(&mut self, layout: &Layout) {
        let hidden = |label: Option<&str>| {
            layout.fields.iter().any(|f| {
                f.kind() == FieldType::Password
                    && f.label.as_deref().zip(label).is_some_and(|(a, b)| a.eq_ignore_ascii_case(b))
            })
        };
        for field in &mut self.fields {
            if hidden(field.label.as_deref()) {
                field.value = Value::Null;
                field.raw.insert("value".to_owned(), Value::Null);
            }
        }
        if let Some(Value::Array(rows)) = self.raw.get_mut("fields") {
            for row in rows {
                if hidden(row.get("label").and_then(Value::as_str)) {
                    row["value"] = Value::Null;
                }
            }
        }
    }
}

impl Card {
    /// Whether it is HaloITSM's or HaloPSA's, of that type.
    pub fn is_halo(&self, sync_type: &str) -> bool {
        let same = |a: &Option<String>, b: &str| a.as_deref().is_some_and(|a| a.eq_ignore_ascii_case(b));
        same(&self.integrator_name, HALO) && same(&self.sync_type, sync_type)
    }
}

impl Layout {
    /// The field with that label, compared without case.
    pub fn field(&self, label: &str) -> Option<&LayoutField> {
        self.fields.iter().find(|f| f.label.as_deref().is_some_and(|l| l.eq_ignore_ascii_case(label)))
    }

    /// Whether it is in use; Hudu has no way to remove a layout.
    pub fn is_active(&self) -> bool {
        self.active.unwrap_or(true)
    }
}

impl LayoutField {
    /// The type.
    pub fn kind(&self) -> FieldType {
        FieldType::of(self.field_type.as_deref().unwrap_or_default())
    }

    /// Choices of a `Dropdown`.
    pub fn choices(&self) -> Vec<&str> {
        let lines = self.options.as_deref().unwrap_or_default().lines();
        lines.map(str::trim).filter(|l| !l.is_empty()).collect()
    }
}

impl List {
    /// The name of a choice.
    pub fn item_name(&self, id: i64) -> Option<&str> {
        self.items.iter().find(|i| i.id == id)?.name.as_deref()
    }

    /// The id of a choice, compared without case.
    pub fn item_id(&self, name: &str) -> Option<i64> {
        let same = |i: &&ListItem| i.name.as_deref().is_some_and(|n| n.trim().eq_ignore_ascii_case(name.trim()));
        self.items.iter().find(same).map(|i| i.id)
    }
}

impl Password {
    /// Where it is used to sign in: `login_url`, or `url` on versions where that is the site.
    pub fn site(&self) -> Option<&str> {
        let url = || self.url.as_deref().filter(|u| u.contains("://") && !u.contains("/passwords/"));
        self.login_url.as_deref().or_else(url)
    }
}

impl Relation {
    /// Whether one of its ends is this record.
    pub fn touches(&self, kind: &str, id: i64) -> bool {
        let is = |t: &Option<String>, i: Option<i64>| t.as_deref() == Some(kind) && i == Some(id);
        is(&self.from_type, self.from_id) || is(&self.to_type, self.to_id)
    }
}

