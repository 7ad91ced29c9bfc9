//! What can be read from Hudu, in one table; [`crate::hudu::shelf`] reads all of it alike.

use crate::hudu::endpoint::Endpoint;

/// How one record is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Single {
    /// By its id in the path.
    Path,
    /// As the only row of a list that is filtered by id.
    Filter,
    /// Not at all: lists are all there is.
    None,
}

/// One kind of record.
#[derive(Debug)]
pub struct Shelf {
    /// Where it is, and how sentences call it.
    pub endpoint: Endpoint,
    /// Path of the list below `/api/v1/`.
    pub path: &'static str,
    /// All of them in the names of commands and tools.
    pub many: &'static str,
    /// One of them in the names of tools.
    pub one: &'static str,
    /// What the records are, in one sentence.
    pub about: &'static str,
    /// Columns of a table.
    pub columns: &'static [&'static str],
    /// Filters that Hudu documents. Any other is passed through.
    pub filters: &'static [&'static str],
    /// Filters that the list cannot do without.
    pub needs: &'static [&'static str],
    /// How one record is read.
    pub single: Single,
}

impl Shelf {
    /// The kind of this name; dashes are as good as underscores.
    pub fn named(name: &str) -> Option<&'static Shelf> {
        let name = name.to_ascii_lowercase().replace('-', "_");
        ALL.iter().find(|shelf| [shelf.many, shelf.one, shelf.endpoint.many].contains(&name.as_str()))
    }

    /// Whether its list can be narrowed to a company.
    pub fn has_company(&self) -> bool {
        self.filters.contains(&"company_id")
    }
}

macro_rules! shelves {
    ($($many:literal $one:literal at $path:literal in $rows:literal $root:literal, $noun:literal $size:expr, $single:ident:
        $about:literal [$($column:literal)*] ($($filter:literal)*) $(needs $($need:literal)*)?;)*) => {
        /// All of them.
        pub const ALL: &[Shelf] = &[$(Shelf {
            endpoint: Endpoint { many: $rows, one: $root, area: $about, noun: $noun, page_size: $size },
            path: $path,
            many: $many,
            one: $one,
            about: $about,
            columns: &[$($column),*],
            filters: &[$($filter),*],
            needs: &[$($($need),*)?],
            single: Single::$single,
        }),*];
    };
}

