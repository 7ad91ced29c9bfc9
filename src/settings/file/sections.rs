//! The sections of the file: names, order, and what each key is about.

/// A section that fills one member of the settings.
pub struct Section {
    /// Name in brackets.
    pub name: &'static str,
    /// What it is about, above its head.
    pub about: &'static str,
    /// Keys in order, with what they are about.
    pub keys: &'static [(&'static str, &'static str)],
}

/// The connections: keys and what each is about. The secrets are not among them.
pub const HALO: Section = Section {
    name: "halo",
    about: "The HaloITSM instance. Its secret never stands here.",
    keys: &[
        ("resource_server", "address of the instance (its resource server), such as https://acme.haloitsm.com"),
        ("auth_server", "authorisation server, where the instance does not name it itself"),
        ("tenant", "tenant, where the instance does not name it itself"),
        ("client_id", "client ID of the API application"),
        ("sign_in", "client_secret (as the application) or person (each technician in Halo’s own window)"),
    ],
};

/// Hudu.
pub const HUDU: Section = Section {
    name: "hudu",
    about: "The Hudu instance. Its API key never stands here.",
    keys: &[("url", "address of the instance, such as https://acme.huducloud.com")],
};

/// Names under which somebody might write a secret.
pub const SECRETS: [(&str, &str); 2] = [("halo", "client_secret"), ("hudu", "api_key")];

/// How records go over.
pub const SYNC: Section = Section {
    name: "sync",
    about: "How records go from one product to the other.",
    keys: &[
        ("kinds", "what a sync of everything covers"),
        ("id_number", "keep the Halo id of a client in the company’s ID number"),
        ("parent_company", "Halo’s top level becomes the parent company"),
        ("sites_layout", "layout for sites; \"\" leaves them out, here and below"),
        ("people_layout", "layout for users whom no rule takes"),
        ("people_rules", "rules that choose the layout of a user; the first that fits wins"),
        ("contracts_layout", "layout for contracts"),
        ("sort_rules", "rules that choose the layout of an asset; the first that fits wins"),
        ("by_type_name", "an asset that no rule takes goes to the layout named after its type or group"),
        ("default_layout", "layout for assets that go nowhere else"),
        ("asset_name", "name of an asset in Hudu, with facts in braces: {name}, {tag}, {serial}, {field:…}"),
        ("key_fields", "Hudu fields that hold a key, where their names do not tell"),
        ("connected", "Halo fields connected with layout fields by hand"),
        ("details", "kinds read one by one for what Halo’s lists leave out: one more request for each record"),
        ("ended_contracts", "sync ended contracts as well"),
        ("contract_value", "write what a contract is worth"),
        ("archive_inactive", "archive in Hudu what was set inactive in Halo"),
        ("show_for_all", "show published articles to all users of Halo’s portal"),
        ("keys", "keys that are compared to find a record again, in order, for each kind"),
        ("policies", "halo_wins, only_if_empty, ask_if_both_changed or never, for each kind and place in Hudu"),
    ],
};

/// The schedule.
pub const SCHEDULE: Section = Section {
    name: "schedule",
    about: "When everything is synced unattended, in the browser.",
    keys: &[
        ("hours", "hours between two syncs; 0 is off"),
        ("notify", "tell when something waits for a person"),
        ("ending", "tell once a day what ends soon in Hudu"),
    ],
};

/// The sidebar.
pub const SIDEBAR: Section = Section {
    name: "sidebar",
    about: "The sidebar in the Halo page.",
    keys: &[
        ("mode", "push (the page gets narrower) or over"),
        ("width", "in pixels, 320 to 900"),
        ("open", "open when a record comes into view"),
        ("pictures", "load the pictures of documents; else each on a click"),
    ],
};

/// Tickets.
pub const TICKETS: Section = Section {
    name: "tickets",
    about: "What is written to tickets.",
    keys: &[
        ("outcome", "Halo id of the outcome that private notes are written with"),
        ("trail", "a note of what was used for a ticket: off, on_click or on_leave"),
    ],
};

/// Recipes.
pub const RECIPES: Section = Section {
    name: "recipes",
    about: "What recipes are cooked with.",
    keys: &[
        (
            "onboarding",
            "tickets that a new person gets: name, summary, details, tickettype, team, client, site, with the person’s facts in braces: {name}, {email}, …",
        ),
        ("process", "a part of the name of Hudu’s process for new people; \"\" starts none"),
        ("accepted", "words in the status of a quotation that mean that the client accepted it"),
    ],
};

/// The lock.
pub const LOCK: Section = Section {
    name: "lock",
    about: "When the secrets are locked by themselves, where a passphrase is set.",
    keys: &[
        ("idle_minutes", "minutes without a key or a movement; 0 is never"),
        ("on_screen_lock", "with the screen, where the browser tells"),
    ],
};

/// The allowances.
pub const RATES: Section = Section {
    name: "rates",
    about: "How many requests each product is asked at most.",
    keys: &[("halo", "HaloITSM"), ("hudu", "Hudu")],
};

/// All of them, in the order in which they are written.
pub const ALL: [&Section; 9] = [&HALO, &HUDU, &SYNC, &SCHEDULE, &SIDEBAR, &LOCK, &TICKETS, &RECIPES, &RATES];
