//! What the members and filters of the resources mean: one word for all resources that have it.

/// What kind of value a member or filter takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A whole number.
    Whole,
    /// A number.
    Number,
    /// Text.
    Text,
    /// Yes or no.
    Flag,
    /// A date with or without time, ISO 8601; HaloITSM means UTC.
    Date,
    /// Ids with commas between them.
    Ids,
    /// An array of objects.
    List,
    /// An object.
    Object,
}

/// One member or filter.
#[derive(Clone, Copy, Debug)]
pub struct Word {
    /// Its name in the API.
    pub name: &'static str,
    /// What kind of value it takes.
    pub kind: Kind,
    /// What it means.
    pub meaning: &'static str,
}

/// A member of records. One without an entry of its own is text.
pub fn field(name: &'static str) -> Word {
    find(FIELDS, name)
}

/// A filter of lists. One without an entry of its own is text.
pub fn filter(name: &'static str) -> Word {
    find(FILTERS, name)
}

fn find(words: &[Word], name: &'static str) -> Word {
    words.iter().find(|word| word.name == name).copied().unwrap_or(Word { name, kind: Kind::Text, meaning: "" })
}

macro_rules! words {
    ($($list:ident { $($name:literal $kind:ident $meaning:literal;)* })*) => {
        $(const $list: &[Word] = &[$(Word { name: $name, kind: Kind::$kind, meaning: $meaning }),*];)*
    };
}