shelves! {
    "companies" "company" at "companies" in "companies" "company", "company" Some(1000), Path:
        "companies" ["id" "name" "id_number" "city" "website" "archived"]
        ("name" "search" "id_number" "id_in_integration" "phone_number" "website" "city" "state" "slug" "updated_at");
    "assets" "asset" at "assets" in "assets" "asset", "asset" Some(1000), Filter:
        "assets" ["id" "name" "asset_type" "company_name" "primary_serial" "archived"]
        ("company_id" "asset_layout_id" "name" "primary_serial" "search" "slug" "archived" "updated_at");
    "layouts" "layout" at "asset_layouts" in "asset_layouts" "asset_layout", "asset layout" Some(1000), Path:
        "asset layouts" ["id" "name" "active"] ("name" "slug" "active" "updated_at");
    "articles" "article" at "articles" in "articles" "article", "article" Some(100), Path:
        "articles" ["id" "name" "company_id" "folder_id" "updated_at" "archived"]
        ("company_id" "name" "search" "draft" "enable_sharing" "slug" "updated_at");
    "passwords" "password" at "asset_passwords" in "asset_passwords" "asset_password", "password" Some(1000), Path:
        "passwords, without their secrets" ["id" "name" "username" "company_id" "password_type" "archived"]
        ("company_id" "name" "search" "archived" "slug" "updated_at");
    "password_folders" "password_folder" at "password_folders" in "password_folders" "password_folder", "password folder" Some(1000), Path:
        "folders of passwords" ["id" "name" "company_id" "security"] ("company_id" "name" "search");
    "folders" "folder" at "folders" in "folders" "folder", "folder" Some(1000), Path:
        "folders" ["id" "name" "company_id" "parent_folder_id" "folder_type"] ("company_id" "name" "in_company" "folder_type");
    "websites" "website" at "websites" in "websites" "website", "website" Some(1000), Path:
        "websites" ["id" "name" "company_name" "status" "monitoring_status" "paused"] ("name" "search" "slug" "updated_at");
    "processes" "process" at "procedures" in "procedures" "procedure", "process" Some(1000), Path:
        "processes" ["id" "name" "company_id" "status" "completion_percentage" "run"]
        ("company_id" "name" "type" "process_scope" "parent_process_id" "slug" "archived" "created_at" "updated_at");
    "tasks" "task" at "procedure_tasks" in "procedure_tasks" "procedure_task", "task" None, Path:
        "tasks of processes" ["id" "name" "procedure_id" "position" "completed"] ("procedure_id" "name" "company_id");
    "relations" "relation" at "relations" in "relations" "relation", "relation" Some(1000), None:
        "relations" ["id" "fromable_type" "fromable_id" "toable_type" "toable_id" "name"] ();
    "expirations" "expiration" at "expirations" in "expirations" "expiration", "expiration" Some(1000), None:
        "expirations" ["id" "date" "expiration_type" "company_id" "expirationable_type" "expirationable_id"]
        ("company_id" "expiration_type" "resource_id" "resource_type" "archived");
    "activity" "activity_log" at "activity_logs" in "activity_logs" "activity_log", "activity" Some(200), None:
        "the activity log" ["id" "created_at" "user_name" "action" "record_type" "record_name"]
        ("user_id" "user_email" "resource_type" "resource_id" "action_message" "start_date");
    "users" "user" at "users" in "users" "user", "user" Some(1000), Path:
        "users of Hudu" ["id" "first_name" "last_name" "email" "security_level" "archived"]
        ("email" "first_name" "last_name" "search" "security_level" "portal_member_company_id" "archived");
    "groups" "group" at "groups" in "groups" "group", "group" Some(1000), Path:
        "groups of users" ["id" "name" "default"] ("name" "default" "search");
    "networks" "network" at "networks" in "networks" "network", "network" None, Path:
        "networks" ["id" "name" "address" "company_id" "network_type"]
        ("company_id" "name" "address" "network_type" "location_id" "slug" "archived" "created_at" "updated_at");
    "ip_addresses" "ip_address" at "ip_addresses" in "ip_addresses" "ip_address", "IP address" None, Path:
        "IP addresses" ["id" "address" "status" "fqdn" "company_id"]
        ("company_id" "network_id" "address" "status" "fqdn" "asset_id" "created_at" "updated_at");
    "vlans" "vlan" at "vlans" in "vlans" "vlan", "VLAN" None, Path:
        "VLANs" ["id" "name" "vlan_id" "company_id"] ("company_id" "vlan_zone_id" "name" "vlan_id" "archived");
    "vlan_zones" "vlan_zone" at "vlan_zones" in "vlan_zones" "vlan_zone", "VLAN zone" None, Path:
        "VLAN zones" ["id" "name" "company_id"] ("company_id" "name" "archived");
    "uploads" "upload" at "uploads" in "uploads" "upload", "upload" Some(1000), Path:
        "uploaded files" ["id" "name" "ext" "size" "uploadable_type" "uploadable_id"] ();
    "photos" "photo" at "photos" in "photos" "photo", "photo" Some(1000), Path:
        "photos" ["id" "caption" "photoable_type" "photoable_id" "company_id"]
        ("company_id" "photoable_type" "photoable_id" "folder_id" "archived");
    "lists" "list" at "lists" in "lists" "list", "list" None, Path:
        "lists of choices" ["id" "name"] ("name" "query");
    "flags" "flag" at "flags" in "flags" "flag", "flag" Some(1000), Path:
        "flags" ["id" "flag_type_id" "flagable_type" "flagable_id" "description"]
        ("flag_type_id" "flagable_type" "flagable_id" "description");
    "flag_types" "flag_type" at "flag_types" in "flag_types" "flag_type", "flag type" Some(1000), Path:
        "types of flags" ["id" "name" "color"] ("name" "color" "slug");
    "labels" "label" at "labels" in "labels" "label", "label" Some(1000), Path:
        "labels" ["id" "label_type_id" "labelable_type" "labelable_id"]
        ("label_type_id" "labelable_type" "labelable_id" "user_id");
    "label_types" "label_type" at "label_types" in "label_types" "label_type", "label type" Some(1000), Path:
        "types of labels" ["id" "name" "color"] ("name" "color" "slug");
    "matchers" "matcher" at "matchers" in "matchers" "matcher", "matcher" Some(1000), None:
        "matchers of integrations" ["id" "name" "integrator_name" "sync_id" "company_id" "company_name"]
        ("integration_id" "matched" "sync_id" "identifier" "company_id") needs "integration_id";
    "cards" "card" at "cards/lookup" in "integrator_cards" "integrator_card", "card" None, None:
        "cards of integrations" ["id" "integrator_name" "sync_type" "sync_id" "primary_field"]
        ("integration_slug" "integration_id" "integration_identifier") needs "integration_slug";
    "magic_dash" "magic_dash_tile" at "magic_dash" in "magic_dashes" "magic_dash", "Magic Dash tile" Some(1000), None:
        "Magic Dash tiles" ["id" "title" "company_name" "message" "shade"] ("title" "company_id");
}
