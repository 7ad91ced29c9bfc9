//! Records, companies and documents.

use sidelight::assist::ending::{EndingItem, EndingView};
use sidelight::assist::relevance::view::{SuggestedView, SuggestionView};
use sidelight::assist::search::view::{FoundGroup, FoundView, HitView, IndexView};
use sidelight::assist::view::{
    ActivityView, AssetLink, BodyView, Chip, CompanyState, CompanyView, CounterpartState, Deed, DeedView, DocumentKind,
    DocumentView, ExtrasView, FieldKind, FieldView, FileView, GroupView, ItemView, RecordView, SectionView,
    SidebarView, Standing, Strength, TaskView, Tone, UseView,
};
use sidelight::halo::record::{RecordKind, RecordRef};

use super::values::{forms, objects, words};

objects! {
    RecordRef { kind id }
    SidebarView { record company counterpart standing sections stored last_run untold notice }
    SuggestedView { items nothing central_due as_of }
    SuggestionView { item reasons marks score }
    RecordView { record title subtitle client client_id about }
    CompanyView { id name address phone website notes_html kind archived url why as_of }
    SectionView { kind count groups as_of trouble }
    GroupView { label items }
    ItemView { kind id title subtitle chips words url has_code }
    Chip { text tone }
    FoundView { groups total elsewhere company index }
    FoundGroup { kind hits }
    HitView { kind id company group title marks value main url }
    IndexView { documents expected reading as_of trouble }
    DocumentView { kind id title group url created updated archived as_of body }
    FieldView { label value kind links chip }
    AssetLink { id kind name known }
    TaskView { id name notes done here due }
    DeedView { time who what step }
    UseView { time who record part how }
    ExtrasView { files activity troubles }
    FileView { name note url }
    ActivityView { time who what }
    EndingView { items as_of }
    EndingItem { item company date }
}

forms! {
    CompanyState by "state" {
        "matched" => Matched { company }
        "ambiguous" => Ambiguous { candidates }
        "missing" => Missing { reason }
        "not_needed" => NotNeeded {}
        "unknown" => Unknown { trouble }
    }
    CounterpartState by "state" {
        "not_needed" => NotNeeded {}
        "matched" => Matched { document why }
        "ambiguous" => Ambiguous { candidates }
        "missing" => Missing { reason }
        "unknown" => Unknown { trouble }
    }
    Standing by "state" {
        "in_step" => InStep {}
        "differs" => Differs { fields }
        "not_in_hudu" => NotInHudu {}
        "needs_choice" => NeedsChoice {}
        "not_applicable" => NotApplicable {}
        "unknown" => Unknown { trouble }
    }
    BodyView by "is" {
        "fields" => Fields { fields passwords }
        "article" => Article { html published }
        "password" => Password { username one_time_code notes login_url strength age asset uses }
        "process" => Process { description tasks run deeds }
        "row" => Row {}
    }
}

words! {
    Deed { "started" => Started "ticked" => Ticked "unticked" => Unticked }
    RecordKind {
        "ticket" => Ticket
        "client" => Client
        "site" => Site
        "user" => User
        "asset" => Asset
        "contract" => Contract
        "article" => Article
    }
    DocumentKind {
        "asset" => Asset
        "person" => Person
        "article" => Article
        "password" => Password
        "process" => Process
        "website" => Website
        "expiration" => Expiration
    }
    Strength { "weak" => Weak "fair" => Fair "strong" => Strong }
    Tone { "plain" => Plain "accent" => Accent "good" => Good "warn" => Warn "bad" => Bad }
    FieldKind {
        "text" => Text
        "lines" => Lines
        "code" => Code
        "link" => Link
        "email" => Email
        "phone" => Phone
        "date" => Date
        "check" => Check
        "html" => Html
        "assets" => Assets
        "secret" => Secret
    }
}
