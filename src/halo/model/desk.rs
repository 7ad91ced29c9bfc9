//! Tickets, agents and the instance itself.

use crate::halo::model::Asset;
use crate::http::raw::record;

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
        /// Last change.
        changed: Option<i64> = instant("last_update"),
    }
}

record! {
    /// An action of a ticket: a note, a mail. Its id counts within its ticket.
    struct Action {
        /// Text as HTML. Untrusted.
        note_html: Option<String> = text("note_html"),
        /// Text as plain text.
        note: Option<String> = text("note"),
        /// When.
        at: Option<i64> = instant("datetime"),
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
    }
}

record! {
    /// What the instance tells of itself.
    part InstanceInfo {
        /// "Halo ITSM".
        app_name: Option<String> = text("app_name"),
        /// Version.
        version: Option<String> = text("app_version"),
    }
}
