//! The points on which public knowledge of HaloITSM is probable or missing, one switch each, and
//! the rights of the API agent.

use serde::{Deserialize, Serialize};

/// How this instance decides every open point. The default is the most probable reading.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Switches {
    /// What the API agent and its application may do and see.
    pub rights: Rights,

    /// `GET /api/authinfo` exists.
    pub authinfo: bool,
    /// `GET /api/InstanceInfo` answers without a token.
    pub instance_info_anonymous: bool,
    /// The token endpoint insists on a tenant.
    pub tenant_required: bool,
    /// Status for a wrong client id or secret: 401, or 400 as OAuth itself says.
    pub bad_client_status: u16,
    /// The token endpoint takes the tenant from the form only.
    pub tenant_in_form: bool,
    /// Life of an access token in seconds.
    pub token_seconds: i64,
    /// What happens to refresh tokens.
    pub refresh_tokens: RefreshTokens,
    /// The token answer carries an `id_token`.
    pub id_token: bool,
    /// `/auth/authorize` sends the browser back at once, as for an agent who is signed in already.
    pub approve_at_once: bool,
    /// Login redirect URLs of the native application, beside those of browsers and of localhost.
    pub redirect_uris: Vec<String>,

    /// Requests allowed in the window; 0 switches the limit off.
    pub rate_limit: usize,
    /// The rolling window in seconds.
    pub rate_window_seconds: i64,
    /// A 429 carries `Retry-After`.
    pub retry_after: bool,
    /// The sentence of a 429 is a JSON string instead of plain text.
    pub rate_limit_json: bool,

    /// Largest attachment, in bytes.
    pub largest_file: usize,
    /// Most rows on a page, whatever `page_size` asks for; 0 for no cap.
    pub page_cap: usize,
    /// Rows on each page of `/Asset`, whatever is asked for (one tenant served 50); 0 for the common rule.
    pub asset_page: usize,
    /// Most rows that `count` gives without paging; 0 for no cap.
    pub count_cap: usize,
    /// Rows without paging and without `count`: the acting agent's page size.
    pub default_rows: usize,
    /// A page says its `page_no` and `page_size`.
    pub echo_paging: bool,
    /// What `record_count` says when paging.
    pub record_count: RecordCount,
    /// A page begins where as many rows as were asked for would have come before, also where fewer came.
    pub offset_by_asked_size: bool,
    /// Rows of a list that knows no pages, where `count` is not given; 0 for all.
    pub unpaged_rows: usize,
    /// Paths of resources whose list refuses any `order` with 400.
    pub order_refused: Vec<String>,
    /// When rows of one page come again on the next.
    pub repeated_rows: RepeatedRows,
    /// Paths of resources whose list is bare where it is commonly wrapped, and the other way round.
    pub flipped_lists: Vec<String>,
    /// What rows of lists say of `customfields`.
    pub custom_fields_in_lists: RowFields,
    /// `lastupdatefromdate` and `lastupdatetodate` filter; otherwise they are ignored.
    pub last_update_filter: bool,
    /// `/Agent` repeats an agent that is in more than one team.
    pub repeated_agents: bool,

    /// Status of a successful POST: 201 in newer versions, 200 in older ones.
    pub post_status: u16,
    /// What a POST of several records answers.
    pub multi_post: MultiPost,
    /// Status of GET for a record that the agent may not see: 403 or 404.
    pub hidden_status: u16,
    /// `client_id` of a site and `site_id` of a user are written as doubles (`12.0`).
    pub double_ids: bool,
    /// What `date_edited` says about an article that was never edited.
    pub never_edited: NeverEdited,
    /// A new client gets a first site and a "General User".
    pub first_site: bool,
    /// An opportunity or a project that names no ticket type gets the first of its kind instead of 400.
    pub default_types: bool,
    /// A ticket that names a user but no site gets the user's site instead of 400.
    pub user_brings_site: bool,
    /// Closed tickets are listed with `closed_only` only.
    pub closed_hidden: bool,
    /// To which new tickets the template of their type gives its summary.
    pub ticket_templates: TicketTemplates,
    /// A deleted ticket stays, marked `deleted`.
    pub soft_delete: bool,
    /// A POST of one object instead of an array is taken as an array of one.
    pub object_posts: bool,
    /// A body that is no array is refused with a bare sentence instead of ASP.NET's map of messages.
    pub unbound_as_text: bool,
    /// A POST with an id that nobody has makes a new record instead of answering 404.
    pub unknown_ids_create: bool,
    /// Lists are put in the order that is asked for; otherwise only in that of their ids.
    pub order: bool,
    /// When rows of `/Asset` hold the fields of the asset's type.
    pub asset_fields: AssetFields,
    /// Where an article's tags are kept and shown.
    pub article_tags: ArticleTags,
    /// An article's clients and `showforall` are taken and not kept: everybody may read it.
    pub article_access_dropped: bool,
    /// The asset-type fields that a write sends take the place of all of them, not only of their own.
    pub asset_fields_replace: bool,
    /// A token's scopes open only their own areas; otherwise any scope opens all.
    pub scopes_checked: bool,
    /// 401, 403 and 404 say why in JSON instead of having no body.
    pub refusal_json: bool,
    /// A 404 has a web page for its body.
    pub missing_as_page: bool,
    /// Appointments are listed without a time and without a ticket too.
    pub appointments_at_any_time: bool,
    /// GET of an attachment answers JSON with the file in `data_base64` instead of the file.
    pub attachment_json: bool,
    /// `advanced_search` passes over filter types other than 2 instead of refusing them.
    pub advanced_types_ignored: bool,
    /// The number that stands for a ticket in an attachment's `type`.
    pub attachment_type: i64,
    /// A custom field that nobody has defined is refused with 400 instead of being passed over.
    pub unknown_fields_refused: bool,
}

