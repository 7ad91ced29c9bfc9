//! HaloITSM's records. Every member but the id may be missing; list rows hold less than details.

use serde_json::Value;

use crate::http::raw::{read, record};

record! {
    /// A client (customer).
    struct Client {
        /// Name.
        name: Option<String> = text("name"),
        /// Department above it.
        toplevel_id: Option<i64> = reference("toplevel_id"),
        /// Name of the department above it.
        toplevel_name: Option<String> = text("toplevel_name"),
        /// Hidden from lists unless asked for.
        inactive: bool = flag("inactive"),
        /// Reference of the customer's own.
        reference: Option<String> = text("ref"),
        /// Website, with or without scheme.
        website: Option<String> = text("website"),
        /// Main phone number, where the instance gives one on the client.
        phone: Option<String> = text("phonenumber"),
        /// Plain text.
        notes: Option<String> = text("notes"),
        /// The site that stands for the client.
        main_site_id: Option<i64> = reference("main_site_id"),
        /// Its name.
        main_site_name: Option<String> = text("main_site_name"),
        /// Kind of customer, as the instance names it.
        kind: Option<String> = text("customertype_name"),
        /// Custom fields; list rows usually have none.
        custom_fields: Vec<CustomField> = records("customfields"),
        /// Last change, on the detail only.
        changed: Option<i64> = instant("alastupdate"),
    }
}

record! {
    /// A site of a client.
    struct Site {
        /// Name.
        name: Option<String> = text("name"),
        /// Client; Halo writes this one as a double.
        client_id: Option<i64> = reference("client_id"),
        /// Client's name.
        client_name: Option<String> = text("client_name"),
        /// Hidden from lists unless asked for.
        inactive: bool = flag("inactive"),
        /// Phone.
        phone: Option<String> = text("phonenumber"),
        /// IANA time zone.
        timezone: Option<String> = text("timezone"),
        /// Plain text.
        notes: Option<String> = text("notes"),
        /// Main contact's name.
        main_contact: Option<String> = text("maincontact_name"),
        /// ISO country code.
        country_code: Option<String> = text("country_code"),
        /// Where things are delivered, on the detail.
        delivery_address: Option<Address> = object("delivery_address"),
        /// Where invoices go, on the detail.
        invoice_address: Option<Address> = object("invoice_address"),
        /// Custom fields.
        custom_fields: Vec<CustomField> = records("customfields"),
        /// Last change, on the detail only.
        changed: Option<i64> = instant("slastupdate"),
    }
}

record! {
    /// An end user (contact).
    struct User {
        /// Full name.
        name: Option<String> = text("name"),
        /// Given name.
        first_name: Option<String> = text("firstname"),
        /// Family name.
        surname: Option<String> = text("surname"),
        /// E-mail address.
        email: Option<String> = text("emailaddress"),
        /// Phone.
        phone: Option<String> = text("phonenumber"),
        /// Mobile.
        mobile: Option<String> = text("mobilenumber"),
        /// Job title or form of address.
        title: Option<String> = text("title"),
        /// Job title, where the instance has it apart.
        job_title: Option<String> = text("jobtitle"),
        /// Department.
        department: Option<String> = text("department"),
        /// Site; Halo writes this one as a double, with `site_id_int` as its whole twin.
        site_id: Option<i64> = reference("site_id"),
        /// Site's name.
        site_name: Option<String> = text("site_name"),
        /// Client.
        client_id: Option<i64> = reference("client_id"),
        /// Client's name.
        client_name: Option<String> = text("client_name"),
        /// Hidden from lists unless asked for.
        inactive: bool = flag("inactive"),
        /// Not a person.
        service_account: bool = flag("isserviceaccount"),
        /// Marked as important.
        important: bool = flag("isimportantcontact"),
        /// Login name.
        login: Option<String> = text("login"),
        /// Plain text.
        notes: Option<String> = text("notes"),
        /// Custom fields.
        custom_fields: Vec<CustomField> = records("customfields"),
        /// Last change, on the detail only.
        changed: Option<i64> = instant("ulastupdate"),
    }
}

