//! The table of resources.

use super::{Entry, Of};
use crate::halo::resource as at;

/// What most resources share.
const PLAIN: Entry = Entry {
    resource: at::CLIENT,
    many: "",
    one: "",
    about: "",
    fields: "id name",
    columns: 2,
    filters: "search",
    list_needs: &[],
    needs: &[],
    beside: &[],
    within: None,
    of: Of::Client,
    deleting: "It is removed with what belongs to it.",
    detail: "custom fields and everything that lists leave out",
};

const TICKET_FIELDS: &str = "id summary client_name user_name status_id tickettype_id team agent_id priority_id dateoccurred \
    client_id site_id site_name user_id sla_id category_1 impact urgency parent_id details details_html \
    targetdate dateclosed last_update assets customfields";

const TICKET_FILTERS: &str = "search search_summary client_id client_ids site_id user_id asset_id agent_id agent team status status_id priority \
    requesttype parent_id contract_id supplier_id ticketids open_only closed_only deleted datesearch \
    startdate enddate lastupdatefromdate lastupdatetodate includestatus";

/// Opportunities and projects are told from tickets by their type, which HaloITSM does not choose.
const TYPED: &[&[&str]] = &[&["summary"], &["tickettype_id"]];

const TICKETS: Entry = Entry {
    fields: TICKET_FIELDS,
    columns: 10,
    filters: TICKET_FILTERS,
    needs: &[&["summary"]],
    beside: &[("user_id", "site_id")],
    deleting: "It is marked as deleted with its actions; an administrator can bring it back in HaloITSM.",
    detail: "the description as HTML, linked assets, custom fields, names of status, type and agent",
    ..PLAIN
};