words! {
    FIELDS {
        "id" Whole "Id. With it a record is changed, without it a new one is made.";
        "name" Text "Name.";
        "summary" Text "Subject line.";
        "details" Text "Description, as plain text.";
        "details_html" Text "Description, as HTML.";
        "note" Text "Note, as plain text.";
        "note_html" Text "Note, as HTML.";
        "notes" Text "Notes.";
        "client_id" Whole "Client.";
        "client_name" Text "Name of the client.";
        "site_id" Whole "Site.";
        "site_name" Text "Name of the site.";
        "user_id" Whole "End user.";
        "user_name" Text "Name of the end user.";
        "agent_id" Whole "Agent in charge; 1 is nobody.";
        "agent_name" Text "Name of the agent.";
        "team" Text "Name of the team.";
        "status" Whole "Status.";
        "status_id" Whole "Status.";
        "tickettype_id" Whole "Ticket type.";
        "sla_id" Whole "Service level; -1 for the usual one.";
        "priority_id" Whole "Priority, a number within its service level.";
        "impact" Whole "Impact.";
        "urgency" Whole "Urgency.";
        "parent_id" Whole "The record above this one.";
        "ticket_id" Whole "Ticket.";
        "action_id" Whole "Action of the ticket.";
        "supplier_id" Whole "Supplier.";
        "contract_id" Whole "Contract.";
        "toplevel_id" Whole "Top level above the client.";
        "assettype_id" Whole "Asset type.";
        "assetgroup_id" Whole "Asset group.";
        "department_id" Whole "Department.";
        "main_site_id" Whole "The client's main site.";
        "outcome_id" Whole "Kind of action; 7 is the built-in private note.";
        "outcome" Text "Kind of action, by name.";
        "hiddenfromuser" Flag "Whether end users do not see it.";
        "timetaken" Number "Time taken, in hours.";
        "who" Text "Who did it.";
        "inactive" Flag "Whether it is inactive.";
        "isdisabled" Flag "Whether the agent is disabled.";
        "isimportantcontact" Flag "Whether the person is marked as important.";
        "is_vip" Flag "Whether it is marked as important.";
        "isimage" Flag "Whether the file is a picture.";
        "posted" Flag "Whether the invoice is posted.";
        "allday" Flag "Whether it lasts all day.";
        "type" Whole "Type, a number.";
        "sequence" Whole "Place in the order.";
        "filesize" Whole "Size in bytes.";
        "group_id" Whole "Group.";
        "default_sla" Whole "Service level of new tickets.";
        "default_priority" Whole "Priority of new tickets.";
        "dateoccurred" Date "When it was logged.";
        "datecreated" Date "When it was made.";
        "dateclosed" Date "When it was closed; 1900 is never.";
        "targetdate" Date "When it is due.";
        "last_update" Date "When it last changed.";
        "datetime" Date "When it happened.";
        "start_date" Date "Beginning.";
        "end_date" Date "End.";
        "warranty_start" Date "Beginning of the warranty.";
        "warranty_end" Date "End of the warranty.";
        "invoice_date" Date "Date of the invoice.";
        "duedate" Date "When it has to be paid.";
        "date" Date "Date.";
        "expiry_date" Date "Until when it is good.";
        "date_edited" Date "When it was last edited.";
        "lastlogindate" Date "When this person last signed in.";
        "total" Number "Total.";
        "amountdue" Number "What is left to be paid.";
        "baseprice" Number "Price.";
        "costprice" Number "Cost.";
        "quantity_in_stock" Number "How many are in stock.";
        "periodchargeamount" Number "Charge for each period.";
        "lines" List "Lines.";
        "assets" List "Linked assets; {\"id\": 7} links one.";
        "agents" List "Its agents.";
        "teams" List "Teams of the agent.";
        "fields" List "Fields of the asset type: {\"id\": 101, \"value\": …}.";
        "faqlists" List "FAQ lists that the article is in: {\"id\": 4}.";
        "tags" List "Tags.";
        "customfields" List "Custom fields: {\"name\": \"CF…\", \"value\": …}; only those that are sent change.";
        "delivery_address" Object "Address.";
        "emailaddress" Text "E-mail address.";
        "email" Text "E-mail address.";
        "email_address" Text "E-mail address.";
        "phonenumber" Text "Phone number.";
        "phone_number" Text "Phone number.";
        "mobilenumber" Text "Mobile number.";
        "title" Text "Title.";
        "department" Text "Department.";
        "inventory_number" Text "Asset tag.";
        "key_field" Text "The asset's first key field.";
        "ref" Text "Reference.";
        "subject" Text "Subject.";
        "filename" Text "Name of the file.";
        "data_base64" Text "The file itself, in Base64.";
        "content_type" Text "Media type of the file.";
        "description" Text "Description; of an article the question.";
        "description_html" Text "The question, as HTML.";
        "resolution_html" Text "The answer, as HTML.";
        "colour" Text "Colour.";
        "sql" Text "The query; running it is for administrators.";
        "category_1" Text "Category, with > between the levels.";
    }
    FILTERS {
        "search" Text "Words to look for.";
        "search_name_only" Flag "Look for them in names only.";
        "client_id" Whole "Of this client.";
        "client_ids" Ids "Of these clients.";
        "site_id" Whole "Of this site.";
        "user_id" Whole "Of this end user.";
        "agent_id" Whole "Of this agent.";
        "agent" Ids "Of these agents.";
        "agents" Ids "Of these agents.";
        "team" Text "Of this team, by name.";
        "asset_id" Whole "Of this asset.";
        "device_id" Whole "Of this asset.";
        "ticket_id" Whole "Of this ticket.";
        "action_id" Whole "Of this action; the ticket has to be named as well.";
        "contract_id" Whole "Of this contract.";
        "supplier_id" Whole "Of this supplier.";
        "item_id" Whole "Of this item.";
        "parent_id" Whole "Below this record.";
        "toplevel_id" Whole "Below this top level.";
        "organisation_id" Whole "Of this organisation.";
        "department_id" Whole "Of this department.";
        "status" Ids "With one of these statuses.";
        "status_id" Whole "With this status.";
        "priority" Ids "With one of these priorities.";
        "requesttype" Ids "Of these ticket types.";
        "tickettype_id" Whole "For this ticket type.";
        "ticketids" Ids "These tickets only.";
        "open_only" Flag "Open ones only.";
        "search_summary" Text "With these words in the summary.";
        "closed_only" Flag "Closed ones only.";
        "deleted" Flag "Deleted ones.";
        "datesearch" Text "Which date startdate and enddate are about: dateoccured or datecleared (HaloITSM's spelling).";
        "startdate" Date "From this date on; datesearch says which date.";
        "enddate" Date "Up to this date; datesearch says which date.";
        "start_date" Date "From this date on.";
        "end_date" Date "Up to this date.";
        "lastupdatefromdate" Date "Changed since; not every tenant honours it.";
        "lastupdatetodate" Date "Changed until; not every tenant honours it.";
        "includeinactive" Flag "Inactive ones too.";
        "includeactive" Flag "Active ones; on where nothing is said.";
        "includedisabled" Flag "Disabled ones too.";
        "includeaddress" Flag "With addresses.";
        "includeassetfields" Flag "With the fields of the asset type; HaloITSM wants assettype_id as well.";
        "includeagentsforteams" Flag "With the agents of each team.";
        "includelines" Flag "With the lines.";
        "includestatus" Flag "With names of statuses.";
        "includehtmlnote" Flag "With notes as HTML.";
        "includeattachments" Flag "With attachments.";
        "excludesys" Flag "Without the system's own.";
        "excludeprivate" Flag "Without private ones.";
        "conversationonly" Flag "What was said to and by the end user only.";
        "excludeclosed" Flag "Without closed statuses.";
        "exclude_generaluser" Flag "Without each site's general user.";
        "assettype_id" Whole "Of this asset type.";
        "assettypes" Ids "Of these asset types.";
        "assetgroup_id" Whole "Of this asset group.";
        "assetstatuses" Ids "With one of these asset statuses.";
        "inventory_number" Text "With exactly this asset tag.";
        "faqlists" Ids "In these FAQ lists.";
        "type" Whole "Of this type, a number.";
        "unique_id" Whole "Of the record with this id; type says of which kind.";
        "reportgroup_id" Whole "In this group of reports.";
        "showall" Flag "All of them.";
        "showinactive" Flag "Inactive ones too.";
        "can_create_only" Flag "Those that the agent may create only.";
        "postedonly" Flag "Posted ones only.";
        "notpostedonly" Flag "Drafts only.";
        "order" Text "Member to put them in order by; without it the id.";
        "orderdesc" Flag "The other way round.";
    }
}