record! {
    /// An asset (device, configuration item).
    struct Asset {
        /// Asset tag: the name that Halo shows. An asset has no name of its own.
        inventory_number: Option<String> = text("inventory_number"),
        /// Display copy of the type's first key field.
        key_field: Option<String> = text("key_field"),
        /// Second.
        key_field2: Option<String> = text("key_field2"),
        /// Third.
        key_field3: Option<String> = text("key_field3"),
        /// Type.
        type_id: Option<i64> = reference("assettype_id"),
        /// Type's name.
        type_name: Option<String> = text("assettype_name"),
        /// Group's name.
        group_name: Option<String> = text("assetgroup_name"),
        /// Client.
        client_id: Option<i64> = reference("client_id"),
        /// Client's name.
        client_name: Option<String> = text("client_name"),
        /// Site.
        site_id: Option<i64> = reference("site_id"),
        /// Site's name.
        site_name: Option<String> = text("site_name"),
        /// Name of the user it belongs to.
        username: Option<String> = text("username"),
        /// Status.
        status_name: Option<String> = text("status_name"),
        /// Hidden from lists unless asked for.
        inactive: bool = flag("inactive"),
        /// Plain text.
        notes: Option<String> = text("notes"),
        /// First day of the warranty.
        warranty_start: Option<String> = day("warranty_start"),
        /// Last day of the warranty.
        warranty_end: Option<String> = day("warranty_end"),
        /// Supplier's name.
        supplier_name: Option<String> = text("supplier_name"),
        /// Contract.
        contract_id: Option<i64> = reference("contract_id"),
        /// Contract's reference.
        contract_reference: Option<String> = text("contract_ref"),
        /// Asset above it.
        parent_id: Option<i64> = reference("parent_id"),
        /// Fields of its type; in lists only with `includeassetfields=true`.
        fields: Vec<AssetField> = records("fields"),
        /// Custom fields.
        custom_fields: Vec<CustomField> = records("customfields"),
        /// Its users.
        users: Vec<User> = records("users"),
        /// Its contracts.
        contracts: Vec<Contract> = records("contracts"),
        /// Last change, on the detail only.
        changed: Option<i64> = instant("dlastupdate"),
    }
}

record! {
    /// A field of an asset's type, with this asset's value.
    part AssetField {
        /// Id of the field's definition.
        id: Option<i64> = reference("id"),
        /// Label.
        name: Option<String> = text("name"),
        /// Value: text, number, id of a choice, or null.
        value: Value = any("value"),
        /// Value as text.
        display: Option<String> = text("display"),
        /// Kind of data, as Halo names it.
        validate: Option<String> = text("validate"),
        /// Number of the list of choices, if any.
        lookup: Option<i64> = reference("lookup"),
    }
}

record! {
    /// A custom field with this record's value.
    part CustomField {
        /// Id of the definition.
        id: Option<i64> = reference("id"),
        /// API name with the prefix `CF`.
        name: Option<String> = text("name"),
        /// Label.
        label: Option<String> = text("label"),
        /// Value of any shape.
        value: Value = any("value"),
        /// Value as text.
        display: Option<String> = text("display"),
        /// Kept encrypted by Halo: never shown and never synced.
        encrypted: bool = flag("isencrypted"),
    }
}

record! {
    /// A contract of a client.
    struct Contract {
        /// Reference: the name that Halo shows.
        reference: Option<String> = text("ref"),
        /// Client.
        client_id: Option<i64> = reference("client_id"),
        /// Client's name.
        client_name: Option<String> = text("client_name"),
        /// Site.
        site_id: Option<i64> = reference("site_id"),
        /// Site's name.
        site_name: Option<String> = text("site_name"),
        /// First day.
        start: Option<String> = day("start_date"),
        /// Last day.
        end: Option<String> = day("end_date"),
        /// Running.
        active: Option<bool> = maybe("active"),
        /// Ended.
        expired: bool = flag("expired"),
        /// Status as text.
        status: Option<String> = text("contract_status"),
        /// Kind of contract.
        type_name: Option<String> = text("contracttype_name"),
        /// Kind of billing, as Halo's number.
        billing_period: Option<i64> = integer("billingperiod"),
        /// Charge per period.
        charge: Option<f64> = decimal("periodchargeamount"),
        /// Next invoice.
        next_invoice: Option<String> = day("next_invoice_date"),
        /// Name of the agreement on service levels.
        sla_name: Option<String> = text("sla_name"),
        /// Plain text.
        note: Option<String> = text("note"),
        /// Covered assets, on the detail.
        assets: Vec<Asset> = records("assets"),
        /// Custom fields.
        custom_fields: Vec<CustomField> = records("customfields"),
        /// Last change, on list rows too.
        changed: Option<i64> = instant("last_modified"),
    }
}

