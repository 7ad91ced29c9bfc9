//! The points on which public knowledge of Hudu is probable or missing, one switch each.
//!
//! A client that works with every setting works with whichever one turns out to be true.

use serde::{Deserialize, Serialize};

/// How this instance decides every open point. The default is the most probable reading.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Switches {
    /// Requests allowed per key in a window of five minutes; 0 means no limit.
    pub rate_limit: u32,
    /// Whether a 429 carries `Retry-After` (seconds to the end of the window).
    pub retry_after: bool,
    /// Status for a key that may not do this: 401 or 403.
    pub denied_status: u16,
    /// `error` text of a 401 or 403.
    pub denied_text: String,
    /// Whether a company-scoped key gets a 500 from `GET /assets` (seen in 2023).
    pub scoped_assets_crash: bool,
    /// Largest `page_size`; a larger one is cut to this.
    pub max_page_size: usize,
    /// Whether a PUT also takes a body without its root key: Hudu's own Python client sends a company so.
    pub bare_changes: bool,
    /// Whether `GET /companies/{id}/assets/{id}` is bare instead of `{"asset": …}`.
    pub asset_bare: bool,
    /// Whether archiving an asset answers the asset instead of an empty body.
    pub asset_archive_body: bool,
    /// What lists of assets and passwords hold when `archived` is not given.
    pub archived_default: ArchivedDefault,
    /// The description of a task is read in Base64.
    pub task_description_base64: bool,
    /// Whether the list of companies holds archived ones.
    pub archived_companies: bool,
    /// How a custom field without a value is read.
    pub empty_fields: EmptyFields,
    /// How an `AddressData` value is read.
    pub address: Encoding,
    /// How a `Number` value is read.
    pub number: Scalar,
    /// How a `CheckBox` value is read.
    pub checkbox: Scalar,
    /// How a `Date` value is read.
    pub date: DateForm,
    /// What becomes of a `Number` with decimals.
    pub decimals: Decimals,
    /// How a label becomes a key of `custom_fields`.
    pub label_key: LabelKey,
    /// Whether `custom_fields` also takes the label as it stands.
    pub raw_labels: bool,
    /// What becomes of a key of `custom_fields` that the layout does not know.
    pub unknown_field: UnknownField,
    /// Whether custom fields that a PUT leaves out keep their values, or are emptied.
    pub fields_merge: bool,
    /// Whether the API insists on fields that the layout marks as required.
    pub required_fields: bool,
    /// Whether `ListSelect` is written by item name; otherwise by item id.
    pub list_by_name: bool,
    /// Whether two companies may have the same name.
    pub duplicate_companies: bool,
    /// What `url` of a password holds.
    pub password_url: PasswordUrl,
    /// What the `updated_at` filter of `/assets` does.
    pub assets_updated_at: AssetsUpdatedAt,
    /// Whether `/websites` knows a `company_id` filter; otherwise it is ignored.
    pub websites_by_company: bool,
    /// Whether `/relations` knows filters by either end; otherwise they are ignored.
    pub relations_by_end: bool,
    /// Whether the same relation twice is refused with 422.
    pub relation_once: bool,
    /// Whether a step of a started process takes `completed`; otherwise it is ignored in silence.
    pub task_completion: bool,
    /// Form of an article's `url`.
    pub article_url: ArticleUrl,
    /// Whether HTML comments in articles are kept.
    pub keep_comments: bool,
    /// Whether a password folder without `security` is a 500.
    pub folder_needs_security: bool,
    /// Whether every FQDN given to an IP address resolves.
    pub fqdn_resolves: bool,
    /// A key that is limited to companies sees the articles of the Central knowledge base as well.
    pub scoped_central: bool,
    /// Version told by `/api_info`.
    pub version: String,
}

impl Default for Switches {
    fn default() -> Self {
        Self {
            rate_limit: 1500,
            retry_after: false,
            denied_status: 401,
            denied_text: "Unauthorized".to_owned(),
            scoped_assets_crash: true,
            max_page_size: 1000,
            bare_changes: false,
            asset_bare: false,
            asset_archive_body: true,
            archived_default: ArchivedDefault::Both,
            task_description_base64: false,
            archived_companies: true,
            empty_fields: EmptyFields::Null,
            address: Encoding::Object,
            number: Scalar::Typed,
            checkbox: Scalar::Typed,
            date: DateForm::Iso,
            decimals: Decimals::Refused,
            label_key: LabelKey::Spaces,
            raw_labels: true,
            unknown_field: UnknownField::Refused,
            fields_merge: true,
            required_fields: false,
            list_by_name: true,
            duplicate_companies: true,
            password_url: PasswordUrl::Page,
            assets_updated_at: AssetsUpdatedAt::BothEnds,
            websites_by_company: false,
            relations_by_end: false,
            relation_once: true,
            task_completion: false,
            article_url: ArticleUrl::HashAndTitle,
            keep_comments: true,
            folder_needs_security: true,
            fqdn_resolves: false,
            scoped_central: false,
            version: "2.45.1".to_owned(),
        }
    }
}

/// What a list holds when `archived` is not given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ArchivedDefault {
    /// Active and archived records.
    Both,
    /// Active records only.
    Active,
}

/// How a field without a value is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EmptyFields {
    /// It is there, with `null`.
    Null,
    /// It is not in the list.
    Absent,
}

/// How a structured value is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Encoding {
    /// As a JSON object.
    Object,
    /// As a string that holds JSON.
    JsonString,
}

/// How a number or a boolean is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scalar {
    /// As what it is.
    Typed,
    /// As a string.
    Text,
}

/// How a date is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DateForm {
    /// `2026-09-30`.
    Iso,
    /// `2026/09/30`.
    Slashes,
    /// `09/30/2026`.
    American,
}

/// What becomes of a number with decimals.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Decimals {
    /// 422.
    Refused,
    /// The nearest integer.
    Rounded,
}

/// How a label becomes a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LabelKey {
    /// Lower case, spaces become `_`, punctuation stays.
    Spaces,
    /// Lower case, every run of anything but letters and digits becomes one `_`.
    Words,
}

/// What becomes of an unknown key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UnknownField {
    /// 422 "Invalid field names" (from 2.37.0 on).
    Refused,
    /// Dropped without a word (before 2.37.0).
    Dropped,
}

/// What `url` of a password holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PasswordUrl {
    /// The page in Hudu; the site is `login_url`.
    Page,
    /// The site to sign in to, and `login_url` too.
    Site,
}

/// What the `updated_at` filter of `/assets` does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AssetsUpdatedAt {
    /// `start,end` works; `start,` is a 500; a bare value finds nothing.
    BothEnds,
    /// Every form with a comma is a 500.
    Broken,
    /// As everywhere else.
    Works,
}

/// Form of an article's `url`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ArticleUrl {
    /// `/kba/<slug>/<title-in-words>`.
    HashAndTitle,
    /// `/kba/<slug>`.
    Slug,
}