impl Default for Switches {
    fn default() -> Self {
        Self {
            rights: Rights::default(),
            authinfo: true,
            instance_info_anonymous: false,
            tenant_required: false,
            bad_client_status: 401,
            tenant_in_form: false,
            token_seconds: 3600,
            refresh_tokens: RefreshTokens::default(),
            id_token: false,
            approve_at_once: false,
            redirect_uris: Vec::new(),
            rate_limit: 500,
            rate_window_seconds: 180,
            retry_after: false,
            rate_limit_json: false,
            largest_file: 20 * 1024 * 1024,
            page_cap: 100,
            asset_page: 0,
            count_cap: 0,
            default_rows: 50,
            echo_paging: true,
            record_count: RecordCount::default(),
            offset_by_asked_size: false,
            unpaged_rows: 0,
            order_refused: Vec::new(),
            repeated_rows: RepeatedRows::default(),
            flipped_lists: Vec::new(),
            custom_fields_in_lists: RowFields::default(),
            last_update_filter: false,
            repeated_agents: false,
            post_status: 201,
            multi_post: MultiPost::default(),
            hidden_status: 403,
            double_ids: true,
            never_edited: NeverEdited::default(),
            first_site: true,
            default_types: false,
            user_brings_site: false,
            closed_hidden: false,
            ticket_templates: TicketTemplates::default(),
            soft_delete: true,
            object_posts: false,
            unbound_as_text: false,
            unknown_ids_create: false,
            order: true,
            asset_fields: AssetFields::default(),
            article_tags: ArticleTags::default(),
            article_access_dropped: false,
            asset_fields_replace: false,
            scopes_checked: true,
            refusal_json: false,
            missing_as_page: false,
            appointments_at_any_time: false,
            attachment_json: false,
            advanced_types_ignored: false,
            attachment_type: 0,
            unknown_fields_refused: false,
        }
    }
}

/// What the API agent and its application may do and see. `None` is everything.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Rights {
    /// Paths of resources that are closed to the agent: 403 without a body.
    pub denied: Vec<String>,
    /// Clients that the agent may see; records of others are absent from lists.
    pub clients: Option<Vec<i64>>,
    /// Asset groups that the agent may see; assets of others are absent, without an error.
    pub asset_groups: Option<Vec<i64>>,
    /// Permissions of the registered application, as scopes (`read:assets`).
    pub application: Option<Vec<String>>,
}

/// What happens to refresh tokens.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RefreshTokens {
    /// Each use gives a new one, and the old one is spent.
    #[default]
    Rotated,
    /// The first one stays good; a refresh answers without one.
    Kept,
    /// None are given.
    Absent,
}

/// What `record_count` says when paging.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RecordCount {
    /// The true total.
    #[default]
    True,
    /// Three more than there are.
    TooHigh,
    /// One less than there are.
    TooLow,
    /// Only the rows of this page.
    PageOnly,
}

/// What rows of lists say of custom fields.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RowFields {
    /// Everything, with `includedetails=true`; else nothing.
    #[default]
    WithDetails,
    /// Everything in every list.
    Always,
    /// An empty list, whatever is asked for.
    Empty,
    /// All fields without their values, whatever is asked for.
    Unvalued,
}

/// Where an article's tags are kept and shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ArticleTags {
    /// In every member that there is for them.
    #[default]
    Kept,
    /// In `kb_tags` alone.
    KbTagsOnly,
    /// On the article by itself, not in lists.
    NotInRows,
    /// Nowhere: what is sent is passed over.
    Dropped,
}

/// When rows of `/Asset` hold the fields of the asset's type.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AssetFields {
    /// With `includeassetfields=true` and `assettype_id`, as Halo's own words have it.
    #[default]
    OfOneType,
    /// With `includeassetfields=true` alone.
    WhenAsked,
    /// In every list.
    Always,
    /// In none.
    Never,
}

/// When rows of one page come again on the next, and the last ones are missed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RepeatedRows {
    /// When the request names no `order`.
    #[default]
    WithoutOrder,
    /// Never.
    Never,
}

/// What a POST of several records answers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MultiPost {
    /// An array of all of them.
    #[default]
    Array,
    /// All are written, only the first is in the answer.
    FirstOnly,
    /// An array of all of them; where one is refused, those before it are written all the same.
    UpToTheFirstRefused,
}

/// To which new tickets the template of their type gives its summary.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TicketTemplates {
    /// To none: types have no templates.
    #[default]
    Absent,
    /// To those that do not say `donotapplytemplateintheapi`.
    UnlessTold,
    /// To all.
    Always,
}

/// What `date_edited` says about an article that was never edited.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NeverEdited {
    /// `1900-01-01T00:00:00`.
    #[default]
    Sentinel,
    /// Nothing.
    Absent,
    /// The same as `date_created`.
    Created,
}