record! {
    /// A knowledge-base article. List rows have no HTML.
    struct Article {
        /// Title.
        name: Option<String> = text("name"),
        /// The question as plain text.
        description: Option<String> = text("description"),
        /// The question as HTML, on the detail. Untrusted.
        description_html: Option<String> = text("description_html"),
        /// The answer as plain text, on the detail.
        resolution: Option<String> = text("resolution"),
        /// The answer as HTML, on the detail. Untrusted.
        resolution_html: Option<String> = text("resolution_html"),
        /// Hidden from lists unless asked for.
        inactive: bool = flag("inactive"),
        /// Tags, comma separated.
        tag_string: Option<String> = text("tag_string"),
        /// Tags.
        tags: Vec<Tag> = records("tags"),
        /// Lists (folders) that it stands in.
        lists: Vec<FaqList> = records("faqlists"),
        /// Shown to all end users.
        show_for_all: bool = flag("showforall"),
        /// Clients that it is restricted to.
        client_access: Vec<ClientAccess> = records("kbentryclientaccess"),
        /// Made.
        created: Option<i64> = instant("date_created"),
        /// Last edit; unset for an article that was never edited.
        edited: Option<i64> = instant("date_edited"),
        /// Who made it.
        creator_name: Option<String> = text("creator_name"),
        /// Who edited it last.
        editor_name: Option<String> = text("editor_name"),
    }
}

record! {
    /// A tag of an article.
    part Tag {
        /// Id.
        id: Option<i64> = reference("id"),
        /// Word.
        text: Option<String> = text("text"),
    }
}

record! {
    /// A client that an article is restricted to.
    part ClientAccess {
        /// Id of the restriction.
        id: Option<i64> = reference("id"),
        /// Client.
        client_id: Option<i64> = reference("client_id"),
        /// Client's name.
        client_name: Option<String> = text("client_name"),
    }
}

record! {
    /// A list (folder) of articles.
    struct FaqList {
        /// Name.
        name: Option<String> = text("name"),
        /// "IT > Network".
        full_name: Option<String> = text("full_name"),
        /// The list above it.
        parent_id: Option<i64> = reference("group_id"),
        /// Holds lists rather than articles.
        is_group: bool = flag("is_group"),
        /// Shown to all end users.
        show_for_all: bool = flag("showforall"),
        /// Shown to all agents.
        show_for_all_agents: bool = flag("showforallagents"),
    }
}

record! {
    /// A ticket. Read only.
    struct Ticket {
        /// Subject.
        summary: Option<String> = text("summary"),
        /// Client.
        client_id: Option<i64> = reference("client_id"),
        /// Client's name.
        client_name: Option<String> = text("client_name"),
        /// Site.
        site_id: Option<i64> = reference("site_id"),
        /// Site's name.
        site_name: Option<String> = text("site_name"),
        /// End user.
        user_id: Option<i64> = reference("user_id"),
        /// End user's name.
        user_name: Option<String> = text("user_name"),
        /// Text as plain text.
        details: Option<String> = text("details"),
        /// "Hardware>Laptop".
        category: Option<String> = text("category_1"),
        /// Assets that it is about.
        assets: Vec<Asset> = records("assets"),
        /// Contract.
        contract_id: Option<i64> = reference("contract_id"),
        /// Occurred.
        occurred: Option<i64> = instant("dateoccurred"),
        /// Last change.
        changed: Option<i64> = instant("last_update"),
    }
}

record! {
    /// A type of asset.
    struct AssetType {
        /// Name.
        name: Option<String> = text("name"),
        /// Group.
        group_id: Option<i64> = reference("assetgroup_id"),
        /// Group's name.
        group_name: Option<String> = text("assetgroup_name"),
        /// Definition that `key_field` copies.
        key_field_id: Option<i64> = reference("keyfield_id"),
        /// Its name.
        key_field_name: Option<String> = text("keyfield_name"),
        /// Definitions of its fields, on the detail.
        fields: Vec<AssetField> = records("field_list"),
    }
}

record! {
    /// A group of asset types.
    struct AssetGroup {
        /// Name.
        name: Option<String> = text("name"),
        /// Its types, with `includetypesforgroups=true`.
        types: Vec<AssetType> = records("assettypes"),
    }
}

record! {
    /// An agent (technician or application).
    struct Agent {
        /// Name.
        name: Option<String> = text("name"),
        /// E-mail address.
        email: Option<String> = text("email"),
        /// Team.
        team: Option<String> = text("team"),
        /// May no longer sign in.
        disabled: bool = flag("isdisabled"),
        /// An agent for applications only.
        api_only: bool = flag("isapiagent"),
    }
}

