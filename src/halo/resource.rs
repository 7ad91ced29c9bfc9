//! HaloITSM's resources: where they are, what the rows are called, whether lists come in pages.

use crate::mark;

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

impl Resource {
    /// Rows to ask for where the list comes in one: actions know no pages, and how many come unasked is unknown.
    pub(crate) fn count(&self) -> Option<&'static str> {
        (self.path == ACTION.path).then_some("10000")
    }
}

macro_rules! resources {
    ($($(#[$doc:meta])* $name:ident = $path:literal, $rows:literal, $paged:literal, $one:expr, $many:expr;)*) => {
        $($(#[$doc])* pub const $name: Resource =
            Resource { path: $path, rows: $rows, paged: $paged, one: $one, many: $many };)*
        /// All of them.
        pub const ALL: &[Resource] = &[$($name),*];
    };
}

resources! {
    /// Clients.
    CLIENT = "Client", "clients", true, mark!("client"), mark!("clients");
    /// Sites.
    SITE = "Site", "sites", true, mark!("site"), mark!("sites");
    /// End users.
    USERS = "Users", "users", true, mark!("user"), mark!("users");
    /// Assets; some tenants serve 50 rows a page whatever is asked for.
    ASSET = "Asset", "assets", true, mark!("asset"), mark!("assets");
    /// Asset types.
    ASSET_TYPE = "AssetType", "assettypes", false, mark!("asset type"), mark!("asset types");
    /// Asset groups.
    ASSET_GROUP = "AssetGroup", "assetgroups", false, mark!("asset group"), mark!("asset groups");
    /// Contracts of clients.
    CONTRACT = "ClientContract", "contracts", true, mark!("contract"), mark!("contracts");
    /// Agreements on service levels.
    SLA = "SLA", "slas", false, mark!("SLA"), mark!("SLAs");
    /// Knowledge-base articles.
    ARTICLE = "KBArticle", "articles", true, mark!("article"), mark!("knowledge-base articles");
    /// Lists (folders) of articles.
    FAQ_LIST = "FAQLists", "faqlists", false, mark!("FAQ list"), mark!("FAQ lists");
    /// Tickets.
    TICKET = "Tickets", "tickets", true, mark!("ticket"), mark!("tickets");
    /// Actions of tickets.
    ACTION = "Actions", "actions", false, mark!("action"), mark!("actions");
    /// Ways to act on tickets ("Private Note").
    OUTCOME = "Outcome", "outcomes", false, mark!("outcome"), mark!("outcomes");
    /// Agents.
    AGENT = "Agent", "agents", false, mark!("agent"), mark!("agents");
    /// Teams.
    TEAM = "Team", "teams", false, mark!("team"), mark!("teams");
    /// Departments above the clients.
    TOP_LEVEL = "TopLevel", "tree", true, mark!("top level"), mark!("top levels");
    /// Organisations.
    ORGANISATION = "Organisation", "organisations", false, mark!("organisation"), mark!("organisations");
    /// Statuses of tickets.
    STATUS = "Status", "statuses", false, mark!("status"), mark!("statuses");
    /// Types of tickets.
    TICKET_TYPE = "TicketType", "tickettypes", false, mark!("ticket type"), mark!("ticket types");
    /// Suppliers.
    SUPPLIER = "Supplier", "suppliers", true, mark!("supplier"), mark!("suppliers");
    /// Definitions of custom fields.
    FIELD_INFO = "FieldInfo", "fields", false, mark!("custom field"), mark!("custom fields");
    /// Definitions of asset-type fields.
    FIELD = "Field", "fields", false, mark!("asset field"), mark!("asset fields");
    /// Choices.
    LOOKUP = "Lookup", "lookup", false, mark!("lookup"), mark!("lookups");
    /// Attachments.
    ATTACHMENT = "Attachment", "attachments", false, mark!("attachment"), mark!("attachments");
    /// Appointments and tasks of agents.
    APPOINTMENT = "Appointment", "appointments", true, mark!("appointment"), mark!("appointments");
    /// Invoices.
    INVOICE = "Invoice", "invoices", true, mark!("invoice"), mark!("invoices");
    /// Products and services that are sold.
    ITEM = "Item", "items", true, mark!("item"), mark!("items");
    /// Opportunities: tickets of the sales area.
    OPPORTUNITY = "Opportunities", "tickets", true, mark!("opportunity"), mark!("opportunities");
    /// Projects: tickets with tasks as their children.
    PROJECT = "Projects", "tickets", true, mark!("project"), mark!("projects");
    /// Quotations.
    QUOTE = "Quotation", "quotes", true, mark!("quote"), mark!("quotes");
    /// Reports.
    REPORT = "Report", "reports", true, mark!("report"), mark!("reports");
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