/// All 21 resources.
pub const ALL: &[Entry] = &[
    Entry {
        resource: at::USERS,
        many: "users",
        one: "user",
        about: "End users: the people at clients who report tickets.",
        fields: "id name emailaddress site_name client_name phonenumber inactive firstname surname mobilenumber \
            title department site_id client_id login notes isimportantcontact \
            customfields",
        columns: 7,
        filters: "search client_id site_id asset_id department_id organisation_id supplier_id exclude_generaluser \
            includeinactive includeactive lastupdatefromdate lastupdatetodate",
        needs: &[&["name", "firstname", "surname"], &["site_id"]],
        deleting: "The person is removed; their tickets lose them. Setting `inactive` keeps both.",
        ..PLAIN
    },
    Entry {
        resource: at::TEAM,
        many: "teams",
        one: "team",
        about: "Teams of agents.",
        fields: "id name department_name inactive sequence department_id agents",
        columns: 4,
        filters: "includeagentsforteams department_id includedisabled showall",
        needs: &[&["name"]],
        of: Of::Everybody,
        deleting: "The team is removed; tickets that name it keep the name only.",
        detail: "its agents",
        ..PLAIN
    },
    Entry {
        resource: at::ACTION,
        many: "actions",
        one: "action",
        about: "Actions of a ticket: notes, e-mails, time and changes of status. Ids start again in each ticket.",
        fields: "id ticket_id datetime who outcome note note_html outcome_id hiddenfromuser timetaken",
        columns: 6,
        filters: "ticket_id excludesys excludeprivate conversationonly startdate enddate includehtmlnote \
            includeattachments",
        needs: &[&["ticket_id"], &["outcome", "outcome_id"]],
        within: Some("ticket_id"),
        of: Of::Ticket,
        deleting: "The action is removed from its ticket.",
        detail: "the note and e-mail as HTML, attachments",
        ..PLAIN
    },
    Entry {
        resource: at::AGENT,
        many: "agents",
        one: "agent",
        about: "Agents: the people who work on tickets.",
        fields: "id name email team isdisabled teams jobtitle lastlogindate",
        columns: 5,
        filters: "search team department_id includedisabled client_id",
        needs: &[&["name"]],
        of: Of::Everybody,
        deleting: "The agent is removed. Setting `isdisabled` keeps their history whole.",
        detail: "teams, departments and roles",
        ..PLAIN
    },
    Entry {
        resource: at::APPOINTMENT,
        many: "appointments",
        one: "appointment",
        about: "Appointments and tasks in the calendar of agents.",
        fields: "id subject start_date end_date agent_id ticket_id client_id site_id user_id status allday note \
            note_html",
        columns: 6,
        filters: "start_date end_date agents ticket_id client_id search showall",
        list_needs: &["start_date", "ticket_id"],
        needs: &[&["subject"], &["start_date"], &["end_date"]],
        deleting: "The appointment is removed from the calendar.",
        ..PLAIN
    },
    Entry {
        resource: at::ASSET,
        many: "assets",
        one: "asset",
        about: "Assets: devices and other configuration items of clients.",
        fields: "id inventory_number key_field assettype_name client_name site_name status_name inactive \
            client_id site_id assettype_id status_id warranty_start warranty_end supplier_id contract_id \
            parent_id notes fields customfields",
        columns: 8,
        filters: "search client_id site_id user_id ticket_id contract_id supplier_id item_id assettype_id \
            assettypes assetgroup_id assetstatuses inventory_number includeassetfields includeinactive \
            includeactive lastupdatefromdate lastupdatetodate",
        needs: &[&["assettype_id"], &["client_id", "site_id"]],
        deleting: "The asset is removed; tickets lose the link to it. Setting `inactive` keeps both.",
        detail: "the fields of its type, custom fields, its users",
        ..PLAIN
    },
    Entry {
        resource: at::CLIENT,
        many: "clients",
        one: "client",
        about: "Clients: the organisations that are served.",
        fields: "id name toplevel_name inactive website ref toplevel_id main_site_id colour is_vip notes \
            customfields",
        columns: 4,
        filters: "search search_name_only toplevel_id includeinactive includeactive lastupdatefromdate \
            lastupdatetodate",
        needs: &[&["name"]],
        of: Of::Itself,
        deleting: "The client is removed with its sites and users. Setting `inactive` keeps everything.",
        ..PLAIN
    },
    Entry {
        resource: at::CONTRACT,
        many: "contracts",
        one: "contract",
        about: "Contracts with clients.",
        fields: "id ref client_name start_date end_date contract_status client_id site_id user_id sla_id \
            periodchargeamount note customfields",
        columns: 6,
        filters: "search client_id site_id device_id includeinactive",
        needs: &[&["client_id"]],
        deleting: "The contract is removed with its periods.",
        ..PLAIN
    },
    Entry {
        resource: at::INVOICE,
        many: "invoices",
        one: "invoice",
        about: "Invoices to clients; drafts are not posted yet.",
        fields: "id invoicenumber client_name invoice_date duedate total amountdue posted client_id contract_id \
            ticket_id reference lines",
        columns: 8,
        filters: "search client_id client_ids site_id user_id ticket_id contract_id postedonly notpostedonly \
            includelines",
        needs: &[&["client_id"]],
        deleting: "The invoice is removed with its lines.",
        detail: "lines and custom fields",
        ..PLAIN
    },
    Entry {
        resource: at::ITEM,
        many: "items",
        one: "item",
        about: "Items: products and services that are sold.",
        fields: "id name assetgroup_name baseprice costprice quantity_in_stock supplier_name supplier_id \
            description status customfields",
        columns: 7,
        filters: "search supplier_id assetgroup_id includeinactive includeactive",
        needs: &[&["name"]],
        of: Of::Everybody,
        deleting: "The item is removed; quotes and invoices keep their lines.",
        ..PLAIN
    },
    Entry {
        resource: at::ARTICLE,
        many: "knowledge_base",
        one: "knowledge_base",
        about: "Articles of the knowledge base: a question (description) and its answer (resolution).",
        fields: "id name tag_string date_edited inactive description description_html resolution_html faqlists \
            tags customfields",
        columns: 5,
        filters: "search client_id site_id device_id faqlists type organisation_id includeinactive includeactive",
        needs: &[&["name"]],
        of: Of::Everybody,
        deleting: "The article is removed for agents and end users. Setting `inactive` keeps it.",
        detail: "question and answer as HTML, FAQ lists, restrictions to clients",
        ..PLAIN
    },
    Entry {
        resource: at::OPPORTUNITY,
        many: "opportunites",
        one: "opportunite",
        about: "Opportunities: what may be sold to a client or a prospect.",
        needs: TYPED,
        ..TICKETS
    },
    Entry {
        resource: at::PROJECT,
        many: "projects",
        one: "project",
        about: "Projects; their tasks are the tickets below them.",
        needs: TYPED,
        ..TICKETS
    },
    Entry {
        resource: at::QUOTE,
        many: "quotes",
        one: "quote",
        about: "Quotes to clients, with lines.",
        fields: "id title client_name date expiry_date total status client_id site_id user_id ticket_id po_ref \
            note lines customfields",
        columns: 7,
        filters: "search client_id site_id ticket_id user_id includelines",
        needs: &[&["client_id", "ticket_id"]],
        deleting: "The quote is removed with its lines.",
        detail: "lines and custom fields",
        ..PLAIN
    },
    Entry {
        resource: at::REPORT,
        many: "reports",
        one: "report",
        about: "Reports.",
        fields: "id name group_name description group_id type sql",
        columns: 4,
        filters: "search type reportgroup_id",
        needs: &[&["name"]],
        of: Of::Anybody,
        deleting: "The report is removed for everybody.",
        detail: "its query",
        ..PLAIN
    },
    Entry {
        resource: at::SITE,
        many: "sites",
        one: "site",
        about: "Sites: the places of a client.",
        fields: "id name client_name phonenumber inactive client_id sla_id colour notes delivery_address \
            customfields",
        columns: 5,
        filters: "search client_id toplevel_id includeaddress includeinactive includeactive lastupdatefromdate \
            lastupdatetodate",
        needs: &[&["name"], &["client_id"]],
        deleting: "The site is removed with its users. Setting `inactive` keeps them.",
        detail: "addresses and custom fields",
        ..PLAIN
    },
    Entry {
        resource: at::STATUS,
        many: "status",
        one: "status",
        about: "Statuses that tickets can have.",
        fields: "id name shortname type colour sequence",
        columns: 5,
        filters: "tickettype_id excludeclosed showall",
        needs: &[&["name"]],
        of: Of::Everybody,
        deleting: "The status is removed; tickets that have it need another one.",
        detail: "settings",
        ..PLAIN
    },
    Entry {
        resource: at::SUPPLIER,
        many: "suppliers",
        one: "supplier",
        about: "Suppliers and manufacturers.",
        fields: "id name contact_name email_address phone_number inactive toplevel_id notes customfields",
        columns: 6,
        filters: "search toplevel_id includeinactive includeactive",
        needs: &[&["name"]],
        of: Of::Everybody,
        deleting: "The supplier is removed; assets and items lose it. Setting `inactive` keeps it.",
        ..PLAIN
    },
    Entry {
        resource: at::TICKET_TYPE,
        many: "ticket_types",
        one: "ticket_type",
        about: "Ticket types: incident, request, change and what else the desk knows.",
        fields: "id name use sequence default_team group_id default_sla default_priority",
        columns: 5,
        filters: "client_id can_create_only showall showinactive",
        needs: &[&["name"]],
        of: Of::Everybody,
        deleting: "The ticket type is removed; its tickets need another one.",
        detail: "defaults and fields",
        ..PLAIN
    },
    Entry {
        resource: at::TICKET,
        many: "tickets",
        one: "ticket",
        about: "Tickets: incidents, requests and changes.",
        ..TICKETS
    },
    Entry {
        resource: at::ATTACHMENT,
        many: "attachments",
        one: "attachment",
        about: "Files at tickets, actions and other records.",
        fields: "id filename filesize content_type datecreated ticket_id action_id isimage type unique_id \
            data_base64",
        columns: 5,
        filters: "ticket_id action_id type unique_id",
        list_needs: &["ticket_id", "unique_id"],
        needs: &[&["filename"], &["data_base64"]],
        of: Of::Ticket,
        deleting: "The file is removed.",
        detail: "the file itself, in Base64",
        ..PLAIN
    },
];