record! {
    /// What the instance tells of itself.
    part InstanceInfo {
        /// "Halo ITSM".
        app_name: Option<String> = text("app_name"),
        /// Version.
        version: Option<String> = text("app_version"),
        /// Base of deep links.
        agent_url: Option<String> = text("agent_url"),
        /// End-user portal.
        portal_url: Option<String> = text("portal_url"),
    }
}

record! {
    /// A postal address: lines 1 and 2 street, 3 town, 4 county, 5 postal code.
    part Address {
        /// Street.
        line1: Option<String> = text("line1"),
        /// Street, continued.
        line2: Option<String> = text("line2"),
        /// Town.
        line3: Option<String> = text("line3"),
        /// County or state.
        line4: Option<String> = text("line4"),
        /// Postal code, where `postcode` is missing.
        line5: Option<String> = text("line5"),
        /// Postal code.
        code: Option<String> = text("postcode"),
        /// Country.
        country: Option<String> = text("country"),
    }
}

impl Address {
    /// Postal code.
    pub fn postcode(&self) -> Option<&str> {
        self.code.as_deref().or(self.line5.as_deref())
    }

    /// Whether nothing is filled in.
    pub fn is_empty(&self) -> bool {
        [&self.line1, &self.line2, &self.line3, &self.line4, &self.line5, &self.code].iter().all(|l| l.is_none())
    }
}

impl Site {
    /// The delivery address: the nested one of a detail, or the flattened one of a list row
    /// (`includeaddress=true`); else the invoice address.
    pub fn address(&self) -> Option<Address> {
        let line = |n: u8| read::text(&self.raw, &format!("delivery_address_line{n}"));
        let flat = Address {
            line1: line(1),
            line2: line(2),
            line3: line(3),
            line4: line(4),
            line5: line(5),
            code: None,
            country: self.country_code.clone(),
            raw: Default::default(),
        };
        let nested = self.delivery_address.clone();
        [nested, Some(flat), self.invoice_address.clone()].into_iter().flatten().find(|a| !a.is_empty())
    }
}

impl User {
    /// Full name, made of its parts where Halo sends none.
    pub fn full_name(&self) -> Option<String> {
        self.name.clone().or_else(|| {
            let parts: Vec<&str> =
                [&self.first_name, &self.surname].into_iter().filter_map(|p| p.as_deref()).collect();
            (!parts.is_empty()).then(|| parts.join(" "))
        })
    }

    /// The "General User" that Halo keeps for every site: no person.
    pub fn is_general(&self) -> bool {
        self.name.as_deref().is_some_and(|n| n.trim().eq_ignore_ascii_case("general user"))
    }
}

impl Asset {
    /// The name that people know it by: the tag, else the first key field.
    pub fn display_name(&self) -> Option<&str> {
        [&self.inventory_number, &self.key_field, &self.key_field2, &self.key_field3]
            .into_iter()
            .find_map(|n| n.as_deref())
    }

    /// The field of its type with that label, compared without case.
    pub fn field(&self, name: &str) -> Option<&AssetField> {
        self.fields.iter().find(|f| f.name.as_deref().is_some_and(|n| n.eq_ignore_ascii_case(name)))
    }
}

impl AssetField {
    /// The readable text: what Halo displays, else the value itself.
    pub fn text(&self) -> Option<String> {
        self.display.clone().or_else(|| read::text_of(&self.value))
    }
}

impl CustomField {
    /// The readable text: what Halo displays, else the value itself; nothing of an encrypted one.
    pub fn text(&self) -> Option<String> {
        if self.encrypted {
            return None;
        }
        self.display.clone().or_else(|| read::text_of(&self.value))
    }
}

impl Article {
    /// Last edit, or the making where it was never edited.
    pub fn changed(&self) -> Option<i64> {
        self.edited.or(self.created)
    }

    /// Tags in lower case, from whichever member holds them.
    pub fn tag_words(&self) -> Vec<String> {
        let listed = self.tags.iter().filter_map(|t| t.text.as_deref());
        let joined = self.tag_string.as_deref().unwrap_or_default().split(',');
        let mut words: Vec<String> =
            listed.chain(joined).map(|w| w.trim().to_lowercase()).filter(|w| !w.is_empty()).collect();
        words.sort();
        words.dedup();
        words
    }
}
