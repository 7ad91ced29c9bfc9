//! What people write down: secrets, processes, tickets, articles; and who writes it.

/// A secret that Hudu keeps.
#[derive(Clone, Debug)]
pub struct Password {
    /// "Local administrator".
    pub name: String,
    /// Account.
    pub username: String,
    /// The secret itself.
    pub password: String,
    /// Base32 seed of a one-time code.
    pub otp_seed: Option<String>,
    /// Where it is used.
    pub url: Option<String>,
    /// Folder name.
    pub folder: Option<String>,
    /// Tag of the asset it belongs to.
    pub asset_tag: Option<String>,
    /// Free text.
    pub notes: String,
}

/// A process of a client.
#[derive(Clone, Debug)]
pub struct Process {
    /// "Onboard a new starter".
    pub name: String,
    /// What it is for.
    pub description: String,
    /// Steps in order.
    pub tasks: Vec<String>,
}

/// A ticket.
#[derive(Clone, Debug)]
pub struct Ticket {
    /// Halo id.
    pub id: i64,
    /// Halo id of the client.
    pub client_id: i64,
    /// Halo id of the site.
    pub site_id: i64,
    /// Halo id of the user.
    pub user_id: i64,
    /// One line.
    pub summary: String,
    /// HTML body, as an e-mail would bring it.
    pub details_html: String,
    /// "Network>VPN".
    pub category: String,
    /// "Incident", "Service Request", …
    pub kind: String,
    /// 1 to 4.
    pub priority: i64,
    /// "New", "In Progress", "On Hold", "Closed".
    pub status: String,
    /// Halo ids of linked assets.
    pub assets: Vec<i64>,
    /// Team name.
    pub team: String,
    /// Halo id of the agent.
    pub agent_id: i64,
    /// Later notes: (author, HTML, private).
    pub actions: Vec<(String, String, bool)>,
    /// Hours before "now" at which it was logged.
    pub hours_ago: i64,
}

/// A Hudu article.
#[derive(Clone, Debug)]
pub struct Article {
    /// Title.
    pub title: String,
    /// HTML body in Hudu's own idiom (headings, tables, callouts, code, pictures).
    pub html: String,
    /// Halo id of the client; `None` is the Central knowledge base.
    pub client_id: Option<i64>,
    /// Folder path from the root, "Network / VPN" as two entries.
    pub folder: Vec<String>,
    /// Days before "now" at which it was last edited.
    pub days_ago: i64,
}

/// An agent of the provider.
#[derive(Clone, Debug)]
pub struct Agent {
    /// Halo id.
    pub id: i64,
    /// Name.
    pub name: String,
    /// E-mail address.
    pub email: String,
    /// Team name.
    pub team: String,
}
