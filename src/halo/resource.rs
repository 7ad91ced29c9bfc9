//! HaloITSM's resources: where they are, what the rows are called, whether lists come in pages.

/// One resource of the API.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Resource {
    /// Path below `/api/`.
    pub path: &'static str,
    /// The member of the envelope that holds the rows; lists of others are bare arrays.
    pub rows: &'static str,
    /// Whether the list knows `pageinate`.
    pub paged: bool,
    /// One of them, in sentences.
    pub one: &'static str,
    /// All of them, in sentences; also the name of the area in "no access to …".
    pub many: &'static str,
}

macro_rules! resources {
    ($($(#[$doc:meta])* $name:ident = $path:literal, $rows:literal, $paged:literal, $one:literal, $many:literal;)*) => {
        $($(#[$doc])* pub const $name: Resource =
            Resource { path: $path, rows: $rows, paged: $paged, one: $one, many: $many };)*
        /// All of them.
        pub const ALL: &[Resource] = &[$($name),*];
    };
}

resources! {
    /// Clients.
    CLIENT = "Client", "clients", true, "client", "clients";
    /// Sites.
    SITE = "Site", "sites", true, "site", "sites";
    /// End users.
    USERS = "Users", "users", true, "user", "users";
    /// Assets; some tenants serve 50 rows a page whatever is asked for.
    ASSET = "Asset", "assets", true, "asset", "assets";
    /// Asset types.
    ASSET_TYPE = "AssetType", "assettypes", false, "asset type", "asset types";
    /// Asset groups.
    ASSET_GROUP = "AssetGroup", "assetgroups", false, "asset group", "asset groups";
    /// Contracts of clients.
    CONTRACT = "ClientContract", "contracts", true, "contract", "contracts";
    /// Agreements on service levels.
    SLA = "SLA", "slas", false, "SLA", "SLAs";
    /// Knowledge-base articles.
    ARTICLE = "KBArticle", "articles", true, "article", "knowledge-base articles";
    /// Lists (folders) of articles.
    FAQ_LIST = "FAQLists", "faqlists", false, "FAQ list", "FAQ lists";
    /// Tickets.
    TICKET = "Tickets", "tickets", true, "ticket", "tickets";
    /// Actions of tickets.
    ACTION = "Actions", "actions", false, "action", "actions";
    /// Ways to act on tickets ("Private Note").
    OUTCOME = "Outcome", "outcomes", false, "outcome", "outcomes";
    /// Agents.
    AGENT = "Agent", "agents", false, "agent", "agents";
    /// Teams.
    TEAM = "Team", "teams", false, "team", "teams";
    /// Departments above the clients.
    TOP_LEVEL = "TopLevel", "tree", true, "top level", "top levels";
    /// Organisations.
    ORGANISATION = "Organisation", "organisations", false, "organisation", "organisations";
    /// Statuses of tickets.
    STATUS = "Status", "statuses", false, "status", "statuses";
    /// Types of tickets.
    TICKET_TYPE = "TicketType", "tickettypes", false, "ticket type", "ticket types";
    /// Suppliers.
    SUPPLIER = "Supplier", "suppliers", true, "supplier", "suppliers";
    /// Definitions of custom fields.
    FIELD_INFO = "FieldInfo", "fields", false, "custom field", "custom fields";
    /// Definitions of asset-type fields.
    FIELD = "Field", "fields", false, "asset field", "asset fields";
    /// Choices.
    LOOKUP = "Lookup", "lookup", false, "lookup", "lookups";
    /// Attachments.
    ATTACHMENT = "Attachment", "attachments", false, "attachment", "attachments";
    /// Appointments and tasks of agents.
    APPOINTMENT = "Appointment", "appointments", true, "appointment", "appointments";
    /// Invoices.
    INVOICE = "Invoice", "invoices", true, "invoice", "invoices";
    /// Products and services that are sold.
    ITEM = "Item", "items", true, "item", "items";
    /// Opportunities: tickets of the sales area.
    OPPORTUNITY = "Opportunities", "tickets", true, "opportunity", "opportunities";
    /// Projects: tickets with tasks as their children.
    PROJECT = "Projects", "tickets", true, "project", "projects";
    /// Quotations.
    QUOTE = "Quotation", "quotes", true, "quote", "quotes";
    /// Reports.
    REPORT = "Report", "reports", true, "report", "reports";
}

impl Resource {
    /// The resource of a kind of record.
    pub fn of(kind: crate::halo::record::RecordKind) -> Resource {
        use crate::halo::record::RecordKind;
        match kind {
            RecordKind::Ticket => TICKET,
            RecordKind::Client => CLIENT,
            RecordKind::Site => SITE,
            RecordKind::User => USERS,
            RecordKind::Asset => ASSET,
            RecordKind::Contract => CONTRACT,
            RecordKind::Article => ARTICLE,
        }
    }
}
